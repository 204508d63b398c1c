"""Every screen looks as it looked when somebody last found it right.

A test that fails leaves the new picture and one of the difference in ``build/differing``. If the
new one is right, keep it: ``make screens ACCEPT=1``; then look at what changed before committing.
"""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kiosk.ui.box import Box
from kiosk.ui.page import Page
from tests.screens.gallery import Painter
from tests.screens.goldens import FOLDER, Difference, file_of, keep, kept, kept_views, third
from tests.screens.views import Mode, View

DIFFERING = Path("build/differing")
MOST_BYTES = 4_000_000
VIEWS = kept_views()


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_screen_looks_as_it_did(painter: Painter, view: View) -> None:
    new = third(painter.paint(view))
    assert file_of(view).exists(), "no picture is kept of it yet: make screens ACCEPT=1"
    difference = Difference(kept(file_of(view)), new)
    if difference.is_one:
        DIFFERING.mkdir(parents=True, exist_ok=True)
        new.save(DIFFERING / f"{view}.png")
        difference.picture().save(DIFFERING / f"{view}.difference.png")
        pytest.fail(f"{difference.count} px differ, see {DIFFERING / f'{view}.difference.png'}")


def test_each_kept_picture_is_of_a_screen_and_all_are_small() -> None:
    paths = set(FOLDER.glob("*.png"))
    assert paths == {file_of(view) for view in VIEWS}
    assert sum(path.stat().st_size for path in paths) < MOST_BYTES


# What must be found, and what must not


def _button_moved(page: Page) -> None:
    button = page.primary
    assert button is not None
    box = button.box
    button.place(Box(box.x, box.y + 8, box.width, box.height))


def _button_aside(page: Page) -> None:
    button = page.back
    assert button is not None
    box = button.box
    button.place(Box(box.x + 8, box.y, box.width, box.height))


def _word_left_out(page: Page) -> None:
    assert page.title is not None
    page.title.say(page.title.text.rsplit(" ", 1)[0])


def _other_word(page: Page) -> None:
    assert page.title is not None
    page.title.say(page.title.text.replace("images", "scans"))


def _other_ink(page: Page) -> None:
    assert page.title is not None
    page.title.colour(page.look.colour.out, page.look.colour.page)


def _pressed(page: Page) -> None:
    assert page.back is not None
    page.back.pressed = True
    page.back.redraw()


def _icon_missing(page: Page) -> None:
    page.rail.buttons[1].icon.drawing.clear()


BROKEN = (
    _button_moved,
    _button_aside,
    _word_left_out,
    _other_word,
    _pressed,
    _icon_missing,
)


@pytest.mark.parametrize(
    ("spoil", "mode"),
    [*product(BROKEN, (Mode.PLAIN, Mode.CONTRAST)), (_other_ink, Mode.PLAIN)],
)
def test_what_a_person_would_see_is_found(
    painter: Painter, tmp_path: Path, spoil: Callable[[Page], None], mode: Mode
) -> None:
    page = painter.studio.page(View("choose-studies", mode=mode))
    old = _as_kept(painter.paint_page(page), tmp_path)
    spoil(page)
    assert Difference(old, third(painter.paint_page(page))).is_one


def _as_kept(picture: Image.Image, folder: Path) -> Image.Image:
    keep(third(picture), folder / "kept.png")
    return kept(folder / "kept.png")


def _noise(picture: Image.Image) -> Image.Image:
    """Return a picture with every px off by a level, up or down."""
    by = np.random.default_rng(1).integers(-1, 2, (picture.height, picture.width, 3))
    noisy = np.clip(np.asarray(picture, np.int16) + by, 0, 255)
    return Image.fromarray(noisy.astype(np.uint8))


def _letters_a_px_aside(picture: Image.Image) -> Image.Image:
    px = np.asarray(picture)
    return Image.fromarray(np.concatenate([px[:, :1], px[:, :-1]], axis=1))


def _softer_letters(picture: Image.Image) -> Image.Image:
    """Return a picture as another way of smoothing draws it."""
    return Image.blend(picture, _letters_a_px_aside(picture), 0.5)


@pytest.mark.parametrize("change", [_noise, _letters_a_px_aside, _softer_letters])
@pytest.mark.parametrize("name", ["welcome", "choose-studies", "sign-drawn"])
def test_what_other_libraries_draw_otherwise_is_not(
    painter: Painter, tmp_path: Path, name: str, change: Callable[[Image.Image], Image.Image]
) -> None:
    picture = painter.paint(View(name))
    difference = Difference(_as_kept(picture, tmp_path), third(change(picture)))
    assert not difference.is_one, f"{difference.count} px"
