"""Contrast of every pair of tokens that meet on a screen (WCAG 2.1, 1.4.3 and 1.4.11)."""

import pytest

from kiosk.ui.theme import Colour, Theme, Themes

GROUNDS = ("page", "card", "sunk", "tint")
TEXT_ON = [
    *((ink, ground) for ink in ("text", "second") for ground in GROUNDS),
    *((ink, ground) for ink in ("text", "second", "primary") for ground in ("pressed", "tint")),
    *(("primary", ground) for ground in ("page", "card", "tint", "tint_pressed")),
    ("text", "tint_pressed"),
    ("text", "wrong_ground"),
    ("on_primary", "primary"),
    ("on_primary", "primary_pressed"),
    ("on_person", "person"),
    ("on_person", "person_pressed"),
    ("right", "page"),
    ("right", "card"),
    ("right", "right_ground"),
    ("out", "sunk"),
    ("wrong", "wrong_ground"),
    ("wrong", "card"),
    ("on_art", "art"),
    ("ink", "paper"),
    ("ink", "form_mark"),
]
GRAPHICS_ON = [
    ("edge", "page"),
    ("edge", "card"),
    ("chosen_edge", "page"),
    ("primary", "page"),
    ("wrong", "page"),
    ("focus", "page"),
    ("focus", "card"),
    ("slot_light", "art"),
    ("paper_line", "paper"),
]


@pytest.fixture(params=["light", "high_contrast"])
def theme(request: pytest.FixtureRequest) -> Theme:
    chosen: Theme = getattr(Themes.read(), request.param)
    return chosen


def _ratio(theme: Theme, ink: str, ground: str) -> float:
    one: Colour = getattr(theme.colour, ink)
    return one.contrast(getattr(theme.colour, ground))


@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_stands_out_from_its_ground(theme: Theme, ink: str, ground: str) -> None:
    assert _ratio(theme, ink, ground) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), GRAPHICS_ON)
def test_edges_and_signs_stand_out_from_their_ground(theme: Theme, ink: str, ground: str) -> None:
    assert _ratio(theme, ink, ground) >= 3


def test_high_contrast_text_has_seven_to_one() -> None:
    high = Themes.read().high_contrast
    assert min(_ratio(high, ink, ground) for ink, ground in TEXT_ON) >= 7


def test_contrast_is_that_of_wcag() -> None:
    black, white = Colour.read("#000000"), Colour.read("#FFFFFF")
    assert black.contrast(white) == pytest.approx(21)
    assert white.contrast(white) == pytest.approx(1)
    assert Colour.read("#43555A").contrast(Colour.read("#E9E5DB")) == pytest.approx(6.22, abs=0.01)


def test_high_contrast_has_no_shadows() -> None:
    themes = Themes.read()
    assert themes.light.shadow.card is not None
    assert themes.high_contrast.shadow.card is None
    assert themes.high_contrast.flat
    assert not themes.light.flat


def test_large_text_is_larger_wherever_text_is_small() -> None:
    roles = Themes.read().light.type
    small = (roles.form_head, roles.small, roles.body, roles.key)
    assert all(role.large_px >= 1.27 * role.px for role in small)
