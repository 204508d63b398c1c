"""The recorded patient's signature: strokes that a hand could have drawn."""

import math
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from kiosk.demo.hand import STANDS_AT_MM
from kiosk.demo.patient import recorded_signature
from kiosk.domain.consent import (
    UNENCRYPTED_MEDIUM,
    Acknowledgement,
    Consent,
    Signer,
    SignerRole,
)
from kiosk.domain.elements import missing_in_consent

BOX_MM = (80, 25)


def test_the_signature_makes_a_consent_complete() -> None:
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)
    consent = Consent(
        signer=Signer(SignerRole.PATIENT, "Maria Example"),
        language="en",
        recipient="self",
        purpose="personal-copy",
        acknowledged=(Acknowledgement(UNENCRYPTED_MEDIUM, now),),
        signature=recorded_signature(),
        signed_at=now,
    )
    assert missing_in_consent(consent) == []


def test_the_strokes_fit_into_a_signature_box() -> None:
    points = [point for stroke in recorded_signature().strokes for point in stroke]
    assert all(0 < x < BOX_MM[0] and 0 < y < BOX_MM[1] for x, y, *_ in points)
    assert max(x for x, *_ in points) - min(x for x, *_ in points) > 40


def test_the_letters_stand_where_the_hand_puts_the_line() -> None:
    first = recorded_signature().strokes[0]
    assert max(y for _, y, *_ in first) == pytest.approx(STANDS_AT_MM, abs=0.1)


def test_time_only_goes_forward_from_the_first_touch() -> None:
    times = [point[2] for stroke in recorded_signature().strokes for point in stroke]
    assert times[0] == 0
    assert all(earlier < later for earlier, later in pairwise(times))
    assert 2 < times[-1] < 10


def test_the_pen_moves_as_fast_as_a_hand_and_presses() -> None:
    for stroke in recorded_signature().strokes:
        assert all(0 < point[3] <= 1 for point in stroke if len(point) == 4)
        for (x, y, t, *_), (next_x, next_y, next_t, *_) in pairwise(stroke):
            assert math.hypot(next_x - x, next_y - y) / (next_t - t) < 250
