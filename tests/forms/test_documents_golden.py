"""Every document, word by word and picture by picture, beside what somebody has looked at."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.forms.documents import DOCUMENTS, FOLDER, kept, pictures_of, place_of
from tests.forms.reading import text_as_laid_out

SQUARE_PX = 8
FARTHEST = 12
"""Grey levels on average in the square that is least like the kept one; another version of poppler
or of a font's hinting stays below it, and a tick that is gone does not."""
KEPT = kept()
NAMES = [f"{name} {language}" for name, language in KEPT]


@pytest.mark.parametrize(("name", "language"), [each for each in KEPT if each[0] in DOCUMENTS])
def test_a_document_says_what_it_said(name: str, language: str) -> None:
    kept_text = Path(f"{place_of(name, language)}.txt").read_text(encoding="utf-8")
    assert text_as_laid_out(DOCUMENTS[name](language)) == kept_text


@pytest.mark.parametrize(("name", "language"), KEPT, ids=NAMES)
def test_a_document_looks_as_it_did(name: str, language: str) -> None:
    made = pictures_of(name, language)
    places = sorted(FOLDER.glob(f"{place_of(name, language).name}-?.png"))
    assert len(places) == len(made)
    for place, page in zip(places, made, strict=True):
        kept_page = Image.open(place)
        assert kept_page.size == page.size
        assert unlike(kept_page, page) < FARTHEST


def test_a_tick_that_is_gone_is_seen() -> None:
    page = Image.open(FOLDER / "signed-form-en-1.png").convert("L")
    tick = page.copy()
    tick.paste(255, (76, 436, 83, 442))
    assert unlike(page, tick) > FARTHEST


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Return how far apart two pages are in the square where they differ most."""
    levels = [np.asarray(each.convert("L")).astype(int) for each in (one, other)]
    apart = np.abs(levels[0] - levels[1])
    rows, columns = (side // SQUARE_PX * SQUARE_PX for side in apart.shape)
    squares = apart[:rows, :columns].reshape(rows // SQUARE_PX, SQUARE_PX, -1, SQUARE_PX)
    return float(squares.mean(axis=(1, 3)).max())
