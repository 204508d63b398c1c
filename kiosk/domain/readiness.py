"""What a look at one thing that a release needs has found."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a thing stands."""

    READY = "ready"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the readiness report."""

    name: str
    level: Level
    found: str
    to_do: str = ""
    code: str = ""
    """Of the error behind a broken thing, where there is one."""
