"""A finger on the glass."""

import gc
from collections.abc import Callable
from typing import Any

from kiosk.ui.look import Look
from kiosk.ui.page import Page
from kiosk.ui.widgets.brand import Brand
from kiosk.ui.widgets.button import Button, go_back, primary
from kiosk.ui.widgets.rail import Rail, RailButton
from kiosk.ui.widgets.signature import SignatureBox, Stroke
from tests.ui.conftest import Finger, Show

FingerOn = Callable[[Page], Finger]


def _page(look: Look, send: Any, *content: Any) -> Page:
    rail = Rail(look, [RailButton(look, "hand-waving", "Call staff", "staff", name="call-staff")])
    return Page(
        look,
        send,
        brand=Brand(look, "Hospital"),
        rail=rail,
        title="Title",
        content=list(content),
        back=go_back(look, "Go back", "back"),
        primary=primary(look, "Go on", "go"),
    )


def _middle(part: Any) -> tuple[float, float]:
    return part.box.x + part.box.width / 2, part.box.y + part.box.height / 2


def test_a_tap_sends_the_event_once(look: Look, finger_on: FingerOn) -> None:
    heard: list[Any] = []
    finger_on(_page(look, heard.append)).tap("go-on")
    assert heard == ["go"]


def test_a_finger_that_slides_off_does_nothing(look: Look, finger_on: FingerOn) -> None:
    heard: list[Any] = []
    page = _page(look, heard.append)
    finger = finger_on(page)
    assert page.primary is not None
    finger.down(*_middle(page.primary))
    finger.move(500, 1000)
    finger.up()
    assert heard == []
    assert not page.primary.pressed


def test_a_button_answers_while_the_finger_is_down(
    look: Look, finger_on: FingerOn, show: Show
) -> None:
    page = _page(look, lambda event: None)
    finger = finger_on(page)
    button = page.primary
    assert isinstance(button, Button)
    at = (int(button.box.x + 30), int(1920 - button.box.y - 20))
    assert show(page).getpixel(at) == (0x0A, 0x56, 0x63)
    finger.down(*_middle(button))
    assert show(page).getpixel(at) == (0x07, 0x3F, 0x49)
    finger.up()
    assert show(page).getpixel(at) == (0x0A, 0x56, 0x63)


def test_a_touch_ends_well_though_the_page_was_built_anew_under_it(
    look: Look, finger_on: FingerOn
) -> None:
    heard: list[Any] = []
    page = _page(look, heard.append)
    finger = finger_on(page)
    finger.down(*_middle(page.primary))
    finger.window.remove_widget(page)
    finger.page = _page(look, heard.append)
    finger.window.add_widget(finger.page)
    del page
    gc.collect()
    finger.up()
    assert heard == ["go"]


def test_a_touch_means_nothing_on_the_next_screen(look: Look, finger_on: FingerOn) -> None:
    heard: list[Any] = []
    page = _page(look, heard.append)
    finger = finger_on(page)
    finger.down(*_middle(page.primary))
    page.let_go()
    finger.move(500, 1000)
    finger.up()
    assert heard == []


def test_a_touch_beside_everything_is_left_to_others(look: Look, finger_on: FingerOn) -> None:
    heard: list[Any] = []
    finger = finger_on(_page(look, heard.append))
    finger.down(540, 1200)
    finger.up()
    assert heard == []


def test_two_fingers_press_two_buttons(look: Look, finger_on: FingerOn) -> None:
    heard: list[Any] = []
    page = _page(look, heard.append)
    first = finger_on(page)
    assert page.primary is not None
    assert page.back is not None
    first.down(*_middle(page.primary))
    second = Finger(first.window, page)
    second.down(*_middle(page.back))
    first.up()
    second.up()
    assert heard == ["go", "back"]


def _box(look: Look, strokes: tuple[Stroke, ...] = (), **times: Any) -> SignatureBox:
    return SignatureBox(
        look,
        strokes=strokes,
        finished=lambda stroke: stroke,
        caption="Maria Example",
        date_text="24 November 2026",
        speech="Sign here",
        **times,
    )


def test_a_stroke_is_told_in_millimetres_from_the_top_left(look: Look, finger_on: FingerOn) -> None:
    heard: list[Stroke] = []
    seconds = iter([100.0, 100.0, 100.5, 101.0])
    box = _box(look, clock=lambda: next(seconds))
    finger = finger_on(_page(look, heard.append, box))
    scale = look.panel.px_per_mm
    finger.down(box.box.x + 10 * scale, box.box.top - 20 * scale)
    finger.move(box.box.x + 30 * scale, box.box.top - 25 * scale)
    finger.up()
    ((start, *_, end),) = heard
    assert [round(value, 1) for value in start] == [10.0, 20.0, 0.0]
    assert [round(value, 1) for value in end] == [30.0, 25.0, 1.0]


def test_a_stroke_that_leaves_the_box_stays_at_its_edge(look: Look, finger_on: FingerOn) -> None:
    heard: list[Stroke] = []
    box = _box(look)
    finger = finger_on(_page(look, heard.append, box))
    finger.down(box.box.x + 40, box.box.y + 40)
    finger.move(box.box.x + 40, box.box.y - 200)
    finger.up()
    deepest = max(point[1] for point in heard[0])
    assert deepest == round(box.box.height / look.panel.px_per_mm, 2)


def test_time_goes_on_from_the_last_stroke(look: Look) -> None:
    drawn: tuple[Stroke, ...] = (((1.0, 1.0, 0.0), (2.0, 2.0, 3.0)),)
    assert _box(look, drawn, clock=lambda: 50.0).began_at == 47.0
    assert _box(look, drawn, clock=lambda: 50.0, began_at=20.0).began_at == 20.0


def test_a_stroke_is_seen_at_once_and_after_a_new_page(
    look: Look, finger_on: FingerOn, show: Show
) -> None:
    box = _box(look)
    page = _page(look, lambda event: None, box)
    finger = finger_on(page)
    x, y = int(box.box.x + 300), int(box.box.y + 400)
    finger.down(x, y)
    finger.move(x + 100, y)
    seen = (x + 50, 1920 - y)
    assert max(show(page).getpixel(seen)) < 140
    finger.up()
    again = _page(look, lambda event: None, _box(look, box.strokes))
    assert max(show(again).getpixel(seen)) < 140
