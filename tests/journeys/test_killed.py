"""A worker is killed; the next one ends the job as if nothing had happened."""

import random
import time
from collections import Counter
from pathlib import Path

import pytest

from kiosk.domain.job import ACTIVE, Cancel, Job, JobState
from tests.builders import MARIA, Place, StudyPlan, ct
from tests.journeys.kiosks import HeldClock, Kiosk, Kiosks, checked, digest
from tests.journeys.processes import Death

CLOCK = HeldClock()
KILLS = 50
LONGER, SHORTER = 1.1, 0.9

pytestmark = pytest.mark.lab
A_CT = StudyPlan(Place(MARIA, "a"), series=2, instances=10, make=lambda place: ct(place, 32))


def at_stage(stage: str) -> Death:
    return Death(of=f'"stage": "{stage}", "event": "stage-started"', line=True)


MOMENTS = {
    "after signing, before it is looked at": (Death(of="worker-started", line=True), "SIGNED"),
    "after it was accepted": (at_stage("READY"), "READY"),
    "before the first image came": (at_stage("RETRIEVING"), "RETRIEVING"),
    "in the middle of an image": (Death("os.rename", ".dcm", 4), "RETRIEVING"),
    "when all images were there": (at_stage("BUILDING"), "BUILDING"),
    "when the disc was laid out": (at_stage("AWAITING_MEDIA"), "AWAITING_MEDIA"),
    "before the disc was written": (at_stage("WRITING"), "WRITING"),
    "in the middle of the disc": (Death("open", ".partial", 2), "WRITING"),
    "when the disc was written": (at_stage("VERIFYING"), "VERIFYING"),
    "when the disc was checked": (at_stage("HANDING_OVER"), "HANDING_OVER"),
    "before the disc got its name": (Death("os.rename", ".partial"), "HANDING_OVER"),
    "when the disc had its name": (Death("open", "/out', None"), "HANDING_OVER"),
    "before the spool was cleared": (Death(of='"now": "DONE"', line=True), "DONE"),
}


@pytest.fixture(scope="module")
def undisturbed(kiosks: Kiosks, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The hash of the image that a worker makes when nobody kills it."""
    kiosk = kiosks.make(tmp_path_factory.mktemp("undisturbed"))
    kiosk.clock = CLOCK
    kiosk.finish(kiosk.sign())
    kiosk.close()
    return digest(kiosk.image)


@pytest.mark.parametrize(("death", "state"), MOMENTS.values(), ids=MOMENTS.keys())
def test_a_worker_killed_in_any_stage_has_a_successor_that_ends_the_job(
    kiosk: Kiosk, undisturbed: str, death: Death, state: str
) -> None:
    kiosk.clock = CLOCK
    job = kiosk.sign()
    form = kiosk.document(job, "form")
    with kiosk.worker(death) as running:
        assert running.wait().code == -9
    assert kiosk.job(job).state == state
    assert_done_once(kiosk, kiosk.finish(job), kiosk.image, undisturbed)
    assert kiosk.document(job, "form") == form


def assert_done_once(kiosk: Kiosk, job: Job, image: Path, as_undisturbed: str) -> None:
    assert job.state is JobState.DONE
    assert kiosk.moves(job).count("HandedOver") == 1
    assert digest(image) == as_undisturbed == job.media[0].sha256
    assert checked(image).holds
    assert [medium.volume for medium in job.media] == [1]
    assert [path.name for path in image.parent.iterdir()] == [image.name]
    assert kiosk.leftovers() == []
    assert kiosk.appliance.store.audit.verify() > 0
    assert kiosk.document(job, "receipt")


def test_a_worker_killed_at_fifty_moments_ends_every_job_once(
    kiosks: Kiosks, tmp_path: Path
) -> None:
    kiosk = kiosks.make(tmp_path, [A_CT])
    kiosk.clock = CLOCK
    dice = random.Random(50)
    undisturbed, length_s = how_long_a_job_is(kiosk)
    signed = [sign_for(kiosk, "0")]
    states = []
    for number in range(1, KILLS + 1):
        signed.append(sign_for(kiosk, str(number)))
        victim = signed[-1][0]
        with kiosk.worker() as running:  # ends the job of the one before, and begins the next
            running.says(victim.job_id)
            time.sleep(dice.uniform(0, length_s))
            running.kill()
        states.append(kiosk.job(victim).state)
        # On a machine that is faster or slower by now, the next one is caught sooner or later.
        length_s *= LONGER if states[-1] in ACTIVE else SHORTER
    kiosk.finish(signed[-1][0])
    for job, image in signed:
        assert (kiosk.job(job).state, digest(image)) == (JobState.DONE, undisturbed)
        assert kiosk.moves(job).count("HandedOver") == 1
        assert [path.name for path in image.parent.iterdir()] == [image.name]
    assert kiosk.appliance.store.audit.verify() > KILLS * 9
    in_hand = [state for state in states if state in ACTIVE]
    assert len(in_hand) > KILLS / 3, f"they were not in the middle of it: {Counter(states)}"
    assert len(set(in_hand)) >= 3, f"they were not spread over its life: {Counter(states)}"


def how_long_a_job_is(kiosk: Kiosk) -> tuple[str, float]:
    """Make two jobs undisturbed; return their image's hash and how long the second took."""
    signed = [sign_for(kiosk, "first"), sign_for(kiosk, "second")]
    with kiosk.worker() as running:
        running.says(signed[1][0].job_id)
        begun = time.monotonic()
        kiosk.waits_for(signed[1][0], JobState.DONE)
        length_s = time.monotonic() - begun
    hashes = {digest(image) for _, image in signed}
    assert len(hashes) == 1
    return hashes.pop(), length_s


def sign_for(kiosk: Kiosk, name: str) -> tuple[Job, Path]:
    image = kiosk.out / name / "disc.iso"
    image.parent.mkdir()
    return kiosk.sign(to=image), image


def test_a_release_that_is_killed_is_ended_by_a_worker(kiosk: Kiosk) -> None:
    with kiosk.start(*kiosk.release_words("--json"), dies=Death("open", ".partial", 2)) as running:
        assert running.wait().code == -9
    assert kiosk.job().state is JobState.WRITING
    job = kiosk.finish(kiosk.job())
    assert job.state is JobState.DONE
    assert kiosk.moves(job).count("HandedOver") == 1
    assert digest(kiosk.image) == job.media[0].sha256


def test_a_release_looks_on_while_a_worker_does_the_job_and_takes_over_when_it_dies(
    kiosk: Kiosk,
) -> None:
    with kiosk.worker(at_stage("VERIFYING")) as running:
        running.says("worker-started")
        released = kiosk.release("--json")
        assert running.wait().code == -9
    assert released.code == 0, released.err
    assert kiosk.moves(kiosk.job()).count("Interrupted") == 1
    assert digest(kiosk.image) == kiosk.job().media[0].sha256


def test_what_a_killed_worker_left_of_a_failed_job_is_cleared_away(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    with kiosk.worker(at_stage("VERIFYING")) as running:
        running.wait()
    assert [name for name in kiosk.leftovers() if name.endswith(".partial")]
    kiosk.appliance.store.jobs.advance(kiosk.job(job), Cancel("robin"))
    kiosk.finish(job)
    assert list(kiosk.out.iterdir()) == []


def test_an_instance_that_is_lost_from_the_spool_is_fetched_again(kiosk: Kiosk) -> None:
    job = kiosk.sign()
    with kiosk.worker(at_stage("BUILDING")) as running:
        running.wait()
    prepared = sorted((kiosk.spool / job.job_id / "prepared").iterdir())
    prepared[0].unlink()
    prepared[1].write_bytes(prepared[1].read_bytes()[:900])
    job = kiosk.finish(job)
    assert (job.state, job.instances) == (JobState.DONE, 6)
    assert checked(kiosk.image).instances == 6
    assert "Postpone" in kiosk.moves(job)


def test_a_worker_that_is_told_to_stop_does_so(kiosk: Kiosk) -> None:
    with kiosk.worker() as running:
        running.says("worker-started")
        running.interrupt()
        ended = running.wait()
    assert (ended.code, ended.err) == (0, "")
