"""A second process on the same store, told by its arguments what to do there."""

import sys
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from kiosk.domain.audit import AuditKind
from kiosk.domain.job import Accept
from kiosk.errors import JobChangedMeanwhile, KioskError
from kiosk.store.opening import Store, open_store
from tests.domain.releases import WHOLE_WAY, release


def say(*words: object) -> None:
    sys.stdout.write(f"{' '.join(map(str, words))}\n")
    sys.stdout.flush()


def append(store: Store, how_many: str) -> None:
    """Append so many events, once a line arrives."""
    say("ready")
    sys.stdin.readline()
    for number in range(int(how_many)):
        store.audit.append(AuditKind.AUDIT_READ, {"by": str(number)})


def sign(store: Store, how_many: str) -> None:
    """Add so many jobs, once a line arrives."""
    say("ready")
    sys.stdin.readline()
    for _ in range(int(how_many)):
        store.jobs.add(release(), "kiosk-1", uuid.uuid4().hex, b"form")


def race(store: Store) -> None:
    """For every job named on a line: read it, say so, and move it when told to go."""
    say("ready")
    for line in sys.stdin:
        job = store.jobs.get(line.strip())
        say("holding")
        sys.stdin.readline()
        try:
            store.jobs.advance(job, Accept())
        except JobChangedMeanwhile:
            say("lost")
        else:
            say("won")


def churn(store: Store) -> None:
    """Add jobs and move them to their end for ever, saying what is done once it is."""
    say("ready")
    while True:
        job = store.jobs.add(release(), "kiosk-1", uuid.uuid4().hex, b"form" * 5000)
        say(job.job_id, job.version)
        for event in WHOLE_WAY:
            job = store.jobs.advance(job, event)
            say(job.job_id, job.version)


def fill(store: Store) -> None:
    """Add jobs until the store refuses; then say how it put it."""
    while True:
        try:
            store.jobs.add(release(), "kiosk-1", uuid.uuid4().hex, b"form" * 5000)
        except KioskError as error:
            say(error.code, error)
            return


def look(store: Store) -> None:
    """Say how long the chain is and then how an append is refused."""
    try:
        say("length", store.audit.verify())
        store.audit.append(AuditKind.AUDIT_READ, {})
    except KioskError as error:
        say(error.code, error)


DEEDS: dict[str, Callable[..., None]] = {
    deed.__name__: deed for deed in (append, sign, race, churn, fill, look)
}

if __name__ == "__main__":
    deed, url, *rest = sys.argv[1:]
    try:
        with open_store(url, lambda: datetime.now(UTC)) as opened:
            DEEDS[deed](opened, *rest)
    except KioskError as failure:
        say(failure.code, failure)
