"""Grey levels and colours, against the formulas of PS3.3 C.11 and against dcmtk."""

import math
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset

from kiosk.domain.picture import Tones
from kiosk.media.display.develop import develop
from kiosk.media.display.values import grey
from tests import builders
from tests.media.display.seen import by_dcmtk, developed, grey_image, pixels_of, real


def windowed(values: list[float], center: float, width: float, function: str = "") -> list[float]:
    ds = Dataset()
    ds.PhotometricInterpretation = "MONOCHROME2"
    ds.WindowCenter, ds.WindowWidth = center, width
    if function:
        ds.VOILUTFunction = function
    return [float(each) for each in grey(np.array(values), ds)]


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (-51, 0.0),
        (-50, 0.0),  # c - 0.5 - (w - 1) / 2
        (-49, 1 / 99),
        (0, 0.5 + 0.5 / 99),  # (x - (c - 0.5)) / (w - 1) + 0.5
        (25, 0.5 + 25.5 / 99),
        (49, 1.0),  # c - 0.5 + (w - 1) / 2
        (50, 1.0),
    ],
)
def test_linear_is_as_c_11_2_1_2_1_says(value: float, seen: float) -> None:
    assert windowed([value], 0, 100) == [pytest.approx(seen, abs=1e-6)]


@pytest.mark.parametrize(("value", "seen"), [(99, 0.0), (99.5, 0.0), (99.6, 1.0), (100, 1.0)])
def test_linear_of_width_one_is_a_step_at_half_below_the_center(value: float, seen: float) -> None:
    assert windowed([value], 100, 1, "LINEAR") == [seen]


@pytest.mark.parametrize(
    ("value", "seen"), [(-51, 0.0), (-50, 0.0), (-25, 0.25), (0, 0.5), (25, 0.75), (50, 1.0)]
)
def test_linear_exact_is_as_c_11_2_1_3_2_says(value: float, seen: float) -> None:
    assert windowed([value], 0, 100, "LINEAR_EXACT") == [pytest.approx(seen, abs=1e-6)]


@pytest.mark.parametrize(
    ("value", "seen"), [(-50, 1 / (1 + math.e**2)), (0, 0.5), (25, 1 / (1 + 1 / math.e))]
)
def test_sigmoid_is_as_c_11_2_1_3_1_says(value: float, seen: float) -> None:
    assert windowed([value], 0, 100, "SIGMOID") == [pytest.approx(seen, abs=1e-6)]


def test_a_width_below_one_is_meant_exactly() -> None:
    assert windowed([0.2, 0.4, 0.6], 0.4, 0.5) == [
        pytest.approx(each, abs=1e-6) for each in (0.1, 0.5, 0.9)
    ]


@pytest.mark.parametrize(
    ("center", "width", "function"),
    [(50, 0, ""), (50, -3, "SIGMOID"), (math.nan, 9, ""), (5, math.inf, "")],
)
def test_a_window_that_means_nothing_shows_everything(
    center: float, width: float, function: str
) -> None:
    seen = windowed([0, 50, 100], center, width, function)
    assert seen == [pytest.approx(each, abs=0.01) for each in (0, 0.5, 1)]


def test_a_voi_lut_of_8_bits_takes_values_beyond_its_entries(tmp_path: Path) -> None:
    ds = grey_image(np.array([[0, 99, 100, 101, 102, 400]]))
    lut = Dataset()
    lut.LUTDescriptor = [3, 100, 8]
    lut["LUTDescriptor"].VR = "US"
    lut.add_new(0x00283006, "US", [10, 20, 30])
    ds.VOILUTSequence = [lut]
    assert pixels_of(developed(ds, tmp_path)).tolist() == [[10, 10, 10, 20, 30, 30]]


def test_a_modality_lut_comes_first(tmp_path: Path) -> None:
    ds = grey_image(np.array([[0, 1, 2, 3]]))
    lut = Dataset()
    lut.LUTDescriptor = [4, 0, 16]
    lut["LUTDescriptor"].VR = "US"
    lut.add_new(0x00283006, "US", [3000, 2000, 1000, 0])
    lut.ModalityLUTType = "US"
    ds.ModalityLUTSequence = [lut]
    ds.WindowCenter, ds.WindowWidth, ds.VOILUTFunction = 1500, 3000, "LINEAR_EXACT"
    assert pixels_of(developed(ds, tmp_path)).tolist() == [[255, 170, 85, 0]]


@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
def test_padding_is_black(photometric: str, tmp_path: Path) -> None:
    ds = grey_image(np.array([[0, 50, 100, 900, 950, 1000]]))
    ds.WindowCenter, ds.WindowWidth, ds.PhotometricInterpretation = 50, 101, photometric
    ds.add_new(0x00280120, "US", 1000)
    ds.add_new(0x00280121, "US", 900)
    seen = pixels_of(developed(ds, tmp_path))[0].tolist()
    assert seen[3:] == [0, 0, 0]
    assert max(seen[:3]) > 250


def test_twelve_bits_hold_what_eight_cannot(tmp_path: Path) -> None:
    ds = grey_image(np.arange(4096).reshape(64, 64))
    ds.WindowCenter, ds.WindowWidth = 2048, 4096
    film = developed(ds, tmp_path, tones=Tones.GREY_12)
    assert film.raster is not None
    assert film.raster.bits == 12
    assert np.array_equal(pixels_of(film).ravel(), np.arange(4096))
    assert np.abs(pixels_of(developed(ds, tmp_path)) - pixels_of(film) / 4095 * 255).max() <= 0.5


def test_colours_become_grey_on_film(tmp_path: Path) -> None:
    ds = builders.us(frames=1)
    ds.PixelData = bytes([200, 100, 50] * 192)
    seen = pixels_of(developed(ds, tmp_path, tones=Tones.GREY_12))
    assert seen.shape == (12, 16)
    assert seen[0, 0] == round((0.299 * 200 + 0.587 * 100 + 0.114 * 50) / 255 * 4095)


REAL_WINDOWS = [
    "693_UNCI.dcm",
    "MR2_UNCI.dcm",
    "MR_small.dcm",
    "MR-SIEMENS-DICOM-WithOverlays.dcm",
    "RG1_UNCI.dcm",
    "RG3_UNCI.dcm",
]


@pytest.mark.lab
@pytest.mark.parametrize("name", REAL_WINDOWS)
def test_dcmtk_sees_the_same_through_the_first_window(name: str, tmp_path: Path) -> None:
    theirs = by_dcmtk(real(name), tmp_path, "+Wi", "1")
    ours = pixels_of(develop(real(name), 0, Tones.COLOUR_8))
    assert np.abs(ours - theirs).max() <= 1


@pytest.mark.lab
@pytest.mark.parametrize(("function", "option"), [("LINEAR", "+Wfl"), ("SIGMOID", "+Wfs")])
@pytest.mark.parametrize(("center", "width"), [(40, 400), (-600, 1500), (300.5, 77.5)])
def test_dcmtk_sees_the_same_through_any_window(
    function: str, option: str, center: float, width: float, tmp_path: Path
) -> None:
    ds = grey_image(np.arange(-2048, 2048).reshape(64, 64), signed=True)
    ds.WindowCenter, ds.WindowWidth, ds.VOILUTFunction = center, width, function
    path = builders.write(ds, tmp_path / "x")
    theirs = by_dcmtk(path, tmp_path, "+Ww", str(center), str(width), option)
    assert np.abs(pixels_of(develop(path, 0, Tones.COLOUR_8)) - theirs).max() <= 1


@pytest.mark.lab
def test_dcmtk_sees_the_same_through_a_voi_lut(tmp_path: Path) -> None:
    theirs = by_dcmtk(real("vlut_04.dcm"), tmp_path, "+Wl", "1")
    ours = pixels_of(develop(real("vlut_04.dcm"), 0, Tones.COLOUR_8))
    assert np.abs(ours - theirs).max() <= 1


@pytest.mark.lab
@pytest.mark.parametrize(
    "name", ["US1_UNCI.dcm", "OBXXXX1A.dcm", "SC_ybr_full_uncompressed.dcm", "color-px.dcm"]
)
def test_dcmtk_sees_the_same_colours(name: str, tmp_path: Path) -> None:
    theirs = by_dcmtk(real(name), tmp_path)
    # dcmtk multiplies by rounded factors where colours come as luminance and chrominance
    most = 2 if "ybr" in name else 0
    assert np.abs(pixels_of(develop(real(name), 0, Tones.COLOUR_8)) - theirs).max() <= most
