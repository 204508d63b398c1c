"""What each widget promises by itself."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from kiosk.ui.box import Box
from kiosk.ui.icons import glyph, glyphs
from kiosk.ui.look import Look
from kiosk.ui.widgets.button import choice, primary, secondary
from kiosk.ui.widgets.card import Card, ChoiceCard, ClosedCard, tile
from kiosk.ui.widgets.cells import CodeCells, DateCell, DateCells, NameLine
from kiosk.ui.widgets.keyboard import ALPHABETS, Keyboard, Other
from kiosk.ui.widgets.keypad import Keypad
from kiosk.ui.widgets.layout import Column, Row, Space, grid, spring
from kiosk.ui.widgets.mark import Mark
from kiosk.ui.widgets.pager import Pager, Turn
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.progress import Bar, Ring, StageRow, StageState
from kiosk.ui.widgets.text import Side, Text
from kiosk.ui.widgets.touchable import Touchable
from tests.ui.conftest import ARABIC, ENGLISH, LANDSCAPE, PORTRAIT, Letters, LookOf, Show

BOX = Box(48, 200, 984, 1200)
NEWER = Turn(lambda count: f"See {count} newer", lambda page: ("page", page), "newer")
OLDER = Turn(lambda count: f"See {count} older", lambda page: ("page", page), "older")


def _touchables(part: Part) -> list[Touchable]:
    return [each for each in part.everything() if isinstance(each, Touchable)]


# Layout


def test_a_column_shares_what_is_left_over_among_what_grows(look: Look) -> None:
    low, high = Space(look, 100), Space(look, 200)
    Column(look, [low, spring(look), high]).place(Box(0, 0, 100, 1000))
    assert (low.box.height, low.box.top) == (100, 1000)
    assert (high.box.height, high.box.y) == (200, 0)


def test_a_column_squeezes_what_can_do_with_less(look: Look) -> None:
    soft, hard = Space(look, 400, 100), Space(look, 400)
    column = Column(look, [soft, hard])
    column.place(Box(0, 0, 100, 600))
    assert (soft.box.height, hard.box.height) == (200, 400)
    assert column.overflow == 0


def test_a_column_that_cannot_fit_says_so(look: Look) -> None:
    column = Column(look, [Space(look, 400), Space(look, 400)])
    column.place(Box(0, 0, 100, 600))
    assert column.overflow == 200


def test_a_row_is_filled_to_its_last_px_and_mirrored(look_of: LookOf) -> None:
    for words in (ENGLISH, ARABIC):
        look = look_of(words=words)
        parts = [Part(look) for _ in range(3)]
        Row(look, parts).place(Box(48, 0, 984, 100))
        order = parts if words is ENGLISH else parts[::-1]
        assert order[0].box.x == 48
        assert order[-1].box.right == 1032


def test_a_grid_fills_up_its_last_row(look: Look) -> None:
    cells = [Space(look, 50) for _ in range(5)]
    grid(look, cells, 3).place(Box(0, 0, 984, 116))
    assert cells[0].box.width == pytest.approx(cells[4].box.width, abs=1)
    assert cells[3].box.x == cells[0].box.x


# Text and buttons


@pytest.mark.parametrize("side", list(Side))
def test_text_stands_on_its_side(look_of: LookOf, show: Show, side: Side) -> None:
    look = look_of(words=ARABIC)
    text = Text(look, "Example", look.theme.type.title, side=side)
    picture = (
        show(text, Box(100, 900, 880, 100)).convert("L").point(lambda grey: 255 * (grey < 128))
    )
    left, _, right, _ = picture.getbbox()
    at_left, at_right = left < 110, right > 970
    expected = {Side.START: (False, True), Side.CENTRE: (False, False), Side.END: (True, False)}
    assert (at_left, at_right) == expected[side]


def test_capitals_are_as_high_as_promised(look: Look, show: Show) -> None:
    text = Text(look, "H", look.theme.type.title)
    picture = (
        show(text, Box(100, 900, 880, 100)).convert("L").point(lambda grey: 255 * (grey < 128))
    )
    _, top, _, bottom = picture.getbbox()
    assert (bottom - top) / look.panel.px_per_mm == pytest.approx(text.cap_mm, abs=0.4)


def test_long_words_on_a_button_take_a_second_line(look: Look) -> None:
    button = primary(look, "Colocar las imágenes en una memoria USB nueva del hospital", "go")
    height = button.wish(600)
    button.place(Box(0, 0, 600, height))
    assert len(button.label.setting(button.label.box.width).lines) > 1
    assert button.label.box.height <= height
    assert button.label.box.x >= 0
    assert button.label.box.right <= 600


def test_the_icon_points_on_in_reading_direction(look_of: LookOf) -> None:
    for words, before in ((ENGLISH, False), (ARABIC, True)):
        button = primary(look_of(words=words), "Go on", "go")
        button.place(Box(0, 0, 600, 128))
        assert button.icon
        assert (button.icon.box.x < button.label.box.x) == before
    assert glyph("arrow-right", rtl=True) == glyph("arrow-left", rtl=False)


def test_a_chosen_answer_has_a_tick_and_not_only_a_colour(look: Look) -> None:
    assert choice(look, "Large", 1, name="large", chosen=True).icon
    assert not choice(look, "Large", 1, name="large", chosen=False).icon


def test_every_icon_of_the_design_is_there() -> None:
    wanted = ("hand-waving", "globe-simple", "eye", "arrow-left", "disc", "printer", "film-strip")
    assert set(wanted) <= glyphs().keys()


def test_a_button_of_one_icon_and_word_has_its_words_read_once(look: Look) -> None:
    button = secondary(look, "Go back", "back", name="back", icon="arrow-left")
    assert [part.speech for part in button.everything() if part.speech] == ["Go back"]


# Cards


def test_a_card_grows_with_its_words(look_of: LookOf) -> None:
    for large in (False, True):
        look = look_of(large_text=large)
        lines = ("Best for hospitals and clinics and for very many other places", "6 minutes")
        card = ChoiceCard(look, "A disc", 1, name="disc", lines=lines, picture=tile(look, "disc"))
        card.place(Box(48, 100, 984, card.wish(984)))
        assert card.words.box.height <= card.box.height
        assert card.words.wish(card.words.box.width) <= card.words.box.height


def test_a_chosen_card_shows_it_without_colour_too(look: Look, show: Show) -> None:
    pictures = []
    for chosen in (False, True):
        card = ChoiceCard(look, "A", 1, name="a", mark=Mark.CHECK, chosen=chosen)
        pictures.append(show(card, Box(48, 100, 984, 164)).convert("L"))
    assert pictures[0].tobytes() != pictures[1].tobytes()


def test_a_card_says_what_stands_on_it(look: Look) -> None:
    card = ChoiceCard(look, "A disc", 1, name="disc", lines=("About 6 minutes",), price="Free")
    assert [part.speech for part in card.everything() if part.speech] == [
        "A disc. About 6 minutes. Free"
    ]


def test_what_is_out_of_order_cannot_be_touched(look: Look) -> None:
    card = ClosedCard(look, "Films", "Not today.", icon="film-strip")
    assert not _touchables(card)
    assert [part.speech for part in card.everything() if part.speech] == ["Films", "Not today."]


# Lists


def _pager(look: Look, count: int, page: int) -> Pager:
    cards = [
        ChoiceCard(look, f"Exam {number}", number, name=f"exam-{number}", height_px=226)
        for number in range(count)
    ]
    return Pager(
        look,
        cards,
        page=page,
        count_text=lambda first, last, total: f"Exams {first} to {last} of {total}",
        newer=NEWER,
        older=OLDER,
    )


def _shown(pager: Pager, box: Box) -> list[str]:
    pager.place(box)
    return [part.name for part in _touchables(pager)]


def test_a_short_list_has_no_foot(look: Look) -> None:
    assert _shown(_pager(look, 4, 0), BOX) == ["exam-0", "exam-1", "exam-2", "exam-3"]


def test_a_long_list_shows_every_card_on_some_page(look: Look) -> None:
    seen: list[str] = []
    for page in range(4):
        names = _shown(_pager(look, 9, page), BOX)
        seen += [name for name in names if name.startswith("exam")]
        if page < 2:
            assert "older" in names
        assert ("newer" in names) == (page > 0)
    assert sorted(set(seen)) == [f"exam-{number}" for number in range(9)]


def test_beyond_the_last_page_the_last_is_shown(look: Look) -> None:
    last = _shown(_pager(look, 9, 99), BOX)
    assert "exam-8" in last
    assert "older" not in last


def test_the_foot_says_which_are_shown(look: Look) -> None:
    pager = _pager(look, 9, 0)
    pager.place(BOX)
    assert any(part.speech == "Exams 1 to 4 of 9" for part in pager.everything())


# What is typed


@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE], ids=["tall", "wide"])
def test_the_keypad_runs_from_left_to_right_in_arabic_too(look_of: LookOf, panel: Any) -> None:
    keypad = Keypad(look_of(panel, ARABIC), str, clear=("Clear", "c"), delete=("Del", "d"))
    keypad.place(Box(40, 0, 1000, keypad.wish(1000)))
    at = {key.name: key.box for key in _touchables(keypad)}
    assert at["digit-1"].right < at["digit-2"].x < at["digit-2"].right < at["digit-3"].x
    assert at["digit-1"].x == 40
    assert at["digit-1"].top == at["digit-3"].top > at["digit-4"].top


def test_the_keypad_has_ten_digits_and_two_commands(look: Look) -> None:
    keypad = Keypad(look, lambda digit: f"typed {digit}", clear=("Clear", "c"), delete=("Del", "d"))
    events = {key.name: key.event for key in _touchables(keypad)}
    assert events["digit-7"] == "typed 7"
    assert len(events) == 12


def test_keys_shrink_to_a_finger_before_they_overlap(look_of: LookOf) -> None:
    look = look_of(LANDSCAPE)
    keypad = Keypad(look, str, clear=("Clear all", "c"), delete=("Delete", "d"))
    keypad.place(Box(0, 0, 1040, keypad.least(1040)))
    assert min(key.box.height for key in _touchables(keypad)) >= 20 * look.panel.px_per_mm


def keyboard_of(look: Look, typed: str, latin: bool = False) -> Keyboard:
    return Keyboard(
        look,
        str,
        typed=typed,
        space="Space",
        delete=("Delete", "d"),
        clear=("Clear all", "c"),
        other=Other(latin, "other", "Other letters"),
    )


@pytest.mark.parametrize(("language", "own"), [("ru", "ж"), ("ar", "ب")])
def test_a_latin_name_can_be_typed_in_every_language(
    look_of: LookOf, language: str, own: str
) -> None:
    look = look_of(words=Letters(language, right_to_left=language == "ar"))
    for latin, letter in ((False, own), (True, "b")):
        keys = {key.name: key for key in _touchables(keyboard_of(look, "Xx", latin))}
        assert letter in {key.event for key in keys.values()}
        assert keys["other-letters"].event == "other"


def test_no_other_letters_are_offered_where_all_are_latin(look_of: LookOf) -> None:
    for language in ("en", "es", "vi", "zh"):
        keyboard = keyboard_of(look_of(words=Letters(language)), "")
        assert "other-letters" not in {key.name for key in _touchables(keyboard)}


@pytest.mark.parametrize("language", ["en", *ALPHABETS])
def test_every_letter_can_be_typed_on_keys_of_finger_size(look_of: LookOf, language: str) -> None:
    look = look_of(words=Letters(language, right_to_left=language == "ar"))
    keyboard = keyboard_of(look, "Xx")
    keyboard.place(Box(48, 200, 984, keyboard.least(984)))
    keys = _touchables(keyboard)
    assert min(min(key.box.width, key.box.height) for key in keys) >= 20 * look.panel.px_per_mm
    assert len({key.name for key in keys}) == len(keys)
    letters = {key.event for key in keys}
    assert set(ALPHABETS.get(language, "abcdefghijklmnopqrstuvwxyz")) <= letters
    assert " " in letters


def test_a_name_begins_with_a_capital(look: Look) -> None:
    def first(typed: str) -> Any:
        return _touchables(keyboard_of(look, typed))[0].event

    assert [first(typed) for typed in ("", "M", "Maria ", "Anna-")] == ["A", "a", "A", "A"]


def test_a_tone_is_typed_after_its_vowel(look_of: LookOf) -> None:
    look = look_of(words=Letters("vi"))
    keyboard = keyboard_of(look, "Nguyê")
    tones = {key.label.text: key.event for key in _touchables(keyboard) if key.name[:4] == "tone"}
    assert tones["ễ"] == "\u0303"
    assert len(tones) == 5


def test_the_next_digit_goes_into_the_marked_box(look: Look) -> None:
    cells = CodeCells(look, "482")
    assert [cell.active for cell in cells.parts].index(True) == 3  # type: ignore[attr-defined]
    assert not any(part.speech for part in cells.everything())


def test_a_code_runs_from_the_left_in_arabic_too(look_of: LookOf) -> None:
    cells = CodeCells(look_of(words=ARABIC), "48271")
    cells.place(Box(48, 100, 984, 132))
    assert cells.parts[0].box.x == 48
    assert cells.parts[-1].box.right == 1032


def test_the_boxes_of_a_date_are_read_with_their_names(look: Look) -> None:
    cells = DateCells(look, [DateCell("Month", "05", 2, False), DateCell("Year", "", 4, True)])
    assert [part.speech for part in cells.everything() if part.speech] == ["Month", "Year"]


def test_a_long_name_is_shown_whole(look: Look) -> None:
    line = NameLine(look, "Wolfeschlegelsteinhausenbergerdorff " * 2)
    line.place(Box(48, 100, 984, line.wish(984)))
    (words,) = line.parts
    assert words.wish(words.box.width) <= words.box.height


# Progress


def test_a_ring_and_a_bar_show_their_share(look: Look, show: Show) -> None:
    teal = (0x0A, 0x56, 0x63)
    bar = show(Bar(look, 0.5), Box(100, 900, 800, 28))
    assert bar.getpixel((300, 1920 - 914)) == teal
    assert bar.getpixel((700, 1920 - 914)) != teal
    ring = show(Ring(look, 0.5, "4"), Box(100, 900, 424, 424))
    assert ring.getpixel((100 + 424 - 14, 1920 - 900 - 212)) == teal
    assert ring.getpixel((100 + 14, 1920 - 900 - 212)) != teal


def test_a_bar_fills_from_the_right_in_arabic(look_of: LookOf, show: Show) -> None:
    bar = show(Bar(look_of(words=ARABIC), 0.5), Box(100, 900, 800, 28))
    assert bar.getpixel((700, 1920 - 914)) == (0x0A, 0x56, 0x63)


def test_a_ring_can_be_shown_further_in_place(look: Look, show: Show) -> None:
    ring = Ring(look, 0.1, "24")
    before = show(ring, Box(100, 900, 424, 424))
    ring.show(0.9, "3")
    after = show(ring)
    assert before.tobytes() != after.tobytes()
    assert ring.number.speech == "3"


def test_each_stage_has_its_own_sign(look: Look, show: Show) -> None:
    rows = [
        show(StageRow(look, "Get your images", state), Box(48, 900, 984, 104)).tobytes()
        for state in StageState
    ]
    assert len(set(rows)) == 3


# Pictures


def test_a_tilted_card_is_drawn_askew_with_all_that_is_on_it(look: Look, show: Show) -> None:
    def drawn(tilt_deg: float) -> Any:
        card = Card(look, [Text(look, "A-17", look.theme.type.number)])
        card.tilt_deg = tilt_deg
        return show(card, Box(300, 900, 500, 300))

    straight, askew = drawn(0), drawn(10)
    assert straight.getpixel((305, 1920 - 1050)) == (255, 255, 255)
    assert askew.getpixel((310, 1920 - 1195)) != (255, 255, 255)
    assert straight.tobytes() != askew.tobytes()


def test_a_picture_fills_its_box_and_has_round_corners(look: Look, show: Show) -> None:
    source = BytesIO()
    Image.new("RGB", (60, 40), (200, 10, 10)).save(source, "PNG")
    shown = show(Picture(look, source.getvalue(), height_px=178), Box(100, 900, 178, 178))
    assert shown.getpixel((189, 1920 - 989)) == (200, 10, 10)
    assert shown.getpixel((102, 1920 - 989)) == (200, 10, 10)
    assert shown.getpixel((100, 1920 - 901)) != (200, 10, 10)


def test_a_whole_picture_is_not_cut(look: Look, show: Show) -> None:
    source = BytesIO()
    Image.new("RGB", (60, 40), (200, 10, 10)).save(source, "PNG")
    shown = show(Picture(look, source.getvalue(), whole=True), Box(100, 900, 300, 300))
    assert shown.getpixel((250, 1920 - 1050)) == (200, 10, 10)
    assert shown.getpixel((250, 1920 - 905)) == (0xF6, 0xF4, 0xEF)


def test_pictures_are_forgotten_with_the_text(look: Look, show: Show) -> None:
    source = BytesIO()
    Image.new("RGB", (8, 8)).save(source, "PNG")
    show(Picture(look, source.getvalue()), Box(100, 900, 100, 100))
    assert look.album._textures
    look.typesetter.forget()
    assert not look.album._textures


def test_a_card_in_high_contrast_has_an_edge(look_of: LookOf, show: Show) -> None:
    look = look_of(high_contrast=True)
    shown = show(Card(look, [Space(look, 100)]), Box(100, 900, 600, 200))
    assert shown.getpixel((400, 1920 - 901)) == (255, 255, 255)
