"""Chooses the pictures that go on sheets, as a radiographer would.

Radiographs, ultrasound, photographs and whatever holds words are shown each, a clip by one frame.
Of CT, MR and PET one shows the images that a doctor marked, else a fair spread of every series.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kiosk.media.display.candidate import Candidate

_SLICES = frozenset({"CT", "MR", "PT"})

Marks = dict[str, list[int]]
"""Frames that were marked by SOPInstanceUID; no frames where the whole instance was."""


class Shown(NamedTuple):
    """One picture that goes on a sheet."""

    sop_instance_uid: str
    frame: int
    """From 0."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Pictures of one series, in the order of the body."""

    pictures: list[Shown]
    is_spread: bool
    """Whether some of them stand for all."""


def choose(
    candidates: Iterable[Candidate], marked: Iterable[tuple[str, int | None]], cells: int
) -> list[Shown]:
    """Return the pictures to show, in the order of studies, series and places in the body.

    Parameters
    ----------
    marked
        SOPInstanceUID and frame, or None for all of an instance, that key objects name.
    cells : int
        How many pictures are wanted. What must not be left out may be more: each radiograph, each
        marked image and one picture of every series.
    """
    marks = _by_instance(marked)
    parts = [
        part
        for study in _grouped(candidates, "study_uid")
        for part in _parts_of(study, marks)
        if part.pictures
    ]
    spreads = [part for part in parts if part.is_spread]
    taken = sum(len(part.pictures) for part in parts if not part.is_spread)
    room = max(cells - taken, len(spreads))
    shares = iter(fair_shares([len(part.pictures) for part in spreads], room))
    return [
        shown
        for part in parts
        for shown in (_spread(part.pictures, next(shares)) if part.is_spread else part.pictures)
    ]


def fair_shares(sizes: Sequence[int], total: int) -> list[int]:
    """Share places so that no series has two more than another that has images left."""
    shares = [0] * len(sizes)
    for _ in range(min(total, sum(sizes))):
        smallest = min(
            (at for at, size in enumerate(sizes) if shares[at] < size), key=shares.__getitem__
        )
        shares[smallest] += 1
    return shares


def _by_instance(marked: Iterable[tuple[str, int | None]]) -> Marks:
    marks: Marks = {}
    for uid, frame in marked:
        frames = marks.setdefault(uid, [])
        if frame is not None and frame not in frames:
            frames.append(frame)
    return marks


def _grouped(candidates: Iterable[Candidate], by: str) -> list[list[Candidate]]:
    """Return groups in the order in which their first members came."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(getattr(candidate, by), []).append(candidate)
    return list(groups.values())


def _parts_of(study: Sequence[Candidate], marks: Marks) -> Iterator[_Part]:
    slices = [each for each in study if _is_slice(each)]
    is_marked = any(each.sop_instance_uid in marks for each in slices)
    only_localizers = all(each.is_localizer for each in slices)
    for series in sorted(_grouped(study, "series_uid"), key=lambda each: each[0].series_number):
        yield _Part(_each([each for each in series if not _is_slice(each)], marks), False)
        stack = [each for each in series if _is_slice(each)]
        if is_marked:
            yield _Part(
                _each([each for each in stack if each.sop_instance_uid in marks], marks), False
            )
        else:
            yield _Part(
                _stacked(each for each in stack if only_localizers or not each.is_localizer), True
            )


def _is_slice(candidate: Candidate) -> bool:
    return candidate.modality in _SLICES and not candidate.has_burnt_text


def _each(candidates: Iterable[Candidate], marks: Marks) -> list[Shown]:
    """Return every instance, by its marked frames or the one that stands for all."""
    ordered = sorted(candidates, key=lambda each: (each.positions[:1], each.image_number))
    return [
        Shown(each.sop_instance_uid, frame)
        for each in ordered
        for frame in sorted(_marked_frames(each, marks)) or [_representative(each)]
    ]


def _marked_frames(candidate: Candidate, marks: Marks) -> list[int]:
    frames = marks.get(candidate.sop_instance_uid, [])
    return [frame for frame in frames if 0 <= frame < candidate.frames]


def _representative(candidate: Candidate) -> int:
    named = candidate.representative
    return named if named is not None and 0 <= named < candidate.frames else candidate.frames // 2


def _stacked(candidates: Iterable[Candidate]) -> list[Shown]:
    """Return all frames in the order of their places, or by number where one has none."""
    stack = list(candidates)
    is_placed = all(each.positions for each in stack)
    frames = [
        (each.positions[frame] if is_placed else 0.0, each.image_number, frame, each)
        for each in stack
        for frame in range(each.frames)
    ]
    ordered = sorted(frames, key=lambda row: row[:3])
    return [Shown(each.sop_instance_uid, frame) for _, _, frame, each in ordered]


def _spread(stack: Sequence[Shown], count: int) -> list[Shown]:
    """Return so many with the same distance between them, and half of it left at both ends."""
    return [stack[(2 * number + 1) * len(stack) // (2 * count)] for number in range(count)]
