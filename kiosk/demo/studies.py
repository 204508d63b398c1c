"""Writes the demonstration archive's studies: real images that belong to invented people."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydicom import Dataset, dcmread
from pydicom.data import get_testdata_file
from pydicom.dataset import FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

from kiosk.demo.failed import DemoFailed
from kiosk.demo.head_ct import head_ct_slices
from kiosk.demo.identity import identify
from kiosk.demo.people import CHEST_REPORT, HEAD_CT, STUDIES, DemoSeries, DemoStudy
from kiosk.demo.report import report

_CHEST_FINDINGS = (
    "Several round opacities in both lungs. The heart is of normal size. No pleural effusion."
)
_CHEST_CONCLUSION = "Round opacities in both lungs. CT of the chest is advised."


def write_demo_studies(folder: Path) -> list[Path]:
    """Write every study into a folder, one file an instance, byte for byte the same each time.

    Raises
    ------
    DemoFailed
        Naming the package that brings the images and is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _write(ds, folder / f"{study.accession}-{number}-{instance:03}.dcm")
        for study in STUDIES
        for number, series in enumerate(study.series, start=1)
        for instance, ds in enumerate(_instances(study, series, number), start=1)
    ]


def _instances(study: DemoStudy, series: DemoSeries, number: int) -> Iterator[Dataset]:
    for instance, ds in enumerate(_sources(series), start=1):
        identify(ds, study, series, number, instance)
        yield ds


def _sources(series: DemoSeries) -> Iterable[Dataset]:
    if series is HEAD_CT:
        return head_ct_slices()
    if series is CHEST_REPORT:
        return [report(_CHEST_FINDINGS, _CHEST_CONCLUSION)]
    return [_real_image(series.file)]


def _real_image(name: str) -> Dataset:
    path = get_testdata_file(name, download=False)
    if path is None:
        raise DemoFailed("install the Python package pydicom-data")
    return dcmread(str(path))


def _write(ds: Dataset, path: Path) -> Path:
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = _transfer_syntax(ds)
    meta.MediaStorageSOPClassUID = ds.SOPClassUID
    meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    ds.file_meta = meta
    ds.save_as(path, enforce_file_format=True)
    return path


def _transfer_syntax(ds: Dataset) -> UID:
    source = getattr(ds, "file_meta", None)
    return source.TransferSyntaxUID if source else ExplicitVRLittleEndian
