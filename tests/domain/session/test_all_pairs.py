"""Every place with every event: each pair is a move or a refusal, and nothing else."""

from typing import get_args

import pytest

from kiosk.domain.session.events import (
    Acknowledge,
    Agree,
    Bigger,
    CallStaff,
    ChooseAll,
    ClearAll,
    CloseSheet,
    Delete,
    Drew,
    Event,
    ExamSeen,
    FormMade,
    Found,
    GoBack,
    GoOn,
    HeadphonesChanged,
    JobFound,
    JobSeen,
    LabelKnown,
    MustWait,
    NoDiscCame,
    NoMatch,
    OpenSheet,
    OtherLetters,
    OutOfService,
    PickAuthority,
    PickMedium,
    PickPurpose,
    QueueSeen,
    ReceiptNotPrinted,
    Scanned,
    Sealed,
    SetComfort,
    SignForSomeone,
    TakeWay,
    Tick,
    ToggleExam,
    Touched,
    Troubled,
    TurnPage,
    TypeDigit,
    TypeInstead,
    TypeLetter,
)
from kiosk.domain.session.places import Place, Session, Way
from kiosk.domain.session.walk import NotNow, step
from tests.domain.session.stands import COVERED, HAPPENINGS, STANDS
from tests.domain.session.steps import event_of

Events = frozenset[type[Event]]


def those(*kinds: type[Event]) -> Events:
    return frozenset(kinds)


MACHINE = those(Tick, HeadphonesChanged, OutOfService, ExamSeen)
EVERYWHERE = MACHINE | those(CallStaff, SetComfort, Touched)
RAIL = EVERYWHERE | those(OpenSheet)
KEYS = those(TypeDigit, Delete, ClearAll, Scanned, GoBack, GoOn)
SEARCH = those(Found, JobFound, NoMatch, MustWait, Troubled, GoBack)
LIST = those(TurnPage, GoBack, GoOn)
FORM = LIST | those(Bigger)
ASKED = those(CloseSheet, Agree)
SIGN = those(ClearAll, TypeInstead, GoBack, GoOn)

TAKEN: dict[str, Events] = {
    "Welcome": RAIL | those(GoOn, Scanned, QueueSeen),
    "EnterCode": RAIL | KEYS,
    "EnterCode full": RAIL | KEYS - those(TypeDigit),
    "EnterCode resting": RAIL | those(GoBack),
    "EnterDate": RAIL | KEYS,
    "EnterDate full": RAIL | KEYS - those(TypeDigit),
    "EnterDate with a notice": RAIL | KEYS - those(TypeDigit),
    "EnterDate resting": RAIL | those(GoBack),
    "Searching": RAIL | SEARCH,
    "Searching for long": RAIL | SEARCH | those(TakeWay),
    "ChooseStudies": RAIL | LIST | those(ToggleExam, ChooseAll),
    "ChooseMedia": RAIL | LIST | those(PickMedium),
    "WhoFor": RAIL | LIST | those(PickPurpose, SignForSomeone),
    "WhoAreYou": RAIL | LIST | those(PickAuthority),
    "TypeSigner": RAIL | those(TypeLetter, OtherLetters, Delete, ClearAll, GoBack, GoOn),
    "ReadForm being made": RAIL | those(FormMade, Troubled, GoBack),
    "ReadForm": RAIL | FORM,
    "ReadForm, last page": RAIL | FORM | those(Acknowledge),
    "Sign": RAIL | SIGN | those(Drew),
    "Sign, typing": RAIL | SIGN | those(TypeLetter, OtherLetters, Delete),
    "Confirm": RAIL | LIST,
    "Confirm sealing": RAIL | those(Sealed, Troubled),
    "Waiting": RAIL | those(JobSeen, TurnPage, GoOn, Scanned),
    "Collect": RAIL | those(LabelKnown, ReceiptNotPrinted, NoDiscCame, TurnPage, GoOn),
    "Goodbye": RAIL | those(GoOn, Scanned),
    "SeeStaff": RAIL | those(TakeWay, TurnPage),
    "SeeStaff, growing": RAIL | those(TakeWay, TurnPage, GoBack),
    "Closed": EVERYWHERE,
    "languages over EnterDate": RAIL | those(CloseSheet),
    "see and hear over Sign": RAIL | those(CloseSheet),
    "see and hear while sealing": RAIL | those(CloseSheet, Sealed, Troubled),
    "start over over Searching": RAIL | ASKED | SEARCH - those(GoBack),
    "start over over Confirm": RAIL | ASKED,
    "cancel disc over Waiting": RAIL | ASKED | those(JobSeen),
    "still there over Searching": RAIL | ASKED | SEARCH - those(GoBack),
    "still there over ChooseStudies": RAIL | ASKED,
    "still there over Waiting": RAIL | ASKED | those(JobSeen),
    "still there over Collect": RAIL | ASKED | those(LabelKnown, ReceiptNotPrinted),
    "hidden, over ChooseStudies": RAIL | those(CloseSheet),
}
"""What each stand takes; it refuses every other event, with every value.

A stand without a row of its own takes what its place takes: ``ChooseMedia, too small`` as
``ChooseMedia``.
"""

REFUSED = {name: frozenset(get_args(Event)) - taken for name, taken in TAKEN.items()}


def row(name: str) -> str:
    return name if name in TAKEN else name.replace(",", "").split(" ")[0]


def takes(session: Session, kind: type[Event]) -> set[bool]:
    """Return whether each happening of a kind is taken; any other exception goes through."""
    taken = set()
    for happening in HAPPENINGS:
        event = event_of(happening, session)
        if isinstance(event, kind):
            try:
                step(session, event)
                taken.add(True)
            except NotNow:
                taken.add(False)
    return taken


def test_there_is_a_stand_at_every_place_and_a_happening_of_every_event() -> None:
    assert {type(session.place) for session in STANDS.values()} == set(get_args(Place))
    happening = {type(event_of(happening, STANDS["Welcome"])) for happening in HAPPENINGS}
    assert happening == set(get_args(Event))


@pytest.mark.parametrize("name", [*STANDS, *COVERED])
def test_every_pair_is_a_move_or_a_refusal_as_the_table_says(name: str) -> None:
    session = (STANDS | COVERED)[name]
    for kind in get_args(Event):
        if kind in REFUSED[row(name)]:
            assert takes(session, kind) == {False}, f"{kind.__name__} is not refused"
        else:
            assert True in takes(session, kind), f"{kind.__name__} is refused"


@pytest.mark.parametrize("name", [*STANDS, *COVERED])
def test_a_refused_event_is_named_and_names_nobody(name: str) -> None:
    session = (STANDS | COVERED)[name]
    refused = next(kind for kind in HAPPENINGS if True not in takes(session, type(kind)))
    with pytest.raises(NotNow) as said:
        step(session, event_of(refused, session))
    assert str(said.value) == f"{type(refused).__name__} at {type(session.place).__name__}"


@pytest.mark.parametrize("name", [name for name in STANDS if name.startswith("SeeStaff")])
def test_every_way_that_is_offered_leads_on_and_no_other(name: str) -> None:
    session = STANDS[name]
    for way in Way:
        if way in session.place.ways:
            assert step(session, TakeWay(way))[0].place != session.place
        else:
            with pytest.raises(NotNow):
                step(session, TakeWay(way))
