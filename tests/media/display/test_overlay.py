"""Overlay planes in white, shutters in black."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from tests.media.display.seen import developed, grey_image, pixels_of

CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], bool)


def dark(rows: int = 6, columns: int = 8) -> Dataset:
    ds = grey_image(np.zeros((rows, columns), int))
    ds.WindowCenter, ds.WindowWidth = 500, 1000
    return ds


def with_overlay(
    ds: Dataset, plane: NDArray[np.bool_], origin: tuple[int, int] = (1, 1), kind: str = "G"
) -> Dataset:
    bits = np.packbits(plane.ravel(), bitorder="little").tobytes()
    ds.add_new(0x60000010, "US", plane.shape[-2])
    ds.add_new(0x60000011, "US", plane.shape[-1])
    ds.add_new(0x60000040, "CS", kind)
    ds.add_new(0x60000050, "SS", list(origin))
    ds.add_new(0x60000100, "US", 1)
    ds.add_new(0x60000102, "US", 0)
    ds.add_new(0x60003000, "OW", bits + bytes(len(bits) % 2))
    return ds


def test_an_overlay_is_white_where_it_stands(tmp_path: Path) -> None:
    seen = pixels_of(developed(with_overlay(dark(), CROSS, (2, 4)), tmp_path))
    expected = np.zeros((6, 8), int)
    expected[1:4, 3:6] = CROSS * 255
    assert np.array_equal(seen, expected)


def test_an_overlay_that_begins_outside_is_cut(tmp_path: Path) -> None:
    seen = pixels_of(developed(with_overlay(dark(), CROSS, (0, 0)), tmp_path))
    assert np.array_equal(seen[:2, :2], CROSS[1:, 1:] * 255)
    assert seen.sum() == 255 * CROSS[1:, 1:].sum()


def test_an_overlay_larger_than_the_image_is_cut(tmp_path: Path) -> None:
    seen = pixels_of(developed(with_overlay(dark(2, 2), np.ones((9, 9), bool)), tmp_path))
    assert seen.min() == 255


def test_a_region_is_only_outlined(tmp_path: Path) -> None:
    seen = pixels_of(developed(with_overlay(dark(), np.ones((5, 5), bool), kind="R"), tmp_path))
    assert seen[0, 0] == 255
    assert seen[2, 2] == 0


def test_each_frame_has_its_own_overlay(tmp_path: Path) -> None:
    ds = dark()
    ds.NumberOfFrames, ds.PixelData = "3", bytes(len(ds.PixelData) * 3)
    planes = np.stack([CROSS, ~CROSS])
    with_overlay(ds, planes)
    ds.add_new(0x60000015, "IS", "2")
    ds.add_new(0x60000051, "US", 2)
    seen = [pixels_of(developed(ds, tmp_path, frame=frame))[:3, :3] / 255 for frame in range(3)]
    assert not seen[0].any()
    assert np.array_equal(seen[1], CROSS)
    assert np.array_equal(seen[2], ~CROSS)


def test_an_overlay_in_the_free_bits_of_the_pixels_is_seen(tmp_path: Path) -> None:
    ds = dark(2, 2)
    ds.BitsStored, ds.HighBit = 12, 11
    ds.PixelData = np.array([0x1000, 0, 0, 0x1000], "<u2").tobytes()
    for element, vr, value in ((0x10, "US", 2), (0x11, "US", 2), (0x40, "CS", "G")):
        ds.add_new(0x60000000 + element, vr, value)
    ds.add_new(0x60000050, "SS", [1, 1])
    ds.add_new(0x60000100, "US", 16)
    ds.add_new(0x60000102, "US", 12)
    assert pixels_of(developed(ds, tmp_path)).tolist() == [[255, 0], [0, 255]]


@pytest.mark.parametrize(
    ("values", "is_open"),
    [
        (
            {
                "ShutterShape": "RECTANGULAR",
                "ShutterLeftVerticalEdge": "2",
                "ShutterRightVerticalEdge": "6",
                "ShutterUpperHorizontalEdge": "1",
                "ShutterLowerHorizontalEdge": "5",
            },
            np.s_[1:4, 2:5],
        ),
        (
            {
                "ShutterShape": "POLYGONAL",
                "VerticesOfThePolygonalShutter": [2, 3, 2, 5, 4, 5, 4, 3],
            },
            np.s_[1:4, 2:5],
        ),
    ],
)
def test_a_shutter_leaves_only_its_part(
    values: dict[str, object], is_open: tuple[slice, slice], tmp_path: Path
) -> None:
    ds = grey_image(np.full((6, 8), 4000))
    ds.WindowCenter, ds.WindowWidth = 500, 1000
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    expected = np.zeros((6, 8), int)
    expected[is_open] = 255
    assert np.array_equal(pixels_of(developed(ds, tmp_path)), expected)


def test_a_round_shutter_is_round_for_the_eye(tmp_path: Path) -> None:
    ds = grey_image(np.full((50, 100), 4000))
    ds.WindowCenter, ds.WindowWidth = 500, 1000
    ds.PixelAspectRatio = ["2", "1"]
    ds.ShutterShape, ds.RadiusOfCircularShutter = "CIRCULAR", "20"
    ds.CenterOfCircularShutter = [26, 51]
    seen = pixels_of(developed(ds, tmp_path)) > 0
    assert seen.any(axis=0).sum() == 41
    assert seen.any(axis=1).sum() == 21
