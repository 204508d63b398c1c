"""Lower buttons."""

from typing import Any

from kiosk.ui.box import Box
from kiosk.ui.look import Look
from kiosk.ui.widgets.button import small
from kiosk.ui.widgets.layout import spring
from kiosk.ui.widgets.lowered import Lowered
from kiosk.ui.widgets.pager import Pager, Turn
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.touchable import Touchable
from tests.ui.conftest import LANDSCAPE, LookOf

TALL = Box(48, 366, 984, 1200)
MIDDLE = 960


def _content(look: Look, cards: int, words: int = 1) -> list[Part]:
    sentences = [Text(look, "Some words", look.theme.type.body) for _ in range(words)]
    buttons = [small(look, f"Exam {n}", n, name=f"exam-{n}") for n in range(cards)]
    turns: Any = {
        name: Turn(lambda left: f"See {left} more", lambda page: page, name)
        for name in ("newer", "older")
    }
    pager = Pager(look, buttons, page=0, count_text=lambda a, b, c: f"{a} to {b} of {c}", **turns)
    return [*sentences, pager, spring(look)]


def _touched(part: Part) -> list[Touchable]:
    return [each for each in part.everything() if isinstance(each, Touchable)]


def _lowered(look: Look, *parts: Part, aside: Part | None = None, box: Box = TALL) -> Lowered:
    content = Lowered(look, aside, parts)
    content.place(box)
    return content


def test_a_short_list_stands_at_the_foot(look_of: LookOf) -> None:
    look = look_of(lower_buttons=True)
    content = _lowered(look, *_content(look, 2))
    assert [part.name for part in _touched(content)] == ["exam-0", "exam-1"]
    assert min(part.box.y for part in _touched(content)) == TALL.y


def test_a_long_list_shows_what_fits_below_the_middle(look_of: LookOf) -> None:
    look = look_of(lower_buttons=True)
    content = _lowered(look, *_content(look, 9))
    shown = _touched(content)
    assert max(part.box.top for part in shown) <= MIDDLE
    assert [part.name for part in shown] == ["exam-0", "exam-1", "exam-2", "exam-3", "older"]
    assert content.overflow == 0


def test_words_give_way_upwards(look_of: LookOf) -> None:
    look = look_of(lower_buttons=True)
    content = _lowered(look, *_content(look, 9))
    words = next(part for part in content.everything() if isinstance(part, Text))
    assert words.box.y > max(part.box.top for part in _touched(content))


def test_what_stands_beside_the_lead_elsewhere_comes_first(look_of: LookOf) -> None:
    look = look_of(lower_buttons=True)
    aside = small(look, "Choose all", "all", name="choose-all")
    content = _lowered(look, *_content(look, 9, words=0), aside=aside)
    assert _touched(content)[0].name == "choose-all"
    assert max(part.box.top for part in _touched(content)) <= MIDDLE


def test_a_wide_panel_is_within_reach_as_it_is(look_of: LookOf) -> None:
    look = look_of(LANDSCAPE, lower_buttons=True)
    content = _lowered(look, *_content(look, 9), box=Box(816, 164, 1040, 770))
    assert max(part.box.top for part in _touched(content)) > LANDSCAPE.height_px / 2
