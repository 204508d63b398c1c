"""CHOOSE_STUDIES: which exams."""

from kiosk.domain.session.events import ChooseAll, GoBack, GoOn, ToggleExam, TurnPage
from kiosk.domain.session.facts import Exam, Wish
from kiosk.domain.session.places import ChooseStudies
from kiosk.domain.study import Patient
from kiosk.text.exam import exam_name, report_included
from kiosk.ui.page import Page
from kiosk.ui.screens.answer import said
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.notice import told
from kiosk.ui.widgets.button import Button, go_back, primary, small
from kiosk.ui.widgets.card import ChoiceCard
from kiosk.ui.widgets.icon import Tile
from kiosk.ui.widgets.mark import Mark
from kiosk.ui.widgets.note import ErrorNote
from kiosk.ui.widgets.pager import Pager, Turn
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.picture import Picture

CARD_PX, LOW_CARD_PX = 226, 156
PICTURE_PX, LOW_PICTURE_PX = 178, 120


def choose_studies(frame: Frame, place: ChooseStudies) -> Page:
    """Return the page with a card for each exam, the newest first."""
    look, wish = frame.look, place.wish
    take = frame.count("choose_studies.take", len(wish.chosen))
    return Page(
        look,
        frame.send,
        brand=frame.brand(2),
        rail=frame.rail(),
        title=frame.say("choose_studies.title"),
        lead=_lead(frame, wish),
        aside=_choose_all(frame, wish),
        content=[_exams(frame, place)],
        back=go_back(look, frame.say("rail.go_back"), GoBack()),
        primary=primary(look, take, GoOn()) if wish.chosen else None,
    )


def _lead(frame: Frame, wish: Wish) -> str | ErrorNote:
    if not wish.chosen:
        return told(frame, "errors.choose-an-exam")
    chosen, total = len(wish.chosen), len(wish.known.exams)
    name = _given_name(wish.known.patient)
    if not name:
        return frame.count("choose_studies.lead_no_name", chosen, total=total)
    return frame.count("choose_studies.lead", chosen, total=total, name=name)


def _given_name(patient: Patient) -> str:
    """Return the given name, the second component of PatientName (PS3.5 6.2.1.1)."""
    components = patient.name.split("=")[0].split("^")
    return components[1].strip() if len(components) > 1 else ""


def _choose_all(frame: Frame, wish: Wish) -> Button | None:
    if len(wish.chosen) == len(wish.known.exams):
        return None
    label = frame.say("choose_studies.all")
    return small(frame.look, label, ChooseAll(), name="choose-all", icon="check-square")


def _exams(frame: Frame, place: ChooseStudies) -> Pager:
    wish = place.wish
    cards = [
        _card(frame, exam, number, exam.study.study_uid in wish.chosen)
        for number, exam in enumerate(wish.known.exams, 1)
    ]

    def turn_to(page: int) -> TurnPage:
        return TurnPage(page - place.page)

    def count(first: int, last: int, total: int) -> str:
        if first == last:
            return frame.say("choose_studies.range_one", first=first, total=total)
        return frame.say("choose_studies.range", first=first, last=last, total=total)

    return Pager(
        frame.look,
        cards,
        page=place.page,
        count_text=count,
        newer=Turn(lambda _: frame.say("choose_studies.newer"), turn_to, "newer"),
        older=Turn(lambda _: frame.say("choose_studies.older"), turn_to, "older"),
    )


def _card(frame: Frame, exam: Exam, number: int, chosen: bool) -> ChoiceCard:
    look, study = frame.look, exam.study
    name, day = exam_name(study, look.words), look.words.day(study.study_date)
    facts = (_images(frame, exam), _report(frame, exam))
    growing = (frame.say("choose_studies.growing"),) if exam.growing else ()
    return ChoiceCard(
        look,
        name,
        ToggleExam(study.study_uid),
        name=f"exam-{number}",
        lines=(day, " • ".join(facts), *growing),
        picture=_picture(frame, exam),
        mark=Mark.CHECK,
        chosen=chosen,
        height_px=LOW_CARD_PX if look.flat_lists else CARD_PX,
        speech=said(frame, ", ".join((name, day, *facts, *growing)), chosen),
    )


def _images(frame: Frame, exam: Exam) -> str:
    count = exam.study.instances
    if count is None:
        return frame.say("choose_studies.images_unknown")
    return frame.count("choose_studies.images", count)


def _report(frame: Frame, exam: Exam) -> str:
    key = "report" if report_included(exam.study) else "no_report"
    return frame.say(f"choose_studies.{key}")


def _picture(frame: Frame, exam: Exam) -> Part:
    """Return the exam's thumbnail; until it is seen, and where there is none, a pictogram."""
    look = frame.look
    side = LOW_PICTURE_PX if look.flat_lists else PICTURE_PX
    if exam.thumbnail is not None:
        return Picture(look, exam.thumbnail, height_px=side)
    ink, ground = look.colour.second, look.colour.sunk
    return Tile(look, "image", side, side * 0.45, ink=ink, ground=ground)
