"""Measures the window from within: how long frames take, and when a new page is first seen."""

import threading
import time
from typing import Any

from kivy.clock import Clock
from kivy.graphics.opengl import glFinish


class Meter:
    """Listens to every frame of a window; made before anything else is scheduled."""

    def __init__(self, window: Any) -> None:
        self.frames_s: list[float] = []
        """From when a frame was begun to when all of it was drawn and shown; waiting is no part."""
        self.kiosk: Any = None
        self._shown = threading.Condition()
        self._page: object = None
        self._page_at_s = 0.0
        self._began_s = 0.0
        self._flip = window.flip
        window.flip = self._flipped
        Clock.schedule_interval(self._begin, 0)

    def seen_after(self, page: object, patience_s: float = 20) -> float:
        """Wait until another page than this was seen; return when, by the monotonic clock."""
        with self._shown:
            if not self._shown.wait_for(lambda: self._page is not page, patience_s):
                raise TimeoutError("the page stays")
            return self._page_at_s

    @property
    def page(self) -> object:
        """What was seen last."""
        return self._page

    def _begin(self, _: float) -> None:
        self._began_s = time.monotonic()

    def _flipped(self) -> None:
        self._flip()
        glFinish()
        now = time.monotonic()
        self.frames_s.append(now - self._began_s)
        page = self.kiosk.page if self.kiosk else None
        with self._shown:
            if page is not self._page:
                self._page, self._page_at_s = page, now
                self._shown.notify_all()
