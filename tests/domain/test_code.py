"""Release codes: who may try how often, and for how long a code lives."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.code import (
    DIGITS,
    LONGEST_VALIDITY,
    REST,
    TRIES_BEFORE_REST,
    TRIES_BEFORE_VOID,
    CodeState,
    ReleaseCode,
    TryResult,
    allows,
    new_digits,
    try_code,
    use_up,
    validity,
    void,
)
from tests.domain.releases import MARIA, NOON, code

RIGHT = MARIA.birth_date
WRONG = date(1970, 4, 2)


def after_wrong_tries(tries: int) -> ReleaseCode:
    tried, now = code(), NOON
    for _ in range(tries):
        tried, _ = try_code(tried, WRONG, now)
        now += REST
    return tried


def test_digits_are_eight_decimal_digits_with_their_zeros() -> None:
    drawn = {new_digits() for _ in range(500)}
    assert all(len(digits) == DIGITS == 8 and digits.isdecimal() for digits in drawn)
    assert len(drawn) > 495
    assert any(digits.startswith("0") for digits in drawn)


def test_the_right_date_is_accepted() -> None:
    tried, result = try_code(code(), RIGHT, NOON)
    assert result is TryResult.ACCEPTED
    assert tried == code()


def test_a_code_that_was_used_up_only_brings_its_bearer_back() -> None:
    used = use_up(code())
    assert used.state is CodeState.USED
    assert try_code(used, RIGHT, NOON) == (used, TryResult.RETURNING)
    assert try_code(used, RIGHT, used.expires_at)[1] is TryResult.RETURNING
    assert not allows(used, MARIA, used.study_uids, NOON)


@pytest.mark.parametrize("kept", [use_up(code()), replace(code(), expires_at=NOON)])
def test_the_date_of_a_used_or_expired_code_cannot_be_guessed_either(kept: ReleaseCode) -> None:
    now, results = NOON, []
    for _ in range(TRIES_BEFORE_VOID):
        kept, result = try_code(kept, WRONG, now)
        results.append(result)
        now += REST
    assert results[:3] == [TryResult.WRONG, TryResult.WRONG, TryResult.MUST_WAIT]
    assert try_code(kept, RIGHT, now)[1] is TryResult.VOID


def test_three_wrong_tries_wait_and_five_make_it_void() -> None:
    tried, now, results = code(), NOON, []
    for _ in range(TRIES_BEFORE_VOID):
        tried, result = try_code(tried, WRONG, now)
        results.append(result)
        now += REST
    assert results == [
        TryResult.WRONG,
        TryResult.WRONG,
        TryResult.MUST_WAIT,
        TryResult.MUST_WAIT,
        TryResult.VOID,
    ]
    assert tried.state is CodeState.VOID
    assert try_code(tried, RIGHT, now) == (tried, TryResult.VOID)


@pytest.mark.parametrize("tries", [TRIES_BEFORE_REST, TRIES_BEFORE_REST + 1])
def test_even_the_right_date_waits_a_minute_and_the_waiting_is_no_try(tries: int) -> None:
    tried = after_wrong_tries(tries)
    assert tried.rests_until is not None
    just_before = tried.rests_until - timedelta(microseconds=1)
    for birth_date in (RIGHT, WRONG):
        assert try_code(tried, birth_date, just_before) == (tried, TryResult.MUST_WAIT)
    assert try_code(tried, RIGHT, tried.rests_until)[1] is TryResult.ACCEPTED


def test_the_right_date_forgives_the_wrong_ones() -> None:
    accepted, _ = try_code(after_wrong_tries(2), RIGHT, NOON)
    assert (accepted.wrong_tries, accepted.rests_until) == (0, None)


def test_a_code_expires_at_its_time_and_not_before() -> None:
    expires_at = code().expires_at
    assert try_code(code(), RIGHT, expires_at - timedelta(microseconds=1))[1] is TryResult.ACCEPTED
    assert try_code(code(), RIGHT, expires_at) == (code(), TryResult.WRONG)


def test_used_expired_and_wrong_are_told_apart_by_nobody() -> None:
    """45 CFR 164.514(h): a stranger learns nothing from a refusal."""
    now = code().expires_at
    results = {
        try_code(use_up(code()), WRONG, NOON)[1],
        try_code(code(), RIGHT, now)[1],
        try_code(code(), WRONG, NOON)[1],
    }
    assert results == {TryResult.WRONG}


def test_staff_can_make_a_code_void() -> None:
    assert try_code(void(code()), RIGHT, NOON) == (void(code()), TryResult.VOID)


@pytest.mark.parametrize(("hours", "lives"), [(1, 1), (24, 24), (25, 24), (0.5, 0.5), (1e6, 24)])
def test_no_code_lives_longer_than_a_day(hours: float, lives: float) -> None:
    assert validity(hours) == timedelta(hours=lives)
    assert timedelta(hours=24) == LONGEST_VALIDITY


tries = st.tuples(
    st.sampled_from([RIGHT, WRONG]),
    st.sampled_from([timedelta(0), timedelta(seconds=59), REST, timedelta(minutes=5)]),
)


@given(st.lists(tries, max_size=30))
def test_nobody_gets_more_than_five_wrong_tries(way: list[tuple[date, timedelta]]) -> None:
    tried, now, wrong_in_a_row = code(), NOON, 0
    for birth_date, pause in way:
        now += pause
        before = tried
        tried, result = try_code(before, birth_date, now)
        if result is TryResult.ACCEPTED:
            assert birth_date == RIGHT
            wrong_in_a_row = 0
        elif tried != before:
            wrong_in_a_row += 1
        assert tried.wrong_tries == wrong_in_a_row <= TRIES_BEFORE_VOID
        assert (tried.state is CodeState.VOID) == (wrong_in_a_row == TRIES_BEFORE_VOID)


@given(st.lists(tries, max_size=30))
def test_a_try_changes_only_what_a_try_may(way: list[tuple[date, timedelta]]) -> None:
    tried, now = code(), NOON
    for birth_date, pause in way:
        now += pause
        tried, _ = try_code(tried, birth_date, now)
    assert replace(tried, state=CodeState.OPEN, wrong_tries=0, rests_until=None) == code()
