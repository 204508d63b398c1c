"""Notes: an icon and a sentence."""

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill
from kiosk.ui.icons import IconStyle
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour, Role
from kiosk.ui.widgets.icon import Icon, Tile
from kiosk.ui.widgets.layout import Column
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Text


class IconLine(Part):
    """An icon at the start, and words beside it.

    Parameters
    ----------
    gap_px
        Between them, of the design.
    on_first_line
        Whether the icon stands at the first line, else at the middle of the words.
    """

    def __init__(
        self,
        look: Look,
        icon: Icon | Tile,
        words: Part,
        gap_px: float = 24,
        on_first_line: bool = False,
    ) -> None:
        super().__init__(look, [icon, words])
        self.icon, self.words = icon, words
        self.gap = look.px(gap_px)
        self.on_first_line = on_first_line

    def natural(self) -> float:
        """Return the width with the words on one line."""
        return self.icon.side_px + self.gap + self.words.natural() + 1

    def wish(self, width: float) -> float:
        """Return the height of the higher one."""
        return max(float(self.icon.side_px), self.words.wish(self._room(width)))

    def arrange(self, box: Box) -> None:
        """Place icon and words."""
        side, room = self.icon.side_px, self._room(box.width)
        words = self.words.wish(room)
        cell = box.from_start(0, side, self.look.rtl)
        first = self.words.font.line_px if isinstance(self.words, Text) else words
        strip = cell.from_top(0, first) if self.on_first_line else cell
        self.icon.place(strip.centred(side, side))
        beside = box.from_start(side + self.gap, room, self.look.rtl)
        self.words.place(beside.centred(room, words))

    def _room(self, width: float) -> float:
        return width - self.icon.side_px - self.gap


def note(look: Look, icon: str, text: str, *, strong: tuple[str, ...] = ()) -> IconLine:
    """Return a calm sentence at the foot of the content, with its pictogram."""
    colour = look.colour
    sign = Icon(look, icon, 84, ink=colour.primary, style=IconStyle.DUOTONE)
    words = Text(look, text, look.theme.type.body, ink=colour.second, strong=strong)
    return IconLine(look, sign, words, 28)


def fact(look: Look, icon: str, text: str, ink: Colour, ground: Colour) -> IconLine:
    """Return what is so: a solid icon and a sentence."""
    sign = Icon(look, icon, 64, ink=ink, ground=ground, style=IconStyle.FILL)
    return IconLine(look, sign, Text(look, text, look.theme.type.body, ground=ground), 30)


def good(look: Look, text: str) -> IconLine:
    """Return the green line of something that went right."""
    ink = look.colour.right
    sign = Icon(look, "check-circle", 60, ink=ink, style=IconStyle.FILL)
    return IconLine(look, sign, Text(look, text, look.theme.type.body_strong, ink=ink), 18)


class ErrorNote(Part):
    """What did not work, in red with an icon; then what to do now.

    Parameters
    ----------
    what
        What happened.
    then
        What to do now.
    """

    def __init__(self, look: Look, what: str, then: str = "") -> None:
        colour, kinds = look.colour, look.theme.type
        ground = colour.wrong_ground
        words: list[Part] = [Text(look, what, kinds.small_strong, ink=colour.wrong, ground=ground)]
        if then:
            words.append(Text(look, then, kinds.small, ground=ground))
        icon = Icon(look, "warning-circle", 80, ink=colour.wrong, ground=ground, style=_SOLID)
        self.line = IconLine(look, icon, Column(look, words, 4), 28)
        super().__init__(look, [self.line])

    def wish(self, width: float) -> float:
        """Return the height of its words and the ground around them."""
        return self.line.wish(width - 2 * self.look.px(36)) + 2 * self.look.px(32)

    def least(self, width: float) -> float:
        """Return the height of its words."""
        return self.line.wish(width - 2 * self.look.px(36)) + 2 * self.look.px(16)

    def arrange(self, box: Box) -> None:
        """Place the words inside."""
        self.line.place(box.inset(self.look.px(36), 0))

    def draw(self, box: Box) -> None:
        """Draw ground and edge."""
        radius = self.look.px(self.look.theme.radius.card)
        fill(box, self.look.colour.wrong_ground, radius)
        edge(box, self.look.colour.wrong, radius, self.look.px(self.look.theme.stroke.edge))


class StaffLine(IconLine):
    """The line above the rail that says that staff were called."""

    def __init__(self, look: Look, text: str) -> None:
        colour = look.colour
        icon = Icon(look, "bell-ringing", 40, ink=colour.text, ground=colour.card, style=_SOLID)
        words = Text(look, text, _line_role(look), ground=colour.card)
        super().__init__(look, icon, words, 16)


def _line_role(look: Look) -> Role:
    return look.theme.type.rail


_SOLID = IconStyle.FILL
