"""The archive is away, breaks, lies or grows; the job waits, goes on, or fails with a reason."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.archive.folder import FolderArchive
from kiosk.config import Folder
from kiosk.domain.job import Job, JobState, Retry
from kiosk.errors import ArchiveRefused, ArchiveUnreachable, BrokenInstance
from kiosk.services.arrivals import Arrivals
from kiosk.services.retrieval import retrieve
from tests.builders import JOHN, MARIA, Place, StudyPlan, ct, write
from tests.journeys.kiosks import SMALL, Kiosk, checked

# Away, and back


@pytest.mark.lab
def test_a_form_signed_while_the_archive_vanishes_is_done_when_it_is_back(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    kiosk.break_archive(away=True)
    with kiosk.worker() as running:
        waiting = kiosk.rests(job, "archive-unreachable")
        assert waiting.state is JobState.READY
        kiosk.mend_archive()
        job = kiosk.waits_for(job, JobState.DONE)
        assert "stage-set-back" in running.out.read_text()
    assert checked(kiosk.image).instances == 6


@pytest.mark.lab
def test_what_had_arrived_before_the_archive_vanished_is_not_fetched_again(kiosk: Kiosk) -> None:
    kiosk.break_archive(vanishes_after=4)
    job = kiosk.sign()
    with kiosk.worker() as running:
        kiosk.rests(job, "archive-unreachable")
        assert len(list((kiosk.spool / job.job_id / "prepared").iterdir())) == 4
        kiosk.mend_archive()
        kiosk.waits_for(job, JobState.DONE)
        said = running.out.read_text()
    assert '"missing": null' in said, "the first time everything is asked for"
    assert '"missing": 2' in said, "the second time only the rest"


def test_the_wait_doubles_while_the_archive_stays_away(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    kiosk.break_archive(away=True)
    waits = []
    for _ in range(3):
        job = kiosk.appliance.worker.work(kiosk.job(job))
        assert job.waiting is not None
        waits.append((job.waiting.until - job.changed_at).total_seconds())
    assert waits == pytest.approx([2, 4, 8], abs=0.5)


@pytest.mark.lab
def test_the_command_gives_up_with_the_job_safe_and_a_worker_ends_it_later(kiosk: Kiosk) -> None:
    kiosk.break_archive(vanishes_after=2)
    given_up = kiosk.release("--json")
    assert given_up.code == 4
    assert "is safe in the store and goes on when a worker runs" in given_up.err
    assert "Traceback" not in given_up.err
    assert '"state": "READY", "code": "archive-unreachable"' in given_up.out.splitlines()[-1]
    kiosk.mend_archive()
    assert kiosk.finish(kiosk.job()).state is JobState.DONE


def test_with_the_archive_away_nobody_is_asked_to_sign(kiosk: Kiosk) -> None:
    kiosk.break_archive(away=True)
    refused = kiosk.release()
    assert refused.code == 4
    assert "does not answer" in refused.err
    assert kiosk.appliance.store.audit.verify() == 0


# The next way takes over


def arriving(kiosk: Kiosk, job: Job) -> Arrivals:
    spool = kiosk.appliance.spool.job(job.job_id)
    spool.open()
    return Arrivals(job.release, spool, kiosk.appliance.worker.bench.profile)


class Way(FolderArchive):
    """A way that counts what it was asked to send."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Folder(path=folder))
        self.sent = 0

    def fetch(self, study_uid: str, wanted: object, incoming: Arrivals) -> None:  # type: ignore[override]
        begin = incoming.begin

        def counted() -> Path:
            self.sent += 1
            return begin()

        incoming.begin = counted  # type: ignore[method-assign] - counts what comes
        try:
            super().fetch(study_uid, wanted, incoming)  # type: ignore[arg-type] - passed through
        finally:
            incoming.begin = begin  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("faults", "by_first"),
    [({"refuses": True}, 0), ({"cannot_fetch": True}, 0), ({"away": True}, 0),
     ({"vanishes_after": 4}, 4), ({"garbles": 1}, 6), ({"loses": 5}, 5)],
)  # fmt: skip
def test_the_second_way_brings_exactly_what_the_first_did_not(
    kiosk: Kiosk, tmp_path: Path, faults: dict[str, int], by_first: int
) -> None:
    job = kiosk.sign()
    SMALL.write(tmp_path / "second")
    first, second = Way(kiosk.archive), Way(tmp_path / "second")
    kiosk.break_archive(**faults)
    with arriving(kiosk, job) as arrivals:
        got = retrieve([first, second], arrivals, job.release, lambda *_: None)
    assert (len(got.prepared), got.archive_instances) == (6, 6)
    assert first.sent == by_first
    good = by_first - ("garbles" in faults)
    assert second.sent == 6 - good


@pytest.mark.parametrize(
    ("faults", "error"),
    [({"cannot_fetch": True}, ArchiveRefused), ({"vanishes_after": 2}, ArchiveUnreachable),
     ({"garbles": 2}, BrokenInstance)],
)  # fmt: skip
def test_when_no_way_brings_everything_the_last_one_says_why(
    kiosk: Kiosk, faults: dict[str, int], error: type[Exception]
) -> None:
    job = kiosk.sign()
    kiosk.break_archive(**faults)
    ways = [Way(kiosk.archive), Way(kiosk.archive)]
    with (
        arriving(kiosk, job) as arrivals,
        pytest.raises(error, match=r"of 6 instances arrived, without 1\.2\.826"),
    ):
        retrieve(ways, arrivals, job.release, lambda *_: None)


# What arrives is not what was promised


@pytest.mark.lab
def test_a_study_that_still_grows_waits_until_everything_is_there(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    kiosk.break_archive(grows_by=2, grows_times=3)
    with kiosk.worker():
        waiting = kiosk.rests(job, "study-still-growing")
        assert waiting.waiting is not None
        assert "instances before" in waiting.waiting.detail
        kiosk.waits_for(job, JobState.DONE)
    assert checked(kiosk.image).instances == 6


def test_a_lost_instance_never_ends_as_done_and_is_named(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    kiosk.break_archive(loses=3)
    lost = Place(MARIA, "a", series=2, number=1).sop_instance_uid
    for _ in range(3):
        job = kiosk.appliance.worker.work(kiosk.job(job))
        assert job.state is JobState.READY
        assert job.waiting is not None
        assert job.waiting.code == "archive-incomplete"
        assert job.waiting.detail == f"5 of 6 instances arrived, without {lost}"
    assert not kiosk.image.exists()
    kiosk.mend_archive()
    assert kiosk.appliance.worker.work(kiosk.job(job)).state is JobState.DONE


@pytest.mark.parametrize("fault", ["garbles", "truncates"])
def test_a_broken_instance_fails_the_job_and_is_named_to_staff(kiosk: Kiosk, fault: str) -> None:
    kiosk.break_archive(**{fault: 1})
    broken = Place(MARIA, "a", number=2).sop_instance_uid
    failed = kiosk.release("--json")
    assert failed.code == 4
    assert broken in failed.err
    assert "have the study repaired there" in failed.err
    job = kiosk.job()
    assert job.state is JobState.FAILED
    assert job.failure is not None
    assert (job.failure.stage, job.failure.code) == (JobState.RETRIEVING, "broken-instance")
    assert broken in job.failure.detail
    assert kiosk.leftovers() == []
    assert list(kiosk.out.iterdir()) == []


def test_a_repaired_study_can_be_retried(kiosk: Kiosk) -> None:
    kiosk.break_archive(truncates=1)
    kiosk.release()
    kiosk.mend_archive()
    job = kiosk.appliance.store.jobs.advance(kiosk.job(), Retry("robin"))
    assert kiosk.appliance.worker.work(job).state is JobState.DONE


STRANGERS: dict[str, Callable[[Path], Path]] = {
    "another patient": lambda path: write(ct(Place(JOHN, "z")), path),
    "another study of hers": lambda path: write(ct(Place(MARIA, "other")), path),
    "her study with another ID": lambda path: write(changed(PatientID="EX-1002"), path),
    "her study with another birth date": lambda path: write(
        changed(PatientBirthDate="19700402"), path
    ),
    "her study without a birth date": lambda path: write(changed(PatientBirthDate=""), path),
    "her study without an ID": lambda path: write(changed(PatientID=""), path),
}


def changed(**elements: str):  # type: ignore[no-untyped-def] - a Dataset of pydicom
    ds = ct(Place(MARIA, "a", number=99))
    for keyword, value in elements.items():
        setattr(ds, keyword, value)
    return ds


@pytest.mark.parametrize("make", STRANGERS.values(), ids=STRANGERS.keys())
def test_an_instance_of_somebody_else_stops_the_job_and_nothing_is_written(
    kiosk: Kiosk, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    kiosk.break_archive(sends_also=str(make(tmp_path / "stranger.dcm")))
    job = kiosk.appliance.worker.work(kiosk.sign())
    assert job.state is JobState.FAILED
    assert job.failure is not None
    assert job.failure.code == "wrong-patient"
    assert "EX-" not in job.failure.detail
    assert "1970" not in job.failure.detail
    assert kiosk.leftovers() == []
    assert list(kiosk.out.iterdir()) == []


def test_an_instance_of_another_issuer_stops_the_job(kiosk: Kiosk, tmp_path: Path) -> None:
    ours = replace(MARIA, patient_id="EX-2000", issuer="NORTH CLINIC")
    theirs = replace(ours, issuer="SOUTH CLINIC")
    kiosk.hold(StudyPlan(Place(ours, "a")))
    stranger = write(ct(Place(theirs, "a", number=9)), tmp_path / "stranger.dcm")
    kiosk.break_archive(sends_also=str(stranger))
    job = kiosk.appliance.worker.work(kiosk.sign(person=ours))
    assert job.failure is not None
    assert (job.failure.code, job.failure.detail) == (
        "wrong-patient",
        "IssuerOfPatientID differs",
    )
    assert kiosk.leftovers() == []


def test_what_was_written_before_is_removed_when_a_stranger_comes_in_a_second_try(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    job = kiosk.sign()
    kiosk.break_archive(vanishes_after=4)
    job = kiosk.appliance.worker.work(job)
    assert kiosk.leftovers() == [job.job_id]
    stranger = STRANGERS["another patient"](tmp_path / "stranger.dcm")
    # Two are missing; the stranger comes between them.
    kiosk.break_archive(sends_also=str(stranger))
    assert kiosk.appliance.worker.work(job).state is JobState.FAILED
    assert kiosk.leftovers() == []


def test_an_archive_that_cannot_list_is_counted_and_the_receipt_says_so(kiosk: Kiosk) -> None:
    job = kiosk.appliance.worker.work(kiosk.sign())
    plain = text_of(kiosk.document(job, "receipt"))
    kiosk.break_archive(cannot_list=True)
    job = kiosk.appliance.worker.work(kiosk.sign(to=kiosk.out / "b.iso"))
    assert (job.state, job.counted_only) == (JobState.DONE, True)
    added = set(text_of(kiosk.document(job, "receipt")).split()) - set(plain.split())
    assert {"count", "list"} & {word.strip(".,").lower() for word in added}, added


def text_of(pdf: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def test_an_archive_that_only_counts_and_sends_too_little_is_not_believed(kiosk: Kiosk) -> None:
    kiosk.break_archive(cannot_list=True, loses=2)
    job = kiosk.appliance.worker.work(kiosk.sign())
    assert job.waiting is not None
    assert job.waiting.code == "archive-incomplete"
    assert job.waiting.detail == "5 of 6 instances arrived"


def test_instances_that_come_twice_are_on_the_medium_once(kiosk: Kiosk) -> None:
    kiosk.break_archive(duplicates=True)
    job = kiosk.appliance.worker.work(kiosk.sign())
    assert (job.state, job.instances, job.archive_instances) == (JobState.DONE, 6, 6)
    assert checked(kiosk.image).instances == 6


def test_a_study_that_is_deleted_after_signing_fails_with_a_next_step(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    for path in kiosk.archive.rglob("*.dcm"):
        path.unlink()
    job = kiosk.appliance.worker.work(job)
    assert job.failure is not None
    assert job.failure.code == "study-not-found"
    assert kiosk.leftovers() == []
