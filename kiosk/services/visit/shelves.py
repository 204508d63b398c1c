"""What a copy can be put on at this kiosk, how each stands today, and where it is written."""

import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kiosk.domain.release import Target, TargetKind
from kiosk.domain.session.facts import MediumKind, OutOfOrder, Shelf
from kiosk.errors import TargetUnusable
from kiosk.ports import Clock

ROOM_BYTES = 50_000_000
"""With less than this not even a small release has its place."""

_SUFFIX = {TargetKind.IMAGE: ".iso", TargetKind.FOLDER: ""}


@dataclass(frozen=True, slots=True)
class Place:
    """Where one kind of medium is written: a folder that stands for its device."""

    folder: Path
    kind: TargetKind
    capacity_bytes: int | None = None
    """Of one medium; None for what is free in the folder."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """Every kind of medium; those without a place are not at this kiosk."""

    places: Mapping[MediumKind, Place]
    prices: Mapping[MediumKind, Decimal]
    currency: str
    clock: Clock

    def look(self) -> tuple[Shelf, ...]:
        """Look at each medium as it stands now."""
        return tuple(self._shelf(kind) for kind in MediumKind)

    def target(self, kind: MediumKind) -> Target:
        """Return a new place to write to, whose name says nothing of the patient.

        Raises
        ------
        TargetUnusable
            If this kiosk has no such medium.
        """
        place = self.places.get(kind)
        if place is None:
            raise TargetUnusable(f"no {kind} at this kiosk")
        name = f"{kind}-{self.clock():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}{_SUFFIX[place.kind]}"
        return Target(place.kind, str((place.folder / name).absolute()))

    def _shelf(self, kind: MediumKind) -> Shelf:
        price = self.prices.get(kind, Decimal(0))
        place = self.places.get(kind)
        if place is None:
            return Shelf(kind, OutOfOrder.ABSENT, 0, price, self.currency)
        if not place.folder.is_dir() or not os.access(place.folder, os.W_OK | os.X_OK):
            return Shelf(kind, OutOfOrder.AWAY, 0, price, self.currency)
        free = shutil.disk_usage(place.folder).free
        capacity = free if place.capacity_bytes is None else place.capacity_bytes
        out_of_order = OutOfOrder.EMPTY if free < ROOM_BYTES else None
        return Shelf(kind, out_of_order, capacity, price, self.currency)


def kind_of(target: Target) -> MediumKind:
    """Return the kind of medium that a target was made for, as its name begins."""
    name = Path(target.path).name
    named = (kind for kind in MediumKind if name.startswith(f"{kind}-"))
    usual = MediumKind.DISC if target.kind is TargetKind.IMAGE else MediumKind.OWN_STICK
    return next(named, usual)
