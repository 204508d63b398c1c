"""More than one medium holds: PATH-1 to PATH-n, each standing alone, together everything."""

import subprocess
from pathlib import Path

import pytest

from kiosk.domain.job import Job, JobState
from kiosk.domain.release import TargetKind
from kiosk.media.reader import open_medium
from tests.builders import MARIA, Place, StudyPlan, ct
from tests.journeys.kiosks import HeldClock, Kiosk, Kiosks, checked, digest
from tests.journeys.processes import Death

THREE_DISCS = StudyPlan(Place(MARIA, "a"), series=5, instances=4, make=lambda at: ct(at, 256))
"""2.7 MB, of which a disc of 1.3 MB holds two series."""
CLOCK = HeldClock()


@pytest.fixture
def kiosk(kiosks: Kiosks, tmp_path: Path) -> Kiosk:
    kiosk = kiosks.make(tmp_path, [THREE_DISCS])
    kiosk.configure(media={"capacity_bytes": 1_300_000})
    kiosk.clock = CLOCK
    return kiosk


@pytest.fixture(scope="module")
def undisturbed(kiosks: Kiosks, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The hashes of the images of a job that nobody disturbs."""
    kiosk = kiosks.make(tmp_path_factory.mktemp("undisturbed"), [THREE_DISCS])
    kiosk.configure(media={"capacity_bytes": 1_300_000})
    kiosk.clock = CLOCK
    kiosk.appliance.worker.work(kiosk.sign())
    kiosk.close()
    return [digest(path) for path in images(kiosk)]


def images(kiosk: Kiosk) -> list[Path]:
    return [kiosk.out / f"disc-{number}.iso" for number in (1, 2, 3)]


def instances_on(image: Path) -> set[str]:
    """Return the hashes of the instances of a medium."""
    with open_medium(image) as reader:
        size = reader.files["SHA256.TXT"]
        lines = reader.read("SHA256.TXT", 0, size).decode().splitlines()
    return {line.split()[0] for line in lines if "DICOM/" in line}


def test_a_large_release_becomes_several_media_that_stand_alone(kiosk: Kiosk) -> None:
    job = kiosk.appliance.worker.work(kiosk.sign())
    assert job.state is JobState.DONE
    assert sorted(path.name for path in kiosk.out.iterdir()) == [
        path.name for path in images(kiosk)
    ]
    for number, (image, medium) in enumerate(zip(images(kiosk), job.media, strict=True), start=1):
        report = checked(image)
        assert report.holds
        assert image.stat().st_size <= 1_300_000
        assert (medium.path, medium.volume, medium.volumes) == (str(image), number, 3)
        assert (medium.sha256, medium.verified) == (digest(image), True)
        assert medium.instances == report.instances
    assert sum(medium.instances for medium in job.media) == job.instances == 20


def test_the_receipt_lists_every_medium(kiosk: Kiosk) -> None:
    job = kiosk.appliance.worker.work(kiosk.sign())
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=kiosk.document(job, "receipt"),
        capture_output=True,
        check=True,
    ).stdout.decode()
    plain = "".join(text.split())
    for number, medium in enumerate(job.media, start=1):
        assert f"{number}of3" in plain
        assert medium.sha256 in plain


def test_no_instance_is_missing_or_twice_on_the_media(kiosk: Kiosk) -> None:
    kiosk.appliance.worker.work(kiosk.sign())
    parts = [instances_on(image) for image in images(kiosk)]
    assert sum(map(len, parts)) == len(set.union(*parts)) == 20


BETWEEN = {
    "when the first was checked": Death(of='"by": "Verified"', line=True),
    "when the second was checked": Death(of='"by": "Verified"', nth=2, line=True),
    "as the third was written": Death("open", "disc-3.iso", 2),
    "when the first had its name": Death("os.rename", "disc-2.iso"),
    "when two had their names": Death("os.rename", "disc-3.iso"),
}


@pytest.mark.lab
@pytest.mark.parametrize("death", BETWEEN.values(), ids=BETWEEN.keys())
def test_a_worker_killed_between_the_media_has_a_successor_that_makes_the_same(
    kiosk: Kiosk, undisturbed: list[str], death: Death
) -> None:
    job = kiosk.sign()
    with kiosk.worker(death) as running:
        assert running.wait().code == -9
    made = len(kiosk.job(job).media)
    job = kiosk.finish(job)
    assert job.state is JobState.DONE
    assert kiosk.moves(job).count("HandedOver") == 1
    assert kiosk.moves(job).count("Verified") == 3, f"{made} were verified already"
    assert [digest(image) for image in images(kiosk)] == undisturbed
    assert [medium.sha256 for medium in job.media] == undisturbed


def test_folders_are_split_too(kiosk: Kiosk) -> None:
    job = kiosk.sign(to=kiosk.out / "copy", kind=TargetKind.FOLDER)
    job = kiosk.appliance.worker.work(job)
    assert [path.name for path in sorted(kiosk.out.iterdir())] == ["copy-1", "copy-2", "copy-3"]
    assert all(checked(path).holds for path in kiosk.out.iterdir())


def test_of_several_names_one_that_is_taken_keeps_all_back(kiosk: Kiosk) -> None:
    taken = images(kiosk)[1]
    taken.write_text("a letter")
    job: Job = kiosk.appliance.worker.work(kiosk.sign())
    assert job.waiting is not None
    assert (job.waiting.code, taken.name in job.waiting.detail) == ("target-unusable", True)
    assert [path.name for path in kiosk.out.iterdir() if not path.name.startswith(".")] == [
        taken.name
    ]


def test_a_medium_that_holds_not_even_one_instance_fails_the_job(
    kiosks: Kiosks, tmp_path: Path
) -> None:
    huge = StudyPlan(Place(MARIA, "a"), instances=1, make=lambda place: ct(place, 800))
    kiosk = kiosks.make(tmp_path, [huge])
    kiosk.configure(media={"capacity_bytes": 1_000_000})
    job = kiosk.appliance.worker.work(kiosk.sign())
    kiosk.close()
    assert job.failure is not None
    assert job.failure.code == "medium-too-small"
    assert kiosk.leftovers() == []
