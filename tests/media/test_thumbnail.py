"""Small pictures by which a patient knows an exam."""

import io
import itertools
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.uid import RLELossless

from kiosk.domain.study import Counted, InstanceRef, Listed
from kiosk.media.thumbnail import SIDE_PX, instance_to_show, thumbnail
from tests import builders
from tests.media.instances import T1, needs_t1, real_files

counter = itertools.count()


def opened(png: bytes | None) -> Image.Image:
    assert png is not None
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    assert image.size == (SIDE_PX, SIDE_PX)
    return image


def shown(ds: Dataset, folder: Path) -> NDArray[np.uint8]:
    return np.asarray(opened(thumbnail(builders.write(ds, folder / f"{next(counter)}"))))


def bright(rows: int, columns: int) -> Dataset:
    """A ramp that is bright nearly everywhere."""
    ds = builders.cr()
    ds.Rows, ds.Columns = rows, columns
    values = np.full((rows, columns), 900, np.uint16)
    values[0, 0] = 0
    ds.WindowCenter, ds.WindowWidth = 450, 900
    ds.PixelData = values.tobytes()
    return ds


def bounds(pixels: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """First and last row and column that are not black."""
    rows, columns = np.flatnonzero(pixels.max(axis=1)), np.flatnonzero(pixels.max(axis=0))
    return rows[0], rows[-1], columns[0], columns[-1]


def test_a_square_picture_fills_the_square(tmp_path: Path) -> None:
    assert bounds(shown(bright(40, 40), tmp_path)) == (0, 255, 0, 255)


def test_a_wide_picture_has_black_above_and_below(tmp_path: Path) -> None:
    assert bounds(shown(bright(40, 80), tmp_path)) == (64, 191, 0, 255)


def test_proportions_are_those_in_millimetres(tmp_path: Path) -> None:
    ds = bright(40, 40)
    ds.PixelSpacing = [2, 1]  # rows lie 2 mm apart, columns 1 mm
    assert bounds(shown(ds, tmp_path)) == (0, 255, 64, 191)
    ds = bright(40, 40)
    ds.PixelAspectRatio = ["1", "2"]
    assert bounds(shown(ds, tmp_path)) == (64, 191, 0, 255)


def test_monochrome1_is_bright_where_it_is_low_and_stands_on_black(tmp_path: Path) -> None:
    ds = bright(40, 80)
    ds.PhotometricInterpretation = "MONOCHROME1"
    ds.PixelData = bytes(len(ds.PixelData))
    pixels = shown(ds, tmp_path)
    assert pixels[128].min() > 245
    assert pixels[:60].max() == 0


def test_colour_stays_colour(tmp_path: Path) -> None:
    ds = builders.us(frames=1)
    red = np.zeros((12, 16, 3), np.uint8)
    red[..., 0] = 200
    ds.PixelData = red.tobytes()
    assert tuple(shown(ds, tmp_path)[128, 128]) == (200, 0, 0)


def test_the_middle_frame_is_shown(tmp_path: Path) -> None:
    ds = builders.us(frames=3)
    frames = np.zeros((3, 12, 16, 3), np.uint8)
    frames[1] = 255
    ds.PixelData = frames.tobytes()
    assert shown(ds, tmp_path)[128, 128].min() == 255


def test_a_compressed_picture_is_the_same(tmp_path: Path) -> None:
    plain = builders.write(bright(40, 80), tmp_path / "plain")
    compressed = builders.write(bright(40, 80), tmp_path / "rle", RLELossless)
    assert thumbnail(plain) == thumbnail(compressed)


@pytest.mark.parametrize("make", [builders.pdf, builders.sr, builders.waveform, builders.rt_plan])
def test_what_has_no_picture_gives_none(make: builders.Make, tmp_path: Path) -> None:
    assert thumbnail(builders.write(make(builders.Place()), tmp_path / "x")) is None


@needs_t1
def test_a_real_slice_is_recognisable_and_small() -> None:
    png = thumbnail(sorted(T1.iterdir())[192])
    assert np.asarray(opened(png)).std() > 30
    assert png is not None
    assert len(png) < 70_000


@pytest.mark.lab
def test_real_files_of_every_kind_are_drawn() -> None:
    drawn = [opened(png) for path in real_files() if (png := thumbnail(path))]
    assert len(drawn) > 100


# which instance


def refs(series: str, *numbers: int) -> list[InstanceRef]:
    return [InstanceRef(series, f"1.2.3.{number}") for number in numbers]


def test_the_middle_of_the_largest_series_is_shown() -> None:
    listed = Listed(frozenset(refs("1.1", 1, 2) + refs("1.2", 12, 9, 10, 8, 11) + refs("1.3", 7)))
    assert instance_to_show(listed) == InstanceRef("1.2", "1.2.3.10")


def test_equally_large_series_always_give_the_same_instance() -> None:
    same = refs("1.1", 1, 2, 3) + refs("1.2", 4, 5, 6)
    assert {instance_to_show(Listed(frozenset(order))) for order in (same, same[::-1])} == {
        InstanceRef("1.2", "1.2.3.5")
    }


def test_a_single_instance_is_shown() -> None:
    assert instance_to_show(Listed(frozenset(refs("1.1", 4)))) == InstanceRef("1.1", "1.2.3.4")


def test_where_nothing_is_listed_there_is_nothing_to_show() -> None:
    assert instance_to_show(Listed(frozenset())) is None
    assert instance_to_show(Counted(12)) is None
