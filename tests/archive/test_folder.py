"""The archive made of a folder: its faults, each on request."""

from pathlib import Path

import pytest

from kiosk.archive.faults import Faults, faults_of, set_faults
from kiosk.archive.folder import FolderArchive
from kiosk.config import Folder
from kiosk.domain.study import Counted, Listed
from kiosk.errors import ArchiveIncomplete, ArchiveRefused, ArchiveUnreachable
from tests.builders import JOHN, MARIA, Place, StudyPlan
from tests.peers.inbox import Inbox

PLAN = StudyPlan(Place(MARIA, "x"), instances=5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    PLAN.write(tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture
def archive(folder: Path) -> FolderArchive:
    return FolderArchive(Folder(path=folder))


def test_nothing_is_wrong_by_default(folder: Path) -> None:
    assert faults_of(folder) == Faults()


def test_faults_survive_the_way_through_their_file(folder: Path) -> None:
    faults = Faults(away=True, vanishes_after=3, sends_also="x.dcm", grows_by=2)
    set_faults(folder, faults)
    assert faults_of(folder) == faults


def test_what_is_no_dicom_file_is_no_part_of_the_archive(
    folder: Path, archive: FolderArchive
) -> None:
    (folder / "notes.txt").write_text("not DICOM")
    (folder / "empty").touch()
    assert len(archive.find_studies(MARIA.patient_id)) == 1


def test_a_file_that_is_added_is_there_at_the_next_call(
    folder: Path, archive: FolderArchive
) -> None:
    assert not archive.find_studies(JOHN.patient_id)
    StudyPlan(Place(JOHN)).write(folder)
    assert archive.find_studies(JOHN.patient_id)


@pytest.mark.parametrize(
    ("faults", "error"),
    [(Faults(away=True), ArchiveUnreachable), (Faults(refuses=True), ArchiveRefused)],
)
def test_it_can_be_away_or_refuse_and_come_back(
    folder: Path,
    archive: FolderArchive,
    inbox: Inbox,
    faults: Faults,
    error: type[Exception],
) -> None:
    set_faults(folder, faults)
    for call in (
        archive.check,
        lambda: archive.find_studies(MARIA.patient_id),
        lambda: archive.holding(PLAN.study_uid),
        lambda: archive.fetch(PLAN.study_uid, None, inbox),
    ):
        with pytest.raises(error):
            call()
    set_faults(folder, Faults())
    archive.fetch(PLAN.study_uid, None, inbox)
    assert len(inbox.paths) == 5


def test_it_can_be_unable_to_list(folder: Path, archive: FolderArchive) -> None:
    set_faults(folder, Faults(cannot_list=True))
    assert archive.holding(PLAN.study_uid) == Counted(5)


def test_it_can_be_unable_to_send(folder: Path, archive: FolderArchive, inbox: Inbox) -> None:
    set_faults(folder, Faults(cannot_fetch=True))
    assert isinstance(archive.holding(PLAN.study_uid), Listed)
    with pytest.raises(ArchiveRefused):
        archive.fetch(PLAN.study_uid, None, inbox)


def test_it_can_vanish_in_the_middle(folder: Path, archive: FolderArchive, inbox: Inbox) -> None:
    set_faults(folder, Faults(vanishes_after=2))
    with pytest.raises(ArchiveUnreachable):
        archive.fetch(PLAN.study_uid, None, inbox)
    assert len(inbox.paths) == 2


def test_it_can_send_an_instance_of_somebody_else(
    folder: Path, archive: FolderArchive, inbox: Inbox, tmp_path: Path
) -> None:
    (stranger,) = StudyPlan(Place(JOHN), instances=1).write(tmp_path / "elsewhere")
    set_faults(folder, Faults(sends_also=str(stranger)))
    archive.fetch(PLAN.study_uid, None, inbox)
    assert [ds.PatientID for ds in inbox.data_sets].index(JOHN.patient_id) == 1
    assert len(inbox.paths) == 6


def test_it_can_truncate_an_instance(folder: Path, archive: FolderArchive, inbox: Inbox) -> None:
    set_faults(folder, Faults(truncates=3))
    archive.fetch(PLAN.study_uid, None, inbox)
    sizes = [path.stat().st_size for path in inbox.paths]
    assert sizes[3] == sizes[2] // 2


def test_it_can_send_noise(folder: Path, archive: FolderArchive, inbox: Inbox) -> None:
    set_faults(folder, Faults(garbles=0))
    archive.fetch(PLAN.study_uid, None, inbox)
    assert set(inbox.paths[0].read_bytes()) == {0xA5}


def test_it_can_lose_an_instance_that_it_lists(
    folder: Path, archive: FolderArchive, inbox: Inbox
) -> None:
    set_faults(folder, Faults(loses=1))
    held = archive.holding(PLAN.study_uid)
    archive.fetch(PLAN.study_uid, None, inbox)
    assert isinstance(held, Listed)
    assert len(held.instances - inbox.refs) == 1


def test_it_can_send_everything_twice(folder: Path, archive: FolderArchive, inbox: Inbox) -> None:
    set_faults(folder, Faults(duplicates=True))
    archive.fetch(PLAN.study_uid, None, inbox)
    assert len(inbox.paths) == 10
    assert len(inbox.refs) == 5


def test_a_study_can_grow_and_then_be_whole(
    folder: Path, archive: FolderArchive, inbox: Inbox
) -> None:
    set_faults(folder, Faults(grows_by=1, grows_times=3))
    sizes = []
    for _ in range(5):
        held = archive.holding(PLAN.study_uid)
        assert isinstance(held, Listed)
        sizes.append(len(held.instances))
    assert sizes == [3, 4, 5, 5, 5]
    archive.fetch(PLAN.study_uid, None, inbox)
    assert len(inbox.paths) == 5


def test_a_study_that_it_does_not_hold_is_incomplete(archive: FolderArchive, inbox: Inbox) -> None:
    with pytest.raises(ArchiveIncomplete):
        archive.fetch("1.2.3", None, inbox)
