"""Tells whether headphones are plugged in, as the kernel reports the jacks of a sound card.

A jack is an input device with a switch (linux/input-event-codes.h: SW_HEADPHONE_INSERT), as sound
drivers make with CONFIG_SND_JACK_INPUT_DEV. A USB adapter has none.
"""

import fcntl
import os
import select
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

import pyudev

from kiosk.domain.device import Jack, NoJack, PluggedIn, Unplugged

_SW_HEADPHONE_INSERT = 1 << 2
_EVIOCGSW = 0x8008451B
"""linux/input.h: _IOC(_IOC_READ, 'E', 0x1b, 8): the state of the switches, a bit each."""
_EVENTS_AT_ONCE = 24 * 64


class JackHeadphones:
    """Every headphone jack of the machine; one that is in use is enough."""

    def __init__(self) -> None:
        self._udev = pyudev.Context()

    def jack(self) -> Jack:
        """Return what the jacks say now."""
        with ExitStack() as stack:
            return _state_of(self._opened(stack))

    @contextmanager
    def watched(self, on_change: Callable[[Jack], None]) -> Iterator[None]:
        """Tell of every change while the context is open, from a thread of the watch's own."""
        monitor = pyudev.Monitor.from_netlink(self._udev)
        monitor.filter_by("input")
        monitor.start()  # before the first look, so that nothing happens in between
        known, (end, ended) = self.jack(), os.pipe()
        thread = threading.Thread(
            target=self._follow, args=(known, monitor, end, on_change), name="headphone-jack"
        )
        thread.start()
        try:
            yield
        finally:
            os.close(ended)
            thread.join()
            os.close(end)

    def _follow(
        self, known: Jack, monitor: pyudev.Monitor, end: int, on_change: Callable[[Jack], None]
    ) -> None:
        is_over = False
        while not is_over:
            with ExitStack() as stack:
                jacks = self._opened(stack)
                now = _state_of(jacks)
                if now != known:
                    known = now
                    on_change(now)
                is_over = _wait(jacks, monitor, end)

    def _opened(self, stack: ExitStack) -> list[int]:
        """Open each jack; one that is pulled out meanwhile is none."""
        jacks = []
        for device in self._udev.list_devices(subsystem="input"):
            if not _is_jack(device):
                continue
            with suppress(OSError):
                jacks.append(os.open(device.device_node, os.O_RDONLY | os.O_NONBLOCK))
                stack.callback(os.close, jacks[-1])
        return jacks


def _is_jack(device: pyudev.Device) -> bool:
    if device.device_node is None or not device.sys_name.startswith("event"):
        return False
    switches = device.parent.attributes.get("capabilities/sw", b"0")
    return bool(int(switches.split()[-1], 16) & _SW_HEADPHONE_INSERT)


def _state_of(jacks: list[int]) -> Jack:
    if not jacks:
        return NoJack()
    return PluggedIn() if any(_is_in_use(jack) for jack in jacks) else Unplugged()


def _is_in_use(jack: int) -> bool:
    try:
        switches = fcntl.ioctl(jack, _EVIOCGSW, bytes(8))
    except OSError:
        return False
    return bool(int.from_bytes(switches, sys.byteorder) & _SW_HEADPHONE_INSERT)


def _wait(jacks: list[int], monitor: pyudev.Monitor, end: int) -> bool:
    """Wait until a jack or udev has something to say; return whether the watch is over."""
    poll = select.poll()
    for fd in (*jacks, monitor.fileno(), end):
        poll.register(fd, select.POLLIN)
    ready = {fd for fd, _ in poll.poll()}
    for jack in ready.intersection(jacks):
        with suppress(OSError):
            os.read(jack, _EVENTS_AT_ONCE)
    if monitor.fileno() in ready:
        monitor.poll(0)
    return end in ready
