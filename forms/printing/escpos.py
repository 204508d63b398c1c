"""What a receipt printer is sent: ESC/POS, every line as dots, and a cut at the end."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

INITIALISE = b"\x1b@"
RASTER = b"\x1dv0\x00"
"""GS v 0, one dot of the picture for each of the printer's."""
CUT = b"\x1dVB"
"""GS V 66: feed to the knife and so many dots further, then cut all but one point."""
BEFORE_CUT = 24
BAND = 960
"""Rows in one command; what a printer takes in at once is limited."""


def encode(dots: NDArray[np.bool_]) -> bytes:
    """Return the commands that print a picture.

    Parameters
    ----------
    dots : array of bool
        Rows from the top, true where the paper turns black; the width is a multiple of 8.
    """
    return b"".join([INITIALISE, *_bands(dots), CUT, bytes([BEFORE_CUT])])


def _bands(dots: NDArray[np.bool_]) -> Iterator[bytes]:
    for top in range(0, len(dots), BAND):
        packed = np.packbits(dots[top : top + BAND], axis=1)
        rows, across = packed.shape
        yield RASTER + across.to_bytes(2, "little") + rows.to_bytes(2, "little") + packed.tobytes()
