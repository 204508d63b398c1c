"""A rule of the check: what it asks, where that is written, and how it is answered."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.media.check.examined import Examined
from kiosk.media.check.report import Answer
from kiosk.media.findings import Findings

Judge = Callable[[Examined, Findings], None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must hold of every medium."""

    id: str
    clause: str
    title: str
    judge: Judge
    images_only: bool = False

    def answer(self, examined: Examined) -> Answer:
        """Judge what was examined."""
        applies = not self.images_only or examined.reader.volume is not None
        findings = Findings()
        if applies:
            self.judge(examined, findings)
        return Answer(
            self.id, self.clause, self.title, applies, tuple(findings.kept), findings.count
        )
