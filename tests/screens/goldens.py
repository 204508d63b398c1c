"""Kept pictures of screens, a third of their size: what they are, and how a new one may differ.

Letters may lie a third of a px beside where they lay, as other versions of the libraries that
draw them may put them; a flat ground may not change at all.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.screens.gallery import Painter, one_of_each
from tests.screens.sessions import NAMES
from tests.screens.views import Mode, View

FOLDER = Path(__file__).parents[1] / "golden" / "screens"
SMALLER = 3
COLOURS = (32, 64, 128, 256)
"""Of a kept picture: as few as it does not look different with."""
MOST_FLAT, FLAT_SHARE = 16, 0.002
"""How many of them are exactly as seen, and what share of the picture each fills."""
FLAT_RANGE = 2
"""Levels, of 255, that the px around one may differ where the ground is flat."""
FLAT_LEVELS, LETTER_LEVELS = 10, 28
"""Levels that a px may differ: on a flat ground, and where something is drawn."""
MOST_PX = 24
"""That may differ by more."""
Pixels = NDArray[np.int16]


def kept_views() -> list[View]:
    """Return the views of which a picture is kept: all in English, upright; else one a screen."""
    some = one_of_each()
    return [
        *(View(name) for name in NAMES),
        *(View(name, orientation="landscape") for name in some),
        *(View(name, "ar") for name in some),
        *(View(name, mode=Mode.CONTRAST) for name in some),
    ]


def file_of(view: View) -> Path:
    """Return where the picture of a view is kept."""
    return FOLDER / f"{view}.png"


def third(picture: Image.Image) -> Image.Image:
    """Return a picture in a third of its size."""
    return picture.reduce(SMALLER)


def keep(picture: Image.Image, path: Path) -> None:
    """Write a picture with few colours: its flat ones exactly, near ones for its letters."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tried = (_few_coloured(picture, count) for count in COLOURS)
    fewest = next((few for few in tried if not Difference(few.convert("RGB"), picture).count), None)
    (fewest or picture).save(path, optimize=True)


def kept(path: Path) -> Image.Image:
    """Return a kept picture."""
    with Image.open(path) as opened:
        return opened.convert("RGB")


def accept(painter: Painter) -> list[str]:
    """Keep a new picture of each view that looks different from its kept one; say of which.

    Pictures of views that are no more are removed.
    """
    views = kept_views()
    gone = sorted(set(FOLDER.glob("*.png")) - {file_of(view) for view in views})
    for path in gone:
        path.unlink()
    changed = []
    for view in views:
        path, new = file_of(view), third(painter.paint(view))
        if not path.exists() or Difference(kept(path), new).is_one:
            keep(new, path)
            changed.append(path)
    return [path.name for path in (*changed, *gone)]


@dataclass(frozen=True)
class Difference:
    """A kept picture beside a new one."""

    kept: Image.Image
    new: Image.Image

    @property
    def is_one(self) -> bool:
        """Whether somebody would see it."""
        return self.kept.size != self.new.size or self.count > MOST_PX

    @property
    def count(self) -> int:
        """How many px differ."""
        return int(self.mask.sum())

    @cached_property
    def mask(self) -> NDArray[np.bool_]:
        """Where a px of one has a colour that is not near it in the other."""
        old, new = (np.asarray(each, np.int16) for each in (self.kept, self.new))
        spread = np.maximum(_spread(old), _spread(new))
        allowed = np.where(spread <= FLAT_RANGE, FLAT_LEVELS, LETTER_LEVELS)
        # Softened, a stroke is as dark wherever it lies between the px.
        old, new = _softened(old), _softened(new)
        (old_low, old_high), (new_low, new_high) = _range(old), _range(new)
        beyond = np.maximum.reduce([old_low - new, new - old_high, new_low - old, old - new_high])
        return np.asarray(beyond.max(2) > allowed)

    def picture(self) -> Image.Image:
        """Return the new picture, pale, with all that differs in red."""
        pale = np.asarray(self.new.convert("L").convert("RGB"), np.int16) // 3 + 170
        pale[self.mask] = (220, 0, 0)
        return Image.fromarray(pale.astype(np.uint8))


def _range(px: Pixels) -> tuple[Pixels, Pixels]:
    """Return the least and the highest of each px and the eight around it, by channel."""
    around = _around(px)
    return np.minimum.reduce(around), np.maximum.reduce(around)


def _spread(px: Pixels) -> Pixels:
    low, high = _range(px)
    return np.asarray((high - low).max(2))


def _softened(px: Pixels) -> Pixels:
    return np.asarray(sum(_around(px)) // 9, np.int16)


def _around(px: Pixels) -> list[Pixels]:
    """Return the px and the eight around it."""
    padded = np.pad(px, ((1, 1), (1, 1), (0, 0)), mode="edge")
    height, width, _ = px.shape
    return [padded[y : y + height, x : x + width] for y in range(3) for x in range(3)]


def _few_coloured(picture: Image.Image, count: int) -> Image.Image:
    """Return a picture with the commonest colours as they are, and others near to the rest."""
    packed = np.asarray(picture).astype(np.uint32) @ np.array((1 << 16, 1 << 8, 1), np.uint32)
    colours, place, counts = np.unique(packed, return_inverse=True, return_counts=True)
    order = np.argsort(-counts)[:MOST_FLAT]
    flat = _unpacked(colours[order[counts[order] > FLAT_SHARE * packed.size]])
    rest = picture.quantize(count - len(flat), Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = np.concatenate([flat, np.array(rest).reshape(-1, 3)[: count - len(flat)]])
    far = np.square(_unpacked(colours)[:, None] - palette[None]).sum(2)
    nearest = far.argmin(1)[place].reshape(packed.shape).astype(np.uint8)
    few = Image.fromarray(nearest, "P")
    few.putpalette(palette.astype(np.uint8).tobytes())
    return few


def _unpacked(colours: NDArray[np.uint32]) -> NDArray[np.int32]:
    return np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], -1).astype(np.int32)
