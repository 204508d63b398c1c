"""Somebody new before the screen each time, and an attendant who answers at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache

from hardware.headphones import JackHeadphones
from hardware.voice import EspeakVoice
from kiosk.bootstrap import now_utc
from kiosk.domain.job import JobState
from kiosk.domain.session.asks import (
    Ask,
    HandOver,
    Identify,
    LookAtExams,
    LookAtJob,
    LookAtQueue,
    MakeForm,
    Seal,
)
from kiosk.domain.session.events import (
    Event,
    ExamSeen,
    FormMade,
    Found,
    JobSeen,
    LabelKnown,
    QueueSeen,
    Sealed,
)
from kiosk.domain.session.facts import (
    Comfort,
    Exam,
    FormPage,
    Known,
    Label,
    Rules,
    ShownForm,
)
from kiosk.ui.front import Front, Glass, Site
from tests.screens.maria import EXAMS, KNOWN, MARIA, SHELVES, WISH, form_of, glance

LANGUAGES = ("en", "es", "zh", "ar", "vi", "ru")


@dataclass
class StandIn:
    """Answers as the attendant would; each person has a name, pictures and a form of their own."""

    panel: tuple[int, int]
    person: int = 0
    job: JobState = JobState.SIGNED

    def perform(  # noqa: C901 - a table
        self, ask: Ask, tell: Callable[[Event], None], is_wanted: Callable[[], bool]
    ) -> None:
        """Answer an ask."""
        match ask:
            case Identify():
                tell(Found(self._known(), SHELVES))
            case LookAtExams(known=known):
                for exam in known.exams:
                    tell(ExamSeen(replace(exam, thumbnail=self._thumbnail(exam))))
            case MakeForm(wish=wish, language=language):
                tell(FormMade(wish, self._form(language)))
            case Seal():
                tell(Sealed(glance(JobState.SIGNED)))
            case LookAtJob():
                tell(JobSeen(glance(self.job)))
            case HandOver():
                name = self._known().patient.printed_name
                tell(LabelKnown(Label((name, "Example Hospital"), ("6 exams, 1 of 1",))))
            case LookAtQueue():
                tell(QueueSeen(()))

    def front(self) -> Front:
        """Return the screen that it stands behind."""
        return Front(
            rules=Rules(Comfort()),
            site=Site("Riverside Example Hospital", UTC, None, LANGUAGES),
            glass=Glass(*self.panel, fullscreen=False),
            clock=now_utc,
            perform=self.perform,
            voice=EspeakVoice(),
            headphones=JackHeadphones(),
        )

    def _known(self) -> Known:
        patient = replace(MARIA, name=f"Example{self.person}^Maria{self.person}")
        exams = tuple(
            Exam(replace(exam.study, patient=patient, description=f"{exam.study.description} {n}"))
            for n, exam in enumerate(EXAMS, self.person)
        )
        return replace(KNOWN, patient=patient, exams=exams)

    def _thumbnail(self, exam: Exam) -> bytes:
        """Return a picture of this person's only: a PNG may go on behind its end."""
        (picture,) = (e.thumbnail for e in EXAMS if e.study.study_uid == exam.study.study_uid)
        assert picture is not None
        return picture + self.person.to_bytes(3, "big")

    def _form(self, language: str) -> ShownForm:
        form = _form(language, self.panel)
        own = self.person.to_bytes(3, "big")

        def of_person(pages: tuple[FormPage, ...]) -> tuple[FormPage, ...]:
            return tuple(replace(page, rgb=own + page.rgb[3:]) for page in pages)

        return replace(form, pages=of_person(form.pages), big_pages=of_person(form.big_pages))


@cache
def _form(language: str, panel: tuple[int, int]) -> ShownForm:
    return form_of(WISH, Comfort(language=language), *panel)
