"""What every archive under test holds, and how it is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydicom.uid import (
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
    RLELossless,
)

from kiosk.ports import Archive
from tests.builders import KINDS, MARIA, PEOPLE, Place, StudyPlan, ct, write

ONE_FOR_EACH_PERSON = [StudyPlan(Place(person, "a"), instances=1) for person in PEOPLE]
SEVERAL_SERIES = StudyPlan(Place(MARIA, "b", date="20260501"), series=3, instances=4)
SYNTAXES = (ExplicitVRLittleEndian, ImplicitVRLittleEndian, RLELossless, JPEGLSLossless)
ALL_SYNTAXES = Place(MARIA, "c", date="20260201")
ALL_KINDS = Place(MARIA, "d", date="20260101")


def write_holdings(folder: Path) -> list[Path]:
    """Write everything under a folder."""
    files = [path for plan in (*ONE_FOR_EACH_PERSON, SEVERAL_SERIES) for path in plan.write(folder)]
    for number, syntax in enumerate(SYNTAXES, start=1):
        place = Place(MARIA, "c", number=number, date=ALL_SYNTAXES.date)
        files.append(write(ct(place), folder / f"syntax-{number}.dcm", syntax))
    for number, (name, make) in enumerate(KINDS.items(), start=1):
        place = Place(MARIA, "d", series=number, date=ALL_KINDS.date)
        files.append(write(make(place), folder / f"kind-{name}.dcm"))
    return files


@dataclass(frozen=True, slots=True)
class Way:
    """One way to one archive."""

    name: str
    at: Callable[[int], Archive]
    """The same way, asking on another port, with a time-out of a second."""
    archive: Archive
