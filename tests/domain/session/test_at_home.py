"""How the kiosk stands when nobody is there: its language, its voice, open or closed."""

from kiosk.domain.session.asks import Forget, LookAtQueue
from kiosk.domain.session.events import CallStaff, GoOn, HeadphonesChanged, OpenSheet, OutOfService
from kiosk.domain.session.facts import Comfort
from kiosk.domain.session.places import ChooseStudies, Closed, Sheet, StillThere, Welcome
from kiosk.domain.session.walk import NotNow
from tests.domain.session.memory import knows_of_somebody
from tests.domain.session.people import QUEUE
from tests.domain.session.steps import after, at, comfort, there, walk
from tests.domain.session.way import TO_EXAMS


def test_welcome_goes_back_to_the_language_of_the_house_when_nobody_comes() -> None:
    changed = there(comfort(language="es", large_text=True), CallStaff(), QUEUE)
    walk(changed, (at("00:59"), lambda s: s.comfort.language == "es"))
    reset = walk(changed, OpenSheet(Sheet.LANGUAGES), (at("01:00"), Welcome, LookAtQueue)).session
    assert (reset.comfort, reset.staff_called_at) == (Comfort(), None)
    assert reset.place == Welcome(QUEUE.tickets)


def test_headphones_lead_the_voice_and_a_hidden_screen_never_leaves_anybody_alone() -> None:
    speaks = HeadphonesChanged(plugged_in=True)
    hidden = comfort(read_aloud=True, screen_hidden=True)
    walk(
        there(*TO_EXAMS),
        (hidden, lambda s: not s.comfort.screen_hidden),
        (speaks, ChooseStudies, lambda s: s.comfort.read_aloud),
        (hidden, lambda s: s.comfort.screen_hidden),
        (comfort(read_aloud=False), lambda s: not s.comfort.screen_hidden),
        (hidden, lambda s: s.comfort.screen_hidden),
        (HeadphonesChanged(plugged_in=False), lambda s: s.comfort == Comfort()),
    )
    left = there(speaks, hidden, *TO_EXAMS, after(60), after(30))
    assert left.comfort == Comfort(read_aloud=True)
    assert left.headphones_in


def test_a_kiosk_out_of_service_closes_when_nobody_is_there() -> None:
    closes = OutOfService(closed=True)
    closed = walk(
        there(*TO_EXAMS),
        (closes, ChooseStudies),
        (after(60), StillThere),
        (after(30), Welcome),
        (comfort(language="es"), Welcome),
        (closes, Closed, Forget),
        (GoOn(), NotNow),
        (closes, Closed),
        (after(600), Closed, LookAtQueue),
    ).session
    assert closed.comfort == Comfort()
    assert not knows_of_somebody(closed)
    walk(closed, (OutOfService(closed=False), Welcome), (OutOfService(closed=False), Welcome))
