"""A look at the exams before they are chosen: one small picture each, and whether they grow."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta, tzinfo
from pathlib import Path

import structlog

from kiosk.domain.session.events import ExamSeen
from kiosk.domain.session.facts import Exam, Known
from kiosk.domain.study import Holding, Listed, Study, mismatch
from kiosk.errors import ArchiveRefused, ArchiveUnreachable, KioskError, WrongPatient
from kiosk.media.header import read_header
from kiosk.media.pieces import opened
from kiosk.media.thumbnail import instance_to_show
from kiosk.ports import Archive, Clock
from kiosk.services.retrieval import ask
from kiosk.services.spool import Spool

log = structlog.get_logger()

SECOND_LOOK_AFTER_S = 2.0
"""What still arrives shows within this time; scanners send several images a second."""
_NAP_S = 0.1

Draw = Callable[[Path], bytes | None]
"""Makes a PNG of a Part 10 file, or returns None where it has no picture."""
Seen = Callable[[ExamSeen], None]
IsWanted = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a first look has found."""

    exam: Exam
    holding: Holding
    at_s: float


@dataclass(frozen=True, slots=True)
class Lightbox:
    """Looks at exams by fetching as little of them as shows them."""

    ways: Sequence[Archive]
    spool: Spool
    draw: Draw
    clock: Clock
    zone: tzinfo
    second_look_after_s: float = SECOND_LOOK_AFTER_S

    def look(self, known: Known, seen: Seen, is_wanted: IsWanted) -> None:
        """Look at every exam, and at those of today and yesterday once more.

        Raises
        ------
        ArchiveUnreachable, ArchiveRefused
            If no way to the archive answers any more.
        """
        looks: list[_Look] = []
        for exam in known.exams:
            if not is_wanted():
                return
            look = self._first_look(known, exam)
            if look is not None:
                looks.append(look)
                seen(ExamSeen(look.exam))
        for look in looks:
            if self._is_recent(look.exam.study) and self._has_grown(look, is_wanted):
                seen(ExamSeen(replace(look.exam, growing=True)))

    def _first_look(self, known: Known, exam: Exam) -> _Look | None:
        """Return the exam as it was seen, or None where the archive tells nothing of it."""
        study = exam.study
        try:
            holding = ask(self.ways, study.study_uid)
        except (ArchiveUnreachable, ArchiveRefused):
            raise
        except KioskError as error:
            log.warning("exam-not-seen", code=error.code)
            return None
        growing = study.instances is not None and study.instances != _count(holding)
        picture = self._picture(known, study, holding)
        return _Look(replace(exam, thumbnail=picture, growing=growing), holding, time.monotonic())

    def _is_recent(self, study: Study) -> bool:
        today = self.clock().astimezone(self.zone).date()
        return study.study_date is not None and study.study_date >= today - timedelta(days=1)

    def _has_grown(self, look: _Look, is_wanted: IsWanted) -> bool:
        """Look once more after a while, unless it was seen to grow already."""
        if look.exam.growing:
            return False
        while time.monotonic() < look.at_s + self.second_look_after_s:
            if not is_wanted():
                return False
            time.sleep(_NAP_S)
        return is_wanted() and ask(self.ways, look.exam.study.study_uid) != look.holding

    def _picture(self, known: Known, study: Study, holding: Holding) -> bytes | None:
        """Return a small picture; an exam can be chosen without one as well."""
        ref = instance_to_show(holding)
        if ref is None:
            return None
        for way in self._ways_for_one():
            try:
                with self.spool.look() as folder:
                    tray = _Tray(folder / "instance", known, study)
                    way.fetch(study.study_uid, {ref}, tray)
                    return self.draw(tray.path) if tray.is_filled else None
            except (KioskError, OSError) as error:
                code = error.code if isinstance(error, KioskError) else type(error).__name__
                log.warning("picture-not-seen", way=way.name, code=code)
        return None

    def _ways_for_one(self) -> Iterator[Archive]:
        """Leave out C-MOVE: there is one port to receive at, and the worker may be using it."""
        return (way for way in self.ways if way.name != "dimse-move")


class _Tray:
    """Takes one instance of one study, and no other."""

    def __init__(self, path: Path, known: Known, study: Study) -> None:
        self.path = path
        self._patient = known.patient
        self._study_uid = study.study_uid
        self.is_filled = False

    def begin(self) -> Path:
        """Return the one place that there is."""
        return self.path

    def arrived(self, path: Path) -> None:
        """Make sure that it is this patient's before anybody sees it."""
        self.is_filled = False
        with opened(path) as buffer:
            identity = read_header(buffer).identity
        reason = mismatch(self._patient, {self._study_uid}, identity)
        if reason is not None:
            raise WrongPatient(reason)
        self.is_filled = True


def _count(holding: Holding) -> int:
    return len(holding.instances) if isinstance(holding, Listed) else holding.count
