"""What goes wrong at the real window: wrong codes, an archive that dies, people who walk away."""

import pytest

from kiosk.demo.orthanc import Orthanc
from kiosk.domain.session.places import (
    ChooseStudies,
    Collect,
    Confirm,
    EnterDate,
    Notice,
    ReadForm,
    Reason,
    SeeStaff,
    Sheet,
    StillThere,
    Waiting,
    Way,
    Welcome,
    WhoFor,
)
from tests.journeys.kiosks import Kiosk
from tests.window.conftest import BORN, Opens
from tests.window.glass import Glass

pytestmark = pytest.mark.lab

WRONG = "01021990"


def comes_to_the_exams(glass: Glass, digits: str) -> None:
    glass.scan(digits)
    glass.types(BORN)
    glass.touch("go-on")
    glass.stands_at(ChooseStudies, lambda place: all(e.thumbnail for e in place.wish.known.exams))


def comes_to_waiting(glass: Glass, digits: str) -> str:
    """Go to WAITING; return the ticket."""
    comes_to_the_exams(glass, digits)
    for place in (WhoFor, ReadForm):
        glass.touch("go-on")
        if place is WhoFor:
            glass.touch("go-on")
        glass.stands_at(place)
    glass.reads()
    glass.draws()
    glass.touch("go-on")
    glass.stands_at(Confirm)
    glass.touch("go-on")
    ticket: str = glass.stands_at(Waiting).glance.ticket
    return ticket


def test_three_wrong_dates_make_the_keys_rest_for_a_minute(glass: Glass, digits: str) -> None:
    glass.scan(digits)
    for wrong in range(1, 4):
        glass.types(WRONG)
        glass.touch("go-on")
        glass.stands_at(EnterDate, lambda place, wrong=wrong: place.wrong_tries == wrong)
        if wrong < 3:
            assert glass.place.notice is Notice.NO_MATCH
            glass.touch("clear-all")
    assert glass.place.notice is Notice.MUST_WAIT
    assert not [name for name in glass.look().areas if name.startswith("digit")]
    glass.look(later_s=61)
    glass.touch("clear-all")
    glass.types(BORN)
    glass.touch("go-on")
    glass.stands_at(ChooseStudies)


def test_an_archive_that_is_away_is_tried_again(
    glass: Glass, digits: str, orthanc: Orthanc
) -> None:
    glass.scan(digits)
    orthanc.kill()
    try:
        glass.types(BORN)
        glass.touch("go-on")
        trouble = glass.stands_at(SeeStaff)
        assert (trouble.reason, trouble.ways[0]) == (Reason.ARCHIVE_AWAY, Way.TRY_AGAIN)
    finally:
        orthanc.start()
    glass.touch("go-on")
    glass.stands_at(ChooseStudies)


def test_an_archive_that_dies_after_the_signature_is_waited_for(
    kiosk: Kiosk, glass: Glass, digits: str, orthanc: Orthanc
) -> None:
    comes_to_waiting(glass, digits)
    with kiosk.worker():
        orthanc.kill()
        try:
            glass.stands_at(Waiting, lambda place: place.glance.waiting_code)
        finally:
            orthanc.start()
        glass.stands_at(Collect)


def test_who_walks_away_is_asked_and_then_forgotten(glass: Glass, digits: str) -> None:
    comes_to_the_exams(glass, digits)
    glass.look(later_s=61)
    glass.sees(lambda seen: isinstance(seen.session.over, StillThere), "the question")
    glass.touch("keep")
    glass.stands_at(ChooseStudies)
    glass.look(later_s=61)
    glass.sees(lambda seen: isinstance(seen.session.over, StillThere), "the question")
    glass.look(later_s=31)
    glass.stands_at(Welcome)
    assert "Maria" not in " ".join(glass.look().spoken)


def test_who_walks_away_from_a_signed_job_leaves_a_ticket(
    kiosk: Kiosk, glass: Glass, digits: str
) -> None:
    ticket = comes_to_waiting(glass, digits)
    glass.look(later_s=61)
    glass.sees(lambda seen: isinstance(seen.session.over, StillThere), "the question")
    glass.look(later_s=31)
    glass.stands_at(Welcome, lambda place: [line.ticket for line in place.tickets] == [ticket])
    with kiosk.worker():
        glass.stands_at(Welcome, lambda place: place.tickets[0].minutes_left == 0)


def test_another_language_in_the_middle_keeps_the_place(glass: Glass, digits: str) -> None:
    comes_to_the_exams(glass, digits)
    glass.touch("exam-2")
    chosen = glass.place.wish.chosen
    glass.touch("languages")
    glass.touch("language-ar")
    glass.sees(lambda seen: seen.session.comfort.language == "ar", "Arabic")
    if glass.look().session.over is Sheet.LANGUAGES:
        glass.touch("close")
    seen = glass.sees(lambda seen: seen.session.over is None, "the exams")
    assert seen.session.place.wish.chosen == chosen
    assert seen.areas["back"].left > seen.areas["go-on"].left
    assert any("\u0600" <= letter <= "\u06ff" for letter in " ".join(seen.spoken))


@pytest.mark.parametrize("where", ["in the middle", "while the job is made"])
def test_a_window_that_is_killed_comes_back_empty_and_the_job_goes_on(
    kiosk: Kiosk, opens: Opens, digits: str, where: str
) -> None:
    glass = opens()
    if where == "in the middle":
        comes_to_the_exams(glass, digits)
    else:
        ticket = comes_to_waiting(glass, digits)
    glass.kill()
    glass = opens()
    if where == "in the middle":
        assert glass.stands_at(Welcome).tickets == ()
        comes_to_the_exams(glass, digits)
        return
    glass.stands_at(Welcome, lambda place: [line.ticket for line in place.tickets] == [ticket])
    with kiosk.worker():
        glass.stands_at(Welcome, lambda place: place.tickets[0].minutes_left == 0)
    glass.scan(digits)
    glass.types(BORN)
    glass.touch("go-on")
    assert glass.stands_at(Collect).glance.ticket == ticket


def test_a_code_that_is_none_is_told_like_a_wrong_date(glass: Glass) -> None:
    glass.identifies("00000000", BORN)
    assert glass.stands_at(EnterDate, lambda place: place.notice).notice is Notice.NO_MATCH
