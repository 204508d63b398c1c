"""The skeleton of a screen."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.ui.look import Look
from kiosk.ui.page import HeroPage, Page
from kiosk.ui.panel import Panel
from kiosk.ui.widgets.brand import Brand
from kiosk.ui.widgets.button import go_back, hero, primary, small
from kiosk.ui.widgets.card import ChoiceCard
from kiosk.ui.widgets.hero import Hero
from kiosk.ui.widgets.layout import spring
from kiosk.ui.widgets.note import ErrorNote
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.rail import Rail, RailButton
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.touchable import Touchable
from tests.ui.conftest import ARABIC, ENGLISH, LANDSCAPE, PORTRAIT, Finger, LookOf, Show

PANELS = [PORTRAIT, LANDSCAPE, Panel(1080, 1920, 15), Panel(1920, 1080, 32)]


def _rail(look: Look) -> Rail:
    words = ("Call staff", "English", "See and hear", "Start over")
    return Rail(
        look,
        [
            RailButton(look, "eye", word, word, name=word, person=not at)
            for at, word in enumerate(words)
        ],
    )


def _page(look: Look, send: Any = None, **parts: Any) -> Page:
    cards = [
        ChoiceCard(look, f"Exam {number}", number, name=f"exam-{number}", lines=("2 images",))
        for number in range(3)
    ]
    given: dict[str, Any] = {
        "title": "Choose your images",
        "lead": "Hello Maria. Touch an exam to change it.",
        "aside": small(look, "Choose all", "all", name="choose-all"),
        "content": [*cards, spring(look)],
        "back": go_back(look, "Go back", "back"),
        "primary": primary(look, "Take these 3 exams", "go"),
    }
    brand = Brand(look, "Riverside Example Hospital", step=2)
    brand.step_text.say("Step 2 of 5")
    return Page(
        look, send or (lambda event: None), brand=brand, rail=_rail(look), **(given | parts)
    )


def _texts(page: Part) -> list[Text]:
    return [part for part in page.everything() if isinstance(part, Text) and part.text]


@pytest.mark.parametrize("panel", PANELS, ids=str)
@pytest.mark.parametrize("words", [ENGLISH, ARABIC], ids=["en", "ar"])
@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_cut_and_nothing_lies_over_another(
    look_of: LookOf, panel: Panel, words: Any, large: bool
) -> None:
    look = look_of(panel, words, large_text=large)
    page = _page(look)
    assert page.content.overflow == 0
    for text in _texts(page):
        assert text.setting(text.box.width).width <= text.box.width + 1, text.text
        assert text.wish(text.box.width) <= text.box.height + 1, text.text
    boxes = [part.box for part in page.touchables]
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = max(
                other.x - one.right, one.x - other.right, other.y - one.top, one.y - other.top
            )
            assert apart >= 3 * panel.px_per_mm - 1


@pytest.mark.parametrize("panel", PANELS, ids=str)
def test_every_target_is_as_large_as_a_finger_needs(look_of: LookOf, panel: Panel) -> None:
    for part in _page(look_of(panel)).touchables:
        assert min(part.box.width, part.box.height) >= 20 * panel.px_per_mm - 1, part.name


def test_arabic_is_the_mirror_picture_of_english(look_of: LookOf) -> None:
    english, arabic = (
        _page(look_of(words=words), title="A", lead="B", aside=None) for words in (ENGLISH, ARABIC)
    )
    for one, other in zip(english.touchables, arabic.touchables, strict=True):
        assert one.name == other.name
        assert one.box.x == pytest.approx(1080 - other.box.right, abs=1)


def test_reading_order_is_title_content_actions_rail(look: Look) -> None:
    page = _page(look)
    names = [part.name for part in page.touchables]
    assert names[:4] == ["choose-all", "exam-0", "exam-1", "exam-2"]
    assert names[4:6] == ["back", "go-on"]
    assert names[6] == "Call staff"
    assert page.spoken[:2] == ["Riverside Example Hospital", "Step 2 of 5"]


def test_the_keys_walk_in_reading_order_and_around(look: Look) -> None:
    page = _page(look)
    walked = [page.focus_by(1) for _ in page.touchables]
    assert walked == page.touchables
    assert page.focus_by(1) is page.touchables[0]
    assert page.focus_by(-1) is page.touchables[-1]
    assert [part.focused for part in page.touchables].count(True) == 1


def test_a_focused_button_has_a_ring(look: Look, show: Show) -> None:
    page = _page(look)
    before = show(page)
    page.focus_on("go-on")
    after = show(page)
    box = next(part.box for part in page.touchables if part.name == "go-on")
    at = (int(box.x + box.width / 2), int(1920 - box.top - 6))
    assert after.getpixel(at) == (0x15, 0x26, 0x2B)
    assert before.getpixel(at) != after.getpixel(at)


def test_choosing_by_name_sends_its_event(look: Look) -> None:
    heard: list[Any] = []
    page = _page(look, heard.append)
    assert page.choose("exam-1")
    assert not page.choose("nothing")
    assert heard == [1]


def test_lower_buttons_move_the_choice_down(look_of: LookOf) -> None:
    normal, lower = (_page(look_of(lower_buttons=lower)) for lower in (False, True))

    def top(page: Page) -> float:
        return max(part.box.top for part in page.touchables)

    assert top(lower) < top(normal)
    assert {part.name for part in lower.touchables} == {part.name for part in normal.touchables}


def test_a_wide_panel_has_the_actions_beside_the_choice(look_of: LookOf) -> None:
    page = _page(look_of(LANDSCAPE))
    assert page.primary is not None
    assert page.primary.box.right < min(card.box.x for card in page.content.parts)
    assert page.back is not None
    assert page.back.box.top < page.primary.box.y


def test_an_error_takes_the_place_of_the_lead(look: Look) -> None:
    note = ErrorNote(look, "The code and the date do not match.", "Please try again.")
    page = _page(look, lead=note, aside=None)
    assert page.content.overflow == 0
    assert note.box.top < page.head.parts[0].box.y
    assert "The code and the date do not match." in page.spoken


def test_head_and_rail_keep_their_edges(look: Look) -> None:
    page = _page(look)
    assert page.brand.box.top == 1920
    assert page.rail.box.y == 0
    assert page.rail.box.width == page.brand.box.width == 1080


def test_the_ground_is_that_of_the_theme(look_of: LookOf, show: Show) -> None:
    assert show(_page(look_of())).getpixel((20, 300)) == (0xF6, 0xF4, 0xEF)
    assert show(_page(look_of(high_contrast=True))).getpixel((20, 300)) == (0, 0, 0)


def test_a_dropped_page_is_gone_at_once(look: Look) -> None:
    page = _page(look)
    gone = weakref.ref(page)
    part = weakref.ref(page.touchables[0])
    gc.disable()
    try:
        del page
        assert gone() is None
        assert part() is None
    finally:
        gc.enable()


def test_a_page_that_leaves_the_window_is_gone_at_once(
    look: Look, finger_on: Callable[[Page], Finger]
) -> None:
    gone = weakref.ref(finger_on(_page(look)).page)
    gc.collect()
    gc.disable()
    try:
        finger_on(_page(look))  # takes the first one out
        assert gone() is None
        assert gc.collect() < 200, "of what Kivy makes for each widget"
    finally:
        gc.enable()


@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE], ids=str)
def test_welcome_has_its_picture_above_or_beside(look_of: LookOf, panel: Panel) -> None:
    look = look_of(panel)
    drawing = Hero(look)
    button = hero(look, "Get my images", "go")
    title = Text(look, "Take your images home with you", look.theme.type.display)
    brand = Brand(look, "Riverside Example Hospital")
    page = HeroPage(
        look,
        lambda event: None,
        brand=brand,
        rail=_rail(look),
        hero=drawing,
        content=[title, button],
    )
    beside = drawing.box.right < button.box.x
    above = drawing.box.y > title.box.top
    assert beside == look.wide
    assert above == (not look.wide)
    assert page.content.overflow == 0


def test_names_are_said_once(look: Look) -> None:
    names = [part.name for part in _page(look).touchables]
    assert len(names) == len(set(names))
    assert all(isinstance(part, Touchable) and part.speech for part in _page(look).touchables)
