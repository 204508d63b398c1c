"""Which screen a picture shows, by the kept pictures of every screen."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

KEPT = Path(__file__).parents[1] / "golden" / "screens"
PREFIX = "en-portrait-plain-"
COARSE_PX = (45, 80)
"""Few enough that letters drawn in another size look the same."""
MOST_LEVELS = 4
"""Of 255, that a picture may differ in the mean."""


def screen_in(picture: Image.Image) -> str:
    """Return the name of the screen that is nearest, or nothing if none is near."""
    seen = _coarse(picture)
    away = {name: float(np.abs(seen - kept).mean()) for name, kept in _kept().items()}
    nearest = min(away, key=lambda name: away[name])
    return nearest if away[nearest] <= MOST_LEVELS else ""


@cache
def _kept() -> dict[str, NDArray[np.float64]]:
    return {
        path.stem.removeprefix(PREFIX): _coarse(Image.open(path))
        for path in sorted(KEPT.glob(f"{PREFIX}*.png"))
    }


def _coarse(picture: Image.Image) -> NDArray[np.float64]:
    small = picture.convert("RGB").resize(COARSE_PX, Image.Resampling.BOX)
    return np.asarray(small, np.float64)
