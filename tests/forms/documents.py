"""Every document of the tests in every language, and those that are kept to be looked at."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from forms.facts import ComeBack, LabelFacts, LabelShows, ReceiptFacts, TicketFacts
from forms.label.disc_face import Ring, render_disc_face
from forms.label.sleeve import render_sleeve
from forms.label.tag import render_tag
from forms.receipt.page import render_receipt
from forms.receipt.roll import render_receipt_roll
from forms.release.form import render_form
from forms.release.signing import Signed
from forms.slip import render_slip
from forms.ticket import render_ticket, render_ticket_roll
from kiosk.domain.clock import ClockState
from kiosk.text.words import LANGUAGES
from tests.forms.builders import (
    SIGNED_AT,
    SITE,
    a_consent,
    authorization_facts,
    form_facts,
    receipt_facts,
    slip_facts,
)
from tests.forms.reading import colours_of, pages_of, text_as_laid_out
from tests.forms.roll_reader import paper_of

FOLDER = Path(__file__).parents[1] / "golden" / "documents"
DPI = 56
"""Letters of 12 points are still read."""
GREYS = 16
ROLL_SMALLER = 3
"""A roll has 203 dots an inch."""
LOOKED_AT = ("en", "ar", "zh")
"""One language of each way to set a line; the others share their letters with the first."""

TICKET = TicketFacts(SITE, ComeBack.NO_IMAGES_YET, SIGNED_AT, SIGNED_AT)
SIGNED = Signed("ef" * 32, ClockState.SYNCHRONISED)
Make = Callable[[str], bytes]


def label_of(language: str) -> LabelFacts:
    """Return the label of a disc with three exams."""
    job = receipt_facts(form=form_facts(studies=3)).job
    site = replace(SITE, language=language)
    return LabelFacts(site, job, job.media[0], SIGNED_AT.date(), LabelShows.BIRTH_DATE)


def form_in(language: str) -> bytes:
    """Return a form as it is shown."""
    return render_form(form_facts(studies=3, consent=a_consent(language=language)))


def receipt_of(language: str) -> ReceiptFacts:
    """Return the receipt of two discs with three exams, of which not every file is standard."""
    form = form_facts(studies=3, consent=a_consent(language=language))
    return receipt_facts(form=form, volumes=2, broken=2)


DOCUMENTS: dict[str, Make] = {
    "form": form_in,
    "signed form": lambda each: render_form(form_facts(consent=a_consent(language=each)), SIGNED),
    "signed authorization": lambda each: render_form(authorization_facts(language=each), SIGNED),
    "receipt": lambda each: render_receipt(receipt_of(each)),
    "slip": lambda each: render_slip(slip_facts(), each),
    "ticket": lambda each: render_ticket(TICKET, each),
    "disc": lambda each: render_disc_face(label_of(each), Ring.of_diameters(46, 116)),
    "sleeve": lambda each: render_sleeve(label_of(each)),
    "tag": lambda each: render_tag(label_of(each)),
}
"""PDFs, each in a language."""

ROLLS: dict[str, Make] = {
    "receipt roll": lambda each: render_receipt_roll(receipt_of(each)),
    "ticket roll": lambda each: render_ticket_roll(TICKET, each),
}
"""What goes to a receipt printer, each in a language."""


def kept() -> list[tuple[str, str]]:
    """Name each document and language that is kept under ``tests/golden/documents``."""
    looked_at = [(name, each) for name in (*DOCUMENTS, *ROLLS) for each in LOOKED_AT]
    others = [("signed form", each) for each in LANGUAGES if each not in LOOKED_AT]
    return looked_at + others


def place_of(name: str, language: str) -> Path:
    """Return where a document is kept; pages and kinds of file are put behind it."""
    return FOLDER / f"{name.replace(' ', '-')}-{language}"


def pictures_of(name: str, language: str) -> list[Image.Image]:
    """Return each page as it looks, in a few greys and small."""
    if name in ROLLS:
        dots = paper_of(ROLLS[name](language))
        pages = [Image.fromarray(np.where(dots, 0, 255).astype(np.uint8)).reduce(ROLL_SMALLER)]
    else:
        pdf = DOCUMENTS[name](language)
        pages = [colours_of(pdf, page, DPI).convert("L") for page in range(1, pages_of(pdf) + 1)]
    return [page.quantize(GREYS, dither=Image.Dither.NONE) for page in pages]


if __name__ == "__main__":  # python -m tests.forms.documents keeps them as they are now
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, language in kept():
        place = place_of(name, language)
        for number, page in enumerate(pictures_of(name, language), start=1):
            page.save(f"{place}-{number}.png", optimize=True)
        if name in DOCUMENTS:
            text = text_as_laid_out(DOCUMENTS[name](language))
            Path(f"{place}.txt").write_text(text, encoding="utf-8")
