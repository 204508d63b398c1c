"""The tokens of ``tokens.toml`` as typed values: the light theme and the one of high contrast."""

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any

_LINEAR_TO = 0.04045
"""Where the curve of sRGB begins (WCAG 2.1, relative luminance)."""
TOKENS = files("kiosk.ui") / "tokens.toml"


@dataclass(frozen=True, slots=True)
class Colour:
    """An opaque sRGB colour; parts are 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def read(cls, hexadecimal: str) -> "Colour":
        """Return the colour written as ``#RRGGBB``."""
        return cls(*bytes.fromhex(hexadecimal.removeprefix("#")))

    def rgba(self, alpha: float = 1.0) -> tuple[float, float, float, float]:
        """Return the colour as Kivy takes it, 0 to 1."""
        return self.red / 255, self.green / 255, self.blue / 255, alpha

    @property
    def luminance(self) -> float:
        """Relative luminance (WCAG 2.1)."""
        weights = ((self.red, 0.2126), (self.green, 0.7152), (self.blue, 0.0722))
        return sum(weight * _linear(part / 255) for part, weight in weights)

    def contrast(self, other: "Colour") -> float:
        """Return the contrast ratio to another colour (WCAG 2.1, 1.4.3), 1 to 21."""
        low, high = sorted((self.luminance, other.luminance))
        return (high + 0.05) / (low + 0.05)


def _linear(part: float) -> float:
    if part <= _LINEAR_TO:
        return part / 12.92
    return float(((part + 0.055) / 1.055) ** 2.4)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role."""

    page: Colour
    card: Colour
    sunk: Colour
    text: Colour
    second: Colour
    primary: Colour
    primary_pressed: Colour
    on_primary: Colour
    tint: Colour
    tint_pressed: Colour
    line: Colour
    edge: Colour
    person: Colour
    person_pressed: Colour
    on_person: Colour
    right: Colour
    right_ground: Colour
    out: Colour
    wrong: Colour
    wrong_ground: Colour
    art: Colour
    on_art: Colour
    slot_light: Colour
    form_mark: Colour
    ink: Colour
    """Of a signature."""
    paper: Colour
    """Of a form and of the box that one signs in; white in every theme."""
    paper_line: Colour
    pressed: Colour
    chosen_edge: Colour
    focus: Colour
    tone: float
    """How strongly the second layer of a pictogram is drawn, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of text."""

    px: int
    weight: int
    line_height: float
    """In em."""
    large_px: int
    """With large text."""


@dataclass(frozen=True, slots=True)
class Type:
    """Kinds of text."""

    form_head: Role
    rail: Role
    small: Role
    small_strong: Role
    key: Role
    body: Role
    body_strong: Role
    item: Role
    button: Role
    digit: Role
    cell: Role
    hero_button: Role
    title: Role
    display: Role
    display_wide: Role
    number: Role
    minutes: Role


@dataclass(frozen=True, slots=True)
class Radius:
    """Roundness of corners, px."""

    small: int
    checkbox: int
    key: int
    card: int
    panel: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """Widths of edges, px."""

    hairline: int
    edge: int
    selected: int
    active_cell: int
    focus: int


@dataclass(frozen=True, slots=True)
class Shadow:
    """What lies under a card."""

    drop: int
    blur: int
    colour: Colour
    alpha: float


@dataclass(frozen=True, slots=True)
class Shadows:
    """Shadows by what throws them."""

    card: Shadow | None
    primary: Shadow | None
    key: Shadow | None


@dataclass(frozen=True, slots=True)
class Floor:
    """What is never smaller, mm."""

    target: float
    gap: float
    cap_height: float


@dataclass(frozen=True, slots=True)
class Motion:
    """How long a movement takes, s."""

    screen: float
    """The next screen comes in."""


@dataclass(frozen=True, slots=True)
class Theme:
    """All tokens for one palette."""

    colour: Palette
    type: Type
    radius: Radius
    stroke: Stroke
    shadow: Shadows
    flat: bool
    """No shadows, so each box has an edge: high contrast."""
    floor_mm: Floor
    motion_s: Motion


@dataclass(frozen=True, slots=True)
class Themes:
    """The two themes there are."""

    light: Theme
    high_contrast: Theme

    @classmethod
    def read(cls) -> "Themes":
        """Read the tokens."""
        tokens = tomllib.loads(TOKENS.read_text(encoding="utf-8"))
        return cls(_light(tokens), _high_contrast(tokens))


def _light(tokens: dict[str, Any]) -> Theme:
    strokes = {name.name: tokens["stroke"][name.name] for name in fields(Stroke)}
    shadows = {name: _shadow(**shadow) for name, shadow in tokens["shadow"].items()}
    return _theme(tokens, "light", Stroke(**strokes), Shadows(**shadows))


def _high_contrast(tokens: dict[str, Any]) -> Theme:
    stroke = tokens["stroke"]
    thin, thick = stroke["high_contrast"], stroke["high_contrast_selected"]
    strokes = Stroke(thin, thin, thick, thick, thick)
    return _theme(tokens, "high_contrast", strokes, Shadows(None, None, None))


def _theme(tokens: dict[str, Any], name: str, stroke: Stroke, shadow: Shadows) -> Theme:
    palette: dict[str, Any] = {
        role: Colour.read(value) if isinstance(value, str) else value
        for role, value in tokens[name].items()
    }
    return Theme(
        Palette(**palette),
        Type(**{name: Role(**role) for name, role in tokens["type"].items()}),
        Radius(**tokens["radius"]),
        stroke,
        shadow,
        name == "high_contrast",
        Floor(**tokens["floor_mm"]),
        Motion(**tokens["motion_s"]),
    )


def _shadow(drop: int, blur: int, colour: str, percent: int) -> Shadow:
    return Shadow(drop, blur, Colour.read(colour), percent / 100)
