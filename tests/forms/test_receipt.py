"""The receipt, read back with poppler."""

from dataclasses import replace
from datetime import timedelta

import pytest

from forms.facts import Site
from forms.printing.square_code import SquareCode
from forms.receipt.page import SIZES, ReceiptPage, render_receipt
from forms.receipt.said import scanned_text
from kiosk.domain.consent import SignerRole
from kiosk.domain.release import Approval
from kiosk.domain.study import Patient
from tests.forms.builders import MARIA, SIGNED_AT, a_consent, form_facts, receipt_facts
from tests.forms.reading import lines_of, pages_of, picture_of, text_of

ELEMENTS = {
    "number": "Receipt 42",
    "who received it, and when": (
        "Maria Example received the copy described here on 24 November 2026, 10:05 UTC."
    ),
    "whose images": "Images of Maria Example, born 14 May 1948.",
    "exam": "12 March 2026 MRI scan HEAD W/O CONTRAST",
    "count against the archive": "1 exam. 430 of 430 images. We compared every image with the",
    "nothing missing": "archive's own list. None is missing.",
    "nothing not importable": "All files are in the standard format.",
    "first medium": "A disc image, saved as one file, 1 of 2.",
    "its label": "Label KIOSK00042_1.",
    "its images": "215 images.",
    "result of the check": "Checked: we read it back and every byte was right.",
    "its hash": "SHA-256 " + "01" * 32,
    "second medium": "A disc image, saved as one file, 2 of 2.",
    "second hash": "SHA-256 " + "02" * 32,
    "how to open it": "open the file INDEX.HTM with a double click",
    "give it to the doctor": "Give it to your doctor.",
    "if it does not open": "bring it back with this receipt",
    "whom to call": "Questions? Call 555 0100.",
    "hash of the form": "ab" * 32,
    "anchor of the audit chain": "Audit anchor " + "cd" * 32,
    "kiosk and software": "Kiosk kiosk-1, software Imaging release kiosk 0.1.0",
    "hospital": "Riverside Example Hospital",
    "page": "Page 1 of",
}


@pytest.fixture(scope="module")
def receipt() -> str:
    return text_of(render_receipt(receipt_facts(volumes=2)))


@pytest.mark.parametrize("element", ELEMENTS)
def test_the_receipt_has_every_element(element: str, receipt: str) -> None:
    assert ELEMENTS[element] in receipt


def test_a_usual_receipt_is_one_page() -> None:
    assert pages_of(render_receipt(receipt_facts(form=form_facts(studies=5)))) == 1


def test_forty_exams_begin_on_the_first_page() -> None:
    pdf = render_receipt(receipt_facts(form=form_facts(studies=40), volumes=3))
    assert pages_of(pdf) == 3
    first = text_of(pdf).partition("Page 2 of 3")[0]
    assert first.count("MRI scan") >= 5


def test_an_archive_that_can_only_count_is_named_as_such() -> None:
    text = text_of(render_receipt(receipt_facts(counted_only=True)))
    assert "The archive could not list its images one by one. We compared the count only." in text
    assert "None is missing" not in text


def test_a_receipt_never_says_that_nothing_is_missing_when_something_is() -> None:
    facts = receipt_facts()
    text = text_of(render_receipt(replace(facts, job=replace(facts.job, instances=429))))
    assert "429 of 430 images. Some images are missing." in text
    assert "None is missing" not in text


@pytest.mark.parametrize(("broken", "said"), [(1, "1 file could not"), (2, "2 files could not")])
def test_what_cannot_be_imported_is_counted(broken: int, said: str) -> None:
    text = text_of(render_receipt(receipt_facts(broken=broken)))
    assert f"{said} be put in the standard format." in text
    assert "All files are in the standard format." not in text


def test_a_medium_that_was_not_checked_does_not_pass_for_one_that_was() -> None:
    facts = receipt_facts()
    media = (replace(facts.job.media[0], verified=False),)
    text = text_of(render_receipt(replace(facts, job=replace(facts.job, media=media))))
    assert "Not checked. Please ask our staff." in text
    assert "every byte was right" not in text


def test_a_medium_without_a_label_prints_none() -> None:
    facts = receipt_facts()
    media = (replace(facts.job.media[0], file_set_id=""),)
    text = text_of(render_receipt(replace(facts, job=replace(facts.job, media=media))))
    assert "Label" not in text
    assert "Serial number" not in text


def test_a_stick_is_named_by_its_serial_number() -> None:
    facts = receipt_facts()
    media = (replace(facts.job.media[0], serial="4C530001"),)
    text = text_of(render_receipt(replace(facts, job=replace(facts.job, media=media))))
    assert "Label KIOSK00042_1. Serial number 4C530001. 430 images." in text


@pytest.mark.parametrize("page", ReceiptPage)
def test_the_page_has_the_size_that_is_asked_for_and_the_same_words(page: ReceiptPage) -> None:
    pdf = render_receipt(receipt_facts(volumes=2), page)
    height, width = picture_of(pdf, dpi=72).shape
    assert (width, height) == pytest.approx(SIZES[page], abs=1)
    assert text_of(pdf) == text_of(render_receipt(receipt_facts(volumes=2)))
    assert pages_of(pdf) == 1


@pytest.mark.parametrize("page", ReceiptPage)
@pytest.mark.parametrize("digit", "bd")
def test_no_hash_is_broken_in_two(page: ReceiptPage, digit: str) -> None:
    facts = replace(receipt_facts(), form_sha256=digit * 64, audit_head=digit * 64)
    lines = lines_of(render_receipt(facts, page))
    assert sum(digit * 64 in line for line in lines) == 2


@pytest.mark.parametrize("page", ReceiptPage)
def test_nothing_leaves_the_margins_however_long_it_is(page: ReceiptPage) -> None:
    site = Site("Saint Bartholomew Example Memorial Hospital " * 3, "1 River Road, " * 12, "5" * 60)
    long = Patient("M-1", MARIA.birth_date, "W" * 64 + "^" + "Maximiliana " * 5)
    form = form_facts(studies=60, site=site, patient=long, consent=a_consent(name="W" * 300))
    pdf = render_receipt(receipt_facts(form=form, volumes=9), page)
    side = int(11 / 25.4 * 50)
    for number in range(1, pages_of(pdf) + 1):
        ink = picture_of(pdf, number, dpi=50) < 200
        assert not ink[:, :side].any()
        assert not ink[:, -side:].any()


def test_without_a_phone_the_receipt_sends_to_the_desk() -> None:
    facts = replace(receipt_facts(), site=Site("Riverside Example Hospital"))
    assert "Questions? Ask at our desk." in text_of(render_receipt(facts))


def test_the_representative_is_who_received_it() -> None:
    consent = a_consent(role=SignerRole.REPRESENTATIVE, name="Robert Example", authority="parent")
    text = text_of(render_receipt(receipt_facts(form=form_facts(consent=consent))))
    assert "Robert Example received the copy" in text
    assert "Images of Maria Example" in text
    assert "Signs for the patient. Authority: parent" in text


def test_the_receipt_names_the_document_that_staff_saw_after_the_signature() -> None:
    consent = a_consent(role=SignerRole.REPRESENTATIVE, name="Robert Example", authority="parent")
    facts = receipt_facts(form=form_facts(consent=consent))
    seen = Approval("Desk clerk D. Sample", "birth certificate", SIGNED_AT + timedelta(minutes=2))
    text = text_of(render_receipt(replace(facts, approval=seen)))
    assert (
        "Desk clerk D. Sample saw the paper that shows this right on 24 November 2026, 10:03 UTC: "
        "birth certificate."
    ) in text


def test_a_patient_s_own_receipt_speaks_of_no_right() -> None:
    assert "Authority" not in text_of(render_receipt(receipt_facts()))


def test_the_same_facts_give_the_same_receipt() -> None:
    assert render_receipt(receipt_facts()) == render_receipt(receipt_facts())


def test_the_code_holds_number_and_form_and_nobodys_name() -> None:
    assert scanned_text(receipt_facts()) == f"receipt:42 form-sha256:{'ab' * 32}"


def test_a_square_code_draws_the_modules_that_the_standard_gives() -> None:
    code = SquareCode("04820137", 100)
    assert len(code.rows) == 21
    finder = [row[:7] for row in code.rows[:7]]
    assert finder[0] == bytes([1] * 7)
    assert finder[3] == bytes([1, 0, 1, 1, 1, 0, 1])
