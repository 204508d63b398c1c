"""A headphone jack made of a note in a folder, which another process changes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from hardware.simulated import notes
from kiosk.domain.device import Jack, NoJack, PluggedIn, Unplugged

FILE_NAME = "headphones.json"
LOOKS_EVERY_S = 0.1


class Plug(Enum):
    """What the note says of the jack."""

    IN = "in"
    OUT = "out"
    NO_JACK = "no-jack"


@dataclass(frozen=True, slots=True)
class JackNote:
    """The whole note."""

    plug: Plug = Plug.OUT


_JACKS: dict[Plug, Jack] = {
    Plug.IN: PluggedIn(),
    Plug.OUT: Unplugged(),
    Plug.NO_JACK: NoJack(),
}


def put(folder: Path, plug: Plug) -> None:
    """Plug headphones in, pull them out, or take the jack away."""
    notes.leave(folder / FILE_NAME, JackNote(plug))


class FolderHeadphones:
    """The jack as its note has it now."""

    def __init__(self, folder: Path) -> None:
        self._note = folder / FILE_NAME
        folder.mkdir(parents=True, exist_ok=True)

    def jack(self) -> Jack:
        """Return what the jack says now."""
        return _JACKS[notes.read(self._note, JackNote()).plug]

    @contextmanager
    def watched(self, on_change: Callable[[Jack], None]) -> Iterator[None]:
        """Tell of every change while the context is open, from a thread of the watch's own."""
        over = threading.Event()
        thread = threading.Thread(target=self._follow, args=(self.jack(), over, on_change))
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _follow(
        self, known: Jack, over: threading.Event, on_change: Callable[[Jack], None]
    ) -> None:
        while not over.wait(LOOKS_EVERY_S):
            now = self.jack()
            if now != known:
                known = now
                on_change(now)
