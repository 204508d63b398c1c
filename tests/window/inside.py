"""The program of the window's own process: ``kiosk ui`` with a clock that a test moves, and a wire
on which it tells what the session is and where everything lies."""

import os
import pickle
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.demo.hand import Area, areas
from kiosk.domain.session.facts import FormPage
from kiosk.domain.session.places import Session

if TYPE_CHECKING:
    from kiosk.ui.app import Kiosk


@dataclass(frozen=True, slots=True)
class Seen:
    """What is on the glass at one moment."""

    session: Session
    areas: dict[str, Area]
    """Of all that can be touched, in reading order."""
    focused: str
    """What the keys stand on, if on anything."""
    spoken: tuple[str, ...]
    """All that is on the screen, as it is read aloud."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Let the clock go on; 0 only asks what is there."""

    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Close:
    """Close the window."""


@dataclass(frozen=True, slots=True)
class Start:
    """How the window's process begins."""

    config: Path
    size: tuple[int, int]
    folder: Path
    """With ``home``, ``tmp`` and ``cwd``; what is said goes to ``said``."""
    environment: Mapping[str, str]


def show(start: Start, wire: Connection) -> None:
    """Show the kiosk until it is told to close."""
    _settle(start)
    import sys

    from kiosk.bootstrap import now_utc
    from kiosk.bootstrap.front import open_front
    from kiosk.logs import log_to
    from kiosk.ui.app import close_kiosk, run_kiosk

    ahead = timedelta()

    def clock() -> datetime:
        return now_utc() + ahead

    def answer(kiosk: "Kiosk") -> None:
        nonlocal ahead
        while wire.poll():
            match wire.recv():
                case GoOn(seconds=seconds):
                    ahead += timedelta(seconds=seconds)
                    wire.send_bytes(_packed(kiosk))
                case Close():
                    close_kiosk()

    log_to(sys.stdout)
    run_kiosk(open_front(start.config, clock, start.size), answer)


def _settle(start: Start) -> None:
    """Take a place of its own, as every process has one."""
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(start.folder / "said" / name, os.O_WRONLY | os.O_CREAT), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(start.folder / "cwd")
    os.environ.update(start.environment)
    os.environ.pop("SDL_VIDEODRIVER", None)
    tempfile.tempdir = None


class _Packer(pickle.Pickler):
    """Leaves the pictures of the form's pages out: they are large, and nobody asks for them."""

    def reducer_override(self, thing: Any) -> Any:
        if isinstance(thing, FormPage):
            return FormPage, (thing.width, thing.height, b"", thing.text)
        return NotImplemented


def _packed(kiosk: "Kiosk") -> bytes:
    page = kiosk.page
    focused = page.focused if page else None
    seen = Seen(
        kiosk.session,
        areas(kiosk),
        focused.name if focused else "",
        tuple(page.spoken) if page else (),
    )
    packed = BytesIO()
    _Packer(packed).dump(seen)
    return packed.getvalue()
