"""A worker is killed; the next one ends the job as if nothing had happened."""

import random
import time
from pathlib import Path

import pytest

from kiosk.domain.job import Job, JobState
from tests.builders import MARIA, Place, StudyPlan, ct
from tests.journeys.kiosks import SMALL, HeldClock, Kiosk, Kiosks, checked, digest
from tests.journeys.processes import Death, until

CLOCK = HeldClock()
KILLS = 50
A_CT = StudyPlan(Place(MARIA, "a"), series=2, instances=20, make=lambda place: ct(place, 64))


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
