"""What a copy will take: images, bytes, discs and minutes, from what the archive says of it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.domain.job import JobState
from kiosk.domain.session.facts import MediumKind
from kiosk.domain.study import Study


@dataclass(frozen=True, slots=True)
class Typical:
    """A usual study of one modality, uncompressed."""

    instances: int
    instance_bytes: int


_TYPICAL = {
    "CR": Typical(2, 9_000_000),
    "CT": Typical(350, 530_000),
    "DOC": Typical(1, 300_000),
    "DX": Typical(2, 15_000_000),
    "ECG": Typical(1, 200_000),
    "ES": Typical(20, 1_500_000),
    "IO": Typical(6, 2_000_000),
    "KO": Typical(1, 10_000),
    "MG": Typical(4, 28_000_000),
    "MR": Typical(400, 300_000),
    "NM": Typical(10, 500_000),
    "PR": Typical(1, 20_000),
    "PT": Typical(300, 90_000),
    "PX": Typical(1, 8_000_000),
    "RF": Typical(20, 4_000_000),
    "SEG": Typical(1, 5_000_000),
    "SM": Typical(8, 100_000_000),
    "SR": Typical(1, 40_000),
    "US": Typical(40, 3_000_000),
    "XA": Typical(20, 25_000_000),
}
_OTHER = Typical(50, 1_000_000)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a stage takes: some seconds in any case, and more with images and bytes."""

    fixed_s: float
    instance_s: float
    bytes_per_s: float

    def seconds(self, instances: float, size_bytes: float) -> float:
        """Return how long so much takes."""
        return self.fixed_s + instances * self.instance_s + size_bytes / self.bytes_per_s


_FETCH = Pace(3, 0.01, 25_000_000)
_BUILD = Pace(2, 0.002, 400_000_000)
_HAND_OVER = Pace(5, 0, math.inf)
# A DVD at six times its speed, with the lead-in and the closing of the disc; a USB 2 stick.
_WRITE = {MediumKind.DISC: Pace(50, 0, 8_000_000)}
_CHECK = {MediumKind.DISC: Pace(15, 0, 8_000_000)}
_WRITE_ANY = Pace(5, 0.005, 12_000_000)
_CHECK_ANY = Pace(3, 0.001, 25_000_000)

MAKING = (
    JobState.RETRIEVING,
    JobState.BUILDING,
    JobState.WRITING,
    JobState.VERIFYING,
    JobState.HANDING_OVER,
)
"""The stages that take their time, in order."""

BESIDE_IMAGES_BYTES = 20_000_000
"""The viewer, the directory and the file system on each medium."""


def pace_of(stage: JobState, kind: MediumKind) -> Pace:
    """Return how fast one of the stages usually is on a kind of medium."""
    match stage:
        case JobState.RETRIEVING:
            return _FETCH
        case JobState.BUILDING:
            return _BUILD
        case JobState.WRITING:
            return _WRITE.get(kind, _WRITE_ANY)
        case JobState.VERIFYING:
            return _CHECK.get(kind, _CHECK_ANY)
        case _:
            return _HAND_OVER


def expected_instances(studies: Iterable[Study]) -> int:
    """Return how many images studies hold, a usual number where the archive does not say."""
    return sum(_instances(study) for study in studies)


def expected_bytes(studies: Iterable[Study]) -> int:
    """Return about how many bytes the images of studies have; no archive tells."""
    return sum(_instances(study) * _typical(study).instance_bytes for study in studies)


def discs_needed(size_bytes: int, capacity_bytes: int) -> int:
    """Return how many media of a capacity hold so many bytes of images, at least one."""
    room = capacity_bytes - BESIDE_IMAGES_BYTES
    return max(1, math.ceil(size_bytes / room)) if room > 0 else 1


def expected_minutes(studies: Sequence[Study], kind: MediumKind, media: int = 1) -> int:
    """Return about how long a copy takes from the signature to the hand-over, at least 1."""
    instances, size = expected_instances(studies), expected_bytes(studies)
    seconds = sum(pace_of(stage, kind).seconds(instances, size) for stage in MAKING)
    each_more = (pace_of(stage, kind).fixed_s for stage in (JobState.WRITING, JobState.VERIFYING))
    return in_minutes(seconds + (media - 1) * sum(each_more))


def in_minutes(seconds: float) -> int:
    """Return whole minutes that are enough, at least 1."""
    return max(1, math.ceil(seconds / 60))


def _instances(study: Study) -> int:
    return _typical(study).instances if study.instances is None else study.instances


def _typical(study: Study) -> Typical:
    """Take the largest of a study's kinds: its images outweigh a report beside them."""
    kinds = [_TYPICAL.get(modality, _OTHER) for modality in study.modalities]
    return max(kinds, key=lambda kind: kind.instances * kind.instance_bytes, default=_OTHER)
