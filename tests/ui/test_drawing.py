"""What is drawn by hand: the way of a pen."""

from collections.abc import Callable
from typing import Any

from PIL import Image

from kiosk.ui.box import Box
from kiosk.ui.drawing import line
from kiosk.ui.look import Look
from kiosk.ui.widgets.part import Part

Points = list[tuple[float, float]]
PEN_PX = 10


class Drawn(Part):
    """A pen's way on paper."""

    def __init__(self, look: Look, points: Points) -> None:
        super().__init__(look)
        self.points = points

    def draw(self, box: Box) -> None:
        line(self.points, self.look.colour.text, PEN_PX)


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return left, lower, right and upper end of all that is darker than paper."""
    dark = picture.convert("L").point(lambda grey: 255 * (grey < 128))
    left, top, right, bottom = dark.getbbox() or (0, 0, 0, 0)
    return left, picture.height - bottom, right, picture.height - top


def test_a_sharp_turn_is_round_and_throws_no_needle(look: Look, show: Callable[..., Any]) -> None:
    there_and_back: Points = [(300, 300), (300, 700), (302, 300)]
    left, lower, right, upper = ink(show(Drawn(look, there_and_back), Box(0, 0, 1080, 1920)))
    half = PEN_PX / 2
    assert (left, lower) == (300 - half, 300 - half)
    assert (right, upper) == (302 + half, 700 + half)


def test_a_tap_is_a_dot(look: Look, show: Callable[..., Any]) -> None:
    left, lower, right, upper = ink(show(Drawn(look, [(500, 500)]), Box(0, 0, 1080, 1920)))
    assert (right - left, upper - lower) == (PEN_PX, PEN_PX)


def test_a_line_of_very_many_points_is_drawn_to_its_end(
    look: Look, show: Callable[..., Any]
) -> None:
    points: Points = [(100 + n / 10, 400) for n in range(9000)]
    left, _, right, _ = ink(show(Drawn(look, points), Box(0, 0, 1080, 1920)))
    assert (left, right) == (95, 1005)
