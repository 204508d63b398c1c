"""Every letter is drawn by a font that has it."""

import time

import pytest

from kiosk.ui.faces import FAMILIES, MISSING, Coverage, Face, covered
from kiosk.ui.look import Look
from kiosk.ui.typesetting import Font, Typesetter

BODY = Font(38, 400, 1.34)
WIDE = 100_000.0
TEXTS = [
    "Take your images home with you",
    "¿Desea una copia? Año, niño, güe",
    "带您的图像回家。选择5项检查，共6项。",  # noqa: RUF001 - Chinese
    "أهلا ماريا. اخترت 5 من 6 فحوصات.",
    "Hãy nhập ngày sinh của bạn: Nguyễn Thị Ngọc",
    "Выберите снимки. Ёлкина Щука",
    "Łukasz Żółć, Ţepeş, Ğülşen, Dvořák • – “x” … €",  # noqa: RUF001 - as typed
    "محمد بن سلمان، گچپژ",
    "张伟 Zhang Wei",
]


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return Coverage.read()


@pytest.fixture
def setter(coverage: Coverage) -> Typesetter:
    return Typesetter(coverage)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("rtl", [False, True])
def test_every_letter_of_every_run_is_in_its_font(
    setter: Typesetter, coverage: Coverage, text: str, rtl: bool
) -> None:
    for line in setter.set(text, BODY, 400, rtl).lines:
        for run in line.runs:
            assert {ord(letter) for letter in run.text} <= coverage.letters[run.face.family]
            assert MISSING not in run.text


def test_all_weights_of_a_family_have_the_same_letters(coverage: Coverage) -> None:
    from pathlib import Path

    for family, weights in FAMILIES.items():
        for weight in weights:
            letters = covered(Path(Face(family, weight).path).read_bytes())
            assert letters == coverage.letters[family]


def test_a_letter_that_no_font_has_is_seen_to_be_missing(setter: Typesetter) -> None:
    (line,) = setter.set("a\U0001f600b", BODY, WIDE, rtl=False).lines
    assert "".join(run.text for run in line.runs) == f"a{MISSING}b"


def test_a_name_in_another_script_gets_its_own_font(setter: Typesetter) -> None:
    (line,) = setter.set("Hello 张伟, welcome", BODY, WIDE, rtl=False).lines
    assert [run.face.family for run in line.runs] == ["NotoSans", "NotoSansSC", "NotoSans"]


def test_runs_stand_side_by_side(setter: Typesetter) -> None:
    (line,) = setter.set("Hello 张伟, welcome", BODY, WIDE, rtl=False).lines
    ends = [run.x + run.width for run in line.runs]
    assert [run.x for run in line.runs[1:]] == ends[:-1]
    assert line.width == ends[-1]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [120.0, 333.0, 984.0])
def test_no_line_is_wider_than_asked(setter: Typesetter, text: str, width: float) -> None:
    assert setter.set(text, BODY, width, rtl=False).width <= width


def test_a_text_set_again_in_its_own_width_breaks_alike(setter: Typesetter) -> None:
    for text in TEXTS:
        for rtl in (False, True):
            whole = setter.set(text, BODY, WIDE, rtl)
            assert len(setter.set(text, BODY, whole.width, rtl).lines) == 1


def test_a_name_is_never_read_as_markup(setter: Typesetter) -> None:
    name = "[b]Maria[/b] &amp; [ref=x]"
    (line,) = setter.set(name, BODY, WIDE, rtl=False).lines
    assert "".join(run.text for run in line.runs) == name


def test_a_strong_part_is_bold_also_over_the_end_of_a_line(setter: Typesetter) -> None:
    text = "When you touch Finish signing, it is sealed."
    setting = setter.set(text, BODY, 420, rtl=False, strong=("Finish signing",))
    bold = " ".join(
        run.text.strip() for line in setting.lines for run in line.runs if run.face.weight == 700
    )
    assert bold == "Finish signing"
    assert len(setting.lines) > 1


def test_a_strong_part_is_bold_in_arabic(setter: Typesetter) -> None:
    (line,) = setter.set("المس إنهاء التوقيع الآن", BODY, WIDE, True, ("إنهاء التوقيع",)).lines
    assert [run.face.weight for run in line.runs] == [400, 700, 400]


def test_the_semibold_of_chinese_is_bold() -> None:
    assert Face("NotoSansSC", 600).path == Face("NotoSansSC", 700).path


def test_letters_typed_in_two_parts_are_drawn_as_one(setter: Typesetter) -> None:
    typed = "Nguye\u0302\u0303n"
    assert setter.set(typed, BODY, WIDE, rtl=False).lines[0].runs[0].text == "Nguyễn"


def test_nothing_is_remembered_after_forgetting(look: Look) -> None:
    setter = look.typesetter
    (line,) = setter.set("Maria Example", BODY, WIDE, rtl=False).lines
    setter.texture(line.runs[0], BODY.px)
    setter.forget()
    remembered = (setter._settings, setter._widths, setter._textures)
    assert not any(remembered)
    assert "Maria" not in str(setter._inks.keys())


def test_a_screen_full_of_text_is_set_within_a_frame(setter: Typesetter) -> None:
    for text in TEXTS:
        setter.set(text, BODY, 984, rtl=False)  # opens the font files
    texts = [f"{text} {number}" for number in range(4) for text in TEXTS]
    began = time.process_time()
    for text in texts:
        setter.set(text, BODY, 600, rtl=False)
    assert time.process_time() - began < 0.03
