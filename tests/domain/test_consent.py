"""A consent: who must approve it, when it was touched, and when it ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.consent import (
    ELECTRONIC_SIGNATURE,
    FEE,
    UNENCRYPTED_MEDIUM,
    Acknowledgement,
    Drawn,
    Point,
    Signer,
    SignerRole,
    Typed,
    UntilDay,
    UntilEvent,
    is_signed,
)
from tests.domain.releases import NOON, consent

SHORT_STROKE: tuple[Point, ...] = ((12.1, 4.0, 0.0), (12.9, 4.4, 0.016))


def test_staff_must_see_every_authority_and_no_patient_needs_one() -> None:
    parent = Signer(SignerRole.REPRESENTATIVE, "Paula Example", "parent")
    assert replace(consent(), signer=parent).needs_approval
    assert not consent().needs_approval


@pytest.mark.parametrize(
    "signature",
    [
        Typed(""),
        Typed("  "),
        Drawn(()),
        Drawn(((),)),
        Drawn((((1.0, 1.0, 0.0),),)),
        Drawn((((1.0, 1.0, 0.0), (1.0, 1.0, 0.5)),)),
        Drawn((((1.0, 1.0, 0.0, 0.2), (1.0, 1.0, 0.5, 0.9)), ((2.0, 2.0, 1.0),))),
    ],
    ids=["nothing", "blanks", "no-stroke", "no-point", "touch", "held-touch", "two-touches"],
)
def test_what_has_no_length_is_no_signature(signature: Typed | Drawn) -> None:
    assert not is_signed(signature)


def test_one_stroke_with_a_length_among_touches_is_a_signature() -> None:
    assert is_signed(Drawn((((1.0, 1.0, 0.0),), SHORT_STROKE)))


def test_each_sentence_has_the_time_at_which_it_was_touched() -> None:
    later = NOON + timedelta(seconds=9)
    acknowledged = (
        Acknowledgement(UNENCRYPTED_MEDIUM, NOON),
        Acknowledgement(ELECTRONIC_SIGNATURE, later),
    )
    signed = replace(consent(), acknowledged=acknowledged)
    assert signed.touched_at(UNENCRYPTED_MEDIUM) == NOON
    assert signed.touched_at(ELECTRONIC_SIGNATURE) == later
    assert signed.touched_at(FEE) is None


CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("now", "expired"),
    [
        (datetime(2026, 11, 30, 12, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 5, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 6, tzinfo=UTC), True),
        (datetime(2027, 1, 1, tzinfo=UTC), True),
    ],
)
def test_the_last_day_ends_when_it_ends_at_the_hospital(now: datetime, expired: bool) -> None:
    signed = replace(consent(), expires=UntilDay(date(2026, 11, 30)))
    assert signed.has_expired(now, CHICAGO) is expired


@pytest.mark.parametrize("expires", [None, UntilEvent("the court case is over")])
def test_no_clock_knows_when_an_event_happens(expires: UntilEvent | None) -> None:
    assert not replace(consent(), expires=expires).has_expired(
        datetime.max.replace(tzinfo=UTC), UTC
    )
