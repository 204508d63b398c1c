"""A hospital's own words, address, footer and logo, from its own folder."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4

from forms.facts import ComeBack, TicketFacts
from forms.house import PLAIN, House
from forms.house_folder import read_house
from forms.receipt.page import render_receipt
from forms.release.evidence import evidence
from forms.release.form import render_form
from forms.slip import render_slip
from forms.ticket import render_ticket
from forms.words import our_wording, wording_for
from kiosk.errors import HouseFolderWrong
from tests.forms.builders import SIGNED_AT, SITE, a_consent, form_facts, receipt_facts, slip_facts
from tests.forms.reading import picture_of, text_of

OWN = """
[access]
title = "Riverside image request"

[page]
address = "2 Hill Street, Springfield"
footer = "Riverside Example Hospital is open day and night."

[receipt]
exams = { one = "Just {n} exam.", other = "All {n} exams." }
"""


def png(size: tuple[int, int] = (300, 100), kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (200, 0, 0)).save(file, kind)
    return file.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "en.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(png())
    return tmp_path


def test_only_what_is_changed_is_changed(folder: Path) -> None:
    words = wording_for("en", read_house(folder))
    assert words.say("access.title") == "Riverside image request"
    assert words.say("authorization.title") == our_wording("en").say("authorization.title")
    assert words.count("receipt.exams", 3).startswith("All ")
    assert wording_for("es", read_house(folder)) == our_wording("es")


def test_every_document_has_the_hospitals_own_address_and_footer(folder: Path) -> None:
    site = replace(SITE, house=read_house(folder))
    form = form_facts(site=site)
    documents = [
        render_form(form),
        render_receipt(receipt_facts(form=form)),
        render_slip(replace(slip_facts(), site=site)),
        render_ticket(TicketFacts(site, ComeBack.STILL_GROWING, SIGNED_AT, None)),
    ]
    for pdf in documents:
        assert "2 Hill Street, Springfield" in text_of(pdf)
        assert "1 River Road" not in text_of(pdf)
        assert "is open day and night." in text_of(pdf)
    assert "Riverside image request" in text_of(documents[0])


def red(pdf: bytes) -> tuple[int, int]:
    """Return between which columns, of 1000, the logo stands on the first page."""
    shade = round(0.299 * 200)
    pixels = picture_of(pdf, dpi=100)[: round(A4[1] / 72 * 100 / 6)]
    columns = (abs(pixels.astype(int) - shade) < 3).sum(axis=0) > 20
    places = [number * 1000 // len(columns) for number, is_red in enumerate(columns) if is_red]
    return places[0], places[-1]


@pytest.mark.parametrize(("language", "side"), [("en", 0), ("ar", 1)])
def test_the_logo_stands_where_the_page_begins(folder: Path, language: str, side: int) -> None:
    site = replace(SITE, house=read_house(folder))
    pdf = render_form(form_facts(site=site, consent=a_consent(language=language)))
    assert all((place > 500) == bool(side) for place in red(pdf))


def test_a_changed_form_is_a_version_of_its_own(folder: Path) -> None:
    house, ours = read_house(folder), our_wording("en")
    words = wording_for("en", house)
    assert words.sha256 != ours.sha256
    version = ours.tables["about"]["version"]
    assert words.tables["about"]["version"] == f"{version}+{words.sha256[:8]}"


def test_the_hash_with_the_signature_covers_the_words_that_were_shown(folder: Path) -> None:
    facts = form_facts(site=replace(SITE, house=read_house(folder)))
    words = wording_for("en", facts.site.house)
    form = json.loads(evidence(facts, words, render_form(facts), "0" * 64))["form"]
    assert form["wording_sha256"] == words.sha256 != our_wording("en").sha256


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert read_house(tmp_path) == House() == PLAIN
    assert wording_for("en", read_house(tmp_path)) is our_wording("en")


def words(text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / "en.toml").write_text(text, encoding="utf-8")


def logo(content: bytes, name: str = "logo.png") -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


WRONG = {
    "a key that is mistyped": (
        words('[access]\ntitel = "Request"'),
        "en.toml: access.titel is no key; do you mean title?",
    ),
    "a table that is mistyped": (words('[acces]\ntitle = "Request"'), "do you mean access?"),
    "a sentence outside its table": (words('title = "Request"'), "[title] is no table"),
    "a missing placeholder": (
        words('[receipt]\ncall = "Please call us."'),
        "receipt.call lacks the placeholder {phone}; put it where the value belongs",
    ),
    "a placeholder too many": (
        words('[receipt]\ncall_desk = "Call {phone}."'),
        "receipt.call_desk has {phone}, which is not filled in there; remove it",
    ),
    "a lonely brace": (words('[receipt]\ntitle = "Receipt {"'), "has a brace without its other"),
    "an empty sentence": (words('[receipt]\ntitle = " "'), "receipt.title is empty"),
    "a text in place of a list": (words('[slip]\nsteps = "Go"'), "slip.steps must be a list"),
    "a number in place of a text": (words("[receipt]\ntitle = 7"), "receipt.title must be a text"),
    "a plural that lacks a form": (
        words('[receipt]\nexams = { other = "{n} exams." }'),
        "receipt.exams must have exactly the forms one, other",
    ),
    "a plural with a wrong value": (
        words('[receipt]\nexams = { one = "{x} exam.", other = "{n} exams." }'),
        "receipt.exams.one has {x}",
    ),
    "a version of its own": (words('[about]\nversion = "9"'), "[about] cannot be changed"),
    "no TOML": (words("title = "), "en.toml: "),
    "words in Latin-1": (
        lambda folder: (folder / "es.toml").write_bytes(
            '[slip]\ntitle = "Código"'.encode("latin-1")
        ),
        "es.toml: ",
    ),
    "a language that there is not": (
        lambda folder: (folder / "de.toml").write_text(""),
        "de.toml: only ar.toml, en.toml, es.toml, ru.toml, vi.toml, zh.toml and logo.png are read",
    ),
    "a logo that is no picture": (logo(b"red"), "logo.png cannot be read"),
    "a logo that is cut off": (logo(png()[:-40]), "logo.png cannot be read"),
    "a logo of another kind": (logo(png(kind="JPEG")), "logo.png is JPEG inside; save it as PNG"),
    "a logo of another name": (logo(png(), "logo.jpg"), "logo.jpg: only "),
}


@pytest.mark.parametrize(("spoil", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_what_to_do(
    spoil: Callable[[Path], object], said: str, tmp_path: Path
) -> None:
    spoil(tmp_path)
    with pytest.raises(HouseFolderWrong) as caught:
        read_house(tmp_path)
    assert said in caught.value.detail


def test_everything_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    words('[access]\ntitel = "Request"\n[receipt]\ntitle = ""')(tmp_path)
    logo(b"red")(tmp_path)
    with pytest.raises(HouseFolderWrong) as caught:
        read_house(tmp_path)
    assert all(said in caught.value.detail for said in ("titel", "receipt.title", "logo.png"))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(HouseFolderWrong, match="No such file"):
        read_house(tmp_path / "nowhere")
