"""Disk, spool, target and database fail; each is a state with a sentence, and the job goes on."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.domain.job import Cancel, Job, JobState, Retry
from kiosk.domain.medium import FileSet
from kiosk.domain.progress import Progress
from kiosk.domain.release import TargetKind
from kiosk.errors import error_of
from kiosk.ports import FilesAndBytes
from kiosk.services.targets import FileTarget
from tests.builders import MARIA, Place, StudyPlan, ct
from tests.journeys.disks import disk_over, needs_root
from tests.journeys.kiosks import Kiosk, Kiosks, checked
from tests.journeys.processes import Death, until

BIG = StudyPlan(Place(MARIA, "a"), instances=12, make=lambda place: ct(place, 256))
"""1.6 MB."""


def assert_says_what_to_do(job: Job) -> None:
    assert job.waiting is not None
    assert ";" in error_of(job.waiting.code).staff, "a cause, and what to do"
    assert "by itself" in error_of(job.waiting.code).staff


# Full


@needs_root
@pytest.mark.lab
def test_a_full_spool_waits_and_goes_on_from_what_it_has(kiosks: Kiosks, tmp_path: Path) -> None:
    kiosk = kiosks.make(tmp_path, [BIG])
    job = kiosk.sign()
    with disk_over(kiosk.spool, "1m") as disk, kiosk.worker() as running:
        job = kiosk.rests(job, "spool-full")
        assert_says_what_to_do(job)
        safe = len(list((kiosk.spool / job.job_id / "prepared").glob("*.dcm")))
        assert 0 < safe < 12
        disk.become("size=20m")
        kiosk.waits_for(job, JobState.DONE)
        until(lambda: not kiosk.leftovers())
        assert f'"missing": {12 - safe}' in running.out.read_text()
    assert checked(kiosk.image).instances == 12


@needs_root
@pytest.mark.lab
def test_a_full_disk_with_spool_and_database_on_it_stops_no_worker(
    kiosks: Kiosks, tmp_path: Path
) -> None:
    with disk_over(tmp_path / "var") as disk:
        kiosk = kiosks.make(tmp_path)
        job = kiosk.sign()
        kiosk.break_archive(away=True)
        with kiosk.worker() as running:
            kiosk.rests(job, "archive-unreachable")
            disk.fill()
            kiosk.mend_archive()
            running.says("-full")
            time.sleep(1)
            disk.make_room()
            kiosk.waits_for(job, JobState.DONE)
            assert running.err.read_text() == ""
        kiosk.close()
    assert checked(kiosk.image).instances == 6


@needs_root
@pytest.mark.lab
def test_a_full_target_waits_until_there_is_room(kiosks: Kiosks, tmp_path: Path) -> None:
    kiosk = kiosks.make(tmp_path, [BIG])
    with disk_over(kiosk.out, "600k") as disk, kiosk.worker():
        job = kiosk.rests(kiosk.sign(), "spool-full")
        assert job.waiting is not None
        assert job.waiting.detail == str(kiosk.out)
        assert_says_what_to_do(job)
        disk.become("size=20m")
        kiosk.waits_for(job, JobState.DONE)
        assert checked(kiosk.image).instances == 12


# Read-only, or none


@needs_root
@pytest.mark.lab
def test_a_read_only_spool_ends_the_command_and_not_the_job(kiosk: Kiosk) -> None:
    with disk_over(kiosk.spool) as disk:
        disk.become("ro")
        refused = kiosk.release()
        assert refused.code == 5
        assert refused.err.splitlines()[-1].startswith("kiosk: The spool folder cannot be written")
        assert "Traceback" not in refused.err
        job = kiosk.job()
        assert job.state is JobState.SIGNED
        with kiosk.worker() as running:
            running.says("spool-away")
            disk.become("rw")
            kiosk.waits_for(job, JobState.DONE)


@needs_root
@pytest.mark.lab
def test_a_spool_that_becomes_read_only_lets_the_job_rest(kiosk: Kiosk) -> None:
    with disk_over(kiosk.spool) as disk:
        disk.become("ro")
        job = work(kiosk, kiosk.sign())
        assert job.waiting is not None
        assert (job.waiting.code, "Read-only" in job.waiting.detail) == ("spool-unwritable", True)
        assert_says_what_to_do(job)
        disk.become("rw")
        assert work(kiosk, job).state is JobState.DONE


def test_a_spool_that_is_no_folder_is_one_sentence(kiosk: Kiosk) -> None:
    shutil.rmtree(kiosk.spool, ignore_errors=True)
    kiosk.spool.write_text("in the way")
    refused = kiosk.release()
    assert refused.code == 5
    assert "kiosk: The spool folder cannot be written; check mount and rights" in refused.err
    assert f"({kiosk.spool}: File exists)" in refused.err
    assert kiosk.job().state is JobState.SIGNED
    kiosk.spool.unlink()
    assert kiosk.finish(kiosk.job()).state is JobState.DONE


# The target


class At:
    """Does something once, when a job's stage tells of its progress."""

    def __init__(self, stage: JobState, deed: Callable[[], object]) -> None:
        self._stage = stage
        self._deeds = [deed]

    def __call__(self, progress: Progress) -> None:
        if progress.stage is self._stage and self._deeds:
            self._deeds.pop()()


def work(kiosk: Kiosk, job: Job, follow: At | None = None) -> Job:
    if follow is None:
        return kiosk.appliance.worker.work(kiosk.job(job))
    return kiosk.appliance.worker.work(kiosk.job(job), follow)


def test_a_target_folder_that_vanishes_lets_the_job_rest_until_it_is_back(kiosk: Kiosk) -> None:
    job = work(kiosk, kiosk.sign(), At(JobState.WRITING, lambda: shutil.rmtree(kiosk.out)))
    assert job.waiting is not None
    assert job.waiting.code == "target-unusable"
    assert_says_what_to_do(job)
    kiosk.out.mkdir()
    assert work(kiosk, job).state is JobState.DONE
    assert kiosk.moves(job).count("Retrieved") == 2
    assert checked(kiosk.image).holds


@needs_root
@pytest.mark.lab
def test_a_target_that_becomes_read_only_lets_the_job_rest(kiosk: Kiosk) -> None:
    with disk_over(kiosk.out) as disk:
        job = work(kiosk, kiosk.sign(), At(JobState.RETRIEVING, lambda: disk.become("ro")))
        assert job.waiting is not None
        assert (job.waiting.code, "Read-only" in job.waiting.detail) == ("target-unusable", True)
        disk.become("rw")
        assert work(kiosk, job).state is JobState.DONE


@pytest.mark.parametrize("stage", [JobState.RETRIEVING, JobState.VERIFYING])
def test_a_file_that_takes_the_name_is_left_alone_and_the_job_waits(
    kiosk: Kiosk, stage: JobState
) -> None:
    job = work(kiosk, kiosk.sign(), At(stage, lambda: kiosk.image.write_text("a letter")))
    assert job.waiting is not None
    assert job.waiting.code == "target-unusable"
    assert kiosk.appliance.store.jobs.document(job.job_id, "receipt") is None
    assert kiosk.image.read_text() == "a letter"
    kiosk.image.unlink()
    assert work(kiosk, job).state is JobState.DONE
    assert checked(kiosk.image).holds


def test_a_finished_medium_that_vanishes_fails_without_a_receipt_and_can_be_retried(
    kiosk: Kiosk,
) -> None:
    job = kiosk.sign()
    with kiosk.worker(Death(of='"stage": "HANDING_OVER", "event": "stage-st', line=True)) as dying:
        dying.wait()
    next(kiosk.out.glob(".*.partial")).unlink()
    job = work(kiosk, job)
    assert job.failure is not None
    assert job.failure.code == "medium-failed-check"
    assert kiosk.appliance.store.jobs.document(job.job_id, "receipt") is None
    job = work(kiosk, retried(kiosk, job))
    assert job.state is JobState.DONE
    assert checked(kiosk.image).sha256 == job.media[0].sha256


def retried(kiosk: Kiosk, job: Job) -> Job:
    return kiosk.appliance.store.jobs.advance(kiosk.job(job), Retry("robin"))


def damage(partial: Path, how: str) -> None:
    content = bytearray(partial.read_bytes())
    match how:
        case "a byte":
            content[-5000] ^= 1
        case "cut short":
            del content[30000:]
        case "emptied":
            content.clear()
    partial.write_bytes(bytes(content))


@pytest.mark.parametrize("how", ["a byte", "cut short", "emptied"])
def test_a_medium_damaged_before_the_check_is_made_again(kiosk: Kiosk, how: str) -> None:
    job = work_with_damage(kiosk, kiosk.sign(), how, times=1)
    assert (job.state, job.spoiled) == (JobState.DONE, 1)
    assert checked(kiosk.image).holds


def test_after_two_spoiled_media_staff_are_called_and_can_retry(kiosk: Kiosk) -> None:
    job = work_with_damage(kiosk, kiosk.sign(), "a byte", times=2)
    assert job.failure is not None
    assert (job.failure.code, job.failure.stage) == (
        "medium-failed-check",
        JobState.AWAITING_MEDIA,
    )
    assert kiosk.leftovers() == []
    assert not kiosk.image.exists()
    assert work(kiosk, retried(kiosk, job)).state is JobState.DONE


@dataclass(frozen=True, slots=True)
class BadDisk(FileTarget):
    """A target whose disk spoils what was written to it, so often as it is told."""

    spoils: list[str] = field(default_factory=list)

    def write(self, file_set: FileSet, created_at: datetime, progress: FilesAndBytes) -> None:
        FileTarget.write(self, file_set, created_at, progress)
        if self.spoils:
            damage(self.written(file_set.volume, file_set.volumes), self.spoils.pop())


def work_with_damage(kiosk: Kiosk, job: Job, how: str, times: int) -> Job:
    """Work a job on a bad disk."""
    target = job.release.target
    bad = BadDisk(Path(target.path), job.job_id, target.kind, 10**9, [how] * times)
    plain = kiosk.appliance.worker
    bench = replace(plain.bench, target=lambda _: bad)
    return replace(plain, bench=bench).work(kiosk.job(job))


# The database


@contextmanager
def held_locked(kiosk: Kiosk) -> Iterator[None]:
    """Let another process hold the database."""
    script = (
        "import sqlite3,sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('BEGIN EXCLUSIVE')\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    words = [sys.executable, "-c", script, str(kiosk.database)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        yield
        process.communicate("")


@pytest.mark.lab
def test_a_locked_database_holds_the_worker_up_and_no_more(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    with kiosk.worker() as running:
        running.says("worker-started")
        running.says("RETRIEVING")
        with held_locked(kiosk):
            running.says("store-away")
        kiosk.waits_for(job, JobState.DONE)
        assert running.err.read_text() == ""
    assert kiosk.moves(job).count("HandedOver") == 1


@pytest.mark.lab
def test_a_locked_database_at_the_start_holds_a_worker_up_and_no_more(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    with held_locked(kiosk), kiosk.worker() as running:
        running.says("store-away")
        assert running.process.is_alive()
    assert kiosk.finish(job).state is JobState.DONE


@pytest.mark.lab
def test_a_locked_database_refuses_a_signature_with_one_sentence(kiosk: Kiosk) -> None:
    with held_locked(kiosk):
        refused = kiosk.release()
    assert refused.code == 1
    assert refused.err.startswith("kiosk: Another program holds the database; end it")
    assert refused.err.count("\n") == 1
    assert kiosk.appliance.store.audit.verify() == 0


# The spool is private, and empty in the end


def test_what_lies_in_the_spool_is_for_nobody_else(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    with kiosk.worker(Death(of='"stage": "BUILDING", "event": "stage-st', line=True)) as running:
        running.wait()
    folders = [path for path in [kiosk.spool, *kiosk.spool.rglob("*")] if path.is_dir()]
    assert len(folders) == 4
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
    assert kiosk.finish(job).state is JobState.DONE


def test_a_job_cancelled_in_the_middle_leaves_nothing(kiosk: Kiosk) -> None:
    def cancel() -> None:
        kiosk.appliance.store.jobs.advance(kiosk.job(job), Cancel("robin"))

    for stage in (JobState.RETRIEVING, JobState.WRITING, JobState.VERIFYING):
        job = kiosk.sign()
        ended = work(kiosk, job, At(stage, cancel))
        assert ended.state is JobState.CANCELLED
        assert kiosk.moves(job)[-1] == "Cancel"
        assert kiosk.leftovers() == []
        assert list(kiosk.out.iterdir()) == []


def test_a_hand_over_cannot_be_cancelled(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    with kiosk.worker(Death(of='"stage": "HANDING_OVER", "event": "stage-st', line=True)) as dying:
        dying.wait()
    with pytest.raises(Exception, match="present state"):
        kiosk.appliance.store.jobs.advance(kiosk.job(job), Cancel("robin"))
    assert work(kiosk, job).state is JobState.DONE


@pytest.mark.lab
def test_a_job_cancelled_while_it_rests_is_cleared_away_by_the_running_worker(
    kiosk: Kiosk,
) -> None:
    kiosk.break_archive(vanishes_after=3)
    job = kiosk.sign()
    with kiosk.worker():
        kiosk.rests(job, "archive-unreachable")
        kiosk.appliance.store.jobs.advance(kiosk.job(job), Cancel("robin"))
        until(lambda: not kiosk.leftovers(), "cleared")


def test_orphans_are_cleared_at_the_start_and_nothing_else_is(kiosk: Kiosk) -> None:
    waiting = kiosk.sign()
    kiosk.break_archive(vanishes_after=3)
    kiosk.appliance.worker.work(waiting)
    orphan, foreign = kiosk.spool / ("0" * 32), kiosk.spool / "lost+found"
    (orphan / "prepared").mkdir(parents=True)
    foreign.mkdir()
    kiosk.appliance.worker.take_up()
    assert sorted(kiosk.leftovers()) == sorted([waiting.job_id, "lost+found"])


# Several at once


@pytest.mark.lab
def test_of_two_workers_one_waits_until_the_other_is_gone(kiosk: Kiosk) -> None:
    with kiosk.worker() as one, kiosk.worker() as other:
        until(lambda: "worker-started" in one.out.read_text() + other.out.read_text())
        time.sleep(1)
        first, second = (one, other) if one.out.read_text() else (other, one)
        assert second.out.read_text() == ""
        kiosk.waits_for(kiosk.sign(), JobState.DONE)
        assert second.out.read_text() == ""
        first.kill()
        job = kiosk.sign(to=kiosk.out / "b.iso")
        kiosk.waits_for(job, JobState.DONE)
        assert job.job_id in second.out.read_text()


@pytest.mark.lab
def test_two_releases_at_once_are_both_done(kiosk: Kiosk) -> None:
    words = kiosk.release_words("--json", to=f"folder:{kiosk.out / 'b'}")
    with kiosk.start(*words) as other:
        one, two = kiosk.release("--json"), other.wait()
    assert (one.code, two.code) == (0, 0), one.err + two.err
    assert checked(kiosk.image).holds
    assert checked(kiosk.out / "b").holds
    assert kiosk.leftovers() == []


@pytest.mark.lab
def test_two_releases_at_once_on_a_new_machine_are_both_done(kiosk: Kiosk) -> None:
    shutil.rmtree(kiosk.folder / "var")
    words = kiosk.release_words(to=f"folder:{kiosk.out / 'b'}")
    with kiosk.start(*words) as other:
        one, two = kiosk.release(), other.wait()
    assert (one.code, two.code) == (0, 0), one.err + two.err


def test_two_releases_to_one_name_give_one_medium_and_one_that_waits(kiosk: Kiosk) -> None:
    first, second = kiosk.sign(), kiosk.sign()
    assert work(kiosk, first).state is JobState.DONE
    was = kiosk.image.read_bytes()
    waiting = work(kiosk, second).waiting
    assert waiting is not None
    assert waiting.code == "target-unusable"
    assert kiosk.image.read_bytes() == was


def test_a_folder_is_handed_over_whole(kiosk: Kiosk) -> None:
    job = kiosk.sign(to=kiosk.out / "copy", kind=TargetKind.FOLDER)
    assert work(kiosk, job).state is JobState.DONE
    assert checked(kiosk.out / "copy").holds
    assert [path.name for path in kiosk.out.iterdir()] == ["copy"]
