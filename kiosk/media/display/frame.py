"""Reads one frame of an instance: what the header says of it, and its pixels as stored."""

import struct
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from pydicom import Dataset, dcmread
from pydicom.errors import InvalidDicomError
from pydicom.pixels.utils import pixel_array
from pydicom.uid import RLELossless

from kiosk.media.display.numbers import whole_number

Pixels = NDArray[Any]

UNDECODABLE = (
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
    "PlanePositionSequence",
    "PlaneOrientationSequence",
    "PixelValueTransformationSequence",
    "FrameAnatomySequence",
    "FrameVOILUTSequence",
)


def read_frame_header(path: Path, frame: int) -> Dataset:
    """Return the header of an instance as it holds for one frame, from 0."""
    ds = dcmread(path, stop_before_pixels=True)
    apply_functional_groups(ds, frame)
    return ds


def count_frames(ds: Dataset) -> int:
    """Return how many frames an instance has."""
    return max(whole_number(ds.get("NumberOfFrames")) or 1, 1)


def apply_functional_groups(ds: Dataset, frame: int) -> None:
    """Bring what an enhanced instance says of this frame to where classic ones say it."""
    shared = ds.get("SharedFunctionalGroupsSequence") or []
    per_frame = ds.get("PerFrameFunctionalGroupsSequence") or []
    for group in (*shared[:1], *per_frame[frame : frame + 1]):
        for macro in _FRAME_MACROS:
            for item in group.get(macro) or []:
                ds.update(item)


def read_pixels(path: Path, ds: Dataset, frame: int, **options: Any) -> Pixels:
    """Return one frame as stored, colours as RGB; no other frame is decoded."""
    # pylibjpeg-rle ends the thread on damaged data, with an exception that is no Exception
    plugin = "pydicom" if ds.file_meta.TransferSyntaxUID == RLELossless else ""
    return pixel_array(path, index=frame, decoding_plugin=plugin, **options)
