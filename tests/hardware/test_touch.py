"""The touch panel comes back."""

import queue

from hardware.touch import panel_watched
from tests.hardware.mock_udev import MockUdev

PATIENCE_S = 5


def test_a_panel_that_returns_under_another_node_is_told_once(udev: MockUdev) -> None:
    udev.add_panel(3)
    told: queue.Queue[bool] = queue.Queue()
    with panel_watched(lambda: told.put(True)):
        udev.remove_panel(3)
        udev.add_panel(7)
        assert told.get(timeout=PATIENCE_S)
        udev.add_panel(8)
        assert told.get(timeout=PATIENCE_S)
    assert told.empty()


def test_a_scanner_that_is_plugged_in_is_no_panel(udev: MockUdev) -> None:
    told: queue.Queue[str] = queue.Queue()
    with panel_watched(lambda: told.put("panel")):
        udev.add_keyboard(4)
        udev.add_panel(5)
        told.get(timeout=PATIENCE_S)
    assert told.empty()


def test_nothing_is_told_after_the_watch(udev: MockUdev) -> None:
    told: queue.Queue[bool] = queue.Queue()
    with panel_watched(lambda: told.put(True)):
        pass
    udev.add_panel(3)
    with panel_watched(lambda: None):
        assert told.empty()
