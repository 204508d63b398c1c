"""What every headphone jack says: the real ones on a bus that umockdev makes, and the folder."""

import queue
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.headphones import JackHeadphones
from hardware.simulated.headphones import FolderHeadphones, Plug, put
from kiosk.domain.device import Jack, NoJack, PluggedIn, Unplugged
from kiosk.ports import Headphones
from tests.hardware.mock_udev import MockUdev

PATIENCE_S = 5
LINE_OUT_AND_SCREEN = 1 << 6 | 1 << 8

Turn = Callable[[Plug], None]


class Contract:
    """What holds for every maker; the jack is there and empty to begin with."""

    def test_an_empty_jack_says_so(self, headphones: Headphones) -> None:
        assert headphones.jack() == Unplugged()

    def test_the_jack_says_whether_headphones_are_in(
        self, headphones: Headphones, turn: Turn
    ) -> None:
        turn(Plug.IN)
        assert headphones.jack() == PluggedIn()
        turn(Plug.OUT)
        assert headphones.jack() == Unplugged()

    def test_a_jack_that_is_taken_away_is_none(self, headphones: Headphones, turn: Turn) -> None:
        turn(Plug.NO_JACK)
        assert headphones.jack() == NoJack()

    def test_a_watch_tells_each_change_once(self, headphones: Headphones, turn: Turn) -> None:
        told: queue.Queue[Jack] = queue.Queue()
        with headphones.watched(told.put):
            for plug, jack in (
                (Plug.IN, PluggedIn()),
                (Plug.OUT, Unplugged()),
                (Plug.IN, PluggedIn()),
                (Plug.NO_JACK, NoJack()),
            ):
                turn(plug)
                assert told.get(timeout=PATIENCE_S) == jack
        assert told.empty()

    def test_nothing_is_told_after_the_watch(self, headphones: Headphones, turn: Turn) -> None:
        told: queue.Queue[Jack] = queue.Queue()
        with headphones.watched(told.put):
            pass
        turn(Plug.IN)
        with headphones.watched(lambda _: None):
            assert told.empty()


class TestJack(Contract):
    @pytest.fixture
    def headphones(self, udev: MockUdev | None) -> Headphones | None:
        if udev is None:
            return None
        udev.add_keyboard(1)
        udev.add_jack(2)
        return JackHeadphones()

    @pytest.fixture
    def turn(self, udev: MockUdev) -> Turn:
        def _turn(plug: Plug) -> None:
            if plug is Plug.NO_JACK:
                udev.remove_jack(2)
            else:
                udev.switch(2, on=plug is Plug.IN)

        return _turn


class TestFolder(Contract):
    @pytest.fixture
    def headphones(self, tmp_path: Path) -> Headphones:
        return FolderHeadphones(tmp_path)

    @pytest.fixture
    def turn(self, tmp_path: Path) -> Turn:
        return lambda plug: put(tmp_path, plug)


# only real ones


def test_a_screens_sound_is_no_headphone_jack(udev: MockUdev) -> None:
    udev.add_jack(2, LINE_OUT_AND_SCREEN)
    assert JackHeadphones().jack() == NoJack()


def test_headphones_in_one_of_two_jacks_are_enough(udev: MockUdev) -> None:
    udev.add_jack(2)
    udev.add_jack(5)
    udev.switch(5, on=True)
    assert JackHeadphones().jack() == PluggedIn()


def test_a_sound_card_that_returns_is_watched_again(udev: MockUdev) -> None:
    udev.add_jack(2)
    told: queue.Queue[Jack] = queue.Queue()
    with JackHeadphones().watched(told.put):
        udev.remove_jack(2)
        assert told.get(timeout=PATIENCE_S) == NoJack()
        udev.add_jack(9)
        assert told.get(timeout=PATIENCE_S) == Unplugged()
        udev.switch(9, on=True)
        assert told.get(timeout=PATIENCE_S) == PluggedIn()
