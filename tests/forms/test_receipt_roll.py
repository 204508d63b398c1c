"""The receipt on a paper roll: the words of the page, as dots."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from escpos.printer import Dummy
from PIL import Image
from reportlab.lib.units import mm

from forms.facts import ComeBack, ReceiptFacts, TicketFacts
from forms.printing.escpos import encode
from forms.printing.paper import Sheet, print_on
from forms.printing.roll import WIDTH, WIDTH_DOTS
from forms.printing.square_code import SquareCode
from forms.receipt.page import render_receipt
from forms.receipt.roll import render_receipt_roll, roll_story
from forms.receipt.said import said, scanned_text
from forms.ticket import render_ticket_roll
from forms.typography.direction import FENCES
from forms.words import wording_for
from kiosk.domain.study import Patient
from tests.forms.builders import MARIA, SIGNED_AT, SITE, a_consent, form_facts, receipt_facts
from tests.forms.reading import picture_of, text_of
from tests.forms.roll_reader import paper_of, photographed

NAMES = {
    "Latin": "Maria Example",
    "Arabic": "أحمد محمد الأمين",
    "Chinese": "张三",
    "Russian": "Михаил Щербаков",
    "Vietnamese": "Nguyễn Thị Ngọc Ánh",
}


def signed_by(name: str) -> ReceiptFacts:
    return receipt_facts(form=form_facts(consent=a_consent(name=name)))


def height_mm(sent: bytes) -> float:
    return len(paper_of(sent)) / 8


def texts(part: Any) -> list[str]:
    """Return every text of a part, however deep."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple | list):
        return [text for each in part for text in texts(each)]
    names = getattr(part, "__slots__", ())
    return [text for name in names for text in texts(getattr(part, name))]


def test_page_and_roll_draw_one_list() -> None:
    facts = receipt_facts(volumes=2, form=form_facts(studies=3))
    words = wording_for("en")
    on_roll = " ".join(plain(roll_story(facts, words)))
    on_page = text_of(render_receipt(facts))
    told = [text for text in texts(list(said(facts, words))) if text != scanned_text(facts)]
    assert len(told) > 30
    for text in told:
        bare = " ".join(text.translate(FENCES).split())
        assert bare in on_page
        assert bare in on_roll


def plain(story: list[Any]) -> list[str]:
    """Return the words of flowables, in order."""
    found = []
    for each in story:
        if hasattr(each, "getPlainText"):
            found.append(" ".join(each.getPlainText().translate(FENCES).split()))
        for row in getattr(each, "_cellvalues", ()):
            found += plain(row)
    return found


@pytest.mark.parametrize("script", NAMES)
def test_the_paper_shows_what_another_program_draws(script: str) -> None:
    facts = signed_by(NAMES[script])
    words = wording_for("en")
    paper = paper_of(render_receipt_roll(facts))
    sheet = Sheet((WIDTH, 600 * mm), 0, 0, 0, "", "", "en", SIGNED_AT)
    pdf = print_on(sheet, roll_story(facts, words), lambda *_: None)
    assert NAMES[script] in text_of(pdf, order="-layout")
    theirs = picture_of(pdf, dpi=203.2)[: len(paper), :WIDTH_DOTS] < 150
    assert theirs.shape == paper.shape
    assert 0.05 < paper.mean() < 0.2
    assert unlike(paper, theirs) < 0.045
    assert unlike(theirs, paper) < 0.045


def unlike(one: np.ndarray, other: np.ndarray, strip: int = 24) -> float:
    """Return the largest share of a strip's ink that has none beside it on the other paper."""
    rules = near(one.all(axis=1, keepdims=True) | other.all(axis=1, keepdims=True))
    alone = one & ~near(other) & ~rules
    tops = range(0, len(one), strip)
    return float(
        max(alone[top : top + strip].sum() / (100 + one[top : top + strip].sum()) for top in tops)
    )


def near(dots: np.ndarray) -> np.ndarray:
    """Return every dot that is black or beside a black one."""
    tall = dots | np.roll(dots, 1, axis=0) | np.roll(dots, -1, axis=0)
    return tall | np.roll(tall, 1, axis=1) | np.roll(tall, -1, axis=1)


def test_the_paper_is_as_wide_as_the_printing_head_and_ends_after_the_last_line() -> None:
    paper = paper_of(render_receipt_roll(receipt_facts()))
    assert paper.shape[1] == WIDTH_DOTS == 576
    assert paper[-1].any()
    assert 180 < len(paper) / 8 < 280


def test_forty_exams_are_one_strip_without_a_hole() -> None:
    sent = render_receipt_roll(receipt_facts(form=form_facts(studies=40), volumes=3))
    paper = paper_of(sent)
    assert height_mm(sent) > 600
    black = np.flatnonzero(paper.any(axis=1))
    assert np.diff(black).max() < 60


def test_nothing_is_cut_at_the_edges_of_the_roll() -> None:
    long = Patient("M-1", MARIA.birth_date, "W" * 64 + "^" + "Maximiliana " * 5)
    facts = receipt_facts(form=form_facts(patient=long, consent=a_consent(name="W" * 300)))
    paper = paper_of(render_receipt_roll(facts))
    letters = paper[:, -3:].sum(axis=1)
    rules = paper.all(axis=1)
    assert not letters[~rules].any()


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="no reader of QR codes is installed")
@pytest.mark.parametrize("script", ["Latin", "Arabic"])
def test_a_scanner_reads_the_number_and_the_hash(script: str, tmp_path: Path) -> None:
    facts = signed_by(NAMES[script])
    photographed(paper_of(render_receipt_roll(facts))).save(tmp_path / "paper.png")
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", tmp_path / "paper.png"], capture_output=True, check=True
    )
    assert read.stdout.decode().strip() == scanned_text(facts)


def test_every_module_of_the_code_is_five_dots_wide_and_high() -> None:
    facts = receipt_facts()
    paper = paper_of(render_receipt_roll(facts))
    modules = np.array([list(row) for row in SquareCode(scanned_text(facts), 1).rows], bool)
    code = modules.repeat(5, axis=0).repeat(5, axis=1)
    side = len(code)
    places = [
        (top, left)
        for left in range((WIDTH_DOTS - side) // 2 - 5, (WIDTH_DOTS - side) // 2 + 6)
        for top in range(len(paper) - side)
        if (paper[top, left : left + side] == code[0]).all()
    ]
    assert any((paper[top : top + side, left : left + side] == code).all() for top, left in places)


@pytest.mark.parametrize("script", NAMES)
def test_the_same_facts_give_the_same_bytes(script: str) -> None:
    facts = signed_by(NAMES[script])
    assert render_receipt_roll(facts) == render_receipt_roll(facts)
    other = replace(facts, form_sha256="00" * 32)
    assert render_receipt_roll(other) != render_receipt_roll(facts)


@pytest.mark.parametrize("rows", [1, 959, 960, 961, 2500])
def test_the_commands_are_those_that_another_library_sends(rows: int) -> None:
    dots = np.random.default_rng(rows).random((rows, WIDTH_DOTS)) < 0.3
    theirs = Dummy()
    picture = Image.fromarray((~dots * 255).astype(np.uint8))
    theirs.image(picture, impl="bitImageRaster", fragment_height=960)
    ours = encode(dots)
    assert ours.removeprefix(b"\x1b@")[:-4] == theirs.output
    assert (paper_of(ours) == dots).all()


@pytest.mark.parametrize("reason", ComeBack)
def test_the_ticket_comes_out_of_the_same_printer(reason: ComeBack) -> None:
    facts = TicketFacts(SITE, reason, SIGNED_AT, SIGNED_AT)
    paper = paper_of(render_ticket_roll(facts))
    assert paper.any()
    assert 60 < len(paper) / 8 < 140
    assert render_ticket_roll(facts) == render_ticket_roll(facts)
