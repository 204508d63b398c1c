"""What is wrong with a medium, in sentences: all are counted, the first ones are kept."""

from dataclasses import dataclass, field

MOST_KEPT = 20


@dataclass(slots=True)
class Findings:
    """A list that a broken medium cannot make grow without end."""

    kept: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, sentence: str) -> None:
        """Count a finding, and keep it if it is among the first."""
        self.count += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(sentence)

    def add_all(self, other: "Findings") -> None:
        """Take over what another list found."""
        self.count += other.count
        self.kept += other.kept[: MOST_KEPT - len(self.kept)]
