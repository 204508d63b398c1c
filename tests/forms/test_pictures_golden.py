"""Sheets of real images, beside the pictures of them that somebody has looked at."""

import numpy as np
import pytest
from PIL import Image

from tests.forms.picture_sheets import FOLDER, KEPT

FARTHEST = 1.5
"""Grey levels on average; another version of a font or of a decoder stays below it."""
MOST_CHANGED = 0.01
"""Share of the pixels that may look different."""


@pytest.mark.parametrize("name", KEPT)
def test_a_sheet_looks_as_it_did(name: str) -> None:
    kept = np.asarray(Image.open(FOLDER / f"{name}.png").convert("RGB")).astype(int)
    made = np.asarray(KEPT[name]().convert("RGB")).astype(int)
    assert made.shape == kept.shape
    difference = np.abs(made - kept).max(axis=2)
    assert difference.mean() < FARTHEST
    assert (difference > 60).mean() < MOST_CHANGED
