"""Targets that are files: hidden until handed over, never over what is there."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.domain.medium import FileSet, FileSetEntry
from kiosk.domain.release import Target, TargetKind
from kiosk.errors import MediumFailedCheck, TargetUnusable
from kiosk.services.targets import FileTarget, file_target

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KINDS = (TargetKind.IMAGE, TargetKind.FOLDER)


def file_set(volume: int = 1, volumes: int = 1) -> FileSet:
    content = f"volume {volume}".encode()
    entry = FileSetEntry("README.TXT", content, len(content), sha256(content).hexdigest())
    return FileSet("KIOSK_TEST", (entry,), volume, volumes)


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> FileTarget:
    return file_target(Target(request.param, str(tmp_path / "copy.iso")), "a" * 32, 10**9)


def write(target: FileTarget, volumes: int = 1) -> None:
    for volume in range(1, volumes + 1):
        target.write(file_set(volume, volumes), NOON, lambda files, size: None)


def names(target: FileTarget) -> list[str]:
    return sorted(path.name for path in target.path.parent.iterdir())


def test_until_the_hand_over_nothing_has_the_name_and_nobody_may_read(target: FileTarget) -> None:
    target.ready(1)
    write(target)
    assert names(target) == [f".copy.iso.{'a' * 32}.partial"]
    assert target.written(1, 1).stat().st_mode & 0o077 == 0
    assert target.hand_over(1) == [target.path]
    assert names(target) == ["copy.iso"]


def test_handing_over_twice_does_nothing_more(target: FileTarget) -> None:
    write(target)
    target.hand_over(1)
    assert target.hand_over(1) == [target.path]


def test_a_second_try_replaces_the_first(target: FileTarget) -> None:
    write(target)
    write(target)
    target.hand_over(1)
    assert names(target) == ["copy.iso"]


def test_volumes_are_numbered_before_the_suffix(target: FileTarget) -> None:
    write(target, volumes=3)
    target.hand_over(3)
    assert names(target) == ["copy-1.iso", "copy-2.iso", "copy-3.iso"]
    assert target.name(2, 3) == str(target.path.with_name("copy-2.iso"))


def test_a_hand_over_that_was_interrupted_goes_on(target: FileTarget) -> None:
    write(target, volumes=3)
    target.written(1, 3).rename(target.path.with_name("copy-1.iso"))
    target.hand_over(3)
    assert names(target) == ["copy-1.iso", "copy-2.iso", "copy-3.iso"]


def test_what_is_discarded_is_this_job_s_only(target: FileTarget) -> None:
    other = FileTarget(target.path, "b" * 32, target.kind, 10**9)
    write(target, volumes=2)
    write(other)
    target.discard()
    target.discard()
    assert names(target) == [f".copy.iso.{'b' * 32}.partial"]


def test_what_was_handed_over_is_never_discarded(target: FileTarget) -> None:
    write(target)
    target.hand_over(1)
    target.discard()
    assert names(target) == ["copy.iso"]


REFUSALS: dict[str, tuple[Callable[[FileTarget], object], type[Exception]]] = {
    "its name is taken": (lambda target: target.path.touch(), TargetUnusable),
    "it has vanished": (lambda target: target.discard(), MediumFailedCheck),
}


@pytest.mark.parametrize(("change", "error"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_medium_is_not_handed_over_when(
    target: FileTarget, change: Callable[[FileTarget], object], error: type[Exception]
) -> None:
    write(target)
    change(target)
    before = names(target)
    with pytest.raises(error):
        target.require_finished(1)
    with pytest.raises(error):
        target.hand_over(1)
    assert names(target) == before


def test_no_volume_gets_its_name_when_one_cannot(target: FileTarget) -> None:
    write(target, volumes=3)
    target.path.with_name("copy-3.iso").touch()
    with pytest.raises(TargetUnusable):
        target.hand_over(3)
    assert not target.path.with_name("copy-1.iso").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_that_is_not_there_is_said(tmp_path: Path, kind: TargetKind) -> None:
    target = file_target(Target(kind, str(tmp_path / "nowhere" / "copy")), "a" * 32, 10**9)
    with pytest.raises(TargetUnusable, match="no such folder"):
        target.ready(1)
    with pytest.raises(TargetUnusable, match="no such folder"):
        target.require_finished(1)
    target.discard()
