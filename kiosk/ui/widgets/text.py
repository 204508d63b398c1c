"""Words on the screen; they take the lines they need and are never cut."""

from enum import Enum, auto

from kivy.graphics import Color, Rectangle

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour, Role
from kiosk.ui.typesetting import Setting
from kiosk.ui.widgets.part import Part


class Side(Enum):
    """Where lines are set; start is the side where one begins to read."""

    START = auto()
    CENTRE = auto()
    END = auto()


class Text(Part):
    """A sentence.

    Parameters
    ----------
    text
        As it is read; names in it may be of any script.
    role
        Its kind of text, of ``look.theme.type``.
    ink, ground
        Its colour, and the colour that it stands on.
    strong
        Parts of it that are set bold.
    even
        Whether its lines are about equally long; those in the middle are.
    """

    def __init__(
        self,
        look: Look,
        text: str,
        role: Role,
        *,
        ink: Colour | None = None,
        ground: Colour | None = None,
        side: Side = Side.START,
        strong: tuple[str, ...] = (),
        even: bool | None = None,
    ) -> None:
        super().__init__(look)
        self.text = self.speech = text
        self.font = look.font(role)
        self.ink = ink or look.colour.text
        self.ground = ground or look.colour.page
        self.side = side
        self.strong = strong
        self.even = side is Side.CENTRE if even is None else even

    @property
    def cap_mm(self) -> float:
        """How high its capital letters are on the glass."""
        return self.look.cap_mm(self.font)

    def setting(self, width: float) -> Setting:
        """Return its lines at a width."""
        return self.look.typesetter.set(
            self.text, self.font, width, self.look.rtl, self.strong, self.even
        )

    def natural(self) -> float:
        """Return its width on one line."""
        return self.setting(float("inf")).width

    def narrowest(self) -> float:
        """Return the width below which a word would be broken between its letters."""
        set_width = self.look.typesetter.width
        return max((set_width(word, self.font) for word in self.text.split()), default=0.0)

    def wish(self, width: float) -> float:
        """Return the height of its lines."""
        return self.setting(width).height

    def say(self, text: str) -> None:
        """Show other words in the same box."""
        self.text = self.speech = text
        self.redraw()

    def colour(self, ink: Colour, ground: Colour) -> None:
        """Show the same words in another colour."""
        if (ink, ground) == (self.ink, self.ground):
            return
        self.ink, self.ground = ink, ground
        self.redraw()

    def draw(self, box: Box) -> None:
        """Draw each run with its own font, all on one base line."""
        setter, px = self.look.typesetter, self.font.px
        middle = (self.font.line_px - _EM_HEIGHT * px) / 2 + _EM_ASCENT * px
        setting = self.setting(box.width)
        Color(*self.ink.rgba())
        for number, line in enumerate(setting.lines):
            base = box.top - number * self.font.line_px - middle
            left = self._left(box, line.width)
            for run in line.runs:
                texture = setter.texture(run, px)
                top = round(base + setter.ascent(run.face, px))
                pos = (round(left + run.x), top - texture.height)
                Rectangle(texture=texture, pos=pos, size=texture.size)

    def _left(self, box: Box, width: float) -> float:
        if self.side is Side.CENTRE:
            return box.x + (box.width - width) / 2
        at_right = self.look.rtl == (self.side is Side.START)
        return box.right - width if at_right else box.x


_EM_ASCENT, _EM_HEIGHT = 1.069, 1.362
"""Of Noto Sans, which sets the base line for the other fonts too."""
