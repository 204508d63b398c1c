"""The box that one signs in with a finger."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

from kivy.input import MotionEvent

from kiosk.domain.consent import Point
from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill, line
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.text import Side, Text
from kiosk.ui.widgets.touchable import Touchable

Stroke = tuple[Point, ...]

_HEIGHT_PX, _LOW_HEIGHT_PX = 636, 380
_LEAST_PX, _WIDE_LEAST_PX = 160, 120
_PEN_PX = 3.4
_UNDER_LINE_PX = 30
_MARGIN_PX = 52


class SignatureBox(Touchable):
    """White paper with a line to sign on; each stroke is reported when the finger leaves it.

    Parameters
    ----------
    strokes
        Drawn until now.
    finished
        Returns the event of a stroke.
    caption, date_text
        Below the line: who signs, and when.
    speech
        What the keys' user hears: that one can type the name instead.
    began_at
        What the clock said at the first touch; without it time goes on from the last stroke.
    clock
        Seconds that never go back.
    """

    def __init__(
        self,
        look: Look,
        *,
        strokes: tuple[Stroke, ...],
        finished: Callable[[Stroke], Any],
        caption: str,
        date_text: str,
        speech: str,
        name: str = "signature",
        began_at: float | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(look, name=name, event=None, speech=speech)
        kinds, colour = look.theme.type, look.colour
        self.grows = not self._is_low
        self.strokes = strokes
        self.finished = finished
        self.clock = clock
        self.began_at = clock() - strokes[-1][-1][2] if strokes and began_at is None else began_at
        self.caption = Text(look, caption, kinds.small_strong, ink=colour.ink, ground=colour.paper)
        self.date = Text(
            look, date_text, kinds.small, ink=colour.ink, ground=colour.paper, side=Side.END
        )
        self.cross = Icon(look, "x", 40, ink=colour.ink, ground=colour.paper)
        for part in (self.caption, self.date, self.cross):
            self.add(part)
        self._drawing: list[Point] = []
        self._shrunk = 1.0

    @property
    def ground(self) -> Colour:
        """Paper, in every theme."""
        return self.look.colour.paper

    @property
    def ink(self) -> Colour:
        """The colour of the pen."""
        return self.look.colour.ink

    def wish(self, width: float) -> float:
        """Return the height that leaves room for a large hand."""
        low = self.look.wide or self._is_low
        return float(self.look.px(_LOW_HEIGHT_PX if low else _HEIGHT_PX))

    def least(self, width: float) -> float:
        """Return the height that a signature needs, above the words below the line."""
        above = _WIDE_LEAST_PX if self.look.wide else _LEAST_PX
        return self.look.px(above) + self._foot(width)

    @property
    def _is_low(self) -> bool:
        """Whether all of it is to be within reach, and so in the lower half."""
        return self.look.comfort.lower_buttons and not self.look.wide

    def choose(self) -> None:
        """Do nothing: the keys cannot draw; the typed name is the equal way."""

    def arrange(self, box: Box) -> None:
        """Place what stands at the line."""
        look = self.look
        foot = self._foot(box.width)
        inner = Box(box.x, box.y, box.width, foot).inset(look.px(_MARGIN_PX), 0)
        down = float(look.px(_UNDER_LINE_PX))
        room = self._beside(inner.width)
        caption = self.caption.wish(room)
        self.caption.place(inner.from_start(0, room, look.rtl).from_top(down, caption))
        if room == inner.width:
            down += caption
        date = self.date.natural() + 1 if room < inner.width else inner.width
        at_end = inner.from_start(inner.width - date, date, look.rtl)
        self.date.place(at_end.from_top(down, self.date.wish(date)))
        side = self.cross.side_px
        start = inner.from_start(0, side, look.rtl)
        self.cross.place(Box(start.x, inner.top + look.px(14), side, side))
        self._shrunk = self._fit(box)

    def draw(self, box: Box) -> None:
        """Draw paper, line, and the strokes until now."""
        look, radius = self.look, self.radius
        fill(box, self.ground, radius)
        edge(box, look.colour.chosen_edge, radius, look.px(look.theme.stroke.selected))
        inner = box.inset(look.px(_MARGIN_PX), 0)
        at = Box(inner.x, box.y + self._foot(box.width), inner.width, look.px(4))
        fill(at, look.colour.paper_line)
        for stroke in self.strokes:
            self._pen(stroke)

    def touch_down(self, touch: MotionEvent) -> None:
        """Put the pen down."""
        if self.began_at is None:
            self.began_at = self.clock()
        self._drawing = [self._point(touch)]
        self._draw_on()

    def touch_move(self, touch: MotionEvent) -> None:
        """Draw on; beyond the edge the pen stays at it."""
        if self._drawing:
            self._drawing.append(self._point(touch))
            self._draw_on()

    def touch_up(self, touch: MotionEvent) -> None:
        """Lift the pen and report the stroke."""
        self._drawing.append(self._point(touch))
        stroke, self._drawing = tuple(self._drawing), []
        self.strokes = (*self.strokes, stroke)
        self.send(self.finished(stroke))

    def _beside(self, width: float) -> float:
        """Return the width of the name: what the date leaves, or all where that is too little."""
        left = width - self.date.natural() - 1 - self.look.px(24)
        return left if left >= self.caption.natural() else width

    def _foot(self, width: float) -> float:
        """Return the height of what stands below the line."""
        inner = width - 2 * self.look.px(_MARGIN_PX)
        room = self._beside(inner)
        words = self.caption.wish(room)
        if room == inner:
            words += self.date.wish(inner)
        below = _UNDER_LINE_PX if self.look.wide else _MARGIN_PX
        return words + self.look.px(_UNDER_LINE_PX) + self.look.px(below)

    def _fit(self, box: Box) -> float:
        """Return how much smaller the strokes are drawn: they may be of a larger box."""
        points = [point for stroke in self.strokes for point in stroke]
        right = max((point[0] for point in points), default=0.0) * self.look.panel.px_per_mm
        lowest = max((point[1] for point in points), default=0.0) * self.look.panel.px_per_mm
        edge_px = self.look.px(2 * _PEN_PX)
        width, height = box.width - edge_px, box.height - edge_px
        if right <= box.width and lowest <= box.height:
            return 1.0
        return min(width / max(right, 1.0), height / max(lowest, 1.0), 1.0)

    def _point(self, touch: MotionEvent) -> Point:
        assert self.began_at is not None  # noqa: S101 - set at the first touch
        scale = self.look.panel.px_per_mm * self._shrunk
        x = min(max(touch.x, self.box.x), self.box.right) - self.box.x
        y = self.box.top - min(max(touch.y, self.box.y), self.box.top)
        at = round(x / scale, 2), round(y / scale, 2), round(self.clock() - self.began_at, 3)
        # A panel that cannot measure it reports the whole of it at every point.
        measured = "pressure" in touch.profile and touch.pressure < 1
        return (*at, float(touch.pressure)) if measured else at

    def on_glass(self, point: Point) -> tuple[float, float]:
        """Return where a point of a stroke is drawn, px."""
        scale = self.look.panel.px_per_mm * self._shrunk
        return self.box.x + point[0] * scale, self.box.top - point[1] * scale

    def _draw_on(self) -> None:
        with self.drawing:
            self._pen(self._drawing[-2:])

    def _pen(self, points: Sequence[Point]) -> None:
        width = self.look.px(_PEN_PX * 2)
        line([self.on_glass(point) for point in points], self.look.colour.ink, width)
