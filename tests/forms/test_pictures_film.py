"""Films: what is sent to a film printer, box by box."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from forms.pictures.on_film import film_boxes, preview
from forms.pictures.sheet import FilmSheet, FilmSize, Grid, Orientation
from kiosk.domain.picture import ImageBox, Measured, Note, Picture, Spacing, Tones
from kiosk.domain.study import Patient
from tests.forms.picture_sheets import FACTS, a_picture

SMALL = FilmSheet(FilmSize.IN_8X10, Grid(2, 2), dots_per_mm=6)
GREY = (Tones.GREY_8, Tones.GREY_12)


def boxes(film: FilmSheet, *pictures: Picture, tones: Tones = Tones.GREY_12) -> list[ImageBox]:
    return list(film_boxes(FACTS, [lambda each=each: each for each in pictures], film, tones))


def levels(box: ImageBox) -> NDArray[np.int64]:
    raster = box.raster
    kind = "<u2" if raster.bits > 8 else "u1"
    return np.frombuffer(raster.values, kind).astype(np.int64).reshape(raster.rows, raster.columns)


def of_level(level: int, tones: Tones) -> Picture:
    return a_picture(level=level, bits=tones.bits)


@pytest.mark.parametrize(
    ("size", "short", "long"),
    [
        (FilmSize.IN_8X10, 203.2, 254),
        (FilmSize.IN_10X12, 254, 304.8),
        (FilmSize.IN_10X14, 254, 355.6),
        (FilmSize.IN_11X14, 279.4, 355.6),
        (FilmSize.IN_14X14, 355.6, 355.6),
        (FilmSize.IN_14X17, 355.6, 431.8),
        (FilmSize.CM_24X24, 240, 240),
        (FilmSize.CM_24X30, 240, 300),
    ],
)
def test_a_film_has_the_size_that_its_name_says(size: FilmSize, short: float, long: float) -> None:
    portrait, landscape = (FilmSheet(size, orientation=each) for each in Orientation)
    in_mm = tuple(side / 72 * 25.4 for side in portrait.size)
    assert in_mm == (pytest.approx(short), pytest.approx(long))
    assert landscape.size == tuple(reversed(portrait.size))


def test_the_format_is_written_as_printers_read_it() -> None:
    assert Grid(4, 5).display_format == "STANDARD\\4,5"


@pytest.mark.parametrize("tones", GREY)
def test_pixels_reach_the_film_with_the_levels_that_they_have(tones: Tones) -> None:
    level = 2000 if tones is Tones.GREY_12 else 125
    (box,) = boxes(SMALL, of_level(level, tones), tones=tones)
    seen = levels(box)
    assert box.raster.bits == tones.bits
    middle = seen[seen.shape[0] // 3, seen.shape[1] // 2]
    assert middle == level
    assert (seen == level).sum() > 0.2 * seen.size
    assert seen[0, 0] == 0
    assert seen.max() == (1 << tones.bits) - 1  # the captions are as white as film can be


def test_twelve_bits_tell_apart_what_eight_cannot() -> None:
    seen = {
        int(np.median(levels(box)[60:200, 150:350]))
        for level in range(2000, 2016)
        for box in boxes(SMALL, of_level(level, Tones.GREY_12))
    }
    assert len(seen) == 16


def test_films_are_filled_one_after_another() -> None:
    places = [(box.film, box.position) for box in boxes(SMALL, *[a_picture(bits=12)] * 6)]
    assert places == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2)]


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("grid", [Grid(), Grid(2, 3), Grid(4, 5)])
def test_a_box_has_as_many_dots_as_its_place_on_the_film(
    grid: Grid, orientation: Orientation
) -> None:
    film = FilmSheet(FilmSize.CM_24X30, grid, orientation, dots_per_mm=4, edge_mm=0)
    (box,) = boxes(film, a_picture(bits=12))
    sides = orientation.turn(240, 300)
    assert box.raster.columns == pytest.approx(sides[0] / grid.columns * 4, abs=1)
    assert box.raster.rows == pytest.approx(sides[1] / grid.rows * 4, abs=1)
    assert box.width_mm == pytest.approx(sides[0] / grid.columns)


def test_true_size_on_film_is_true() -> None:
    film = FilmSheet(FilmSize.IN_14X17, Grid(), true_size=True, dots_per_mm=4)
    spacing = Spacing(0.9, 0.6, Measured.PATIENT)
    (box,) = boxes(film, a_picture(columns=200, rows=200, spacing=spacing, level=1000, bits=12))
    is_picture = levels(box) == 1000
    assert (is_picture.any(axis=0).sum() / 4, is_picture.any(axis=1).sum() / 4) == (
        pytest.approx(120, abs=0.5),
        pytest.approx(180, abs=0.5),
    )


def test_words_on_a_bright_image_stand_on_black() -> None:
    note = Note("Here", 0.2, 0.2)
    bright = a_picture(level=4095, bits=12)
    plain, noted = (levels(box) for box in boxes(SMALL, bright, replace(bright, notes=(note,))))
    changed = plain != noted
    assert (noted[changed] == 0).sum() > 20
    assert changed.sum() < 0.05 * plain.size


def test_names_in_any_script_are_burnt_in() -> None:
    names = ("Example^Maria", "قباني^لنزار", "Wang^XiaoDong=王^小东", "Пример^Дарья")
    for name in names:
        patient = Patient("X", FACTS.patient.birth_date, name)
        facts = replace(FACTS, patient=patient)
        nameless = replace(FACTS, patient=replace(patient, name="?"))
        one, other = (
            levels(next(film_boxes(each, [lambda: a_picture(bits=12)], SMALL, Tones.GREY_12)))
            for each in (facts, nameless)
        )
        assert not np.array_equal(one, other)


def test_the_same_pictures_give_the_same_films() -> None:
    assert boxes(SMALL, a_picture(bits=12)) == boxes(SMALL, a_picture(bits=12))


def test_boxes_are_made_one_at_a_time() -> None:
    made: list[int] = []

    def develop(number: int) -> Picture:
        made.append(number)
        return a_picture(bits=12)

    pictures = [lambda each=each: develop(each) for each in range(4)]
    iterator = film_boxes(FACTS, pictures, SMALL, Tones.GREY_12)
    next(iterator)
    assert made == [0]


def test_a_preview_shows_the_whole_film() -> None:
    png = preview(boxes(SMALL, *[of_level(2048, Tones.GREY_12)] * 3), SMALL, dots_per_mm=2)
    image = np.asarray(Image.open(BytesIO(png)))
    assert image.shape == (508, 406)
    assert image[130, 100] == image[130, 300] == image[380, 100] == 128
    assert image[380, 300] == 0
