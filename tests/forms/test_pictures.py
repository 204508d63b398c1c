"""Sheets of pictures on paper."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.pictures.layout import Scale, lay_out
from forms.pictures.on_paper import render_pictures
from forms.pictures.sheet import Box, Grid, Orientation, Paper, PaperSheet
from kiosk.domain.picture import Edges, Measured, Note, Picture, Spacing
from tests.forms.picture_sheets import FACTS, a_picture
from tests.forms.reading import fonts_of, pages_of, picture_of, places_of, text_of

POINTS_PER_MM = 72 / 25.4
SINGLE = PaperSheet(grid=Grid())
LEVEL = 200
DPI = 150


def sheet(*pictures: Picture, paper: PaperSheet = SINGLE) -> bytes:
    return render_pictures(FACTS, [lambda each=each: each for each in pictures], paper)


def extent_mm(pdf: bytes, level: int = LEVEL) -> tuple[float, float]:
    """Return width and height of the even picture on a page."""
    is_picture = np.abs(picture_of(pdf, dpi=DPI).astype(int) - level) < 6
    rows = np.flatnonzero(is_picture.sum(axis=1) > 40)
    columns = np.flatnonzero(is_picture.sum(axis=0) > 40)
    return tuple(float(each[-1] - each[0] + 1) * 25.4 / DPI for each in (columns, rows))  # type: ignore[return-value]


def test_every_picture_says_whose_it_is_and_which() -> None:
    text = text_of(sheet(a_picture(), a_picture(image_number=18), paper=PaperSheet()))
    assert text.count("Maria Example born 14 May 1948 · number MRN-0042") == 2
    assert text.count("24 November 2026 · Upper Valley Clinic") == 2
    assert "CT scan · Series 3 · Image 17" in text
    assert "CT scan · Series 3 · Image 18" in text
    assert text.count("Not for diagnosis") == 2


def test_a_frame_of_a_clip_says_which() -> None:
    assert "Ultrasound · Image 2 · Frame 15 of 30" in text_of(
        sheet(a_picture(modality="US", series_number=None, image_number=2, frame=15, frames=30))
    )


def test_a_picture_that_names_no_institution_names_the_one_that_hands_it_out() -> None:
    text = text_of(sheet(a_picture(institution=" ", taken_on=None)))
    assert "no date · Riverside Example Hospital" in text


def test_pictures_fill_one_page_after_another() -> None:
    pdf = sheet(*[a_picture(image_number=number) for number in range(101, 114)], paper=PaperSheet())
    assert pages_of(pdf) == 2
    text = text_of(pdf)
    assert "Page 2 of 2" in text
    assert text.count("disc or a stick") == 2
    assert all(text.count(f"Image {number}") == 1 for number in range(101, 114))


def test_the_same_pictures_give_the_same_bytes() -> None:
    assert sheet(a_picture()) == sheet(a_picture())


def test_a_sheet_brings_its_own_letters() -> None:
    fonts = fonts_of(sheet(a_picture()))
    assert fonts
    assert all(is_embedded for _, is_embedded in fonts)


def test_a_picture_is_developed_when_its_turn_comes_and_only_once() -> None:
    made: list[int] = []

    def develop(number: int) -> Picture:
        made.append(number)
        return a_picture(image_number=number)

    render_pictures(FACTS, [lambda each=each: develop(each) for each in range(5)], PaperSheet())
    assert made == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("columns", "rows", "spacing", "shape"),
    [
        (60, 60, Spacing(1, 1, Measured.PATIENT), 1),
        (60, 30, Spacing(2, 1, Measured.PATIENT), 1),
        (60, 60, Spacing(1, 3, Measured.DETECTOR), 3),
        (200, 50, None, 4),
    ],
)
def test_a_picture_keeps_its_proportions(
    columns: int, rows: int, spacing: Spacing | None, shape: float
) -> None:
    width, height = extent_mm(
        sheet(a_picture(columns=columns, rows=rows, spacing=spacing, level=LEVEL))
    )
    assert width / height == pytest.approx(shape, rel=0.02)


def test_true_size_is_true() -> None:
    picture = a_picture(
        columns=200, rows=100, spacing=Spacing(0.8, 0.5, Measured.PATIENT), level=LEVEL
    )
    pdf = sheet(picture, paper=replace(SINGLE, true_size=True))
    assert extent_mm(pdf) == (pytest.approx(100, abs=0.4), pytest.approx(80, abs=0.4))
    assert "True size" in text_of(pdf)
    assert "Not to scale" not in text_of(pdf)


@pytest.mark.parametrize(
    ("spacing", "said"),
    [
        (Spacing(1, 1, Measured.DETECTOR), "True size at the detector"),
        (Spacing(4, 4, Measured.PATIENT), "Not to scale"),
        (None, "Not to scale"),
    ],
)
def test_a_size_that_is_not_the_bodys_is_not_called_so(spacing: Spacing | None, said: str) -> None:
    text = text_of(sheet(a_picture(spacing=spacing), paper=replace(SINGLE, true_size=True)))
    assert said in text
    assert (text.count("True size"), text.count("Not to scale")) in {(1, 0), (0, 1)}


@pytest.mark.parametrize("grid", [Grid(), Grid(3, 4), Grid(4, 5)])
@pytest.mark.parametrize("across_mm", [0.15, 0.3, 0.7, 1.37, 5])
def test_the_bar_is_as_long_as_it_says(grid: Grid, across_mm: float) -> None:
    picture = a_picture(spacing=Spacing(across_mm, across_mm, Measured.PATIENT), level=90)
    pdf = sheet(picture, paper=PaperSheet(grid=grid))
    page = picture_of(pdf, dpi=300).astype(int)
    picture_px = (np.abs(page - 90) < 6).sum(axis=1).max()
    bar_px = longest_run(page, *_strip_of(grid))
    length_mm = bar_px / picture_px * 60 * across_mm
    said = text_of(pdf)
    number, unit = next(
        (said[at - 3 : at].split()[-1], said[at + 1 : at + 3])
        for at in range(3, len(said) - 2)
        if said[at - 1].isdigit() and said[at : at + 3] in {" mm", " cm"}
    )
    assert length_mm == pytest.approx(int(number) * (10 if unit == "cm" else 1), rel=0.03)


def _strip_of(grid: Grid) -> tuple[int, int, int]:
    """Return where the bar of the first cell stands, in pixels of 300 dpi: rows, last column."""
    paper = PaperSheet(grid=grid)
    width, height = paper.size
    body = Box(10 * POINTS_PER_MM, 14 * POINTS_PER_MM, width - 20 * POINTS_PER_MM, 0)
    body = replace(body, height=height - 38 * POINTS_PER_MM)
    cell = grid.divide(body)[0].inset(0.35)
    strip = lay_out(cell, a_picture(), true_size=False).below
    pixels = 300 / 72
    return (
        round((height - strip.top) * pixels) + 1,
        round((height - strip.y) * pixels) - 1,
        round((strip.x + strip.width * 0.4) * pixels),
    )


def longest_run(page: np.ndarray, top: int, bottom: int, right: int) -> int:
    """Return the longest line of white between two rows."""
    best = 0
    for row in page[top:bottom, 130:right] > 160:
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(int), [0]))))
        best = max(best, *(edges[1::2] - edges[::2]), 0)
    return best


def test_the_bar_of_a_radiograph_says_where_it_holds() -> None:
    text = text_of(sheet(a_picture(spacing=Spacing(1, 1, Measured.DETECTOR))))
    assert "1 cm at the detector" in text


def test_there_is_no_bar_where_nobody_measured() -> None:
    layout = lay_out(Box(0, 0, 200, 200), a_picture(spacing=None), true_size=True)
    assert layout.bar is None
    assert layout.scale is Scale.NONE
    assert " cm" not in text_of(sheet(a_picture(spacing=None)))


def test_each_letter_stands_at_its_edge() -> None:
    pdf = sheet(a_picture(edges=Edges("H", "LA", "F", "RP"), side="L MLO", notes=()))
    places = {word: (x, y) for word, x, y in places_of(pdf)}
    (top, right, bottom, left) = (places[each] for each in ("H", "LA", "F", "RP"))
    assert left[0] < top[0] < right[0]
    assert top[1] < left[1] < bottom[1]
    assert top[0] == pytest.approx(bottom[0], abs=2)
    assert left[1] == pytest.approx(right[1], abs=1)
    assert places["MLO"][0] < top[0]
    assert places["MLO"][1] <= top[1] + 2


def test_a_picture_that_cannot_be_drawn_says_so_in_its_place() -> None:
    text = text_of(sheet(replace(a_picture(), raster=None)))
    assert "This image cannot be printed." in text
    assert "Image 17" in text
    assert "Not to scale" not in text


def test_words_on_the_image_are_printed() -> None:
    note = Note("Old fracture, see report", 0.6, 0.9)
    assert "Old fracture" in text_of(sheet(a_picture(notes=(note,))))


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("orientation", Orientation)
def test_every_paper_can_be_filled(paper: Paper, orientation: Orientation) -> None:
    chosen = PaperSheet(paper, Grid(4, 5), orientation)
    page = picture_of(sheet(*[a_picture()] * 20, paper=chosen), dpi=30)
    assert page.shape == pytest.approx(
        tuple(side * 30 / 72 for side in reversed(chosen.size)), abs=1
    )
    margin = round(9 / 25.4 * 30)
    assert page[:, :margin].min() == page[:, -margin:].min() == 255


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)


@settings(max_examples=40, deadline=None)
@given(name=NAMES, number=NAMES, institution=NAMES, note=NAMES, side=st.sampled_from(["", "R ML"]))
def test_no_caption_leaves_its_cell(
    name: str, number: str, institution: str, note: str, side: str
) -> None:
    facts = replace(
        FACTS, patient=replace(FACTS.patient, name=name or "Example", patient_id=number)
    )
    picture = a_picture(
        institution=institution,
        notes=(Note(note, 0.9, 0.99),),
        side=side,
        edges=Edges("HAL", "PRF", "FPR", "ALH"),
        frames=99999,
        level=0,
    )
    paper = PaperSheet(grid=Grid(4, 5))
    pdf = render_pictures(facts, [lambda: picture] * 6, paper)
    assert pages_of(pdf) == 1
    page = picture_of(pdf, dpi=100)
    # between the cells of the first row is one line of white and beside it nothing but black
    cell_px = (paper.size[0] / 72 * 25.4 - 20) / 4 / 25.4 * 100
    top, bottom = round(26 / 25.4 * 100), round((24 + 259 / 5) / 25.4 * 100) - 3
    for column in range(1, 4):
        at = round(10 / 25.4 * 100 + column * cell_px)
        assert page[top:bottom, at - 4 : at - 2].max() == 0
        assert page[top:bottom, at + 2 : at + 4].max() == 0
    assert page[:, : round(9 / 25.4 * 100)].min() == 255
