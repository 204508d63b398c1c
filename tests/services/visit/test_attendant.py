"""The attendant: whatever happens becomes an answer, and no log tells of whom."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
import structlog

from kiosk.domain.audit import AuditKind
from kiosk.domain.session import asks
from kiosk.domain.session.asks import (
    CallDesk,
    Cancel,
    Collected,
    Forget,
    HandOver,
    Identify,
    LookAtExams,
    LookAtJob,
    LookAtQueue,
    MakeForm,
    PrintTicket,
    Seal,
)
from kiosk.domain.session.events import Event, OutOfService, Troubled
from kiosk.domain.session.facts import CodeTyped, MediumKind
from kiosk.domain.session.places import Reason
from kiosk.logs import log_to
from tests.builders import MARIA, Place, StudyPlan
from tests.services.visit.visitors import WRONG, Visitor

SECRETS = ("Maria", "Example", MARIA.patient_id, "1970-04-01", "19700401", "April 1970")


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    log_to(stream)
    yield stream
    structlog.reset_defaults()


def every_ask(visitor: Visitor) -> list[asks.Ask]:
    wish = visitor.wishes()
    seal = visitor.signs(wish, visitor.reads(wish))
    nobody = "0" * 32
    return [
        Identify(CodeTyped("00000000"), WRONG),
        LookAtExams(wish.known),
        MakeForm(wish, "en"),
        seal,
        LookAtJob(nobody),
        HandOver(nobody),
        Cancel(nobody),
        Collected(nobody),
        CallDesk("Welcome"),
        PrintTicket(Reason.NO_EXAMS, "en"),
        LookAtQueue(),
        Forget(),
    ]


def the_store_is_gone(visitor: Visitor) -> None:
    visitor.kiosk.close()
    for path in visitor.kiosk.database.parent.glob("kiosk.db*"):
        path.unlink()
    visitor.kiosk.database.mkdir()


def nothing_is_what_it_should_be(visitor: Visitor) -> None:
    """As after a mistake in the program: a part of it holds something else."""
    attendant = visitor.attendant
    broken = dict.fromkeys(
        ("audit", "door", "lightbox", "paperwork", "room", "counter"), "Maria Example"
    )
    visitor.attendant = replace(attendant, **broken)  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize("broken", [the_store_is_gone, nothing_is_what_it_should_be])
def test_no_ask_ends_in_an_exception_and_who_waits_is_told(
    visitor: Visitor, broken: Callable[[Visitor], None], logged: io.StringIO
) -> None:
    everything = every_ask(visitor)
    assert {type(ask) for ask in everything} == set(get_args(asks.Ask))
    broken(visitor)
    for ask in everything:
        told = visitor.answers(ask)
        waits = isinstance(ask, (Identify, MakeForm, Seal))
        troubled = [event for event in told if isinstance(event, Troubled)]
        assert waits or not troubled, ask
        if waits and (broken is nothing_is_what_it_should_be or isinstance(ask, Seal)):
            assert troubled == [Troubled(Reason.KIOSK_FAILED)]
    assert "ask-" in logged.getvalue()
    assert_says_nothing(logged.getvalue())


def test_a_job_that_does_not_exist_is_no_end_of_the_screen(visitor: Visitor) -> None:
    for ask in (LookAtJob("x"), HandOver("x"), Cancel("x")):
        assert visitor.answers(ask) == []


def test_a_kiosk_without_its_database_is_out_of_service_until_it_is_back(
    visitor: Visitor,
) -> None:
    database = visitor.kiosk.database
    assert OutOfService(closed=False) in visitor.answers(LookAtQueue())
    database.rename(database.with_suffix(".away"))
    visitor.kiosk.close()
    database.mkdir()
    assert visitor.answers(LookAtQueue()) == [OutOfService(closed=True)]
    database.rmdir()
    database.with_suffix(".away").rename(database)
    assert OutOfService(closed=False) in visitor.answers(LookAtQueue())


# Staff


@pytest.mark.parametrize("where", ["Welcome", Reason.CODE_VOID])
def test_a_call_for_staff_is_in_the_chain_with_the_place(visitor: Visitor, where: str) -> None:
    assert visitor.answers(CallDesk(where)) == []
    *_, event = visitor.kiosk.appliance.store.audit.events()
    assert (event.kind, event.job_id) == (AuditKind.STAFF_CALLED, None)
    assert event.fields == {"kiosk": "lobby", "where": str(where)}


def test_a_call_from_a_job_names_the_job(visitor: Visitor) -> None:
    job_id = visitor.orders()
    visitor.answers(CallDesk("Waiting", job_id))
    *_, event = visitor.kiosk.appliance.store.audit.events(job_id)
    assert event.kind is AuditKind.STAFF_CALLED
    assert visitor.kiosk.appliance.store.audit.verify() > 0


# Privacy


def test_a_whole_visit_says_nothing_of_the_person(visitor: Visitor, logged: io.StringIO) -> None:
    visitor.kiosk.hold(StudyPlan(Place(MARIA, "b")))
    digits = visitor.fetch_code()
    visitor.types(digits, WRONG)
    known = visitor.enters()
    visitor.answers(LookAtExams(known))
    visitor.kiosk.break_archive(garbles=0, truncates=1, cannot_list=True)
    visitor.answers(LookAtExams(known))
    visitor.kiosk.mend_archive()
    job_id = visitor.orders(visitor.wishes(known))
    visitor.gets_it_made(job_id)
    for ask in (HandOver(job_id), LookAtQueue(), Collected(job_id), Forget()):
        visitor.answers(ask)
    said = logged.getvalue()
    assert "stage-ended" in said
    assert_says_nothing(said)
    assert_says_nothing(spoken_by_the_chain(visitor))
    assert digits not in said + spoken_by_the_chain(visitor)
    assert left_in(visitor.kiosk.spool) == []


def test_a_trouble_is_logged_by_its_code(visitor: Visitor, logged: io.StringIO) -> None:
    digits = visitor.fetch_code()
    visitor.kiosk.break_archive(away=True)
    visitor.types(digits)
    assert '"code": "archive-unreachable"' in logged.getvalue()
    assert_says_nothing(logged.getvalue())


def test_a_medium_that_this_kiosk_has_not_makes_no_form(visitor: Visitor) -> None:
    wish = visitor.wishes(medium=MediumKind.FILM)
    told: list[Event] = visitor.answers(MakeForm(wish, "en"))
    assert told == [Troubled(Reason.KIOSK_FAILED)]


def assert_says_nothing(text: str) -> None:
    for secret in SECRETS:
        assert secret not in text


def spoken_by_the_chain(visitor: Visitor) -> str:
    return repr([event.fields for event in visitor.kiosk.appliance.store.audit.events()])


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name != "worker.lock"]
