"""The whole walk with no display: real session, real kiosk, real worker; touches as a list."""

import queue
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.bootstrap.front import open_front
from kiosk.domain.session.events import (
    Acknowledge,
    Agree,
    Drew,
    Event,
    GoOn,
    OpenSheet,
    PickAuthority,
    PickMedium,
    Scanned,
    SignForSomeone,
    TakeWay,
    Tick,
    TypeDigit,
    TypeLetter,
)
from kiosk.domain.session.facts import Authority, MediumKind
from kiosk.domain.session.places import (
    ChooseStudies,
    Collect,
    Confirm,
    Goodbye,
    Place,
    ReadForm,
    Reason,
    SeeStaff,
    Sheet,
    Waiting,
    Way,
    Welcome,
    WhoFor,
)
from kiosk.media.check import check_medium
from kiosk.media.reader import open_medium
from kiosk.services.identify import identify_at_desk
from kiosk.ui.bridge import Bridge
from tests.builders import MARIA
from tests.journeys.kiosks import Kiosk
from tests.journeys.processes import PATIENCE_S
from tests.services.visit.visitors import devices

BORN = f"{MARIA.birth_date:%m%d%Y}"
STROKE = Drew(tuple((float(n), float(n % 7), n / 60) for n in range(40)))


class Glass:
    """A screen that shows nothing: touches go in, and answers are waited for."""

    def __init__(self, kiosk: Kiosk) -> None:
        kiosk.configure(**devices(kiosk))
        self.kiosk = kiosk
        self._later: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self.bridge = Bridge(
            open_front(kiosk.config), lambda session: None, self._later.put, self._later.put
        )

    @property
    def place(self) -> Any:
        """Where the person stands; each test knows what is true there."""
        return self.bridge.session.place

    def touch(self, *events: Event) -> None:
        for event in events:
            self.bridge.send(event)

    def types(self, digits: str) -> None:
        self.touch(*map(TypeDigit, digits))

    def arrives(self, *places: type[Place], when: Callable[[], bool] = lambda: True) -> None:
        """Wait until the person stands at a place; the clock ticks meanwhile."""
        began = time.monotonic()
        while not (isinstance(self.place, places) and when()):
            assert time.monotonic() - began < PATIENCE_S, self.place
            try:
                self._later.get(timeout=0.1)()
            except queue.Empty:
                self.touch(Tick(self.kiosk.clock()))

    # What the steps have in common

    def comes_in(self) -> None:
        ways = self.kiosk.appliance.ways
        issued = self.kiosk.appliance.codes.issue(
            identify_at_desk(ways, MARIA.patient_id), (), seen="photo ID", by="robin", hours=1
        )
        self.shows(issued.digits)
        self.digits = issued.digits

    def shows(self, digits: str) -> None:
        self.touch(Scanned(digits))
        self.types(BORN)
        self.touch(GoOn())

    def reads_and_signs(self) -> None:
        self.arrives(ReadForm, when=lambda: self.place.form is not None)
        while not self.place.is_last_page:
            self.touch(GoOn())
        self.touch(Acknowledge(), GoOn(), STROKE, GoOn())
        self.arrives(Confirm)
        self.touch(GoOn())


@pytest.fixture
def glass(kiosk: Kiosk) -> Iterator[Glass]:
    made = Glass(kiosk)
    yield made
    made.bridge.close()


@pytest.mark.parametrize("medium", [MediumKind.DISC, MediumKind.OWN_STICK])
def test_from_welcome_to_goodbye(glass: Glass, medium: MediumKind) -> None:
    glass.comes_in()
    glass.arrives(ChooseStudies, when=lambda: glass.place.wish.known.exams[0].thumbnail is not None)
    glass.touch(GoOn(), PickMedium(medium), GoOn())
    glass.arrives(WhoFor)
    glass.touch(GoOn())
    glass.reads_and_signs()
    with glass.kiosk.worker():
        glass.arrives(Collect, when=lambda: glass.place.label is not None)
    assert any("Maria Example" in line for line in glass.place.label.shared)
    assert glass.place.glance.receipt_printed
    glass.touch(GoOn())
    glass.arrives(Goodbye)
    glass.touch(GoOn())
    glass.arrives(Welcome)
    glass.touch(Tick(glass.kiosk.clock()))
    assert glass.place.tickets == ()
    media = glass.kiosk.folder / ("discs" if medium is MediumKind.DISC else "stick")
    (made,) = media.iterdir()
    with open_medium(made) as reader:
        assert check_medium(reader, lambda files, size: None).holds
    assert len(list((glass.kiosk.folder / "printed").glob("*.pdf"))) == 1


def test_who_sits_down_is_called_and_comes_back_with_the_slip(glass: Glass) -> None:
    glass.comes_in()
    glass.arrives(ChooseStudies)
    glass.touch(GoOn(), GoOn(), GoOn())
    glass.reads_and_signs()
    glass.arrives(Waiting)
    glass.touch(GoOn())
    glass.arrives(Welcome, when=lambda: len(glass.place.tickets) == 1)
    with glass.kiosk.worker():
        glass.arrives(Welcome, when=lambda: glass.place.tickets[0].minutes_left == 0)
    assert glass.place.tickets[0].ticket == "A-01"
    glass.shows(glass.digits)
    glass.arrives(Collect)


def test_a_parent_is_held_for_staff(glass: Glass) -> None:
    glass.comes_in()
    glass.arrives(ChooseStudies)
    glass.touch(GoOn(), GoOn(), SignForSomeone(), PickAuthority(Authority.PARENT), GoOn())
    glass.touch(*map(TypeLetter, "Paula Example"), GoOn())
    glass.reads_and_signs()
    with glass.kiosk.worker():
        glass.arrives(Waiting, when=lambda: glass.place.glance.state.value == "HELD")


def test_who_changes_their_mind_gets_no_copy(glass: Glass) -> None:
    glass.comes_in()
    glass.arrives(ChooseStudies)
    glass.touch(GoOn(), GoOn(), GoOn())
    glass.reads_and_signs()
    glass.arrives(Waiting)
    glass.touch(OpenSheet(Sheet.CANCEL_DISC), Agree())
    glass.arrives(Goodbye)


def test_an_archive_that_is_away_is_tried_again(glass: Glass) -> None:
    glass.comes_in()
    glass.arrives(ChooseStudies)
    glass.touch(OpenSheet(Sheet.START_OVER), Agree())
    glass.arrives(Welcome)
    glass.kiosk.break_archive(away=True)
    glass.shows(glass.digits)
    glass.arrives(SeeStaff)
    assert glass.place.reason is Reason.ARCHIVE_AWAY
    glass.kiosk.mend_archive()
    glass.touch(TakeWay(Way.TRY_AGAIN))
    glass.arrives(ChooseStudies)
