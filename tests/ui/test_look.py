"""Sizes: floors in millimetres hold on every panel."""

import pytest

from kiosk.ui.look import CAP_HEIGHT_EM
from kiosk.ui.panel import Panel
from tests.ui.conftest import ARABIC, ENGLISH, LANDSCAPE, PORTRAIT, LookOf

PANELS = [
    Panel(width, height, inch)
    for inch in (15, 21.5, 32)
    for width, height in ((1080, 1920), (1920, 1080), (2160, 3840), (3840, 2160))
]


@pytest.mark.parametrize("panel", PANELS, ids=str)
@pytest.mark.parametrize("large", [False, True])
def test_no_text_is_lower_than_the_floor(look_of: LookOf, panel: Panel, large: bool) -> None:
    look = look_of(panel, large_text=large)
    roles = look.theme.type
    fonts = [look.font(getattr(roles, name)) for name in type(roles).__slots__]
    assert min(look.cap_mm(font) for font in fonts) >= 4.8


@pytest.mark.parametrize("panel", PANELS, ids=str)
def test_no_target_and_no_gap_is_smaller_than_the_floor(look_of: LookOf, panel: Panel) -> None:
    look = look_of(panel)
    assert look.target(0) / panel.px_per_mm >= 20
    assert look.gap(0) / panel.px_per_mm >= 3


def test_the_reference_panel_draws_the_design_px_for_px(look_of: LookOf) -> None:
    look = look_of(PORTRAIT)
    assert look.px(984) == 984
    assert look.font(look.theme.type.title).px == 64
    assert look.target(128) == 128
    assert PORTRAIT.px_per_mm == pytest.approx(4.034, abs=0.001)


def test_a_window_is_a_small_picture_of_the_reference_panel(look_of: LookOf) -> None:
    window = Panel.window(540, 960)
    assert window.scale == 0.5
    assert window.px_per_mm == pytest.approx(4.034 / 2, abs=0.01)
    assert look_of(window).font(look_of(window).theme.type.title).px == 32


def test_a_square_window_shows_the_whole_design() -> None:
    assert Panel.window(1000, 1000).scale == pytest.approx(1000 / 1920)


def test_arabic_is_a_little_larger_and_has_wider_lines(look_of: LookOf) -> None:
    english, arabic = look_of(words=ENGLISH), look_of(words=ARABIC)
    role = english.theme.type.body
    assert arabic.font(role).px == english.font(role).px + 2
    assert arabic.font(role).line_height == 1.45


def test_large_text_makes_letters_a_third_larger(look_of: LookOf) -> None:
    role = look_of().theme.type.body
    assert look_of(large_text=True).font(role).px == round(1.34 * look_of().font(role).px)


def test_orientation_follows_the_longer_side(look_of: LookOf) -> None:
    assert look_of(LANDSCAPE).wide
    assert not look_of(PORTRAIT).wide
    assert CAP_HEIGHT_EM == 0.714
