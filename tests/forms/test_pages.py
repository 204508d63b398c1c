"""A PDF's pages as pictures for a screen."""

import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from forms.reading.pages import PagePicture, page_pictures
from forms.reading.pdfium import opened
from forms.release.form import render_form
from forms.slip import render_slip
from tests.forms.builders import form_facts, slip_facts
from tests.forms.reading import pages_of, picture_of

WIDTH, HEIGHT, LAST_HEIGHT = 984, 1040, 860
Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def form() -> bytes:
    return render_form(form_facts(studies=14))


def pixels_of(picture: PagePicture) -> Pixels:
    rows = np.frombuffer(picture.rgb, np.uint8)
    return rows.reshape(picture.height_px, picture.width_px, 3)


def is_printed(pixels: Pixels) -> NDArray[np.bool_]:
    """Which rows hold letters."""
    return pixels.min(axis=(1, 2)) < 200


def lines(pictures: tuple[PagePicture, ...]) -> int:
    """Count the lines of letters from top to bottom."""
    return sum(
        int(np.count_nonzero(np.diff(is_printed(pixels_of(each)).astype(int)) == 1))
        for each in pictures
    )


def test_every_page_is_shown_as_wide_as_its_place(form: bytes) -> None:
    pictures = page_pictures(form, WIDTH)
    assert [(each.page, each.pages) for each in pictures] == [
        (page, pages_of(form)) for page in range(1, pages_of(form) + 1)
    ]
    assert pages_of(form) > 1
    assert {(each.width_px, each.part, each.parts) for each in pictures} == {(WIDTH, 1, 1)}
    assert all(len(each.rgb) == 3 * each.width_px * each.height_px for each in pictures)


def test_the_margins_of_the_paper_are_left_out(form: bytes) -> None:
    paper = np.flatnonzero(picture_of(form, dpi=254).min(axis=0) < 250)  # 10 dots a mm
    margin = 40 / (np.ptp(paper) + 80) * WIDTH  # of 4 mm
    first = pixels_of(page_pictures(form, WIDTH)[0])
    rows, columns = (np.flatnonzero(first.min(axis=axes) < 250) for axes in ((1, 2), (0, 2)))
    for edge in (rows[0], columns[0], len(first) - rows[-1], WIDTH - columns[-1]):
        assert abs(edge - margin) < 6


def test_pages_of_one_document_share_their_scale_and_their_edges(form: bytes) -> None:
    edges = [
        np.flatnonzero(pixels_of(each).min(axis=(0, 2)) < 200)[[0, -1]]
        for each in page_pictures(form, WIDTH)
    ]
    assert np.ptp(edges, axis=0).max() <= 3


def test_the_picture_is_the_page_as_another_program_draws_it(form: bytes) -> None:
    ours = pixels_of(page_pictures(form, WIDTH)[0]).min(axis=2)
    theirs = picture_of(form, 1, dpi=150)
    ours, theirs = cut_out(ours), cut_out(theirs)
    down, across = (np.linspace(0, n - 1, 40).astype(int) for n in (len(theirs), theirs.shape[1]))
    ratio = ours.shape[0] / theirs.shape[0]
    assert ours.shape[1] / theirs.shape[1] == pytest.approx(ratio, rel=0.01)
    blocks = [
        [
            page[int(y * r) : int(y * r) + 40, int(x * r) : int(x * r) + 40].mean()
            for y in down
            for x in across
        ]
        for page, r in ((ours, ratio), (theirs, 1.0))
    ]
    assert np.corrcoef(blocks)[0, 1] > 0.9


def cut_out(page: Pixels) -> Pixels:
    rows, columns = np.flatnonzero(page.min(axis=1) < 200), np.flatnonzero(page.min(axis=0) < 200)
    return page[rows[0] : rows[-1], columns[0] : columns[-1]]


def test_colours_are_in_their_order(form: bytes) -> None:
    pixels = np.concatenate([pixels_of(each).reshape(-1, 3) for each in page_pictures(form, WIDTH)])
    assert (pixels == (0xFF, 0xF0, 0xD4)).all(axis=1).sum() > 1000  # the warning's ground


def test_a_high_page_is_cut_into_parts_that_fit(form: bytes) -> None:
    parts = page_pictures(form, WIDTH, HEIGHT)
    assert max(each.height_px for each in parts) <= HEIGHT
    first = [each for each in parts if each.page == 1]
    assert [(each.part, each.parts) for each in first] == [(1, 2), (2, 2)]


@pytest.mark.parametrize("height", [1040, 700, 500])
def test_no_line_is_cut_through_and_none_is_lost(form: bytes, height: int) -> None:
    parts = page_pictures(form, WIDTH, height)
    for each in parts:
        printed = is_printed(pixels_of(each))
        assert not printed[0]
        assert not printed[-1]
    assert lines(parts) == lines(page_pictures(form, WIDTH))


def test_parts_put_together_are_the_page(form: bytes) -> None:
    whole = page_pictures(form, WIDTH)[0]
    parts = [each for each in page_pictures(form, WIDTH, HEIGHT) if each.page == 1]
    assert b"".join(each.rgb for each in parts) == whole.rgb


def test_where_there_is_no_gap_a_part_begins_before_the_last_one_ended() -> None:
    slip = render_slip(slip_facts())  # with a square code, higher than the place
    whole, parts = page_pictures(slip, WIDTH)[0], page_pictures(slip, WIDTH, 200)
    assert all(each.height_px <= 200 for each in parts)
    assert sum(each.height_px for each in parts) > whole.height_px


@pytest.mark.parametrize("exams", range(1, 15))
def test_the_last_part_of_all_fits_a_place_of_its_own(exams: int) -> None:
    form = render_form(form_facts(studies=exams))
    *others, last = page_pictures(form, WIDTH, HEIGHT, LAST_HEIGHT)
    assert last.height_px <= LAST_HEIGHT
    assert max((each.height_px for each in others), default=0) <= HEIGHT
    assert lines((*others, last)) == lines(page_pictures(form, WIDTH))


@pytest.mark.parametrize("height", [1040, 700])
def test_no_part_of_a_page_is_a_single_line(form: bytes, height: int) -> None:
    parts = [each for each in page_pictures(form, WIDTH, height) if each.parts > 1]
    assert min(each.height_px for each in parts) > height / 4


def test_large_print_is_shown_a_third_larger() -> None:
    facts = form_facts(studies=2)
    normal, large = (page_pictures(render_form(facts, large=large), WIDTH)[0] for large in (0, 1))
    assert height_of_first_line(large) == pytest.approx(
        1.34 * height_of_first_line(normal), rel=0.1
    )


def height_of_first_line(picture: PagePicture) -> int:
    """Return the height in pixels of the first line's letters, from their tops to their feet."""
    edges = np.flatnonzero(np.diff(is_printed(pixels_of(picture)).astype(int)))
    return int(edges[1] - edges[0])


def test_an_empty_page_is_shown_as_it_is() -> None:
    picture = page_pictures(EMPTY_PAGE, 200)[0]
    assert (picture.width_px, picture.height_px) == (200, 100)
    assert set(picture.rgb) == {255}


EMPTY_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


def test_one_thread_waits_for_another(form: bytes) -> None:
    seen: list[tuple[PagePicture, ...]] = []
    thread = threading.Thread(target=lambda: seen.append(page_pictures(form, WIDTH)))
    with opened(form):
        thread.start()
        thread.join(0.3)
        assert not seen
    thread.join()
    assert seen == [page_pictures(form, WIDTH)]
