"""No way leads from an unsigned, changed or foreign form to a written medium."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest

from forms.seal.new_key import make_seal_key
from forms.seal.place import PemPair
from forms.seal.seal import load_seal
from kiosk.domain.consent import Typed
from kiosk.domain.job import ACTIVE, Job, JobState
from kiosk.errors import AuditBroken, ConsentRefused, FormNotSealed
from tests.journeys.kiosks import Kiosk
from tests.journeys.processes import Death
from tests.services.watching import Watched, in_database

CHANGE = "UPDATE documents SET content = ?, sha256 = ? WHERE job_id = ? AND kind = 'form'"


def replace_form(kiosk: Kiosk, job: Job, form: bytes) -> None:
    in_database(kiosk, CHANGE, form, hashlib.sha256(form).hexdigest(), job.job_id)


def a_byte_is_changed(kiosk: Kiosk, job: Job) -> None:
    form = bytearray(kiosk.document(job, "form"))
    form[len(form) // 2] ^= 1
    replace_form(kiosk, job, bytes(form))


def something_is_appended(kiosk: Kiosk, job: Job) -> None:
    replace_form(kiosk, job, kiosk.document(job, "form") + b"\n%%EOF\n")


def only_the_bytes_are_replaced(kiosk: Kiosk, job: Job) -> None:
    in_database(
        kiosk,
        "UPDATE documents SET content = ? WHERE job_id = ? AND kind = 'form'",
        b"%PDF-1.7",
        job.job_id,
    )


def it_is_removed(kiosk: Kiosk, job: Job) -> None:
    in_database(kiosk, "DELETE FROM documents WHERE job_id = ? AND kind = 'form'", job.job_id)


def it_is_another_job_s(kiosk: Kiosk, job: Job) -> None:
    other = kiosk.sign(to=kiosk.out / "other.iso")
    replace_form(kiosk, job, kiosk.document(other, "form"))


def it_is_the_receipt_of_another_job(kiosk: Kiosk, job: Job) -> None:
    other = kiosk.appliance.worker.work(kiosk.sign(to=kiosk.folder / "other.iso"))
    replace_form(kiosk, job, kiosk.document(other, "receipt"))


def it_is_sealed_by_another_key(kiosk: Kiosk, job: Job) -> None:
    replace_form(kiosk, job, foreign_form(kiosk, job))


def the_release_is_changed(kiosk: Kiosk, job: Job) -> None:
    in_database(
        kiosk,
        "UPDATE jobs SET release = replace(release, 'photo ID', 'passport') WHERE job_id = ?",
        job.job_id,
    )


def foreign_form(kiosk: Kiosk, job: Job) -> bytes:
    """Make the very form of a job, with a seal of one's own."""
    files = PemPair.in_folder(kiosk.folder / "foreign")
    make_seal_key(files, "Somebody Else", kiosk.clock())
    papers = replace(kiosk.appliance.papers, seal=load_seal(files))
    return papers.make_form(job.job_id, job.release).sealed


TAMPERING: list[Callable[[Kiosk, Job], None]] = [
    a_byte_is_changed,
    something_is_appended,
    only_the_bytes_are_replaced,
    it_is_removed,
    it_is_another_job_s,
    it_is_the_receipt_of_another_job,
    it_is_sealed_by_another_key,
    the_release_is_changed,
]


@pytest.mark.parametrize("tamper", TAMPERING)
def test_nothing_is_written_when_the_form_is_not_the_signed_one(
    kiosk: Kiosk, tamper: Callable[[Kiosk, Job], None]
) -> None:
    job = kiosk.sign()
    tamper(kiosk, job)
    assert_nothing_is_written(kiosk, kiosk.job(job))
    with pytest.raises(AuditBroken):
        kiosk.appliance.store.audit.verify()


@pytest.mark.parametrize("tamper", TAMPERING)
def test_nothing_is_handed_over_when_the_form_changes_before_the_last_moment(
    kiosk: Kiosk, tamper: Callable[[Kiosk, Job], None]
) -> None:
    job = kiosk.sign()
    with kiosk.worker(Death(of='"stage": "HANDING_OVER", "event": "stage-st', line=True)) as dying:
        dying.wait()
    tamper(kiosk, job)
    assert_nothing_is_released(kiosk, kiosk.appliance.worker.work(kiosk.job(job)))


STATES = [JobState.SIGNED, JobState.READY, *sorted(ACTIVE)]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("tamper", TAMPERING)
def test_nothing_is_written_from_whatever_stage_a_worker_takes_it_up(
    kiosk: Kiosk, tamper: Callable[[Kiosk, Job], None], state: JobState
) -> None:
    job = kiosk.sign()
    tamper(kiosk, job)
    in_database(kiosk, "UPDATE jobs SET state = ? WHERE job_id = ?", state.value, job.job_id)
    kiosk.spool.mkdir(exist_ok=True)
    watched = Watched(kiosk)
    watched.worker.take_up()
    assert_nothing_is_released(kiosk, watched.worker.work(kiosk.job(job)))
    assert watched.asked == []


def assert_nothing_is_written(kiosk: Kiosk, job: Job) -> None:
    """Work a job; it must end before the first byte leaves the spool."""
    stages: set[JobState] = set()
    ended = kiosk.appliance.worker.work(job, lambda progress: stages.add(progress.stage))
    assert stages == {JobState.RETRIEVING}
    assert_nothing_is_released(kiosk, ended)


def assert_nothing_is_released(kiosk: Kiosk, job: Job) -> None:
    assert job.state is JobState.FAILED
    assert job.failure is not None
    assert job.failure.code == FormNotSealed.code
    assert kiosk.leftovers() == []
    assert list(kiosk.out.iterdir()) == []
    assert kiosk.appliance.store.jobs.get(job.job_id).media == job.media


@pytest.mark.parametrize("form", [b"", b"%PDF-1.4 not sealed", "unsealed", "foreign"])
def test_a_job_that_was_added_with_any_other_paper_ends_without_a_medium(
    kiosk: Kiosk, form: bytes | str
) -> None:
    signed = kiosk.sign(to=kiosk.out / "a.iso")
    if form == "foreign":
        form = foreign_form(kiosk, signed)
    elif form == "unsealed":
        form = kiosk.document(signed, "form").replace(b"/ByteRange", b"/ByteRanch")
    assert isinstance(form, bytes)
    job = kiosk.appliance.store.jobs.add(kiosk.wish(), "lobby", uuid.uuid4().hex, form)
    assert_nothing_is_written(kiosk, job)


def test_a_release_that_nobody_signed_becomes_no_job(kiosk: Kiosk) -> None:
    wish = kiosk.wish()
    unsigned = replace(wish, consent=replace(wish.consent, signature=Typed("  ")))
    with pytest.raises(ConsentRefused, match="signature"):
        kiosk.appliance.desk.sign(unsigned)
    assert kiosk.appliance.store.audit.verify() == 0
