"""CHOOSE_STUDIES, CHOOSE_MEDIA and who it is for."""

from dataclasses import replace

from kiosk.domain.expectation import expected_bytes
from kiosk.domain.session.asks import MakeForm
from kiosk.domain.session.events import (
    ChooseAll,
    ClearAll,
    Delete,
    Event,
    GoBack,
    GoOn,
    OtherLetters,
    PickAuthority,
    PickMedium,
    PickPurpose,
    SignForSomeone,
    ToggleExam,
    TurnPage,
    TypeLetter,
)
from kiosk.domain.session.facts import Authority, MediumKind, Purpose, Wish
from kiosk.domain.session.moves import Step, at, trouble
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Notice,
    ReadForm,
    Reason,
    Session,
    Sheet,
    TypeSigner,
    Way,
    WhoAreYou,
    WhoFor,
)

LONGEST_NAME = 64


def choose_studies(session: Session, place: ChooseStudies, event: Event) -> Step | None:
    """Choose exams; all are chosen to start with."""
    wish = place.wish
    match event:
        case ToggleExam(study_uid=uid) if any(e.study.study_uid == uid for e in wish.known.exams):
            return at(session, replace(place, wish=_choose(wish, wish.chosen ^ {uid}), notice=None))
        case ChooseAll():
            every = frozenset(exam.study.study_uid for exam in wish.known.exams)
            return at(session, replace(place, wish=_choose(wish, every), notice=None))
        case TurnPage(by=by) if 0 <= place.page + by < len(wish.known.exams):
            return at(session, replace(place, page=place.page + by))
        case GoBack():
            return replace(session, over=Sheet.START_OVER), ()
        case GoOn() if not wish.chosen:
            return at(session, replace(place, notice=Notice.CHOOSE_AN_EXAM))
        case GoOn() if any(exam.growing for exam in wish.exams):
            ways = (Way.WAIT_FOR_THEM, Way.TAKE_WHAT_IS_HERE)
            return trouble(session, Reason.STILL_GROWING, *ways, back_to=place)
        case GoOn():
            return choose_media(session, wish)
        case _:
            return None


def choose_media(session: Session, wish: Wish) -> Step:
    """Go on to what to put them on, with the first that can be had chosen."""
    in_order = [shelf.kind for shelf in wish.shelves if shelf.out_of_order is None]
    if not in_order:
        return trouble(session, Reason.NO_MEDIUM, Way.FINISH)
    medium = wish.medium if wish.medium in in_order else in_order[0]
    return at(session, ChooseMedia(replace(wish, medium=medium)))


def at_media(session: Session, place: ChooseMedia, event: Event) -> Step | None:
    """Choose one medium of those that are in order."""
    match event:
        case PickMedium(kind=kind) if _is_in_order(place.wish, kind):
            return at(session, replace(place, wish=replace(place.wish, medium=kind), notice=None))
        case TurnPage(by=by) if 0 <= place.page + by < len(place.wish.shelves):
            return at(session, replace(place, page=place.page + by))
        case GoBack():
            return at(session, ChooseStudies(place.wish))
        case GoOn() if not _fits(place.wish):
            return at(session, replace(place, notice=Notice.STICK_TOO_SMALL))
        case GoOn():
            return at(session, WhoFor(place.wish))
        case _:
            return None


def who_for(session: Session, place: WhoFor, event: Event) -> Step | None:
    """Choose who gets it and why."""
    match event:
        case PickPurpose(purpose=purpose):
            return at(session, replace(place, wish=replace(place.wish, purpose=purpose)))
        case TurnPage(by=by) if 0 <= place.page + by < len(Purpose):
            return at(session, replace(place, page=place.page + by))
        case SignForSomeone():
            return at(session, WhoAreYou(place.wish))
        case GoBack():
            return at(session, ChooseMedia(place.wish))
        case GoOn():
            return read_form(session, replace(place.wish, authority=None, signer_name=""))
        case _:
            return None


def who_are_you(session: Session, place: WhoAreYou, event: Event) -> Step | None:
    """Say in whose right one signs for the patient."""
    match event:
        case PickAuthority(authority=authority):
            wish = replace(place.wish, authority=authority)
            return at(session, replace(place, wish=wish, notice=None))
        case TurnPage(by=by) if 0 <= place.page + by < len(Authority):
            return at(session, replace(place, page=place.page + by))
        case GoBack():
            return at(session, WhoFor(place.wish))
        case GoOn() if place.wish.authority is None:
            return at(session, replace(place, notice=Notice.CHOOSE_WHO_YOU_ARE))
        case GoOn():
            return at(session, TypeSigner(place.wish))
        case _:
            return None


def type_signer(session: Session, place: TypeSigner, event: Event) -> Step | None:
    """Type the name of who signs for the patient."""
    name = place.wish.signer_name
    match event:
        case TypeLetter(letter=letter) if len(name) < LONGEST_NAME:
            return _signer(session, place, name + letter)
        case OtherLetters():
            return at(session, replace(place, latin=not place.latin))
        case Delete():
            return _signer(session, place, name[:-1])
        case ClearAll():
            return _signer(session, place, "")
        case GoBack():
            return at(session, WhoAreYou(place.wish))
        case GoOn() if not name.strip():
            return at(session, replace(place, notice=Notice.NAME_IS_EMPTY))
        case GoOn():
            return read_form(session, replace(place.wish, signer_name=name.strip()))
        case _:
            return None


def read_form(session: Session, wish: Wish) -> Step:
    """Have the form made for what was decided."""
    return at(session, ReadForm(wish), MakeForm(wish, session.comfort.language))


def _choose(wish: Wish, chosen: frozenset[str]) -> Wish:
    return replace(wish, chosen=chosen)


def _is_in_order(wish: Wish, kind: MediumKind) -> bool:
    return any(shelf.kind is kind and shelf.out_of_order is None for shelf in wish.shelves)


def _fits(wish: Wish) -> bool:
    """Tell whether the chosen exams can be expected to fit; discs are as many as are needed."""
    shelf = wish.shelf
    if shelf is None or shelf.kind not in {MediumKind.OWN_STICK, MediumKind.NEW_STICK}:
        return True
    if not shelf.capacity_bytes:
        # The person's own stick is not in yet.
        return True
    return expected_bytes([exam.study for exam in wish.exams]) <= shelf.capacity_bytes


def _signer(session: Session, place: TypeSigner, name: str) -> Step:
    return at(session, replace(place, wish=replace(place.wish, signer_name=name), notice=None))
