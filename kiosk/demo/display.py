"""A screen for the touch window: the one that is there, or a virtual one."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.demo.failed import DemoFailed


def has_display() -> bool:
    """Tell whether this machine shows a window to somebody."""
    return bool(os.environ.get("DISPLAY"))


@contextmanager
def virtual_display(width_px: int, height_px: int) -> Iterator[str]:
    """Run a screen that nobody sees while the context is open; give out its name.

    Raises
    ------
    DemoFailed
        If Xvfb is not installed or does not start.
    """
    read, write = os.pipe()
    command = ["/usr/bin/Xvfb", "-displayfd", str(write), "-nolisten", "tcp", "-noreset"]
    screen = ["-screen", "0", f"{width_px}x{height_px}x24"]
    try:
        server = subprocess.Popen(  # noqa: S603 - the words are ours
            [*command, *screen], pass_fds=[write], stderr=subprocess.DEVNULL
        )
    except FileNotFoundError as error:
        os.close(read)
        raise DemoFailed("install the package xvfb, or start it on a desktop") from error
    finally:
        os.close(write)
    try:
        with os.fdopen(read) as displays:
            number = displays.readline().strip()
        if not number:
            raise DemoFailed("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
