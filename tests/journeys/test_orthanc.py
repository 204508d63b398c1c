"""A real archive that dies in the middle, refuses, and comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydicom import dcmread

from kiosk.demo.orthanc import AE_TITLE, Orthanc
from kiosk.domain.job import Job, JobState
from kiosk.domain.progress import Progress
from kiosk.domain.release import TargetKind
from tests.builders import MARIA, Place, StudyPlan, ct
from tests.journeys.kiosks import Kiosk, Kiosks, checked
from tests.peers.ports import free_port

pytestmark = pytest.mark.lab

STUDY = StudyPlan(Place(MARIA, "a"), series=2, instances=60, make=lambda at: ct(at, 256))
KIOSK_PORT = free_port()
WAYS = ("dicomweb", "dimse-get", "dimse-move")


@pytest.fixture
def orthanc(tmp_path: Path) -> Iterator[Orthanc]:
    with Orthanc(tmp_path / "orthanc", free_port(), free_port(), kiosk_port=KIOSK_PORT) as running:
        running.load(STUDY.write(tmp_path / "loaded"))
        yield running


def settings(orthanc: Orthanc, *order: str, called: str = AE_TITLE) -> dict[str, dict[str, object]]:
    return {
        "archive": {"order": list(order)},
        "archive__dicomweb": {"url": orthanc.url, "timeout_s": 3},
        "archive__dimse": {
            "host": "127.0.0.1",
            "port": orthanc.dicom_port,
            "called_ae_title": called,
            "listen_host": "127.0.0.1",
            "listen_port": KIOSK_PORT,
            "timeout_s": 3,
        },
    }


@pytest.fixture
def kiosk(kiosks: Kiosks, tmp_path: Path) -> Iterator[Kiosk]:
    made = kiosks.make(tmp_path, [])
    yield made
    made.close()


class KillAt:
    """Kills the archive when so many instances have come."""

    def __init__(self, orthanc: Orthanc, instances: int) -> None:
        self._orthanc, self._instances = orthanc, instances

    def __call__(self, progress: Progress) -> None:
        if progress.instances >= self._instances and self._orthanc.pid is not None:
            self._orthanc.kill()


@pytest.mark.parametrize("way", WAYS)
def test_an_archive_that_dies_in_the_middle_is_waited_for_and_sends_only_the_rest(
    kiosk: Kiosk, orthanc: Orthanc, way: str
) -> None:
    kiosk.configure(**settings(orthanc, way))
    job = kiosk.appliance.worker.work(kiosk.sign(), KillAt(orthanc, 5))
    assert job.waiting is not None, job
    assert job.waiting.code == "archive-unreachable"
    safe = when_made(kiosk, job)
    assert 5 <= len(safe) < 120
    again = kiosk.appliance.worker.work(kiosk.job(job))
    assert again.waiting is not None, "it is still away"
    orthanc.start()
    kept: dict[str, int] = {}

    def look(progress: Progress) -> None:
        if progress.stage is JobState.RETRIEVING:
            kept.update(when_made(kiosk, job))

    job = kiosk.appliance.worker.work(kiosk.job(job), look)
    assert (job.state, job.instances, job.archive_instances) == (JobState.DONE, 120, 120)
    assert {name: kept[name] for name in safe} == safe, "none was fetched a second time"
    assert checked(kiosk.image).instances == 120
    assert kiosk.leftovers() == []


def when_made(kiosk: Kiosk, job: Job) -> dict[str, int]:
    prepared = (kiosk.spool / job.job_id / "prepared").glob("*.dcm")
    return {path.name: path.stat().st_mtime_ns for path in prepared}


@pytest.mark.parametrize(
    ("first", "second"), [("dimse-get", "dicomweb"), ("dimse-move", "dicomweb")]
)
def test_when_the_first_way_is_refused_the_second_takes_over(
    kiosk: Kiosk, orthanc: Orthanc, first: str, second: str
) -> None:
    kiosk.configure(**settings(orthanc, first, second, called="SOMEBODY"))
    released = kiosk.release("--json")
    assert released.code == 0, released.err
    assert checked(kiosk.image).instances == 120


def test_an_archive_that_refuses_in_every_way_is_one_sentence(
    kiosk: Kiosk, orthanc: Orthanc
) -> None:
    kiosk.configure(**settings(orthanc, "dimse-get", "dimse-move", called="SOMEBODY"))
    refused = kiosk.release()
    assert refused.code == 4
    assert refused.err.startswith("kiosk: The archive refuses this kiosk; check AE titles")
    assert refused.err.count("\n") == 1


def test_the_images_are_the_same_whichever_way_they_came(kiosk: Kiosk, orthanc: Orthanc) -> None:
    studies = []
    for way in WAYS:
        kiosk.configure(**settings(orthanc, way))
        copy = kiosk.out / way
        job = kiosk.appliance.worker.work(kiosk.sign(to=copy, kind=TargetKind.FOLDER))
        assert job.state is JobState.DONE
        studies.append([dcmread(path) for path in sorted((copy / "DICOM").rglob("IM*"))])
    assert len(studies[0]) == 120
    assert studies[0] == studies[1] == studies[2]
