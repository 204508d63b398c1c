"""A /sys, a /dev and a udev of the test's own, made by umockdev with no device and no rights.

The process must have been started by ``umockdev-wrapper``, which ``conftest.py`` sees to.
"""

import ctypes
import itertools
import os
import struct
from collections.abc import Mapping
from ctypes import c_char_p, c_int, c_void_p
from pathlib import Path

IS_MOCKED = "umockdev" in os.environ.get("LD_PRELOAD", "")

_SND = "/devices/pci0000:00/0000:00:1f.3/sound/card0"
_USB = "/devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4:1.0/0003:0EEF:C000.0001"


class MockUdev:
    """Devices that tests plug in and out; paths leave out the /sys."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._answers = itertools.count()
        self._lib = _library()
        self._bed = self._lib.umockdev_testbed_new()
        self._root = Path(self._lib.umockdev_testbed_get_root_dir(self._bed).decode())

    def add(
        self, path: str, properties: Mapping[str, str], attributes: Mapping[str, str] | None = None
    ) -> None:
        """Plug a device in, its parents first; umockdev sends the "add" event by itself."""
        lines = [f"P: {path}"]
        if "DEVNAME" in properties:
            lines.append("N: " + properties["DEVNAME"].removeprefix("/dev/"))
        lines += [f"E: {name}={value}" for name, value in properties.items()]
        lines += [f"A: {name}={value}" for name, value in (attributes or {}).items()]
        text = "\n".join(lines) + "\n\n"
        assert self._lib.umockdev_testbed_add_from_string(self._bed, text.encode(), None)

    def remove(self, path: str) -> None:
        """Pull a device out, its children first; umockdev sends no event by itself."""
        self.tell(path, "remove")
        self._lib.umockdev_testbed_remove_device(self._bed, f"/sys{path}".encode())

    def tell(self, path: str, action: str) -> None:
        """Send an event."""
        self._lib.umockdev_testbed_uevent(self._bed, f"/sys{path}".encode(), action.encode())

    def add_keyboard(self, number: int) -> None:
        """Plug a barcode scanner in, which poses as a keyboard."""
        parent = f"{_USB}/input/input{number}"
        keys = {"SUBSYSTEM": "input", "ID_INPUT": "1", "ID_INPUT_KEYBOARD": "1"}
        self.add(parent, keys, {"capabilities/sw": "0"})
        self.add(f"{parent}/event{number}", {**keys, "DEVNAME": f"/dev/input/event{number}"})

    def add_jack(self, number: int, switches: int = 1 << 2) -> None:
        """Plug a sound card's jack in, with these switches, none of them on."""
        parent = f"{_SND}/input{number}"
        switch = {"SUBSYSTEM": "input", "ID_INPUT": "1", "ID_INPUT_SWITCH": "1"}
        self.add(parent, {"SUBSYSTEM": "input"}, {"capabilities/sw": f"{switches:x}"})
        self.add(f"{parent}/event{number}", {**switch, "DEVNAME": f"/dev/input/event{number}"})
        self._answer(number, 0)

    def remove_jack(self, number: int) -> None:
        """Pull out a sound card with its jack."""
        for child in (f"/event{number}", ""):
            self.remove(f"{_SND}/input{number}{child}")

    def switch(self, number: int, *, on: bool) -> None:
        """Put headphones into a jack, or pull them out: the kernel's state, then its event."""
        self._answer(number, 1 << 2 if on else 0)
        node = f"/dev/input/event{number}".encode()
        device = self._lib.umockdev_testbed_get_dev_fd(self._bed, node)
        os.write(device, struct.pack("@llHHi", 0, 0, 5, 2, on) + struct.pack("@llHHi", *[0] * 5))

    def _answer(self, number: int, state: int) -> None:
        """Let EVIOCGSW give these switches from the next opening on.

        umockdev cannot change an answer, so that another node's takes its place at once.
        """
        node, tree = f"/dev/answer{next(self._answers)}", self._folder / "ioctls"
        tree.write_text(f"@DEV {node}\nEVIOCGSW 8 {state.to_bytes(8, 'little').hex().upper()}\n")
        assert self._lib.umockdev_testbed_load_ioctl(
            self._bed, node.encode(), str(tree).encode(), None
        )
        sockets = self._root / "ioctl"
        (sockets / "dev/input").mkdir(exist_ok=True)
        (sockets / node[1:]).rename(sockets / f"dev/input/event{number}")


def _library() -> ctypes.CDLL:
    lib = ctypes.CDLL("libumockdev.so.0")
    lib.umockdev_testbed_new.restype = c_void_p
    lib.umockdev_testbed_add_from_string.argtypes = [c_void_p, c_char_p, c_void_p]
    lib.umockdev_testbed_remove_device.argtypes = [c_void_p, c_char_p]
    lib.umockdev_testbed_uevent.argtypes = [c_void_p, c_char_p, c_char_p]
    lib.umockdev_testbed_load_ioctl.argtypes = [c_void_p, c_char_p, c_char_p, c_void_p]
    lib.umockdev_testbed_get_root_dir.argtypes = [c_void_p]
    lib.umockdev_testbed_get_root_dir.restype = c_char_p
    lib.umockdev_testbed_get_dev_fd.argtypes = [c_void_p, c_char_p]
    lib.umockdev_testbed_get_dev_fd.restype = c_int
    return lib
