"""Draws one frame of an instance as people see it."""

import io
import warnings
from pathlib import Path

import numpy as np
from PIL import Image
from pydicom import Dataset, dcmread

from kiosk.media.display.frame import (
    UNDECODABLE,
    Pixels,
    apply_functional_groups,
    count_frames,
    read_pixels,
)
from kiosk.media.display.geometry import pixel_height
from kiosk.media.display.values import colours, grey, is_colour

LONGEST_SIDE_PX = 512
_QUALITY = 85


def picture(path: Path) -> bytes | None:
    """Return a JPEG, which any browser shows, or None if there is no picture to be drawn."""
    image = drawn(path, LONGEST_SIDE_PX)
    if image is None:
        return None
    encoded = io.BytesIO()
    image.save(encoded, "JPEG", quality=_QUALITY)
    return encoded.getvalue()


def drawn(path: Path, longest_side_px: int) -> Image.Image | None:
    """Return the middle frame in 8 bits, or None if there is no picture that can be decoded.

    It is drawn as PS3.3 C.11 asks: modality LUT, then the first VOI LUT or window, or everything
    from dark to bright where there is none; pixels are as wide as they are high.
    """
    try:
        # Decoders warn with values in the text, which may be the patient's.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _draw(path, longest_side_px)
    except UNDECODABLE:
        return None


def _draw(path: Path, longest_side_px: int) -> Image.Image | None:
    ds = dcmread(path, stop_before_pixels=True)
    if not ds.get("Rows") or not ds.get("Columns"):
        return None
    frame = count_frames(ds) // 2
    pixels = read_pixels(path, ds, frame)
    apply_functional_groups(ds, frame)
    image = Image.fromarray(_eight_bits(pixels, ds))
    return image.resize(_shown_size(ds, longest_side_px), Image.Resampling.LANCZOS)


def _eight_bits(pixels: Pixels, ds: Dataset) -> Pixels:
    """Return the frame as 8-bit grey or RGB."""
    if is_colour(ds):
        return colours(pixels, ds)
    levels: Pixels = np.rint(grey(pixels, ds) * 255).astype(np.uint8)
    return levels


def _shown_size(ds: Dataset, longest_side_px: int) -> tuple[int, int]:
    """Width and height in pixels that keep the proportions in millimetres."""
    height, width = float(ds.Rows) * pixel_height(ds), float(ds.Columns)
    scale = longest_side_px / max(height, width)
    return max(1, round(width * scale)), max(1, round(height * scale))
