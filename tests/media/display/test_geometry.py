"""Letters at the edges, side markers, and how large pixels are."""

import itertools

import numpy as np
import pytest
from pydicom.dataset import Dataset

from kiosk.domain.picture import Edges, Measured, Spacing
from kiosk.media.display.geometry import edges_of, pixel_height, side_of, spacing_of
from kiosk.media.display.state import Turn

AXIAL, CORONAL, SAGITTAL = [1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, -1], [0, 1, 0, 0, 0, -1]
CHEST = Edges(top="H", right="L", bottom="F", left="R")


def header(**values: object) -> Dataset:
    ds = Dataset()
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    return ds


@pytest.mark.parametrize(
    ("orientation", "edges"),
    [
        (AXIAL, Edges("A", "L", "P", "R")),
        (CORONAL, Edges("H", "L", "F", "R")),
        (SAGITTAL, Edges("H", "P", "F", "A")),
        ([-1, 0, 0, 0, -1, 0], Edges("P", "R", "A", "L")),
        ([0.87, 0.5, 0, 0, 0, -1], Edges("H", "LP", "F", "RA")),
        ([0.99, 0.14, 0, 0, 0.1, -0.99], Edges("H", "L", "F", "R")),
    ],
)
def test_letters_follow_the_slice_in_the_body(orientation: list[float], edges: Edges) -> None:
    assert edges_of(header(ImageOrientationPatient=orientation)) == edges


@pytest.mark.parametrize(
    ("stated", "edges"),
    [
        (["L", "F"], CHEST),
        (["R", "F"], Edges("H", "R", "F", "L")),
        (["A", "FR"], Edges("HL", "A", "FR", "P")),
        (["", ""], Edges()),
        (["LE", "V"], Edges()),
        ([], Edges()),
    ],
)
def test_letters_of_a_radiograph_are_those_that_were_stated(
    stated: list[str], edges: Edges
) -> None:
    assert edges_of(header(PatientOrientation=stated)) == edges


def test_animals_on_four_legs_have_other_words() -> None:
    ds = header(ImageOrientationPatient=AXIAL, AnatomicalOrientationType="QUADRUPED")
    assert edges_of(ds) == Edges()


TURNED = {
    (0, False): Edges("H", "L", "F", "R"),
    (1, False): Edges("R", "H", "L", "F"),
    (2, False): Edges("F", "R", "H", "L"),
    (3, False): Edges("L", "F", "R", "H"),
    (0, True): Edges("H", "R", "F", "L"),
    (1, True): Edges("R", "F", "L", "H"),
    (2, True): Edges("F", "L", "H", "R"),
    (3, True): Edges("L", "H", "R", "F"),
}


@pytest.mark.parametrize(("quarters", "flipped"), TURNED)
def test_letters_turn_with_the_picture(quarters: int, flipped: bool) -> None:
    assert Turn(quarters, flipped).edges(CHEST) == TURNED[quarters, flipped]


@pytest.mark.parametrize(("quarters", "flipped"), list(itertools.product(range(4), (False, True))))
def test_points_and_pixels_turn_alike(quarters: int, flipped: bool) -> None:
    turn = Turn(quarters, flipped)
    pixels = np.zeros((3, 5), int)
    pixels[0, 3] = 1
    turned = turn.pixels(pixels)
    x, y = turn.point(3.5 / 5, 0.5 / 3)
    rows, columns = turned.shape
    assert turned[int(y * rows), int(x * columns)] == 1


@pytest.mark.parametrize(
    ("values", "side"),
    [
        ({"ImageLaterality": "R", "ViewPosition": "CC"}, "R CC"),
        ({"Laterality": "L"}, "L"),
        ({"FrameLaterality": "L", "Laterality": "R"}, "L"),
        ({"Laterality": "B"}, ""),
        ({"Laterality": "U", "ViewPosition": "PA"}, ""),
        ({"ViewPosition": "PA"}, ""),
    ],
)
def test_the_marker_says_side_and_view(values: dict[str, str], side: str) -> None:
    assert side_of(header(**values)) == side


@pytest.mark.parametrize(
    ("values", "spacing"),
    [
        ({"Modality": "CT", "PixelSpacing": [0.5, 0.4]}, Spacing(0.5, 0.4, Measured.PATIENT)),
        (
            {"Modality": "DX", "ImagerPixelSpacing": [0.14, 0.14]},
            Spacing(0.14, 0.14, Measured.DETECTOR),
        ),
        (
            {"Modality": "DX", "ImagerPixelSpacing": [0.14] * 2, "PixelSpacing": [0.14] * 2},
            Spacing(0.14, 0.14, Measured.DETECTOR),
        ),
        (
            {"Modality": "DX", "ImagerPixelSpacing": [0.14] * 2, "PixelSpacing": [0.12] * 2},
            Spacing(0.12, 0.12, Measured.PATIENT),
        ),
        (
            {
                "Modality": "CR",
                "PixelSpacing": [0.1] * 2,
                "PixelSpacingCalibrationType": "FIDUCIAL",
            },
            Spacing(0.1, 0.1, Measured.PATIENT),
        ),
        ({"Modality": "CR", "PixelSpacing": [0.1] * 2}, Spacing(0.1, 0.1, Measured.DETECTOR)),
        ({"Modality": "CR", "NominalScannedPixelSpacing": [0.1] * 2}, None),
        ({"Modality": "OT", "PixelSpacing": [1.0] * 2}, None),
        ({"Modality": "US"}, None),
        ({"Modality": "CT", "PixelSpacing": [0, 0]}, None),
    ],
)
def test_a_distance_is_known_only_where_somebody_measured_it(
    values: dict[str, object], spacing: Spacing | None
) -> None:
    assert spacing_of(header(**values)) == spacing


@pytest.mark.parametrize(
    ("values", "height"),
    [
        ({"PixelSpacing": [2, 1]}, 2),
        ({"PixelAspectRatio": [4, 3]}, 4 / 3),
        ({"NominalScannedPixelSpacing": [1, 2]}, 0.5),
        ({}, 1),
    ],
)
def test_pixels_have_their_shape(values: dict[str, object], height: float) -> None:
    assert pixel_height(header(**values)) == pytest.approx(height)
