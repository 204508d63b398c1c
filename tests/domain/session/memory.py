"""What a session still holds of a person: every object that can be reached from it is looked at."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from kiosk.domain.session.facts import (
    CodeTyped,
    DateTyped,
    Exam,
    FormPage,
    Known,
    Label,
    ShownForm,
    Wish,
    WristbandScanned,
)
from kiosk.domain.session.places import Ink, Session
from kiosk.domain.study import Patient, Study
from tests.domain.session.people import SECRETS

OF_SOMEBODY = (
    CodeTyped,
    DateTyped,
    Exam,
    FormPage,
    Ink,
    Known,
    Label,
    Patient,
    ShownForm,
    Study,
    Wish,
    WristbandScanned,
    bytes,
    float,
)
"""A picture and the figures of a stroke are bytes and floats."""


def knows_of_somebody(session: Session) -> list[object]:
    """Return all that a session holds of a person; nothing where it is as it should be."""
    return [thing for thing in reached_from(session) if _is_of_somebody(thing)]


def reached_from(thing: object) -> Iterator[object]:
    yield thing
    if is_dataclass(thing):
        for each in fields(thing):
            yield from reached_from(getattr(thing, each.name))
    elif isinstance(thing, (tuple, frozenset)):
        for each in thing:
            yield from reached_from(each)


def _is_of_somebody(thing: object) -> bool:
    if isinstance(thing, date) and not isinstance(thing, datetime):
        return True
    if isinstance(thing, str):
        return any(secret in thing for secret in SECRETS)
    return isinstance(thing, OF_SOMEBODY)
