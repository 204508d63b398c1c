"""The door: a right code lets in, a wrong one tells nothing, and guessing comes to an end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.audit import AuditKind
from kiosk.domain.job import Cancel
from kiosk.domain.release import IdentityMethod
from kiosk.domain.session.asks import Collected, Forget
from kiosk.domain.session.events import Event, Found, JobFound, MustWait, NoMatch, Troubled
from kiosk.domain.session.places import Reason
from tests.builders import MARIA, Place, StudyPlan
from tests.journeys.kiosks import HeldClock, Kiosk
from tests.services.visit.visitors import WRONG, Visitor

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def unknown(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**8:08}"


def checks(kiosk: Kiosk) -> list[dict[str, str]]:
    events = kiosk.appliance.store.audit.events()
    return [each.fields for each in events if each.kind is AuditKind.IDENTITY_CHECKED]


# Who is let in


def test_a_code_and_the_birth_date_let_in_to_every_exam(visitor: Visitor, clock: HeldClock) -> None:
    visitor.kiosk.hold(StudyPlan(Place(MARIA, "new", date="20260820")))
    found = visitor.types(visitor.fetch_code())
    assert isinstance(found, Found)
    known = found.known
    assert known.patient.patient_id == MARIA.patient_id
    dates = [exam.study.study_date for exam in known.exams]
    assert [f"{day}" for day in dates] == ["2026-08-20", "2026-03-12"], "newest first"
    assert (known.identity.method, known.identity.checked_by) == (IdentityMethod.CODE, "robin")
    assert known.identity.checked_at == clock()
    assert known.code is not None
    assert len(found.shelves) == 5


def test_a_code_for_one_exam_lets_in_to_that_exam_only(visitor: Visitor) -> None:
    other = StudyPlan(Place(MARIA, "b"))
    visitor.kiosk.hold(other)
    known = visitor.enters(other.study_uid)
    assert [exam.study.study_uid for exam in known.exams] == [other.study_uid]


def test_a_wristband_lets_in_too_and_the_form_will_say_so(visitor: Visitor) -> None:
    found = visitor.scans(MARIA.patient_id)
    assert isinstance(found, Found)
    assert found.known.code is None
    assert found.known.identity.method is IdentityMethod.WRISTBAND
    assert found.known.identity.checked_by == "lobby"


def test_without_the_site_s_leave_a_wristband_is_no_way_in(kiosk: Kiosk, clock: HeldClock) -> None:
    careful = Visitor(kiosk, policy={"wristbands": False})
    assert careful.scans(MARIA.patient_id) == NoMatch()


# Who is not


def test_a_wrong_date_and_an_unknown_code_are_answered_alike_to_the_end(
    visitor: Visitor, clock: HeldClock
) -> None:
    """45 CFR 164.514(h): a stranger learns nothing, not even that there is such a code."""
    issued = visitor.fetch_code()
    strangers = unknown(issued)
    pauses = [0, 0, 0, 1, 1, 0]
    for minutes in pauses:
        clock.now += minutes * MINUTE
        assert visitor.types(issued, WRONG) == visitor.types(strangers, WRONG)
    assert visitor.types(issued) == visitor.types(strangers) == Troubled(Reason.CODE_VOID)


def test_the_third_wrong_try_waits_until_a_minute_is_over(
    visitor: Visitor, clock: HeldClock
) -> None:
    digits = visitor.fetch_code()
    told = [visitor.types(digits, WRONG) for _ in range(3)]
    assert told == [NoMatch(), NoMatch(), MustWait(clock() + MINUTE)]
    assert visitor.types(digits) == MustWait(clock() + MINUTE)
    clock.now += MINUTE
    assert isinstance(visitor.types(digits), Found)


def test_a_code_that_staff_made_void_says_so(visitor: Visitor) -> None:
    digits = visitor.fetch_code()
    visitor.kiosk.appliance.codes.void(digits, by="robin")
    assert visitor.types(digits) == Troubled(Reason.CODE_VOID)


def test_an_expired_code_is_a_wrong_one(visitor: Visitor, clock: HeldClock) -> None:
    digits = visitor.fetch_code(hours=1)
    clock.now += HOUR
    assert visitor.types(digits) == NoMatch()


@pytest.mark.parametrize("patient_id", ["EX-9999", "*", "EX-100?", "", "EX-1001\\EX-1002"])
def test_a_wristband_of_nobody_is_a_wrong_one(visitor: Visitor, patient_id: str) -> None:
    assert visitor.scans(patient_id) == NoMatch()


def test_a_wristband_with_another_date_is_a_wrong_one(visitor: Visitor) -> None:
    assert visitor.scans(MARIA.patient_id, WRONG) == NoMatch()


# What keeps a right code from being served


@pytest.mark.parametrize("fault", ["away", "refuses"])
def test_an_archive_that_is_away_is_said_and_the_code_still_works(
    visitor: Visitor, fault: str
) -> None:
    digits = visitor.fetch_code()
    visitor.kiosk.break_archive(**{fault: True})
    assert visitor.types(digits) == Troubled(Reason.ARCHIVE_AWAY)
    visitor.kiosk.mend_archive()
    assert isinstance(visitor.types(digits), Found)


def test_no_images_yet_is_said(visitor: Visitor) -> None:
    digits = visitor.fetch_code()
    for path in visitor.kiosk.archive.rglob("*.dcm"):
        path.unlink()
    assert visitor.types(digits) == Troubled(Reason.NO_EXAMS)


def test_an_exam_that_has_not_arrived_is_no_exam(visitor: Visitor) -> None:
    other = StudyPlan(Place(MARIA, "b"))
    visitor.kiosk.hold(other)
    digits = visitor.fetch_code(other.study_uid)
    for path in visitor.kiosk.archive.glob("*-b/**/*.dcm"):
        path.unlink()
    assert visitor.types(digits) == Troubled(Reason.NO_EXAMS)


def test_two_people_under_one_number_need_a_look_at_the_desk(visitor: Visitor) -> None:
    digits = visitor.fetch_code()
    for number, issuer in enumerate(("NORTH CLINIC", "SOUTH CLINIC")):
        visitor.kiosk.hold(StudyPlan(Place(replace(MARIA, issuer=issuer), f"issuer{number}")))
    assert visitor.types(digits) == Troubled(Reason.NEEDS_CHECK)


# Who comes back


def test_the_bearer_of_a_used_code_comes_back_to_the_job(visitor: Visitor) -> None:
    digits = visitor.fetch_code()
    found = visitor.types(digits)
    assert isinstance(found, Found)
    job_id = visitor.orders(visitor.wishes(found.known))
    back = visitor.types(digits)
    assert isinstance(back, JobFound)
    assert back.glance.job_id == job_id
    assert back.glance.ticket == "A-01"


def ordered(visitor: Visitor) -> tuple[str, str]:
    digits = visitor.fetch_code()
    found = visitor.types(digits)
    assert isinstance(found, Found)
    return digits, visitor.orders(visitor.wishes(found.known))


def test_the_date_of_a_used_code_cannot_be_guessed(visitor: Visitor, clock: HeldClock) -> None:
    digits, _ = ordered(visitor)
    told = [visitor.types(digits, WRONG) for _ in range(3)]
    assert told == [NoMatch(), NoMatch(), MustWait(clock() + MINUTE)]
    assert isinstance(visitor.types(digits), MustWait)


def test_what_was_collected_nobody_collects_again(visitor: Visitor) -> None:
    digits, job_id = ordered(visitor)
    visitor.gets_it_made(job_id)
    assert isinstance(visitor.types(digits), JobFound)
    visitor.answers(Collected(job_id))
    assert visitor.types(digits) == NoMatch()


def test_a_job_of_another_kiosk_is_not_collected_here(visitor: Visitor, kiosk: Kiosk) -> None:
    digits, _ = ordered(visitor)
    elsewhere = replace(visitor.attendant.door.room, kiosk="cellar")
    visitor.attendant.door.room = elsewhere
    assert visitor.types(digits) == NoMatch()


def test_a_bearer_whose_job_was_cancelled_is_told_so(visitor: Visitor) -> None:
    digits, job_id = ordered(visitor)
    jobs = visitor.kiosk.appliance.store.jobs
    jobs.advance(jobs.get(job_id), Cancel("robin"))
    back = visitor.types(digits)
    assert isinstance(back, JobFound)
    assert back.glance.state.value == "CANCELLED"


# The lock of a kiosk


def guess(visitor: Visitor, tries: int) -> list[Event]:
    """Try as many codes, with any date."""
    return [visitor.types(f"{number:08}", WRONG) for number in range(tries)]


def test_after_twenty_wrong_tries_nobody_is_let_in_for_an_hour(
    visitor: Visitor, clock: HeldClock
) -> None:
    digits, begun = visitor.fetch_code(), clock()
    assert guess(visitor, 20) == [NoMatch()] * 20
    clock.now += MINUTE
    assert visitor.types(digits) == MustWait(begun + HOUR)
    assert visitor.scans(MARIA.patient_id) == MustWait(begun + HOUR)
    clock.now = begun + HOUR
    assert isinstance(visitor.types(digits), Found)


def test_the_closing_is_in_the_chain_of_events(visitor: Visitor, clock: HeldClock) -> None:
    guess(visitor, 20)
    *_, event = visitor.kiosk.appliance.store.audit.events()
    assert event.kind is AuditKind.KIOSK_LOCKED
    assert event.fields == {"kiosk": "lobby", "until": (clock() + HOUR).isoformat()}


def test_wristbands_and_codes_count_together_and_right_ones_do_not(visitor: Visitor) -> None:
    digits = visitor.fetch_code()
    guess(visitor, 10)
    for _ in range(10):
        assert isinstance(visitor.types(digits), Found)
    for _ in range(9):
        visitor.scans("EX-9999")
    assert isinstance(visitor.types(digits), Found)
    visitor.scans("EX-9999")
    assert isinstance(visitor.types(digits), MustWait)


def test_one_kiosk_closes_alone(visitor: Visitor, kiosk: Kiosk) -> None:
    digits = visitor.fetch_code()
    guess(visitor, 20)
    assert isinstance(visitor.types(digits), MustWait)
    visitor.restart()
    assert isinstance(visitor.types(digits), Found)


def test_a_try_at_two_kiosks_at_once_counts_at_both(visitor: Visitor, clock: HeldClock) -> None:
    """Whoever is faster, no try at a code is lost."""
    digits = visitor.fetch_code()
    other = Visitor(visitor.kiosk)
    told = [each.types(digits, WRONG) for each in (visitor, other, visitor)]
    assert told == [NoMatch(), NoMatch(), MustWait(clock() + MINUTE)]


# What is kept, and what is written down


def test_every_try_is_in_the_chain_without_the_person(visitor: Visitor) -> None:
    digits = visitor.fetch_code()
    visitor.types(digits, WRONG)
    visitor.types(digits)
    visitor.scans("EX-9999")
    assert checks(visitor.kiosk) == [
        {"method": "code", "result": "no-match", "kiosk": "lobby"},
        {"method": "code", "result": "found", "kiosk": "lobby"},
        {"method": "wristband", "result": "no-match", "kiosk": "lobby"},
    ]
    assert visitor.kiosk.appliance.store.audit.verify() > 0


def test_a_trouble_is_in_the_chain_by_its_code(visitor: Visitor) -> None:
    digits = visitor.fetch_code()
    visitor.kiosk.break_archive(away=True)
    visitor.types(digits)
    assert checks(visitor.kiosk)[-1]["result"] == "archive-unreachable"


def test_nothing_of_a_visit_is_kept_after_it(visitor: Visitor) -> None:
    visitor.enters()
    assert visitor.attendant.door.code_works_until is not None
    visitor.answers(Forget())
    assert visitor.attendant.door.code_works_until is None
