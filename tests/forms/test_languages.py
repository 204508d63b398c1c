"""The documents in every language: which way they read, how lines end, what they say aloud."""

import re
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from forms.reading.aloud import page_texts
from forms.slip import render_slip
from forms.typography.letters import isolate
from forms.typography.look import say, type_size
from forms.typography.marks import with_marks
from forms.words import wording_for
from kiosk.text.words import LANGUAGES
from tests.forms.builders import slip_facts
from tests.forms.documents import DOCUMENTS, form_in
from tests.forms.reading import fonts_of, lines_of, pages_of

CLOSING, OPENING = "，。、；：？！）”", "（“"  # noqa: RUF001 - Chinese


def said(pdf: bytes) -> str:
    return "\n\n".join(page_texts(pdf))


def info_of(pdf: bytes, *how: str) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        return subprocess.run(
            ["pdfinfo", *how, file.name], check=True, capture_output=True, text=True
        ).stdout


def places_of(pdf: bytes) -> dict[str, tuple[float, float]]:
    """Return where each word stands, as poppler reads it: its left end and its top."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        html = subprocess.run(
            ["pdftotext", "-bbox", file.name, "-"], check=True, capture_output=True
        ).stdout
    words = ElementTree.fromstring(html).iter("{http://www.w3.org/1999/xhtml}word")
    return {
        word.text or "": (float(word.get("xMin", 0)), float(word.get("yMin", 0))) for word in words
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_document_says_its_title_language_author_and_direction(
    document: str, language: str
) -> None:
    pdf = DOCUMENTS[document](language)
    info = info_of(pdf)
    assert re.search(r"^Title: +\S", info, re.MULTILINE)
    assert re.search(r"^Author: +Riverside Example Hospital$", info, re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", info, re.MULTILINE)
    assert f"/Lang ({language})".encode() in pdf
    direction = b"/Direction /R2L" if language == "ar" else b"/Direction /L2R"
    assert direction in pdf
    assert all(embedded for _, embedded in fonts_of(pdf))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_form_is_read_aloud_in_its_language(language: str) -> None:
    words = wording_for(language)
    pdf = form_in(language)
    pages = page_texts(pdf)
    assert len(pages) == pages_of(pdf)
    whole = said(pdf)
    for key in ("access.title", "access.law_patient", "access.choice_is", "form.safe_is"):
        assert words.say(key).replace("\u2068", "").replace("\u2069", "") in whole
    assert words.tables["acknowledgements"]["electronic-signature"] in whole
    assert not re.search("[\u2066-\u2069\u200e\u200f\ufb50-\ufeff]", whole)


def test_a_sentence_in_arabic_is_said_in_the_order_of_reading() -> None:
    assert "أنا Maria Example. تاريخ الميلاد: 14 مايو 1948. رقم المريض: MRN-0042." in said(
        form_in("ar")
    )


def test_a_sentence_in_chinese_is_said_without_the_ends_of_its_lines() -> None:
    assert "本人是Maria Example，出生日期为1948年5月14日，患者号码为MRN-0042。" in said(  # noqa: RUF001 - not Latin
        form_in("zh")
    )


def test_the_first_column_of_an_arabic_table_stands_at_the_right() -> None:
    arabic, english = places_of(form_in("ar")), places_of(form_in("en"))
    assert arabic["ACC-1001"][0] > arabic["384"][0]
    assert english["ACC-1001"][0] < english["384"][0]


def test_the_code_on_an_arabic_slip_is_in_the_order_of_its_digits() -> None:
    for language in LANGUAGES:
        where = places_of(render_slip(slip_facts(), language))
        first, second = where["0482"], where["0137"]
        assert first[1] == second[1]
        assert first[0] < second[0]


def test_a_telephone_number_in_an_arabic_document_keeps_its_order() -> None:
    where = places_of(form_in("ar"))
    assert where["555"][0] < where["0100"][0]


def test_the_law_in_an_arabic_sentence_keeps_its_order() -> None:
    where = places_of(form_in("ar"))
    begin, end = (next(each for each in where if part in each) for part in ("45", "164.524"))
    assert where[begin][0] < where["CFR"][0] < where[end][0]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_chinese_line_begins_or_ends_with_the_wrong_sign(document: str) -> None:
    lines = [line.strip() for line in lines_of(DOCUMENTS[document]("zh"))]
    assert not [line for line in lines if line and (line[0] in CLOSING or line[-1] in OPENING)]


@pytest.mark.parametrize("width", range(80, 220, 7))
def test_chinese_is_broken_between_letters_at_any_width(width: int) -> None:
    text = "请到触摸屏前，按“领取我的影像”。法律上称为授权（45 CFR 164.508）。把DICOM文件放进电脑。"  # noqa: RUF001 - not Latin
    paragraph = say(text, type_size(12))
    paragraph.wrap(width, 1000)
    lines = ["".join(run.text for run in line.words) for line in paragraph.blPara.lines]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not [line for line in lines if line[0] in CLOSING or line[-1] in OPENING]
    assert len(lines[-1]) > 1


@pytest.mark.parametrize("width", range(80, 220, 7))
def test_a_chinese_name_is_never_broken(width: int) -> None:
    paragraph = say(f"请把这份拷贝交给{isolate('欧阳 娜娜')}，谢谢。", type_size(12))  # noqa: RUF001 - not Latin
    paragraph.wrap(width, 1000)
    lines = ["".join(run.text for run in line.words) for line in paragraph.blPara.lines]
    assert "欧阳" in "\n".join(lines)
    assert "娜娜" in "\n".join(lines)


def test_bold_chinese_and_bold_arabic_are_bold() -> None:
    assert "NotoSansSC-Bold" in {name.partition("+")[2] for name, _ in fonts_of(form_in("zh"))}
    assert "NotoSansArabic-Bold" in {name.partition("+")[2] for name, _ in fonts_of(form_in("ar"))}


def test_a_table_is_tagged_as_rows_of_cells() -> None:
    tags = info_of(form_in("en"), "-struct")
    assert re.search(r"Table.*\n +TR.*\n +TD", tags)
    assert tags.count("TR") == 4


def test_a_mark_stands_over_its_letter_where_the_font_wants_it() -> None:
    say("قّ", type_size(12))  # registers the font
    shaped = with_marks("\ufed8\u0651", "NotoSansArabic")
    letter, mark = shaped.__shapeData__
    assert (letter.x_offset, mark.y_offset) == (0, 159)
    assert mark.x_offset == 80 - letter.width
