"""Wraps the head CT of Debian's invesalius-examples, a raw volume, as CT instances."""

import plistlib
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.uid import CTImageStorage

from kiosk.demo.failed import DemoFailed

SOURCE = Path("/usr/share/doc/invesalius-examples/examples/Cranium.inv3")

_HU_OFFSET = 1024
"""Stored values are Hounsfield units plus this, so that they need no sign."""


@dataclass(frozen=True, slots=True)
class _Volume:
    hounsfield: NDArray[np.int16]
    """Slices from the chin upwards, rows from the back of the head to the nose."""
    pixel_mm: float
    slice_mm: float


def head_ct_slices(source: Path = SOURCE) -> Iterator[Dataset]:
    """Yield the slices from the chin upwards, with geometry and windows but no identity.

    Raises
    ------
    DemoFailed
        If the package is not installed, or was installed without /usr/share/doc.
    """
    if not source.exists():
        raise DemoFailed("install Debian's package invesalius-examples, with its documents")
    volume = _read(source)
    common = _common(volume)
    for number, rows in enumerate(volume.hounsfield):
        ds = Dataset()
        ds.update(common)
        ds.ImagePositionPatient = [*ds.ImagePositionPatient[:2], number * volume.slice_mm]
        ds.SliceLocation = number * volume.slice_mm
        # InVesalius stores rows bottom up; DICOM rows go from the nose to the back.
        stored = rows[::-1].astype(np.int32) + _HU_OFFSET
        ds.PixelData = np.clip(stored, 0, 4095).astype("<u2").tobytes()
        yield ds


def _read(source: Path) -> _Volume:
    with tarfile.open(source) as archive:
        files = {Path(member.name).name: member for member in archive.getmembers()}
        facts: dict[str, Any] = plistlib.loads(_content(archive, files["main.plist"]))
        matrix = facts["matrix"]
        values = np.frombuffer(_content(archive, files[matrix["filename"]]), matrix["dtype"])
    pixel_mm, _, slice_mm = facts["spacing"]
    return _Volume(values.reshape(matrix["shape"]), round(pixel_mm, 6), slice_mm)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    assert file is not None  # noqa: S101 - both members are plain files
    with file:
        return file.read()


def _common(volume: _Volume) -> Dataset:
    ds = Dataset()
    ds.SOPClassUID = CTImageStorage
    ds.SpecificCharacterSet = "ISO_IR 100"
    ds.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    ds.Modality = "CT"
    ds.Manufacturer = "InVesalius example volume"
    ds.BodyPartExamined = "HEAD"
    ds.SeriesDate = ds.SeriesTime = ds.ContentDate = ds.ContentTime = ""
    ds.AcquisitionNumber = 1
    ds.KVP = None
    _set_geometry(ds, volume)
    _set_pixels(ds, volume)
    return ds


def _set_geometry(ds: Dataset, volume: _Volume) -> None:
    _, rows, columns = volume.hounsfield.shape
    ds.PatientPosition = "HFS"
    ds.FrameOfReferenceUID = ""
    ds.PositionReferenceIndicator = ""
    ds.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    ds.ImagePositionPatient = [
        -round((columns - 1) / 2 * volume.pixel_mm, 4),
        -round((rows - 1) / 2 * volume.pixel_mm, 4),
        0,
    ]
    ds.PixelSpacing = [volume.pixel_mm, volume.pixel_mm]
    ds.SliceThickness = volume.slice_mm


def _set_pixels(ds: Dataset, volume: _Volume) -> None:
    _, ds.Rows, ds.Columns = volume.hounsfield.shape
    ds.SamplesPerPixel = 1
    ds.PhotometricInterpretation = "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 12, 11, 0
    ds.RescaleIntercept, ds.RescaleSlope, ds.RescaleType = -_HU_OFFSET, 1, "HU"
    ds.WindowCenter, ds.WindowWidth = [40, 500], [90, 2000]
    ds.WindowCenterWidthExplanation = ["BRAIN", "BONE"]
