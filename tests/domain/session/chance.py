"""Whatever may happen, in any order, from anywhere; for hypothesis to choose from."""

from dataclasses import dataclass

from hypothesis import strategies as st

from kiosk.domain.session.asks import Ask
from kiosk.domain.session.events import Acknowledge, Drew, Event, GoOn, Scanned
from kiosk.domain.session.places import Closed, Goodbye, Session, Welcome
from kiosk.domain.session.walk import NotNow, step
from tests.domain.session.people import CODE, FOUND, sealed
from tests.domain.session.stands import COVERED, HAPPENINGS, STANDS
from tests.domain.session.steps import Doing, digits, event_of, the_form
from tests.domain.session.way import STROKE

EVERY_STAND = tuple((STANDS | COVERED).values())
NOBODY = (Welcome, Goodbye, Closed)

starts = st.sampled_from(EVERY_STAND)
# What leads on comes oftener: without it few would come far.
DATE = [Scanned(CODE), *digits("05141948"), GoOn(), FOUND]
SIGNED = [the_form, GoOn(), Acknowledge(), GoOn(), Drew(STROKE), GoOn(), GoOn(), sealed()]
LEADS_ON: tuple[list[Doing], ...] = ([GoOn()], [GoOn()], DATE, SIGNED)
DECK = [[one] for one in HAPPENINGS] + [*LEADS_ON] * 20
happenings = st.binary(min_size=15, max_size=40).map(
    lambda drawn: [doing for byte in drawn for doing in DECK[byte % len(DECK)]]
)


@dataclass(frozen=True)
class Moved:
    """One event that was taken."""

    before: Session
    event: Event
    after: Session
    asks: tuple[Ask, ...]

    def asked_for(self, kind: type[Ask]) -> list[Ask]:
        return [ask for ask in self.asks if isinstance(ask, kind)]


def moves(session: Session, doings: list[Doing]) -> list[Moved]:
    """Let everything happen; any exception but a refusal goes through."""
    moved = []
    for doing in doings:
        event = event_of(doing, session)
        try:
            after_it, asks = step(session, event)
        except NotNow:
            continue
        moved.append(Moved(session, event, after_it, asks))
        session = after_it
    return moved
