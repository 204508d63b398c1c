"""Notices that the touch panel has come back under a new device node.

After a glitch on its cable the kernel gives the panel a new node; whoever still reads the old one
hears no touch again, until the program starts anew (kivy #6141).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pyudev


@contextmanager
def panel_watched(on_panel_returned: Callable[[], None]) -> Iterator[None]:
    """Tell of every touch panel that is plugged in while the context is open.

    ``on_panel_returned`` is called from a thread of the watch's own, when udev has made the node
    and its rights.
    """
    monitor = pyudev.Monitor.from_netlink(pyudev.Context())
    monitor.filter_by("input")

    def on_event(device: pyudev.Device) -> None:
        if _is_panel(device) and device.action == "add":
            on_panel_returned()

    observer = pyudev.MonitorObserver(monitor, callback=on_event, name="touch-panel")
    observer.start()
    try:
        yield
    finally:
        observer.stop()


def _is_panel(device: pyudev.Device) -> bool:
    """Tell the node that is read from its parent and its older twin (mouse0, js0)."""
    is_touched: bool = device.properties.get("ID_INPUT_TOUCHSCREEN") == "1"
    return is_touched and device.sys_name.startswith("event")
