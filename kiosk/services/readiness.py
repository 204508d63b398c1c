"""Is this machine ready? One line for each thing that a release needs, with what to do."""

import ctypes
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from forms.house import House
from kiosk.domain.clock import ClockState
from kiosk.domain.readiness import Finding, Level
from kiosk.errors import KioskError, SpoolUnwritable

LOW_SPACE_BYTES = 10_000_000_000
"""Room for two DVDs' worth of images in the spool."""

_TIME_ERROR = 5
"""What adjtimex(2) returns while nothing keeps the clock in step."""


def look(name: str, at: Callable[[], str]) -> Finding:
    """Look at one thing; what it raises says what is broken and what to do."""
    try:
        return Finding(name, Level.READY, at())
    except KioskError as error:
        found = error.detail or error.code
        return Finding(name, Level.BROKEN, found, error.staff, error.code)


def look_at_spool(path: Path) -> Finding:
    """Write to the spool, and look at the room on its disk and at who may look inside."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        found = f"{path}: {error.strerror}"
        return Finding("spool", Level.BROKEN, found, "check mount and rights", SpoolUnwritable.code)
    free = shutil.disk_usage(path).free
    found = f"{path}, {free / 1e9:.1f} GB free"
    if free < LOW_SPACE_BYTES:
        return Finding("spool", Level.WARNING, found, "free some space")
    if path.stat().st_mode & 0o077:
        return Finding("spool", Level.WARNING, found, f"others may look inside: chmod 700 {path}")
    return Finding("spool", Level.READY, found)


def look_at_house(folder: Path | None, read: Callable[[], House]) -> Finding:
    """Look at the hospital's own words and logo for the documents."""

    def found() -> str:
        house = read()
        sentences = sum(len(each) for own in house.words.values() for each in own.values())
        logo = "a logo" if house.logo else "no logo"
        return f"{folder}: {sentences} sentences of the hospital's own, {logo}"

    return look("words", found if folder else lambda: "those of this program")


def look_at_clock() -> Finding:
    """Look at whether anything keeps the clock in step: signatures carry its time."""
    match clock_state():
        case ClockState.SYNCHRONISED:
            return Finding("clock", Level.READY, "synchronised")
        case ClockState.NOT_SYNCHRONISED:
            to_do = "start a time service (systemd-timesyncd)"
            return Finding("clock", Level.WARNING, "not synchronised", to_do)
        case ClockState.UNKNOWN:
            return Finding("clock", Level.WARNING, "the machine does not say", "check the clock")


def clock_state() -> ClockState:
    """Ask the kernel whether anything keeps the clock in step."""
    # A struct timex of zeroes asks and changes nothing; 208 bytes on every 64-bit Linux.
    answer = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(256))
    if answer < 0:
        return ClockState.UNKNOWN
    return ClockState.NOT_SYNCHRONISED if answer == _TIME_ERROR else ClockState.SYNCHRONISED


def without_devices() -> list[Finding]:
    """Name the devices that this kiosk has none of, so that nobody looks for them in vain."""
    none = "none is set up; releases go to images and folders"
    return [Finding(name, Level.READY, none) for name in ("drive", "stick port", "printers")]
