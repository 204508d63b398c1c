"""All that decides how a widget looks: panel, theme, words and what the person chose."""

from dataclasses import dataclass
from math import ceil

from kiosk.domain.session.facts import Comfort
from kiosk.text.words import Words
from kiosk.ui.album import Album
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Palette, Role, Theme, Themes
from kiosk.ui.typesetting import Font, Typesetter

CAP_HEIGHT_EM = 0.714
"""Height of Noto Sans' capital letters."""
ARABIC_LINE_HEIGHT = 1.45
ARABIC_LARGER_PX = 2


@dataclass(frozen=True, slots=True)
class Look:
    """Handed to every widget."""

    panel: Panel
    theme: Theme
    words: Words
    comfort: Comfort
    typesetter: Typesetter
    reduced_motion: bool = False

    @classmethod
    def of(
        cls, panel: Panel, themes: Themes, words: Words, comfort: Comfort, typesetter: Typesetter
    ) -> "Look":
        """Return the look that a person chose."""
        theme = themes.high_contrast if comfort.high_contrast else themes.light
        return cls(panel, theme, words, comfort, typesetter)

    @property
    def colour(self) -> Palette:
        """Colours by role."""
        return self.theme.colour

    @property
    def rtl(self) -> bool:
        """Whether the whole layout is mirrored."""
        return self.words.right_to_left

    @property
    def wide(self) -> bool:
        """Whether the panel lies on its long side."""
        return not self.panel.is_portrait

    @property
    def flat_lists(self) -> bool:
        """Whether the cards of a list are lower: for a wide panel, or the lower half of one."""
        return self.wide or self.comfort.lower_buttons

    @property
    def album(self) -> Album:
        """Pictures that came as bytes."""
        return self.typesetter.album

    @property
    def screen_s(self) -> float:
        """How long the next screen takes to come in, s; nothing where movement was switched off."""
        return 0.0 if self.reduced_motion else self.theme.motion_s.screen

    def px(self, design_px: float) -> int:
        """Return px of this panel for px of the design."""
        return round(design_px * self.panel.scale)

    def mm(self, length_mm: float) -> int:
        """Return px of this panel for millimetres, never less."""
        return ceil(length_mm * self.panel.px_per_mm)

    def target(self, design_px: float) -> int:
        """Return px for the side of something to touch: at least the floor in mm."""
        return max(self.px(design_px), self.mm(self.theme.floor_mm.target))

    def gap(self, design_px: float = 16) -> int:
        """Return px between two things to touch: at least the floor in mm."""
        return max(self.px(design_px), self.mm(self.theme.floor_mm.gap))

    def font(self, role: Role) -> Font:
        """Return the size that a kind of text has here: at least the floor in mm."""
        size = role.large_px if self.comfort.large_text else role.px
        line_height = role.line_height
        if self.rtl:
            size, line_height = size + ARABIC_LARGER_PX, ARABIC_LINE_HEIGHT
        floor = ceil(self.theme.floor_mm.cap_height * self.panel.px_per_mm / CAP_HEIGHT_EM)
        return Font(max(self.px(size), floor), role.weight, line_height)

    def cap_mm(self, font: Font) -> float:
        """Return how high a capital letter is on the glass."""
        return font.px * CAP_HEIGHT_EM / self.panel.px_per_mm
