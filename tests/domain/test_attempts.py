"""Wrong tries at one kiosk: twenty in any hour, and no more."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.attempts import HOUR, WRONG_AN_HOUR, Attempts
from tests.domain.releases import NOON

SECOND = timedelta(seconds=1)


def after(tries: int, every: timedelta = SECOND) -> Attempts:
    attempts = Attempts()
    for number in range(tries):
        attempts = attempts.after_wrong(NOON + number * every)
    return attempts


def test_nineteen_wrong_tries_close_nothing_and_the_twentieth_does() -> None:
    assert WRONG_AN_HOUR == 20
    now = NOON + timedelta(minutes=1)
    assert after(19).closed_until(now) is None
    assert after(20).closed_until(now) == NOON + HOUR


def test_it_opens_when_the_first_of_them_is_an_hour_old() -> None:
    until = NOON + HOUR
    assert after(20).closed_until(until - SECOND) == until
    assert after(20).closed_until(until) is None


def test_one_more_wrong_try_then_closes_it_until_the_second_is_an_hour_old() -> None:
    again = after(20).after_wrong(NOON + HOUR)
    assert again.closed_until(NOON + HOUR) == NOON + SECOND + HOUR


def test_tries_every_four_minutes_never_close_it() -> None:
    attempts = after(200, timedelta(minutes=4))
    assert attempts.closed_until(NOON + 200 * timedelta(minutes=4)) is None


@given(st.lists(st.integers(0, 900), max_size=120))
def test_whoever_tries_as_often_as_possible_has_twenty_tries_in_any_hour(pauses: list[int]) -> None:
    attempts, now, tried = Attempts(), NOON, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        if attempts.closed_until(now) is None:
            attempts = attempts.after_wrong(now)
            tried.append(now)
    for begin in tried:
        assert sum(begin <= at < begin + HOUR for at in tried) <= WRONG_AN_HOUR
    assert len(attempts.wrong_at) <= WRONG_AN_HOUR
