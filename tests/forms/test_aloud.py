"""The text of a form as it is read aloud."""

from datetime import date

import pytest

from forms.reading.aloud import page_texts
from forms.release.form import render_form
from kiosk.domain.study import Patient
from tests.forms.builders import form_facts
from tests.forms.reading import pages_of, text_of


@pytest.fixture(scope="module")
def form() -> bytes:
    return render_form(form_facts(studies=14))


def paragraphs(pdf: bytes) -> list[str]:
    return [each for page in page_texts(pdf) for each in page.split("\n\n")]


def test_every_page_has_its_text(form: bytes) -> None:
    pages = page_texts(form)
    assert len(pages) == pages_of(form) > 1
    assert "Page 2 of" in pages[1]


def test_every_word_is_said_once(form: bytes) -> None:
    def words(text: str) -> list[str]:
        return sorted(text.replace(",", " ").split())

    assert words(" ".join(page_texts(form))) == words(text_of(form))


def test_a_paragraph_is_said_without_stopping_at_the_ends_of_its_lines(form: bytes) -> None:
    assert (
        "7. My choice. I do not have to sign. My care stays the same if I do not. I can change my"
        " mind until I hold the copy in my hands."
    ) in paragraphs(form)


def test_a_row_of_a_table_is_said_cell_by_cell(form: bytes) -> None:
    table = [row for row in paragraphs(form) if row.startswith(("12 March 2026,", "no date,"))]
    first, last = table[0], table[1]
    assert first.startswith("12 March 2026, MRI scan HEAD W/O CONTRAST")
    assert first.endswith("ACC-1001, 384")
    assert last.startswith("no date, XX Knee after fall, long text that the radiology system cut")
    assert last.endswith("ACC-1005, 6")


def test_a_heading_is_said_by_itself(form: bytes) -> None:
    assert "Request for a copy of my images" in paragraphs(form)


def test_names_in_other_letters_are_kept() -> None:
    for name, said in (
        ("Wang^XiaoDong=王^小东", "XiaoDong Wang (王小东)"),
        ("Пример^Дарья", "Дарья Пример"),
        ("قباني", "قباني"),
    ):
        patient = Patient("MRN-7", date(1969, 8, 8), name)
        assert f"I am {said}, born" in page_texts(render_form(form_facts(patient=patient)))[0]
