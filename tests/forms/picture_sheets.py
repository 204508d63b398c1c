"""Sheets of pictures for the tests: invented ones, and those of real images that are kept."""

import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from pydicom import dcmread

from forms.facts import PicturesFacts
from forms.pictures.on_film import film_boxes, preview
from forms.pictures.on_paper import Develop, render_pictures
from forms.pictures.sheet import FilmSheet, FilmSize, Grid, Orientation, Paper, PaperSheet
from kiosk.domain.picture import Edges, Measured, Picture, Raster, Spacing, Tones
from kiosk.media.display.develop import develop
from tests.forms.builders import MARIA, SIGNED_AT, SITE
from tests.forms.reading import colours_of
from tests.media.display.seen import real

FOLDER = Path(__file__).parents[1] / "golden" / "pictures"
FACTS = PicturesFacts(SITE, MARIA, SIGNED_AT)
DPI = 60
MILLIMETRE = Spacing(1, 1, Measured.PATIENT)
AXIAL = Edges("A", "L", "P", "R")

REAL = (
    "MR-SIEMENS-DICOM-WithOverlays.dcm",
    "MR2_UNCI.dcm",
    "CT_small.dcm",
    "RG1_UNCI.dcm",
    "RG3_UNCI.dcm",
    "US1_UNCI.dcm",
    "OBXXXX1A.dcm",
    "color3d_jpeg_baseline.dcm",
    "color-px.dcm",
    "JPEG2000_UNC.dcm",
    "emri_small.dcm",
    "vlut_04.dcm",
)


def a_picture(
    *,
    columns: int = 60,
    rows: int = 60,
    level: int = 128,
    bits: int = 8,
    spacing: Spacing | None = MILLIMETRE,
    edges: Edges = AXIAL,
    **facts: object,
) -> Picture:
    """Return an even picture."""
    values = np.full((rows, columns), level, "<u2" if bits > 8 else "u1").tobytes()
    said: dict[str, object] = {
        "pixel_height": spacing.down_mm / spacing.across_mm if spacing else 1.0,
        "side": "",
        "notes": (),
        "modality": "CT",
        "institution": "Upper Valley Clinic",
        "taken_on": SIGNED_AT.date(),
        "series_number": 3,
        "image_number": 17,
        "frame": 1,
        "frames": 1,
    }
    raster = Raster(columns, rows, 1, bits, values)
    return Picture(raster=raster, spacing=spacing, edges=edges, **(said | facts))  # type: ignore[arg-type]


def real_pictures(tones: Tones) -> list[Develop]:
    """Return the pictures of real images, each with its middle frame."""
    return [partial(_middle, real(name), tones) for name in REAL]


def _middle(path: Path, tones: Tones) -> Picture:
    frames = int(dcmread(path, stop_before_pixels=True).get("NumberOfFrames") or 1)
    return develop(path, frames // 2, tones)


def _paper(paper: PaperSheet, pictures: list[Develop]) -> Image.Image:
    return colours_of(render_pictures(FACTS, pictures, paper), dpi=DPI)


def _film(film: FilmSheet) -> Image.Image:
    boxes = film_boxes(FACTS, real_pictures(Tones.GREY_12)[: film.grid.cells], film, Tones.GREY_12)
    return Image.open(BytesIO(preview(boxes, film, DPI / 25.4)))


KEPT: dict[str, Callable[[], Image.Image]] = {
    "contact-a4": lambda: _paper(PaperSheet(), real_pictures(Tones.COLOUR_8)),
    "contact-letter-landscape": lambda: _paper(
        PaperSheet(Paper.LETTER, Grid(5, 4), Orientation.LANDSCAPE), real_pictures(Tones.COLOUR_8)
    ),
    "single-true-size": lambda: _paper(
        PaperSheet(grid=Grid(), true_size=True), real_pictures(Tones.COLOUR_8)[2:3]
    ),
    "film-10x12": lambda: _film(FilmSheet(FilmSize.IN_10X12, Grid(3, 4), dots_per_mm=8)),
}
"""Sheets that are kept as pictures under ``tests/golden``, to be looked at and compared with."""


if __name__ == "__main__":  # python -m tests.forms.picture_sheets keeps them as they are now
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in KEPT.items():
        make().save(FOLDER / f"{name}.png", optimize=True)
    sys.exit(0)
