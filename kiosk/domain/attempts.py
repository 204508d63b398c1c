"""How many wrong tries one kiosk bears before it takes none for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

WRONG_AN_HOUR = 20
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Attempts:
    """The wrong tries at one kiosk, of any credential, as far as they still count."""

    wrong_at: tuple[datetime, ...] = ()
    """Oldest first."""

    def after_wrong(self, now: datetime) -> "Attempts":
        """Return the tries with one more; those that are an hour old no longer count."""
        return Attempts((*self._recent(now), now))

    def closed_until(self, now: datetime) -> datetime | None:
        """Return when the next try is taken, or None when it may be now."""
        recent = self._recent(now)
        return recent[-WRONG_AN_HOUR] + HOUR if len(recent) >= WRONG_AN_HOUR else None

    def _recent(self, now: datetime) -> tuple[datetime, ...]:
        return tuple(at for at in self.wrong_at if now - at < HOUR)
