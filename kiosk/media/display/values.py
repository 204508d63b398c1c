"""Turns stored pixels into what is seen, as PS3.3 C.11 asks: from 0, dark, to 1, or RGB."""

from typing import Any

import numpy as np
from pydicom import Dataset
from pydicom.pixels.processing import (
    apply_color_lut,
    apply_modality_lut,
    apply_voi,
    apply_windowing,
)

from kiosk.media.display.frame import Pixels

_FINEST_BITS = 12
"""Of the windowed values; films have no more."""
_LIGHTEST = (1 << _FINEST_BITS) - 1


def is_colour(ds: Dataset) -> bool:
    """Whether the picture is seen in colours."""
    return ds.PhotometricInterpretation == "PALETTE COLOR" or int(ds.SamplesPerPixel) > 1


def colours(pixels: Pixels, ds: Dataset) -> Pixels:
    """Return a frame in colour as RGB of 8 bits."""
    if ds.PhotometricInterpretation == "PALETTE COLOR":
        pixels = apply_color_lut(pixels, ds)[..., :3]
        depth = 8 * pixels.itemsize
    else:
        depth = int(ds.BitsStored)
    return (pixels >> (depth - 8) if depth > 8 else pixels).astype(np.uint8)  # noqa: PLR2004 - as said


def grey(pixels: Pixels, ds: Dataset) -> Pixels:
    """Return a grey frame as fractions of white.

    The modality LUT is followed by the first window or VOI LUT, or by everything from dark to
    bright where there is none, and by the presentation LUT. Padding is black.
    """
    values = apply_modality_lut(pixels, ds)
    fraction = _windowed(values, ds)
    if fraction is None and ds.get("VOILUTSequence"):
        fraction = _looked_up(values, ds)
    if fraction is None:
        fraction = _stretched(values, pixels, ds)
    seen = _presented(np.clip(fraction, 0, 1, dtype=np.float32), ds)
    padding = _is_padding(pixels, ds)
    return seen if padding is None else np.where(padding, np.float32(0), seen)


def _windowed(values: Pixels, ds: Dataset) -> Pixels | None:
    """PS3.3 C.11.2.1.2 and C.11.2.1.3; None where there is no window that means anything."""
    center, width = _first(ds.get("WindowCenter")), _first(ds.get("WindowWidth"))
    if center is None or width is None or not np.isfinite([center, width]).all():
        return None
    function = str(ds.get("VOILUTFunction") or "LINEAR")
    if function == "LINEAR" and 0 < width < 1:
        function = "LINEAR_EXACT"  # LINEAR begins at 1; values of a small range are meant
    if width < 1 and not (width > 0 and function in {"LINEAR_EXACT", "SIGMOID"}):
        return None
    # pydicom scales to the range of the pixels that a data set describes: here that of a film
    film = Dataset()
    film.PhotometricInterpretation = "MONOCHROME2"
    film.BitsStored, film.PixelRepresentation = _FINEST_BITS, 0
    film.WindowCenter, film.WindowWidth, film.VOILUTFunction = center, width, function
    return apply_windowing(values, film) / _LIGHTEST


def _looked_up(values: Pixels, ds: Dataset) -> Pixels:
    entries, first, bits = (int(number) for number in ds.VOILUTSequence[0].LUTDescriptor)
    last = first + (entries or 1 << 16) - 1
    # pydicom counts from the first entry in the type of the LUT, which values beyond it overflow
    within = np.clip(np.rint(values), first, last).astype(np.int32)
    return apply_voi(within, ds) / np.float32((1 << bits) - 1)


def _stretched(values: Pixels, pixels: Pixels, ds: Dataset) -> Pixels:
    """From darkest to brightest, without the padding around the picture.

    A few glaring pixels, as vessels and implants give, must not leave the rest in the dark.
    """
    padding = _is_padding(pixels, ds)
    seen = values[~padding] if padding is not None and not padding.all() else values
    darkest, brightest = np.percentile(seen, (0.2, 99.8))
    return (values.astype(np.float32) - np.float32(darkest)) / np.float32(
        max(brightest - darkest, 1e-6)
    )


def _is_padding(pixels: Pixels, ds: Dataset) -> Pixels | None:
    """PS3.3 C.7.5.1.1.2: a value, or everything from it to a limit."""
    value = ds.get("PixelPaddingValue")
    if value is None:
        return None
    limit = ds.get("PixelPaddingRangeLimit", value)
    is_padding: Pixels = (pixels >= min(value, limit)) & (pixels <= max(value, limit))
    return is_padding


def _presented(fraction: Pixels, ds: Dataset) -> Pixels:
    """PS3.3 C.11.4 and C.11.6, for a presentation state; images say the same by MONOCHROME1.

    pydicom's own function spreads each picture's values over the whole LUT, which changes them.
    """
    if ds.get("PresentationLUTSequence"):
        table = ds.PresentationLUTSequence[0]
        bits = int(table.LUTDescriptor[2])
        lut = np.asarray(_entries(table), np.float32) / np.float32((1 << bits) - 1)
        looked_up: Pixels = lut[np.rint(fraction * (len(lut) - 1)).astype(np.intp)]
        return looked_up
    # A wrong PresentationLUTShape is common on radiographs, a wrong photometric one is not.
    inverse: Pixels = 1 - fraction if ds.PhotometricInterpretation == "MONOCHROME1" else fraction
    return inverse


def _entries(table: Dataset) -> Any:
    data = table["LUTData"]
    return np.frombuffer(data.value, "<u2") if data.VR == "OW" else data.value


def _first(value: Any) -> float | None:
    if value is None or value == "":
        return None
    return float(value if isinstance(value, (int, float)) else value[0])
