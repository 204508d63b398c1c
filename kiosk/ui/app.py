"""The window: draws what the session says, and tells the bridge what fingers and keys do."""

import gc
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from enum import IntEnum
from typing import Any

from kivy.base import runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.graphics import PopMatrix, PushMatrix, Translate
from kivy.uix.widget import Widget

from kiosk.domain.device import Jack, PluggedIn
from kiosk.domain.session.events import (
    CallStaff,
    CloseSheet,
    Delete,
    Event,
    GoBack,
    HeadphonesChanged,
    Tick,
    Touched,
)
from kiosk.domain.session.places import Goodbye, Session, StillThere, Waiting
from kiosk.text.words import words_for
from kiosk.ui.aloud import Aloud
from kiosk.ui.bridge import Bridge
from kiosk.ui.faces import Coverage
from kiosk.ui.front import Front
from kiosk.ui.keys import Wedge
from kiosk.ui.look import Look
from kiosk.ui.page import Page
from kiosk.ui.panel import Panel
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.hidden import hidden
from kiosk.ui.screens.table import page_of
from kiosk.ui.theme import Themes
from kiosk.ui.typesetting import Typesetter
from kiosk.ui.window import open_window

TICK_S = 0.5
VISITOR_S = 0.05
SLIDE_S = 0.18
SLIDE_PX = 24


class Key(IntEnum):
    """Kivy's numbers of the keys that are no characters; a tactile keypad sends them."""

    DELETE = 8
    ENTER = 13
    BACK = 27
    KEYPAD_ENTER = 271
    UP = 273
    DOWN = 274
    HELP = 282
    REPEAT = 283


Visitor = Callable[["Kiosk"], None]
"""Looks at the kiosk a few times a second, and may touch it from outside as a person would."""


class Kiosk(Widget):  # type: ignore[misc] # Kivy has no types
    """The one screen; shows a page anew whenever the session may look different."""

    def __init__(self, front: Front, window: Any) -> None:
        super().__init__()
        self.window = window
        self.front = front
        self.page: Page | None = None
        """What is shown, or would be, were the screen not hidden."""
        self._themes, self._typesetter = Themes.read(), Typesetter(Coverage.read())
        self._wedge, self._aloud = Wedge(), Aloud(front.voice)
        self._visit = 0
        self._seen: object = None
        self._slide = Translate()
        with self.canvas.before:
            PushMatrix()
            self.canvas.before.add(self._slide)
        with self.canvas.after:
            PopMatrix()
        self._due = Clock.create_trigger(self._draw, -1)
        self.bridge = Bridge(front, lambda session: self._due(), self._later, self._once_seen)
        window.bind(on_key_down=self._key, on_textinput=self._text)
        window.bind(size=lambda *_: self._again())
        Clock.schedule_interval(self._tick, TICK_S)
        Clock.schedule_interval(lambda frame_s: self._send(*self._wedge.go_on(frame_s)), 0)
        self._draw()

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self.bridge.session

    @property
    def is_drawn(self) -> bool:
        """Whether the page shows the session as it is now."""
        return not self._due.is_triggered

    def on_touch_down(self, touch: Any) -> bool:
        """Take a touch; one that nothing answers still says that somebody is there."""
        taken: bool = super().on_touch_down(touch)
        if not taken:
            self.bridge.send(Touched())
        return True

    def close(self) -> None:
        """End everything that was begun."""
        self._aloud.forget()
        self.bridge.close()

    def _send(self, *events: Event) -> None:
        for event in events:
            self.bridge.send(event)

    def _later(self, act: Callable[[], None]) -> None:
        Clock.schedule_once(lambda _: act(), -1)

    def _once_seen(self, act: Callable[[], None]) -> None:
        Clock.schedule_once(lambda _: act())

    def _tick(self, _: float) -> None:
        # Who listens is there; a voice that speaks on by itself says nothing of that.
        if self._aloud.is_speaking and not isinstance(self.session.place, (Waiting, Goodbye)):
            self.bridge.send(Touched())
        self.bridge.send(Tick(self.front.clock()))

    # What is seen

    def _draw(self, *_: Any) -> None:
        session = self.session
        if session.visit != self._visit:
            self._forget(session)
        seen = _visible(session)
        if seen == self._seen:
            return
        moves = self.page is not None and _where(seen) != _where(self._seen)
        self._seen = seen
        self._show(session, moves)

    def _show(self, session: Session, moves: bool) -> None:
        focused = self.page.focused if self.page and not moves else None
        if self.page and moves:
            self.page.let_go()
        frame = Frame(session, self._look(session), self.front.site, self.bridge.send)
        self.page = page_of(frame)
        if focused is not None:
            self.page.focus_on(focused.name)
        self.clear_widgets()
        self.add_widget(hidden(frame) if session.comfort.screen_hidden else self.page)
        if moves:
            self._slide_in(frame.look)
        self._aloud.read(session, self.page)

    def _look(self, session: Session) -> Look:
        width, height = self.window.size
        panel = Panel(width, height, self.front.glass.diagonal_inch)
        if not self.front.glass.fullscreen:
            panel = Panel.window(width, height)
        words = words_for(session.comfort.language)
        return Look.of(panel, self._themes, words, session.comfort, self._typesetter)

    def _slide_in(self, look: Look) -> None:
        """Move the new screen in, in reading direction; it takes touches from the first frame."""
        way = look.px(SLIDE_PX) * (-1 if look.rtl else 1)
        began = Clock.get_time()

        def move(_: float) -> bool:
            left = max(0.0, 1 - (Clock.get_time() - began) / SLIDE_S)
            self._slide.x = way * left * left
            return bool(left)

        self._slide.x = way
        Clock.schedule_interval(move, 0)

    def _again(self) -> None:
        self._seen = None
        self._due()

    def _forget(self, session: Session) -> None:
        """Drop everything that an earlier person left in memory here."""
        self._visit = session.visit
        self._typesetter.forget()
        self._aloud.forget()
        self._wedge.forget()

    # Keys

    def _text(self, _: Any, text: str) -> None:
        self._wedge.typed(text)

    def _key(self, _: Any, key: int, *__: Any) -> bool:
        match key:
            case Key.ENTER | Key.KEYPAD_ENTER:
                self._entered()
            case Key.UP | Key.DOWN:
                self._move_focus(-1 if key == Key.UP else 1)
            case Key.BACK:
                self._back()
            case Key.DELETE:
                self._send(Delete())
            case Key.HELP:
                self._send(CallStaff())
            case Key.REPEAT:
                self._aloud.repeat(self.session)
        return True

    def _entered(self) -> None:
        scanned = self._wedge.entered()
        if scanned is not None:
            self._send(*scanned)
        elif self.page is not None:
            self.page.choose(self.page.focused.name if self.page.focused else "go-on")

    def _move_focus(self, by: int) -> None:
        self._send(Touched())
        focused = self.page.focus_by(by) if self.page else None
        if focused is not None:
            self._aloud.say(self.session, focused.speech)

    def _back(self) -> None:
        self._send(CloseSheet() if self.session.over else GoBack())


def run_kiosk(front: Front, visitor: Visitor | None = None) -> None:
    """Show the kiosk until its window is closed.

    Parameters
    ----------
    visitor : callable, optional
        Called with the kiosk every 50 ms, when its page shows what is so.
    """
    window = open_window(front.glass)
    kiosk = Kiosk(front, window)
    window.bind(on_flip=_draw_again)
    # To look through what is loaded again and again would stop the screen a fifth of a second.
    gc.freeze()
    if visitor is not None:
        Clock.schedule_interval(lambda _: visitor(kiosk) if kiosk.is_drawn else None, VISITOR_S)
    with ExitStack() as stack:
        stack.callback(kiosk.close)
        _heed_headphones(kiosk, stack)
        runTouchApp(kiosk)


def close_kiosk() -> None:
    """Close the window; ``run_kiosk`` then returns."""
    stopTouchApp()


def _heed_headphones(kiosk: Kiosk, stack: ExitStack) -> None:
    def changed(jack: Jack) -> None:
        event = HeadphonesChanged(isinstance(jack, PluggedIn))
        kiosk._later(lambda: kiosk.bridge.send(event))

    changed(kiosk.front.headphones.jack())
    stack.enter_context(kiosk.front.headphones.watched(changed))


def _draw_again(window: Any) -> None:
    """Draw a second frame: on a bare screen the first one stays black until then."""
    window.unbind(on_flip=_draw_again)
    Clock.schedule_once(lambda _: window.canvas.ask_update())


def _visible(session: Session) -> object:
    """Return all of a session that can be seen; the seconds only where they are counted."""
    counts = isinstance(session.over, StillThere) or getattr(session.place, "rests_until", None)
    second = int(session.now.timestamp()) if counts else 0
    still = replace(session, now=session.touched_at, touched_at=session.touched_at)
    return still, (second, session.staff_just_called)


def _where(seen: Any) -> object:
    """Return what makes another screen of it, rather than the same one with something changed."""
    still, _ = seen or (None, 0)
    page = getattr(still.place, "page", 0) if still else 0
    return (type(still.place), still.over, page) if still else None
