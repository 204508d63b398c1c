"""The skeleton of every screen: head, title, content, actions, rail."""

from collections.abc import Callable, Sequence
from typing import Any

from kivy.input import MotionEvent
from kivy.uix.widget import Widget

from kiosk.ui.box import Box
from kiosk.ui.drawing import clear
from kiosk.ui.look import Look
from kiosk.ui.widgets.brand import Brand
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.layout import Column, Row, Space, spring
from kiosk.ui.widgets.lowered import Lowered
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.rail import Rail
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.touchable import Touchable

Send = Callable[[Any], None]

SIDE_PX, WIDE_SIDE_PX = 48, 64
START_COLUMN_PX = 696
BETWEEN_COLUMNS_PX = 56
GO_BACK_PX = 292
MIDDLE_PX = 1240
"""Width of what stands alone on a wide panel."""
HERO_WIDTHS_PX = (700, 600, 500)
"""Of a wide panel; narrower where the words need more room."""


class Page(Part, Widget):  # type: ignore[misc] # Kivy has no types
    """A screen.

    Portrait: title, lead, content, then the actions side by side. On a wide panel: title, lead and
    actions in a column where reading starts, the content in the other.

    Parameters
    ----------
    send
        Called with the event of what was touched.
    title, lead
        The question, and the sentence below it; a part in place of the lead is taken as it is.
    aside
        A small button beside the lead.
    content
        Parts one below the other; put a `spring` where height may be left over.
    back, primary
        The actions; either may be absent.
    start_px
        Width of the column at the start, of the design.
    keyboard
        Below the content; on a wide panel it takes the whole width.
    rail
        Absent only where the kiosk is out of order.
    """

    def __init__(
        self,
        look: Look,
        send: Send,
        *,
        brand: Brand,
        rail: Rail,
        title: str = "",
        lead: str | Part = "",
        aside: Part | None = None,
        content: Sequence[Part] = (),
        back: Button | None = None,
        primary: Button | None = None,
        start_px: float = START_COLUMN_PX,
        keyboard: Keyboard | None = None,
    ) -> None:
        Widget.__init__(self, size_hint=(None, None))
        Part.__init__(self, look)
        self.send = send
        self.start_px = start_px
        self.keyboard = keyboard
        if keyboard and not look.wide:
            content = [*content, spring(look, 24), keyboard]
        self._held: dict[int, Touchable] = {}
        self.brand, self.rail = brand, rail
        lower = look.comfort.lower_buttons
        self.title = Text(look, title, look.theme.type.title, even=True) if title else None
        below = _below(look, lead, None if lower else aside) if title or lead else []
        self.head = Column(look, [self.title, *below] if self.title else below, 4)
        self.actions = [button for button in (back, primary) if button]
        self.back, self.primary = back, primary
        self.content = Lowered(look, aside, content) if lower else Column(look, content)
        for part in (brand, self.head, self.content, *self.actions, rail):
            self.add(part)
        self.place(Box(0, 0, look.panel.width_px, look.panel.height_px))

    @staticmethod
    def on_opacity(page: Any, opacity: float) -> None:
        """Do nothing; Kivy's own method would bind the page to itself and so keep it alive."""

    @staticmethod
    def on_parent(page: "Page", parent: Widget | None) -> None:
        """Leave nothing to the collector when the page goes: Kivy's drawings hold each other."""
        if parent is None:
            page.motion_filter.obj = None  # an observed dictionary holds its widget
            page.canvas.clear()
            for part in page.everything():
                part.drawing.clear()

    @property
    def touchables(self) -> list[Touchable]:
        """All that can be touched, in reading order."""
        return [part for part in self.everything() if isinstance(part, Touchable)]

    @property
    def spoken(self) -> list[str]:
        """All that is read aloud, in reading order."""
        return [part.speech for part in self.everything() if part.speech]

    @property
    def focused(self) -> Touchable | None:
        """What the keys stand on."""
        return next((part for part in self.touchables if part.focused), None)

    def focus_by(self, steps: int) -> Touchable | None:
        """Move the keys so many places on, or back; beyond the last comes the first."""
        order, now = self.touchables, self.focused
        if not order:
            return None
        start = order.index(now) if now else (-1 if steps > 0 else 0)
        return self.focus_on(order[(start + steps) % len(order)].name)

    def focus_on(self, name: str) -> Touchable | None:
        """Put the keys on what has a name; nowhere, if there is none."""
        for part in self.touchables:
            if part.focused != (part.name == name):
                part.focus(part.name == name)
        return self.focused

    def choose(self, name: str) -> bool:
        """Do what a touch on a name does; return whether there is one."""
        named = next((part for part in self.touchables if part.name == name), None)
        if named:
            named.choose()
        return named is not None

    def place(self, box: Box) -> None:
        """Take the whole screen."""
        self.pos, self.size = (box.x, box.y), (box.width, box.height)
        super().place(box)
        self.canvas.clear()
        self.compose(self.canvas)
        for part in self.touchables:
            part.send = self.send

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Hand a touch to what lies under it."""
        under = next((part for part in self.touchables if part.box.has(*touch.pos)), None)
        if touch.is_mouse_scrolling or under is None or under in self._held.values():
            return False
        touch.grab(self)
        # Kivy holds whoever grabbed a touch weakly: the touch itself keeps a page that another
        # takes the place of until the finger is lifted.
        touch.ud["page"] = self
        self._held[touch.uid] = under
        under.touch_down(touch)
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """Hand on the way of a finger."""
        if touch.grab_current is not self:
            return False
        if held := self._held.get(touch.uid):
            held.touch_move(touch)
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """Hand on that the finger was lifted."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        del touch.ud["page"]
        if held := self._held.pop(touch.uid, None):
            held.touch_up(touch)
        return True

    def let_go(self) -> None:
        """Leave fingers without an answer: what they meant is no longer on the glass."""
        self._held.clear()

    def arrange(self, box: Box) -> None:
        """Place everything; where that is too much, with a smaller title and less air."""
        kinds = self.look.theme.type
        for tight, role in enumerate((kinds.title, kinds.hero_button, kinds.button)):
            if self.title:
                self.title.font = self.look.font(role)
            self._arrange(box, tight=tight > 0)
            if not self.is_crowded:
                return

    @property
    def is_crowded(self) -> bool:
        """Whether something has no room: a mistake of the screen."""
        below = [self.keyboard.letters] if self.keyboard and self.look.wide else self.actions
        lowest = max((part.box.top for part in below), default=0.0)
        has_room = self.head.box.y >= lowest + self.look.gap(12) or not self.head.box.height
        return self.content.overflow > 0 or not has_room

    def _arrange(self, box: Box, *, tight: bool) -> None:
        self.tight = tight
        self.brand.place(box.from_top(0, self.brand.wish(box.width)))
        rail = self.rail.wish(box.width)
        self.rail.place(Box(box.x, box.y, box.width, rail))
        main = Box(box.x, box.y + rail, box.width, box.height - rail - self.brand.box.height)
        if self.look.wide:
            self._wide(main.inset(self.look.px(WIDE_SIDE_PX), 0))
        else:
            self._tall(main.inset(self.look.px(SIDE_PX), 0))

    def draw(self, box: Box) -> None:
        """Draw the ground."""
        clear(self.look.colour.page)

    def _tall(self, main: Box) -> None:
        look = self.look
        foot = look.px(32)
        actions = self._side_by_side(Box(main.x, main.y + foot, main.width, main.height))
        down = look.px(24 if self.tight else 40 if look.comfort.large_text else 48)
        head = self._high(self.head, main.width)
        self.head.place(main.from_top(down, head))
        begin = down + head + (look.px(20 if self.tight else 30) if head else 0)
        above = actions + foot + look.gap(16 if self.tight else 24) if actions else look.px(24)
        self.content.place(main.from_top(begin, main.height - begin - above))

    def _side_by_side(self, box: Box) -> float:
        """Go back at the start, the primary button takes the rest."""
        if not self.actions:
            return 0.0
        look, gap = self.look, self.look.gap(20)
        back_width = primary_width = box.width
        if self.back and self.primary:
            back_width = max(look.px(GO_BACK_PX), min(self.back.natural(), box.width * 0.45))
            primary_width = box.width - back_width - gap
        widths = {self.back: float(int(back_width)), self.primary: float(int(primary_width))}
        height = max(self._high(button, widths[button]) for button in self.actions)
        along = 0.0
        for button in self.actions:
            at = Box(box.x, box.y, box.width, height)
            button.place(at.from_start(along, widths[button], look.rtl))
            along += widths[button] + gap
        return height

    def _wide(self, main: Box) -> None:
        look = self.look
        foot, down = (look.px(16), look.px(16)) if self.tight else (look.px(30), look.px(35))
        if not self.head.parts and not self.actions:
            middle = main.centred(look.px(MIDDLE_PX), main.height)
            self.content.place(middle.from_top(down, middle.height - down - foot))
            return
        if self.keyboard:
            self._type(main, self.keyboard, foot, down)
            return
        left = look.px(self.start_px)
        column = main.from_start(0, left, look.rtl)
        top = down + (0 if self.tight else look.px(16))
        gap = look.gap(12 if self.tight else 20)
        room = column.height - top - foot - len(self.actions) * gap
        least = self.head.least(left)
        heights = [button.wish(left) for button in self.actions]
        if self.tight and least + sum(heights) > room:
            heights = [button.least(left) for button in self.actions]
        high = self.head.wish(left)
        if self.tight:
            high = min(high, max(least, room - sum(heights) - look.px(16)))
        self.head.place(column.from_top(top, high))
        y: float = column.y + foot
        for button, height in zip(self.actions, heights, strict=True):
            button.place(Box(column.x, y, left, height))
            y += height + gap
        along = left + look.px(BETWEEN_COLUMNS_PX)
        beside = main.from_start(along, main.width - along, look.rtl)
        self.content.place(beside.from_top(down, beside.height - down - foot))

    def _type(self, main: Box, keyboard: Keyboard, foot: float, down: float) -> None:
        """Place head and content side by side above the letters, and all other keys in one row."""
        look, gap = self.look, self.look.gap(16)
        in_row = [*self.actions[:1], *keyboard.commands, *self.actions[1:]]
        row = Row(look, in_row, shares=(*(1.0,) * (len(in_row) - 1), 1.7))
        keys, letters = self._high(row, main.width), self._high(keyboard.letters, main.width)
        row.place(Box(main.x, main.y + foot, main.width, keys))
        above = Box(main.x, main.y + foot + keys + gap, main.width, letters)
        keyboard.letters.place(above)
        upper = Box(main.x, above.top + gap, main.width, main.top - above.top - gap - down)
        left = float(int(main.width * 0.54))
        head = upper.from_start(0, left, look.rtl)
        self.head.place(head.from_top(0, self._high(self.head, left)))
        along = left + look.px(BETWEEN_COLUMNS_PX)
        self.content.place(upper.from_start(along, main.width - along, look.rtl))
        self.parts = [
            self.brand, self.head, self.content, keyboard.letters, row, self.rail,
        ]  # fmt: skip

    def _high(self, part: Part, width: float) -> float:
        return part.least(width) if self.tight else part.wish(width)


class HeroPage(Page):
    """WELCOME: a picture above everything, or beside it on a wide panel.

    Parameters
    ----------
    hero
        The picture; None where the words need all the room.
    content
        Everything else, the big button among it.
    """

    def __init__(
        self,
        look: Look,
        send: Send,
        *,
        brand: Brand,
        rail: Rail,
        hero: Part | None,
        content: list[Part],
    ) -> None:
        self.hero = Column(look, [hero]) if hero else None
        if hero and not look.wide:
            content = [hero, Space(look, 48, 20), *content]
        super().__init__(look, send, brand=brand, rail=rail, content=content)

    @property
    def is_crowded(self) -> bool:
        """Whether something has no room."""
        return super().is_crowded or (self.hero is not None and self.hero.overflow > 0)

    def _tall(self, main: Box) -> None:
        foot = self.look.px(32)
        self.content.place(Box(main.x, main.y + foot, main.width, main.height - foot))

    def _wide(self, main: Box) -> None:
        look, foot = self.look, self.look.px(30)
        main = Box(main.x, main.y + foot, main.width, main.height - foot)
        if self.hero is None:
            self.content.place(main)
            return
        if self.hero not in self.parts:
            self.add(self.hero)
        for left in HERO_WIDTHS_PX:
            self.hero.place(main.from_start(0, look.px(left), look.rtl))
            along = look.px(left + BETWEEN_COLUMNS_PX)
            self.content.place(main.from_start(along, main.width - along, look.rtl))
            if not self.content.overflow:
                return


def _below(look: Look, lead: str | Part, aside: Part | None) -> list[Part]:
    """Return what stands below the title."""
    words = look.theme.type.body
    below = Text(look, lead, words, ink=look.colour.second) if isinstance(lead, str) else lead
    air = [] if isinstance(lead, str) else [Space(look, 24, 12)]
    if aside is None:
        # Without a lead the tails of the title's letters still need their room.
        return [*air, below] if lead else [Space(look, 4)]
    if look.wide:
        beside = Row(look, [aside, Part(look)], shares=(0, 1))
        return [*air, below, Space(look, 24, 12), beside]
    return [*air, Row(look, [below, aside], shares=(1, 0), gap_px=32, centred=True)]
