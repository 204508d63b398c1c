"""What the tests of instances share: where real files lie, and how one is written and compared."""

import io
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.errors import InvalidDicomError

from kiosk.domain.study import InstanceIdentity
from kiosk.errors import BrokenInstance
from kiosk.media.prepare import Prepared, prepare
from kiosk.media.profile import Profile

PACKAGES = Path(str(files("pydicom"))).parent
FOLDERS = tuple(
    PACKAGES / name
    for name in ("data_store/data", "pydicom/data/test_files", "pydicom/data/charset_files")
)
T1 = Path(os.environ.get("KIOSK_T1", Path(__file__).parents[3] / "shared/studies/t1"))
needs_t1 = pytest.mark.skipif(not T1.is_dir(), reason="the MR series is not at KIOSK_T1")


UIDS = ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")


def everyone(_: InstanceIdentity) -> None:
    """Accept any patient."""


def real_files() -> list[Path]:
    """Return every DICOM file that pydicom's packages bring, with a transfer syntax of its own."""
    return sorted(path for folder in FOLDERS for path in folder.rglob("*") if _is_instance(path))


def _is_instance(path: Path) -> bool:
    if not path.is_file() or path.name.startswith("DICOMDIR"):
        return False
    try:
        return "TransferSyntaxUID" in pydicom.dcmread(path, stop_before_pixels=True).file_meta
    except (InvalidDicomError, AttributeError):
        return False


def prepared_files(folder: Path, profile: Profile) -> Iterator[tuple[Path, Prepared]]:
    """Prepare every real file that is a whole instance."""
    for number, path in enumerate(real_files()):
        target = folder / str(number)
        target.mkdir()
        source = _completed(path, target / "source")
        try:
            yield source, prepare(source, target, profile, everyone)
        except BrokenInstance:
            continue


def _completed(path: Path, copy: Path) -> Path:
    """Return a file, or a copy with the UIDs that test files sometimes do without."""
    ds = pydicom.dcmread(path)
    lacking = [keyword for keyword in UIDS if keyword not in ds]
    if not lacking:
        return path
    for keyword in lacking:
        setattr(ds, keyword, "1.2.3")
    ds.save_as(copy)
    return copy


def encoded(ds: Dataset, *, implicit: bool, little: bool = True) -> bytes:
    """Return a whole file as pydicom writes it, uncompressed."""
    fresh = Dataset({element.tag: element for element in ds})
    fresh.file_meta = ds.file_meta
    name = (
        "ImplicitVRLittleEndian" if implicit else f"ExplicitVR{'Little' if little else 'Big'}Endian"
    )
    fresh.file_meta.TransferSyntaxUID = getattr(pydicom.uid, name)
    file = io.BytesIO()
    pydicom.dcmwrite(
        file, fresh, implicit_vr=implicit, little_endian=little, enforce_file_format=True
    )
    return file.getvalue()


def differences(before: Dataset, after: Dataset, where: str = "") -> list[str]:
    """Name each element that is not the same, VR included; pictures apart."""
    tags = {element.tag for element in before.elements() if element.tag.element}
    others = {element.tag for element in after.elements() if element.tag.element}
    found = [f"{where}{tag} is there once" for tag in tags ^ others]
    for tag in sorted(tags & others):
        one, other = before[tag], after[tag]
        if one.VR != other.VR:
            found.append(f"{where}{tag} {one.VR} {other.VR}")
        elif one.VR == "SQ":
            found += [f"{where}{tag} items"] if len(one.value) != len(other.value) else []
            for first, second in zip(one.value, other.value, strict=False):
                found += differences(first, second, f"{where}{tag} > ")
        elif tag != 0x7FE00010 and one.value != other.value:
            found.append(f"{where}{tag} {one.value!r} {other.value!r}"[:200])
    return found
