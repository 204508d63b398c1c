"""Plans the volumes: which instance goes onto which, in which order, under which path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kiosk.errors import MediumTooSmall
from kiosk.media.elements import find
from kiosk.media.image_size import SECTOR
from kiosk.media.prepare import Prepared
from kiosk.media.records import INSTANCE_NUMBER, SERIES_NUMBER

# Upper bounds of what a volume holds beside its instances, so that a plan never proves too large.
_FIXED_BYTES = 160 << 10
"""Descriptors, path tables, root folders, INDEX.HTM, README.TXT, STYLE.CSS and empty DICOMDIR."""
_STUDY_BYTES = 16 << 10
"""Two folders, the STUDY record, the study's page and its row in INDEX.HTM."""
_SERIES_BYTES = 8 << 10
"""Two folders and the SERIES record."""
_INSTANCE_BYTES = 1 << 10
"""Directory records, the rest of the DICOMDIR record, a line in SHA256.TXT, a caption."""
_KEPT_BYTES = 512
"""A line in INDEX.HTM."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An instance and its path on the medium."""

    prepared: Prepared
    path: str


@dataclass(frozen=True, slots=True)
class Series:
    """A series on one volume, in the order of its instance numbers."""

    instances: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class StudyPart:
    """What a volume holds of one study."""

    study_uid: str
    page: str
    """Name of its page in ``IHE_PDI``."""
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Volume:
    """One medium's worth of instances."""

    studies: tuple[StudyPart, ...]
    kept: tuple[Placed, ...]
    """Not importable; beside the file-set (PS3.11 D.3.3: all in DICOM/ is in the DICOMDIR)."""

    @property
    def importable(self) -> tuple[Placed, ...]:
        """The file-set, in the order of its directory."""
        return tuple(
            placed
            for study in self.studies
            for series in study.series
            for placed in series.instances
        )


def in_order(prepared: Sequence[Prepared], study_uids: Sequence[str]) -> list[Prepared]:
    """Sort instances by study as asked for, series number and instance number, then by UID."""
    rank = {uid: number for number, uid in enumerate(study_uids)}
    series_numbers: dict[str, int] = {}
    for each in prepared:
        uid = each.identity.series_uid
        if uid not in series_numbers:
            series_numbers[uid] = _number(each.keys.series, SERIES_NUMBER)

    def standing(each: Prepared) -> tuple[int, str, int, str, int, str]:
        identity = each.identity
        return (
            rank.get(identity.study_uid, len(rank)),
            identity.study_uid,
            series_numbers[identity.series_uid],
            identity.series_uid,
            _number(each.keys.leaf, INSTANCE_NUMBER),
            identity.sop_instance_uid,
        )

    return sorted(prepared, key=standing)


def split(
    ordered: Sequence[Prepared], pictures: Mapping[str, int], capacity_bytes: int
) -> list[list[Prepared]]:
    """Divide instances in order onto as few volumes as their order allows.

    A series stays together unless it alone exceeds a volume.

    Parameters
    ----------
    ordered : sequence of Prepared
        As :func:`in_order` gives them.
    pictures : mapping of str to int
        Bytes of the picture that goes with an instance, by SOPInstanceUID.
    capacity_bytes : int
        Of the finished image.

    Raises
    ------
    MediumTooSmall
        If one instance alone does not fit.
    """
    packing = _Packing(capacity_bytes)
    for _, group in groupby(
        ordered, lambda each: (each.identity.study_uid, each.identity.series_uid)
    ):
        series = list(group)
        costs = [_cost(each, pictures) for each in series]
        if not packing.has_room(series[0], sum(costs)) and packing.fits_alone(sum(costs)):
            packing.begin_volume()
        for each, cost in zip(series, costs, strict=True):
            if not packing.has_room(each, cost):
                packing.begin_volume()
            packing.put(each, cost)
    return packing.volumes


@dataclass(slots=True)
class _Packing:
    """The volumes so far, and what the last one holds."""

    capacity_bytes: int
    volumes: list[list[Prepared]] = field(default_factory=lambda: [[]])
    used_bytes: int = _FIXED_BYTES
    studies: set[str] = field(default_factory=set)
    series: set[str] = field(default_factory=set)

    def has_room(self, each: Prepared, cost: int) -> bool:
        """Whether this much more of an instance's series goes onto the last volume."""
        return self.used_bytes + self._around(each) + cost <= self.capacity_bytes

    def fits_alone(self, cost: int) -> bool:
        """Whether a series goes onto an empty volume."""
        return _FIXED_BYTES + _STUDY_BYTES + _SERIES_BYTES + cost <= self.capacity_bytes

    def begin_volume(self) -> None:
        """Begin the next volume."""
        if self.volumes[-1]:
            self.volumes.append([])
        self.used_bytes = _FIXED_BYTES
        self.studies.clear()
        self.series.clear()

    def put(self, each: Prepared, cost: int) -> None:
        """Put an instance onto the last volume."""
        if not self.has_room(each, cost):
            raise MediumTooSmall(f"one instance needs {each.size_bytes} bytes")
        self.used_bytes += self._around(each) + cost
        self.studies.add(each.identity.study_uid)
        self.series.add(each.identity.series_uid)
        self.volumes[-1].append(each)

    def _around(self, each: Prepared) -> int:
        new_study = each.identity.study_uid not in self.studies
        new_series = each.identity.series_uid not in self.series
        return new_study * _STUDY_BYTES + new_series * _SERIES_BYTES


def place(ordered: Sequence[Prepared]) -> Volume:
    """Give one volume's instances their paths (PS3.10 8.2: A-Z, 0-9 and _, at most 8)."""
    studies: list[StudyPart] = []
    importable = [each for each in ordered if each.importable]
    for study_uid, of_study in groupby(importable, lambda each: each.identity.study_uid):
        folder = f"ST{len(studies) + 1:06}"
        series = [
            _placed_series(f"DICOM/{folder}/SE{number:06}", list(of_series))
            for number, (_, of_series) in enumerate(
                groupby(of_study, lambda each: each.identity.series_uid), start=1
            )
        ]
        studies.append(StudyPart(study_uid, f"{folder}.HTM", tuple(series)))
    kept = [each for each in ordered if not each.importable]
    return Volume(
        tuple(studies),
        tuple(
            Placed(each, f"ASSTORED/AS{number:06}.DCM") for number, each in enumerate(kept, start=1)
        ),
    )


def _placed_series(folder: str, series: list[Prepared]) -> Series:
    placed = [
        Placed(each, f"{folder}/IM{number:06}") for number, each in enumerate(series, start=1)
    ]
    return Series(tuple(placed))


def _cost(each: Prepared, pictures: Mapping[str, int]) -> int:
    """Return at most how many bytes of an image one more instance takes."""
    keys = each.keys
    picture = pictures.get(each.identity.sop_instance_uid, 0)
    content = _whole_sectors(each.size_bytes) + _whole_sectors(picture)
    if not each.importable:
        return content + _INSTANCE_BYTES + _KEPT_BYTES
    # The records above it may be made from any of its instances.
    records = len(keys.leaf) + len(keys.series) + len(keys.study) + len(keys.patient)
    return content + _INSTANCE_BYTES + records


def _whole_sectors(size: int) -> int:
    return -(-size // SECTOR) * SECTOR


def _number(elements: bytes, tag: int) -> int:
    """Return a number from a directory record's keys, 0 if there is none."""
    element = find(elements, 0, len(elements), tag)
    if element is None:
        return 0
    return int(elements[element.start : element.end].strip(b" \0") or b"0")
