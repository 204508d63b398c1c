"""Whatever happens, in whatever order, from wherever: what must always hold."""

from hypothesis import given, settings

from kiosk.domain.consent import ELECTRONIC_SIGNATURE, UNENCRYPTED_MEDIUM
from kiosk.domain.elements import missing_in_consent
from kiosk.domain.session.asks import (
    Cancel,
    Collected,
    Forget,
    HandOver,
    Identify,
    LookAtExams,
    LookAtJob,
    PrintTicket,
    Seal,
)
from kiosk.domain.session.events import Agree, Found, GoOn, Sealed, TakeWay
from kiosk.domain.session.places import (
    Collect,
    Confirm,
    Goodbye,
    Searching,
    SeeStaff,
    Session,
    StillThere,
    Waiting,
)
from tests.domain.session.chance import NOBODY, happenings, moves, starts
from tests.domain.session.memory import knows_of_somebody
from tests.domain.session.people import sha256_of
from tests.domain.session.steps import Doing, after

often = settings(max_examples=120)


@given(starts, happenings)
@often
def test_where_nobody_stands_nothing_is_known_of_anybody(
    start: Session, doings: list[Doing]
) -> None:
    for moved in moves(start, doings):
        if isinstance(moved.after.place, (*NOBODY, Waiting)):
            assert not knows_of_somebody(moved.after)


@given(starts, happenings)
@often
def test_every_end_of_a_visit_forgets_and_drops_late_answers(
    start: Session, doings: list[Doing]
) -> None:
    for moved in moves(start, doings):
        ends = isinstance(moved.after.place, NOBODY) and not isinstance(moved.before.place, NOBODY)
        if ends:
            assert moved.asked_for(Forget)
            assert moved.after.visit > moved.before.visit
            assert moved.after.over is None


@given(starts, happenings)
@often
def test_nothing_is_sealed_but_what_was_read_acknowledged_and_signed(
    start: Session, doings: list[Doing]
) -> None:
    for moved in moves(start, doings):
        for seal in moved.asked_for(Seal):
            assert isinstance(seal, Seal)
            assert isinstance(moved.event, GoOn)
            assert not moved.before.place.is_sealing
            assert moved.after.place.is_sealing
            assert not missing_in_consent(seal.consent)
            assert seal.shown_sha256 == sha256_of(seal.wish, seal.consent.language)
            assert seal.consent.needs_approval == (seal.wish.authority is not None)
            assert seal.wish.chosen
            warned_at = seal.consent.touched_at(UNENCRYPTED_MEDIUM)
            electronic_at = seal.consent.touched_at(ELECTRONIC_SIGNATURE)
            assert warned_at <= electronic_at <= seal.consent.signed_at <= moved.after.now


@given(starts, happenings)
@often
def test_there_is_one_seal_for_each_touch_and_no_other_before_it_is_answered(
    start: Session, doings: list[Doing]
) -> None:
    waits = _is_sealing(start)
    for moved in moves(start, doings):
        if moved.asked_for(Seal):
            assert not waits
            waits = True
        elif waits and not _is_sealing(moved.after):
            # Only an answer ends it: no touch, no clock, nobody who walks away.
            assert type(moved.event).__name__ in {"Sealed", "Troubled"}
            waits = False
        if isinstance(moved.event, Sealed):
            assert not isinstance(moved.after.place, NOBODY)


@given(starts, happenings)
@often
def test_only_a_touch_of_who_stands_there_ends_collects_or_cancels(
    start: Session, doings: list[Doing]
) -> None:
    for moved in moves(start, doings):
        if moved.asked_for(Cancel):
            assert isinstance(moved.event, Agree)
            assert isinstance(moved.before.place, Waiting)
        if moved.asked_for(Collected):
            assert isinstance(moved.event, GoOn)
            assert isinstance(moved.before.place, Collect)
        if moved.asked_for(HandOver):
            assert isinstance(moved.after.place, Collect)
        if moved.asked_for(PrintTicket):
            assert isinstance(moved.event, TakeWay)


@given(starts, happenings)
@often
def test_nobody_is_known_without_having_been_asked_who_they_are(
    start: Session, doings: list[Doing]
) -> None:
    for moved in moves(start, doings):
        if moved.asked_for(LookAtExams):
            assert isinstance(moved.event, Found)
            assert isinstance(moved.before.place, Searching)
        if isinstance(moved.after.place, Searching) and moved.after.place != moved.before.place:
            assert moved.asked_for(Identify) or moved.after.place.slow


@given(starts, happenings)
@often
def test_the_glass_never_leaves_anybody_alone(start: Session, doings: list[Doing]) -> None:
    for moved in moves(start, doings):
        comfort = moved.after.comfort
        if comfort.screen_hidden:
            assert comfort.read_aloud
            assert moved.after.headphones_in
        if isinstance(moved.after.place, SeeStaff):
            assert moved.after.place.ways


@given(starts, happenings)
@often
def test_without_a_touch_every_kiosk_is_empty_within_three_minutes(
    start: Session, doings: list[Doing]
) -> None:
    left = [start, *(moved.after for moved in moves(start, doings))][-1]
    seconds: list[Doing] = [after(10)] * 18
    end = [left, *(moved.after for moved in moves(left, seconds))][-1]
    assert isinstance(end.place, NOBODY) or _is_sealing(end)
    assert not isinstance(end.place, Goodbye)
    assert not isinstance(end.over, StillThere)


@given(starts, happenings)
@often
def test_a_job_is_looked_at_only_where_it_is_shown(start: Session, doings: list[Doing]) -> None:
    for moved in moves(start, doings):
        for look in moved.asked_for(LookAtJob):
            assert isinstance(look, LookAtJob)
            assert moved.after.place.glance.job_id == look.job_id


def _is_sealing(session: Session) -> bool:
    return isinstance(session.place, Confirm) and session.place.is_sealing
