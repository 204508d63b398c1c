"""Pixels brought to the size in which a printer puts them down, smooth at any enlargement."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kiosk.domain.picture import Raster

_SMOOTH = Image.Resampling.LANCZOS
_QUALITY = 95

Levels = NDArray[np.uint16]


def as_jpeg(raster: Raster, width_px: int, height_px: int) -> BytesIO:
    """Return grey or colour of 8 bits as paper shows it: no less than an eye sees."""
    pixels = np.frombuffer(raster.values, np.uint8)
    shape = (raster.rows, raster.columns, 3)[: 2 + (raster.samples > 1)]
    encoded = BytesIO()
    image = Image.fromarray(pixels.reshape(shape)).resize((width_px, height_px), _SMOOTH)
    image.save(encoded, "JPEG", quality=_QUALITY, subsampling=0)
    encoded.seek(0)
    return encoded


def as_levels(raster: Raster, width_px: int, height_px: int) -> Levels:
    """Return grey levels of as many bits as the raster has."""
    stored = np.frombuffer(raster.values, "<u2" if raster.bits > 8 else "u1")  # noqa: PLR2004 - a byte
    image = Image.fromarray(stored.reshape(raster.rows, raster.columns).astype(np.float32))
    smooth = np.asarray(image.resize((width_px, height_px), _SMOOTH))
    levels: Levels = np.rint(np.clip(smooth, 0, (1 << raster.bits) - 1)).astype(np.uint16)
    return levels
