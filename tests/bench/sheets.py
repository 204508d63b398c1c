"""Sheets of pictures: how long a patient waits for images on paper."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import numpy as np

from forms.facts import PicturesFacts, Site
from forms.pictures.on_paper import render_pictures
from forms.pictures.sheet import Grid, PaperSheet
from kiosk.domain.picture import Tones
from kiosk.domain.study import Patient
from kiosk.media.display.collection import collect, instances_in
from tests import builders
from tests.bench.table import Row, best_of, seconds

IMAGES, SIDE_PX = 20, 512
LONGEST_S = 1.0


def contact_sheet(folder: Path) -> list[Row]:
    """Measure a sheet of CT slices, from files on disk to the PDF, against what may be waited."""
    slices(folder)
    facts = PicturesFacts(
        Site("Bench"), Patient("1", date(1966, 1, 1), "Example^Maria"), datetime.now(UTC)
    )

    def make() -> None:
        collection = collect(instances_in(folder))
        pictures = [
            partial(collection.develop, shown, Tones.COLOUR_8)
            for shown in collection.choose(IMAGES)
        ]
        assert len(pictures) == IMAGES
        render_pictures(facts, pictures, PaperSheet(grid=Grid(4, 5)))

    (spent,) = best_of(3, lambda: seconds(make))
    name = f"contact sheet of {IMAGES} images of {SIDE_PX}x{SIDE_PX}; {LONGEST_S:g} s"
    return [Row(name, "s", spent, LONGEST_S, 1)]


def slices(folder: Path) -> None:
    """Write slices with the noise that scanners have, which is what takes time to encode."""
    noise = np.random.default_rng(1)
    for number in range(1, IMAGES + 1):
        ds = builders.ct(builders.Place(number=number), SIDE_PX)
        down, across = np.mgrid[-1 : 1 : SIDE_PX * 1j, -1 : 1 : SIDE_PX * 1j]
        body = np.where(down**2 + across**2 < 0.8, 1060, 24)
        values = body + noise.normal(0, 25, body.shape)
        ds.PixelData = values.clip(0, 4095).astype(np.uint16).tobytes()
        builders.write(ds, folder / f"{number:03}")
