"""Draws one frame of an instance as people see it."""

import io
import struct
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom import Dataset, dcmread
from pydicom.errors import InvalidDicomError
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, apply_voi
from pydicom.pixels.utils import pixel_array
from pydicom.uid import RLELossless

LONGEST_SIDE_PX = 512
_QUALITY = 85
_UNDECODABLE = (
    AttributeError,
    ArithmeticError,
    InvalidDicomError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    struct.error,
    TypeError,
    ValueError,
)
"""What pydicom and its decoders raise for a picture that they cannot read."""

_FRAME_MACROS = (
    "PixelMeasuresSequence",
    "PixelValueTransformationSequence",
    "FrameVOILUTSequence",
)
Pixels = NDArray[Any]


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
    except _UNDECODABLE:
        return None


def _draw(path: Path, longest_side_px: int) -> Image.Image | None:
    ds = dcmread(path, stop_before_pixels=True)
    if not ds.get("Rows") or not ds.get("Columns"):
        return None
    frame = int(ds.get("NumberOfFrames") or 1) // 2
    # pylibjpeg-rle ends the thread on damaged data, with an exception that is no Exception
    plugin = "pydicom" if ds.file_meta.TransferSyntaxUID == RLELossless else ""
    pixels = pixel_array(path, index=frame, decoding_plugin=plugin)
    _apply_functional_groups(ds, frame)
    image = Image.fromarray(_eight_bits(pixels, ds))
    return image.resize(_shown_size(ds, longest_side_px), Image.Resampling.LANCZOS)


def _apply_functional_groups(ds: Dataset, frame: int) -> None:
    """Bring what an enhanced instance says of this frame to where classic ones say it."""
    shared = ds.get("SharedFunctionalGroupsSequence") or []
    per_frame = ds.get("PerFrameFunctionalGroupsSequence") or []
    for group in (*shared[:1], *per_frame[frame : frame + 1]):
        for macro in _FRAME_MACROS:
            for item in group.get(macro) or []:
                ds.update(item)


def _eight_bits(pixels: Pixels, ds: Dataset) -> Pixels:
    """Return the frame as 8-bit grey or RGB."""
    if ds.PhotometricInterpretation == "PALETTE COLOR":
        pixels = apply_color_lut(pixels, ds)[..., :3]
        depth = 8 * pixels.itemsize
    elif int(ds.SamplesPerPixel) > 1:
        depth = int(ds.BitsStored)
    else:
        return _grey(pixels, ds)
    return (pixels >> (depth - 8) if depth > 8 else pixels).astype(np.uint8)  # noqa: PLR2004 - a JPEG has 8 bits


def _grey(pixels: Pixels, ds: Dataset) -> Pixels:
    values = apply_modality_lut(pixels, ds)
    if ds.get("WindowWidth") is not None and ds.get("WindowCenter") is not None:
        fraction = _windowed(values, ds)
    elif ds.get("VOILUTSequence"):
        brightest = (1 << int(ds.VOILUTSequence[0].LUTDescriptor[2])) - 1
        fraction = apply_voi(values.astype(np.int32), ds).astype(np.float32) / brightest
    else:
        fraction = _stretched(values, pixels, ds)
    if ds.PhotometricInterpretation == "MONOCHROME1":
        fraction = 1 - fraction
    grey: Pixels = (np.clip(fraction, 0, 1) * 255 + 0.5).astype(np.uint8)
    return grey


def _windowed(values: Pixels, ds: Dataset) -> Pixels:
    """PS3.3 C.11.2.1.2 and C.11.2.1.3, for values from 0 to 1."""
    center, width = _first(ds.WindowCenter), _first(ds.WindowWidth)
    function = ds.get("VOILUTFunction") or "LINEAR"
    offset = values.astype(np.float32) - np.float32(center)
    if function == "SIGMOID":
        sigmoid: Pixels = 1 / (1 + np.exp(-4 * offset / width))
        return sigmoid
    if function == "LINEAR":
        offset, width = offset + 0.5, max(width - 1, 1e-6)
    return offset / width + 0.5


def _stretched(values: Pixels, pixels: Pixels, ds: Dataset) -> Pixels:
    """From darkest to brightest, without the padding around the picture.

    A few glaring pixels, as vessels and implants give, must not leave the rest in the dark.
    """
    seen = values
    padding = ds.get("PixelPaddingValue")
    if padding is not None and np.any(pixels != padding):
        seen = values[pixels != padding]
    darkest, brightest = np.percentile(seen, (0.2, 99.8))
    return (values.astype(np.float32) - np.float32(darkest)) / np.float32(
        max(brightest - darkest, 1e-6)
    )


def _shown_size(ds: Dataset, longest_side_px: int) -> tuple[int, int]:
    """Width and height in pixels that keep the proportions in millimetres."""
    height, width = float(ds.Rows), float(ds.Columns)
    for keyword in ("PixelSpacing", "ImagerPixelSpacing", "PixelAspectRatio"):
        if keyword in ds and ds[keyword].VM == 2 and min(ds[keyword].value) > 0:  # noqa: PLR2004 - rows, columns
            ratio = ds[keyword].value
            height, width = height * float(ratio[0]), width * float(ratio[1])
            break
    scale = longest_side_px / max(height, width)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _first(value: Any) -> float:
    return float(value if isinstance(value, (int, float)) else value[0])
