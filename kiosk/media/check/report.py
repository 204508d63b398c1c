"""What the check of a medium answers: rule by rule, with figures, ready for JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one rule."""

    id: str
    clause: str
    title: str
    applies: bool
    """Some rules are about images only, or about data that the medium does not have."""
    findings: tuple[str, ...]
    """The first sentences about what is wrong; no patient's data in them."""
    count: int
    """How many there are in all."""

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return self.count == 0


@dataclass(frozen=True, slots=True)
class CheckedStudy:
    """What the directory lists of a study."""

    study_uid: str
    series: int
    instances: int


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check."""

    answers: tuple[Answer, ...]
    file_set_id: str
    profile: str
    sha256: str
    """Of the image; of SHA256.TXT where the medium is a folder or stick."""
    manifest_sha256: str
    """Of SHA256.TXT, which holds every other file's: equal lists mean equal media."""
    size_bytes: int
    files: int
    instances: int
    """In the directory."""
    not_importable: int
    """Kept as stored, beside the file-set."""
    has_web: bool
    """Whether there are pages for a browser (IHE PDI, Web Content Option)."""
    studies: tuple[CheckedStudy, ...]

    @property
    def holds(self) -> bool:
        """Whether every rule holds."""
        return all(answer.holds for answer in self.answers)

    @property
    def broken(self) -> Sequence[Answer]:
        """The rules that do not hold."""
        return [answer for answer in self.answers if not answer.holds]

    def as_json(self) -> dict[str, Any]:
        """Return plain values for ``json.dumps``."""
        plain = asdict(self)
        for answer, entry in zip(self.answers, plain["answers"], strict=True):
            entry["holds"] = answer.holds
        return {"holds": self.holds} | plain
