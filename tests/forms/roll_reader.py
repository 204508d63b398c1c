"""Reads what a roll printer is sent back into a picture: a printer of three commands."""

import numpy as np
from PIL import Image


def paper_of(sent: bytes) -> np.ndarray:
    """Return the paper, row by row, true where it is black.

    Raises
    ------
    ValueError
        At anything that is not a raster picture between the start and the cut.
    """
    if not sent.startswith(b"\x1b@"):
        raise ValueError("the printer was not initialised")
    at, pieces = 2, []
    while sent[at : at + 4] == b"\x1dv0\x00":
        across, rows = (int.from_bytes(sent[at + n : at + n + 2], "little") for n in (4, 6))
        packed = np.frombuffer(sent, np.uint8, across * rows, at + 8)
        pieces.append(np.unpackbits(packed.reshape(rows, across), axis=1).astype(bool))
        at += 8 + across * rows
    if sent[at : at + 3] != b"\x1dVB" or len(sent) != at + 4:
        raise ValueError(f"unknown command at {at}: {sent[at : at + 8]!r}")
    return np.concatenate(pieces)


def photographed(paper: np.ndarray, margin: int = 40) -> Image.Image:
    """Return the paper as a camera sees it, white around the print."""
    framed = np.pad(~paper, margin, constant_values=True)
    return Image.fromarray((framed * 255).astype(np.uint8))
