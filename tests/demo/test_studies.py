"""The demonstration archive's studies: real images that belong to invented people."""

import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset, dcmread
from pydicom.data import get_testdata_file

from kiosk.demo import head_ct
from kiosk.demo.failed import DemoFailed
from kiosk.demo.people import MARIA, NOAH, STUDIES
from kiosk.demo.studies import write_demo_studies
from kiosk.domain.study import InstanceIdentity, mismatch

AS_THE_SOURCE_HAS_IT = {
    # The pictures' own faults, which an archive would hand out as they are.
    "DX240118-2-001.dcm": "PatientOrientation",
    "DX240118-3-001.dcm": "MultiplexGroupTimeOffset",
}


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_demo_studies(tmp_path_factory.mktemp("studies"))


@pytest.fixture(scope="module")
def headers(paths: list[Path]) -> list[Dataset]:
    return [dcmread(path, stop_before_pixels=True) for path in paths]


@pytest.fixture(scope="module")
def head(paths: list[Path]) -> list[Dataset]:
    return [dcmread(path) for path in paths if path.name.startswith("DX250001")]


def test_maria_has_six_studies_and_somebody_else_has_one(headers: list[Dataset]) -> None:
    studies = defaultdict(set)
    for ds in headers:
        studies[ds.PatientID].add(ds.StudyInstanceUID)
    assert {patient: len(uids) for patient, uids in studies.items()} == {
        MARIA.patient_id: 6,
        NOAH.patient_id: 1,
    }


def test_every_instance_passes_the_guard_of_its_own_patient_only(headers: list[Dataset]) -> None:
    for ds in headers:
        own, other = (MARIA, NOAH) if ds.PatientID == MARIA.patient_id else (NOAH, MARIA)
        identity = InstanceIdentity(
            ds.StudyInstanceUID,
            ds.SeriesInstanceUID,
            ds.SOPInstanceUID,
            ds.PatientID,
            ds.get("IssuerOfPatientID", ""),
            ds.PatientBirthDate,
        )
        assert mismatch(own, [ds.StudyInstanceUID], identity) is None
        assert mismatch(other, [ds.StudyInstanceUID], identity) == "PatientID differs"


def test_a_study_says_the_same_in_all_its_instances(headers: list[Dataset]) -> None:
    facts = defaultdict(set)
    for ds in headers:
        facts[ds.StudyInstanceUID].add(
            (ds.StudyDescription, ds.StudyDate, ds.AccessionNumber, str(ds.PatientName))
        )
    assert all(len(each) == 1 for each in facts.values())
    assert len({next(iter(each))[2] for each in facts.values()}) == len(STUDIES)


def test_every_instance_has_a_uid_of_its_own_that_is_valid(headers: list[Dataset]) -> None:
    uids = {ds.SOPInstanceUID for ds in headers}
    assert len(uids) == len(headers)
    assert all(uid.is_valid for uid in uids)
    assert all(ds.file_meta.MediaStorageSOPInstanceUID == ds.SOPInstanceUID for ds in headers)


def test_a_second_run_writes_the_same_bytes(paths: list[Path], tmp_path: Path) -> None:
    again = write_demo_studies(tmp_path)
    assert [path.name for path in again] == [path.name for path in paths]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(again, paths, strict=True))


def test_the_archive_holds_several_transfer_syntaxes_and_kinds(headers: list[Dataset]) -> None:
    assert {ds.file_meta.TransferSyntaxUID.name for ds in headers} >= {
        "Explicit VR Little Endian",
        "JPEG 2000 Image Compression (Lossless Only)",
        "JPEG Baseline (Process 1)",
    }
    assert {ds.Modality for ds in headers} == {"CT", "CR", "SR", "MR", "US", "ECG", "NM"}


def test_the_pictures_are_those_of_the_source(paths: list[Path]) -> None:
    ours = dcmread(next(path for path in paths if path.name == "DX250003-1-001.dcm"))
    source = dcmread(str(get_testdata_file("MR2_J2KR.dcm", download=False)))
    assert ours.PixelData == source.PixelData


def test_nothing_is_left_of_the_people_in_the_sources(paths: list[Path]) -> None:
    for series in (series for study in STUDIES for series in study.series if series.file):
        source = dcmread(str(get_testdata_file(series.file, download=False)))
        theirs = {str(source.PatientName).encode(), str(source.PatientID).encode()}
        ours = next(path for path in paths if dcmread(path).SeriesDescription == series.description)
        header = dcmread(ours, stop_before_pixels=True).to_json().encode()
        assert not [each for each in theirs if len(each) > 3 and each in header], series.file


def test_the_head_ct_is_108_slices_from_the_chin_upwards(head: list[Dataset]) -> None:
    heights = [float(ds.ImagePositionPatient[2]) for ds in head]
    assert len(head) == 108
    assert np.allclose(np.diff(heights), 1.5)
    assert [ds.InstanceNumber for ds in head] == list(range(1, 109))
    assert len({ds.FrameOfReferenceUID for ds in head}) == 1


def test_the_head_ct_is_in_hounsfield_units(head: list[Dataset]) -> None:
    middle = head[54]
    hounsfield = middle.pixel_array * middle.RescaleSlope + middle.RescaleIntercept
    assert hounsfield[0, 0] < -900  # air in the corner
    brain = hounsfield[100:160, 90:110]
    assert 10 < np.median(brain) < 60


def test_the_nose_is_at_the_top_and_the_head_rest_at_the_bottom(head: list[Dataset]) -> None:
    # Near the crown, the head rest is a thin bright arc behind the head.
    rows = np.flatnonzero((head[103].pixel_array > 700).any(axis=1))
    assert rows.max() > 240
    assert rows.min() > 60


@pytest.mark.lab
def test_an_independent_checker_finds_no_fault_that_is_not_the_sources(paths: list[Path]) -> None:
    for path in paths:
        faults = set(errors_of(path))
        known = AS_THE_SOURCE_HAS_IT.get(path.name)
        assert all(known is not None and known in fault for fault in faults), (path.name, faults)


@pytest.mark.lab
def test_an_independent_checker_finds_the_entities_consistent(paths: list[Path]) -> None:
    checked = subprocess.run(["dcentvfy", *paths], capture_output=True, text=True, check=False)
    assert checked.returncode == 0
    assert "Error" not in checked.stderr


def errors_of(path: Path) -> Iterator[str]:
    checked = subprocess.run(["dciodvfy", path], capture_output=True, text=True, check=False)
    return (line for line in checked.stderr.splitlines() if line.startswith("Error"))


def test_a_missing_debian_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(DemoFailed, match="invesalius-examples"):
        next(head_ct.head_ct_slices(tmp_path / "Cranium.inv3"))
