"""Between the glass and the walk: events in, the session out, asks performed elsewhere."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from kiosk.domain.session.asks import Ask, LookAtExams
from kiosk.domain.session.events import Event, Touch, Touched
from kiosk.domain.session.places import Session
from kiosk.domain.session.walk import NotNow, begin, step
from kiosk.ui.front import Front

log = structlog.get_logger()

Later = Callable[[Callable[[], None]], None]
"""Runs something soon on the screen's own thread."""


class Bridge:
    """Holds the one session; everything here but the asks runs on the screen's thread.

    Parameters
    ----------
    show : callable
        Told the session whenever it may look different.
    once_seen : callable
        Runs something on the screen's thread when what the session says now has been seen: work
        begun before would keep the answer to a touch waiting.
    """

    def __init__(
        self, front: Front, show: Callable[[Session], None], later: Later, once_seen: Later
    ) -> None:
        self._front = front
        self._show = show
        self._later = later
        self._once_seen = once_seen
        self.session = begin(front.rules, front.clock())
        self._pending: set[tuple[int, Ask]] = set()
        self._is_open = True
        self._asks = ThreadPoolExecutor(1, "ask")
        # Thumbnails take their time; nobody shall wait behind them.
        self._looks = ThreadPoolExecutor(1, "look")

    def send(self, event: Event) -> None:
        """Let an event move the session, if it fits."""
        try:
            session, asks = step(self.session, event)
        except NotNow as refused:
            log.debug("refused", why=str(refused))
            if isinstance(event, Touch):
                self.send(Touched())  # a key that does nothing is touched by somebody
            return
        self.session = session
        for ask in asks:
            self._ask(ask)
        self._show(session)

    def close(self) -> None:
        """End the threads; what they are doing is finished first, unless it was only a look."""
        self._is_open = False
        self._asks.shutdown(cancel_futures=True)
        self._looks.shutdown(cancel_futures=True)

    def _ask(self, ask: Ask) -> None:
        # What is looked at once a second may take longer than that.
        visit = self.session.visit
        if (visit, ask) in self._pending:
            return
        self._pending.add((visit, ask))
        self._once_seen(lambda: self._begin(ask, visit))

    def _begin(self, ask: Ask, visit: int) -> None:
        pool = self._looks if isinstance(ask, LookAtExams) else self._asks
        if self._is_open:
            pool.submit(self._perform, ask, visit)

    def _perform(self, ask: Ask, visit: int) -> None:
        def tell(event: Event) -> None:
            self._later(lambda: self._answered(visit, ask, event))

        try:
            self._front.perform(ask, tell, lambda: self._is_open and self.session.visit == visit)
        finally:
            self._later(lambda: self._pending.discard((visit, ask)))

    def _answered(self, visit: int, ask: Ask, event: Event) -> None:
        """Take an answer, unless the person who asked is gone; the same may be asked again then."""
        self._pending.discard((visit, ask))
        if visit == self.session.visit:
            self.send(event)
