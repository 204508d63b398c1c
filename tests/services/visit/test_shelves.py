"""What a copy can be put on: what is not there, does not answer or is full is said as such."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.domain.release import Target, TargetKind
from kiosk.domain.session.facts import MediumKind, OutOfOrder, Shelf
from kiosk.errors import TargetUnusable
from kiosk.services.visit.shelves import Place, Shelves, kind_of
from tests.journeys.disks import disk_over, needs_root
from tests.journeys.kiosks import HeldClock

DISC, STICK = MediumKind.DISC, MediumKind.OWN_STICK
DVD = 4_700_000_000


def shelves(folder: Path) -> Shelves:
    return Shelves(
        {DISC: Place(folder, TargetKind.IMAGE, DVD), STICK: Place(folder, TargetKind.FOLDER)},
        {DISC: Decimal("6.50")},
        "EUR",
        HeldClock(),
    )


def shelf(folder: Path, kind: MediumKind) -> Shelf:
    return next(each for each in shelves(folder).look() if each.kind is kind)


def test_every_kind_is_named_in_its_order(tmp_path: Path) -> None:
    assert [each.kind for each in shelves(tmp_path).look()] == list(MediumKind)


def test_what_this_kiosk_has_is_in_order_with_its_price(tmp_path: Path) -> None:
    assert shelf(tmp_path, DISC) == Shelf(DISC, None, DVD, Decimal("6.50"), "EUR")
    stick = shelf(tmp_path, STICK)
    assert (stick.out_of_order, stick.price) == (None, 0)


def test_a_stick_holds_what_is_free_on_it(tmp_path: Path) -> None:
    free = os.statvfs(tmp_path)
    room = free.f_bavail * free.f_frsize
    assert shelf(tmp_path, STICK).capacity_bytes == pytest.approx(room, rel=0.05)


def test_what_it_never_had_is_absent(tmp_path: Path) -> None:
    assert shelf(tmp_path, MediumKind.FILM).out_of_order is OutOfOrder.ABSENT


def test_a_folder_that_is_not_there_is_a_device_that_does_not_answer(tmp_path: Path) -> None:
    assert shelf(tmp_path / "gone", DISC).out_of_order is OutOfOrder.AWAY


@needs_root
def test_a_device_without_room_for_any_copy_is_empty(tmp_path: Path) -> None:
    with disk_over(tmp_path / "disc") as disc:
        assert shelf(disc.folder, DISC).out_of_order is OutOfOrder.EMPTY


@needs_root
def test_a_device_that_only_reads_does_not_answer(tmp_path: Path) -> None:
    with disk_over(tmp_path / "disc", "100m") as disc:
        assert shelf(disc.folder, STICK).out_of_order is None
        disc.become("ro")
        assert shelf(disc.folder, STICK).out_of_order is OutOfOrder.AWAY


def test_each_copy_gets_a_place_of_its_own(tmp_path: Path) -> None:
    made = shelves(tmp_path)
    targets = {made.target(DISC).path for _ in range(50)}
    assert len(targets) == 50
    assert all(Path(path).is_absolute() and Path(path).suffix == ".iso" for path in targets)


def test_no_copy_is_promised_on_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TargetUnusable):
        shelves(tmp_path).target(MediumKind.PAPER)


@pytest.mark.parametrize("kind", [DISC, STICK])
def test_a_place_tells_what_it_was_made_for(tmp_path: Path, kind: MediumKind) -> None:
    assert kind_of(shelves(tmp_path).target(kind)) is kind


@pytest.mark.parametrize(("target", "kind"), [(TargetKind.IMAGE, DISC), (TargetKind.FOLDER, STICK)])
def test_a_place_that_staff_named_is_a_disc_or_a_stick(
    target: TargetKind, kind: MediumKind
) -> None:
    assert kind_of(Target(target, "/srv/out/copy")) is kind
