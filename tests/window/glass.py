"""The glass from outside: a window in a process of its own, a hand before it, and what is seen."""

import multiprocessing
import pickle
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from kiosk.demo.hand import Hand, Stroke
from kiosk.domain.session.places import EnterCode, EnterDate, Place, ReadForm, Sign
from tests.journeys.processes import PATIENCE_S
from tests.window.inside import Close, GoOn, Seen, Start, show

PlaceT = TypeVar("PlaceT", bound=Place)

HALF_A_PANEL = (540, 960)
ZIGZAG: tuple[Stroke, ...] = (
    tuple((4.0 + 2 * n, 13.0 - 5 * (n % 2), n * 0.03) for n in range(12)),
    ((40.0, 12.0, 0.4), (60.0, 8.0, 0.45), (70.0, 12.0, 0.5)),
)
_server = multiprocessing.get_context("forkserver")


class Glass:
    """The window of one kiosk.

    Every wait is for something to be seen, never for a time.
    """

    def __init__(self, config: Path, folder: Path, display: str, size: tuple[int, int]) -> None:
        for name in ("home", "tmp", "cwd", "said"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.hand = Hand(display)
        self._wire, theirs = multiprocessing.Pipe()
        environment = {
            "DISPLAY": display,
            "HOME": str(folder / "home"),
            "TMPDIR": str(folder / "tmp"),
        }
        start = Start(config, size, folder, environment)
        self._process = _server.Process(target=show, args=(start, theirs))
        self._process.start()
        theirs.close()
        # Where no window manager gives keys to a window, the one under the pointer has them.
        self.hand.point(self.sees(lambda seen: "go-on" in seen.areas, "a window").areas["go-on"])

    # The process

    @property
    def said(self) -> str:
        """All that it wrote."""
        return "".join(path.read_text() for path in sorted((self.folder / "said").iterdir()))

    def kill(self) -> None:
        """End it as a power cut would end it."""
        self._process.kill()
        self._process.join()

    def close(self) -> int:
        """Close the window; return how its process ended."""
        if self._process.is_alive():
            self._wire.send(Close())
            self._process.join(PATIENCE_S)
            self._process.kill()
            self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode

    # What is seen

    def look(self, later_s: float = 0) -> Seen:
        """Look at the glass, after the clock went on."""
        self._wire.send(GoOn(later_s))
        assert self._wire.poll(PATIENCE_S), f"the window does not answer: {self.said}"
        try:
            seen: Seen = pickle.loads(self._wire.recv_bytes())
        except (EOFError, ConnectionResetError):
            raise AssertionError(f"the window is gone: {self.said}") from None
        return seen

    @property
    def place(self) -> Any:
        """Where the person stands; each test knows what is true there."""
        return self.look().session.place

    def sees(self, holds: Callable[[Seen], object], what: str = "") -> Seen:
        """Wait until something is seen."""
        end = time.monotonic() + PATIENCE_S
        while not holds(seen := self.look()):
            assert time.monotonic() < end, f"not seen: {what}, but {_described(seen)}"
        return seen

    def stands_at(self, place: type[PlaceT], when: Callable[[PlaceT], object] = bool) -> PlaceT:
        """Wait until the person stands at a place, and something is true there."""

        def there(seen: Seen) -> bool:
            here = seen.session.place
            return isinstance(here, place) and bool(when(here))

        found = self.sees(there, place.__name__).session.place
        assert isinstance(found, place)
        return found

    # What the hand does

    def touch(self, name: str) -> Seen:
        """Touch something, and wait until that is answered."""
        before = self.sees(lambda seen: name in seen.areas, name)
        self.hand.touch(before.areas[name])
        return self._answered(before, f"touch of {name}")

    def press(self, *keys: str) -> Seen:
        """Press keys of the tactile keypad, and wait until that is answered."""
        before = self.look()
        self.hand.press(*keys)
        return self._answered(before, " ".join(keys))

    def moves_keys_to(self, name: str) -> None:
        """Press down, or up where that is nearer, until the keys stand on a name."""
        seen = self.sees(lambda seen: name in seen.areas, name)
        names = list(seen.areas)
        start = names.index(seen.focused) if seen.focused else -1
        down = (names.index(name) - start) % len(names)
        up = len(names) - down
        if down:
            self.hand.press(*(["Down"] * down if down <= up or start < 0 else ["Up"] * up))
        self.sees(lambda seen: seen.focused == name, f"keys on {name}")

    def chooses_by_keys(self, name: str) -> Seen:
        """Move the keys to a name and press select."""
        self.moves_keys_to(name)
        return self.press("Return")

    def scan(self, text: str) -> Seen:
        """Hold a slip under the scanner."""
        before = self.look()
        self.hand.scan(text)
        return self._answered(before, "scan")

    def _answered(self, before: Seen, what: str) -> Seen:
        return self.sees(lambda seen: _shown(seen) != _shown(before), f"an answer to {what}")

    # What many walks have in common

    def types(self, digits: str) -> None:
        """Type digits on the keypad of the screen."""
        for digit in digits:
            self.touch(f"digit-{digit}")

    def identifies(self, digits: str, born: str) -> None:
        """Go from WELCOME to the search, all by touch."""
        self.touch("go-on")
        self.stands_at(EnterCode)
        self.types(digits)
        self.touch("go-on")
        self.stands_at(EnterDate)
        self.types(born)
        self.touch("go-on")

    def reads(self) -> None:
        """Read the form to its end and agree to it."""
        self.stands_at(ReadForm, lambda read: read.form)
        while not self.place.is_last_page:
            self.touch("go-on")
        self.touch("acknowledge")
        self.touch("go-on")
        self.stands_at(Sign)

    def draws(self, strokes: Iterable[Stroke] = ZIGZAG) -> None:
        """Sign with the finger."""
        drawn = list(strokes)
        self.hand.sign(self.look().areas["signature"], drawn)
        self.stands_at(Sign, lambda sign: len(sign.ink.strokes) == len(drawn))


def _shown(seen: Seen) -> object:
    """Return what an answer changes, without what only the clock changes."""
    session = seen.session
    return session.place, session.over, session.comfort, session.staff_called_at, seen.focused


def _described(seen: Seen) -> str:
    return f"{type(seen.session.place).__name__} {seen.session.over} {list(seen.areas)}"
