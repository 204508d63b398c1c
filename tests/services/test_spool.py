"""The spool: private folders, safe until the power fails, and one worker at a time."""

import os
from pathlib import Path

import pytest

from kiosk.errors import SpoolUnwritable
from kiosk.services.spool import JobSpool, Spool

JOB = "a" * 32


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "deep" / "spool")


@pytest.fixture
def job(spool: Spool) -> JobSpool:
    opened = spool.job(JOB)
    opened.open()
    return opened


def test_only_its_owner_may_look_inside_whatever_the_umask(spool: Spool) -> None:
    before = os.umask(0)
    try:
        with spool.worker_lock() as is_ours:
            assert is_ours
        spool.job(JOB).open()
    finally:
        os.umask(before)
    folders = [spool.path, *(path for path in spool.path.rglob("*") if path.is_dir())]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_of_two_that_want_the_spool_one_gets_it(spool: Spool) -> None:
    with spool.worker_lock() as first, Spool(spool.path).worker_lock() as second:
        assert (first, second) == (True, False)
    with spool.worker_lock() as again:
        assert again


def test_a_spool_in_which_no_lock_can_be_made_is_said_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("in the way")
    with (
        pytest.raises(SpoolUnwritable, match=f"{tmp_path}/spool: File exists"),
        Spool(tmp_path / "spool").worker_lock(),
    ):
        pass


def test_what_is_prepared_is_kept_and_what_was_arriving_is_not(job: JobSpool) -> None:
    (job.prepared / "1.2.dcm").write_bytes(b"whole")
    (job.incoming / "00000001").write_bytes(b"ha")
    job.open()
    assert [path.name for path in job.prepared.iterdir()] == ["1.2.dcm"]
    assert list(job.incoming.iterdir()) == []


def test_after_a_power_cut_nothing_is_kept(job: JobSpool) -> None:
    (job.prepared / "1.2.dcm").write_bytes(b"")
    (job.folder / "boot_id").write_text("another start of the machine\n")
    assert not job.is_safe()
    job.open()
    assert job.is_safe()
    assert list(job.prepared.iterdir()) == []


def test_opening_again_does_not_touch_the_note_that_a_full_disk_would_empty(job: JobSpool) -> None:
    note = job.folder / "boot_id"
    made = note.stat().st_mtime_ns
    job.open()
    assert note.stat().st_mtime_ns == made


@pytest.mark.parametrize("found", ["nothing", "a file", "no note"])
def test_a_folder_that_is_not_as_it_was_left_is_not_safe(job: JobSpool, found: str) -> None:
    if found == "no note":
        (job.folder / "boot_id").unlink()
    else:
        job.remove()
        if found == "a file":
            job.folder.touch()
    assert not job.is_safe()


def test_what_is_removed_is_gone_and_once_more_does_no_harm(job: JobSpool) -> None:
    (job.prepared / "1.2.dcm").write_bytes(b"whole")
    job.remove()
    job.remove()
    assert not job.folder.exists()


def test_only_folders_of_jobs_count_as_such(spool: Spool, job: JobSpool) -> None:
    (spool.path / "lost+found").mkdir()
    (spool.path / "worker.lock").touch()
    assert spool.job_ids() == {JOB}


def test_a_look_leaves_nothing_behind_even_when_it_fails(spool: Spool) -> None:
    def look_and_fail() -> None:
        with spool.look() as folder:
            (folder / "instance").write_bytes(b"private")
            assert folder.stat().st_mode & 0o777 == 0o700
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        look_and_fail()
    assert list(spool.path.iterdir()) == []


def test_a_look_that_was_cut_short_is_cleared_and_jobs_are_not(spool: Spool, job: JobSpool) -> None:
    (spool.path / "look-abc").mkdir()
    (spool.path / "look-abc" / "instance").write_bytes(b"private")
    spool.clear_looks()
    assert [path.name for path in spool.path.iterdir()] == [JOB]


def test_a_spool_in_which_nothing_can_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("in the way")
    with pytest.raises(SpoolUnwritable), Spool(tmp_path / "spool").look():
        pass
