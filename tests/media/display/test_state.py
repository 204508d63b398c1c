"""Presentation states, by hand and against dcmtk."""

import itertools
import subprocess
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset

from kiosk.domain.picture import Edges, Measured, Spacing, Tones
from kiosk.media.display.develop import develop
from kiosk.media.display.state import state_for
from tests import builders
from tests.media.display.seen import (
    by_dcmtk_with_state,
    developed,
    grey_image,
    pixels_of,
    real,
)


def state_of(ds: Dataset, **values: object) -> Dataset:
    """Return a presentation state for an image of :func:`grey_image`."""
    state = builders.presentation_state()
    reference = state.ReferencedSeriesSequence[0].ReferencedImageSequence[0]
    reference.ReferencedSOPClassUID = ds.SOPClassUID
    reference.ReferencedSOPInstanceUID = ds.SOPInstanceUID
    state.PresentationLUTShape = "IDENTITY"
    for keyword, value in values.items():
        setattr(state, keyword, value)
    return state


def item(**values: object) -> Dataset:
    ds = Dataset()
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    return ds


def area(left: int, top: int, right: int, bottom: int, **values: object) -> Dataset:
    return item(
        DisplayedAreaTopLeftHandCorner=[left, top],
        DisplayedAreaBottomRightHandCorner=[right, bottom],
        PresentationSizeMode="SCALE TO FIT",
        **values,
    )


def numbered(rows: int, columns: int) -> Dataset:
    """Return an image whose levels on 8 bits are its pixels' numbers."""
    ds = grey_image(np.arange(rows * columns).reshape(rows, columns))
    ds.WindowCenter, ds.WindowWidth = 128, 256
    return ds


WINDOW = item(WindowCenter=128, WindowWidth=256)


def test_the_states_window_takes_the_place_of_the_images_own(tmp_path: Path) -> None:
    ds = numbered(4, 5)
    ds.RescaleSlope, ds.RescaleIntercept = 1, -1000
    state = state_of(ds, SoftcopyVOILUTSequence=[WINDOW])
    seen = pixels_of(developed(ds, tmp_path, state=state))
    assert np.array_equal(seen.ravel(), np.arange(20))


def test_the_state_alone_says_what_is_inverse(tmp_path: Path) -> None:
    ds = numbered(4, 5)
    ds.PhotometricInterpretation = "MONOCHROME1"
    state = state_of(ds, SoftcopyVOILUTSequence=[WINDOW])
    assert pixels_of(developed(ds, tmp_path, state=state))[0, 1] == 1
    state.PresentationLUTShape = "INVERSE"
    assert pixels_of(developed(ds, tmp_path, state=state))[0, 1] == 254


def test_a_presentation_lut_is_looked_up(tmp_path: Path) -> None:
    ds = grey_image(np.array([[0, 1365, 2730, 4095]]))
    lut = Dataset()
    lut.LUTDescriptor = [4, 0, 8]
    lut["LUTDescriptor"].VR = "US"
    lut.add_new(0x00283006, "US", [0, 10, 200, 255])
    window = item(WindowCenter=2048, WindowWidth=4096)
    state = state_of(ds, SoftcopyVOILUTSequence=[window], PresentationLUTSequence=[lut])
    assert pixels_of(developed(ds, tmp_path, state=state)).tolist() == [[0, 10, 200, 255]]


def test_a_window_for_other_images_is_not_applied(tmp_path: Path) -> None:
    ds = numbered(4, 5)
    other = item(WindowCenter=1, WindowWidth=2)
    other.ReferencedImageSequence = [item(ReferencedSOPInstanceUID="1.2.3")]
    state = state_of(ds, SoftcopyVOILUTSequence=[other, WINDOW])
    assert pixels_of(developed(ds, tmp_path, state=state)).max() == 19


@pytest.mark.parametrize(
    ("rotation", "flip", "seen"),
    [
        (0, "N", [[0, 1, 2], [3, 4, 5]]),
        (90, "N", [[3, 0], [4, 1], [5, 2]]),
        (180, "N", [[5, 4, 3], [2, 1, 0]]),
        (270, "N", [[2, 5], [1, 4], [0, 3]]),
        (0, "Y", [[2, 1, 0], [5, 4, 3]]),
        (90, "Y", [[0, 3], [1, 4], [2, 5]]),
    ],
)
def test_the_picture_is_turned_clockwise_and_then_flipped(
    rotation: int, flip: str, seen: list[list[int]], tmp_path: Path
) -> None:
    ds = numbered(2, 3)
    state = state_of(
        ds, SoftcopyVOILUTSequence=[WINDOW], ImageRotation=rotation, ImageHorizontalFlip=flip
    )
    assert pixels_of(developed(ds, tmp_path, state=state)).tolist() == seen


def test_letters_and_distances_turn_with_the_picture(tmp_path: Path) -> None:
    ds = numbered(2, 3)
    ds.PatientOrientation, ds.ImagerPixelSpacing = ["L", "F"], [2, 1]
    state = state_of(ds, ImageRotation=90, ImageHorizontalFlip="N")
    picture = developed(ds, tmp_path, state=state)
    assert picture.edges == Edges("R", "H", "L", "F")
    assert picture.spacing == Spacing(1, 2, Measured.DETECTOR)
    assert picture.pixel_height == 0.5


@pytest.mark.parametrize(("rotation", "flip"), list(itertools.product((0, 90, 180, 270), "NY")))
def test_the_letter_stays_with_the_part_of_the_body(
    rotation: int, flip: str, tmp_path: Path
) -> None:
    values = np.zeros((8, 8), int)
    values[2:6, 6:] = 255  # the patient's left is bright
    ds = grey_image(values)
    ds.PatientOrientation = ["L", "F"]
    state = state_of(
        ds, SoftcopyVOILUTSequence=[WINDOW], ImageRotation=rotation, ImageHorizontalFlip=flip
    )
    picture = developed(ds, tmp_path, state=state)
    seen = pixels_of(picture)
    sides = (seen[:2], seen[:, -2:], seen[-2:], seen[:, :2])
    brightest = max(range(4), key=lambda side: sides[side].sum())
    assert picture.edges[brightest] == "L"


def test_only_the_displayed_area_is_seen(tmp_path: Path) -> None:
    ds = numbered(4, 5)
    state = state_of(
        ds,
        SoftcopyVOILUTSequence=[WINDOW],
        DisplayedAreaSelectionSequence=[area(2, 3, 4, 9, PresentationPixelSpacing=[0.5, 0.25])],
    )
    picture = developed(ds, tmp_path, state=state)
    assert pixels_of(picture).tolist() == [[11, 12, 13], [16, 17, 18]]
    assert picture.spacing == Spacing(0.5, 0.25, Measured.PATIENT)
    assert picture.pixel_height == 2


def test_the_corners_of_a_turned_area_come_in_any_order(tmp_path: Path) -> None:
    ds = numbered(4, 5)
    state = state_of(
        ds,
        SoftcopyVOILUTSequence=[WINDOW],
        DisplayedAreaSelectionSequence=[area(4, 4, 2, 3)],
        ImageRotation=180,
        ImageHorizontalFlip="N",
    )
    seen = pixels_of(developed(ds, tmp_path, state=state))
    assert seen.tolist() == [[18, 17, 16], [13, 12, 11]]


def graphic(kind: str, points: list[float], units: str = "PIXEL") -> Dataset:
    return item(
        GraphicAnnotationUnits=units,
        GraphicDimensions=2,
        NumberOfGraphicPoints=len(points) // 2,
        GraphicData=points,
        GraphicType=kind,
        GraphicFilled="N",
    )


@pytest.mark.parametrize(
    ("drawn", "lit", "dark"),
    [
        (graphic("POLYLINE", [10.5, 20.5, 40.5, 20.5]), (20, 25), (30, 25)),
        (graphic("CIRCLE", [32, 32, 32, 52]), (51, 31), (31, 31)),
        (graphic("ELLIPSE", [12, 32, 52, 32, 32, 22, 32, 42]), (31, 11), (11, 31)),
        (graphic("POINT", [20.5, 20.5]), (20, 20), (40, 40)),
        (graphic("POLYLINE", [0.5, 0.5, 0.5, 0.9], "DISPLAY"), (50, 32), (20, 32)),
    ],
)
def test_lines_are_drawn_in_white(
    drawn: Dataset, lit: tuple[int, int], dark: tuple[int, int], tmp_path: Path
) -> None:
    ds = numbered(64, 64)
    ds.PixelData = bytes(len(ds.PixelData))
    annotation = item(GraphicObjectSequence=[drawn])
    state = state_of(ds, SoftcopyVOILUTSequence=[WINDOW], GraphicAnnotationSequence=[annotation])
    seen = pixels_of(developed(ds, tmp_path, state=state))
    row, column = lit
    assert seen[row - 1 : row + 2, column - 1 : column + 2].max() == 255
    assert seen[dark] == 0


def test_words_come_to_lie_where_the_picture_was_turned_to(tmp_path: Path) -> None:
    ds = numbered(10, 10)
    text = item(
        UnformattedTextValue="Fracture",
        AnchorPoint=[1, 1],
        AnchorPointAnnotationUnits="PIXEL",
        AnchorPointVisibility="N",
    )
    annotation = item(TextObjectSequence=[text])
    state = state_of(ds, GraphicAnnotationSequence=[annotation], ImageRotation=90)
    (note,) = developed(ds, tmp_path, state=state).notes
    assert (note.text, round(note.x, 2), round(note.y, 2)) == ("Fracture", 0.95, 0.05)


def test_only_overlays_that_the_state_activates_are_seen(tmp_path: Path) -> None:
    ds = numbered(2, 2)
    for element, vr, value in ((0x10, "US", 2), (0x11, "US", 2), (0x40, "CS", "G")):
        ds.add_new(0x60000000 + element, vr, value)
    ds.add_new(0x60000050, "SS", [1, 1])
    ds.add_new(0x60000100, "US", 1)
    ds.add_new(0x60000102, "US", 0)
    ds.add_new(0x60003000, "OW", b"\x0f\0")
    state = state_of(ds, SoftcopyVOILUTSequence=[WINDOW])
    assert pixels_of(developed(ds, tmp_path, state=state)).max() == 3
    state.add_new(0x60001001, "CS", "LAYER")
    assert pixels_of(developed(ds, tmp_path, state=state)).min() == 255


def test_the_newest_state_of_a_frame_is_the_one() -> None:
    ds = numbered(2, 2)
    old, new, other = state_of(ds), state_of(ds), state_of(ds)
    old.PresentationCreationDate, new.PresentationCreationDate = "20240101", "20250101"
    other.PresentationCreationDate = "20260101"
    reference = other.ReferencedSeriesSequence[0].ReferencedImageSequence[0]
    reference.ReferencedFrameNumber = [4, 5]
    uid = str(ds.SOPInstanceUID)
    assert state_for([old, other, new], uid, 0) is new
    assert state_for([old, other, new], uid, 4) is other
    assert state_for([old, other, new], "1.2.3", 0) is None


TURNS = list(itertools.product((0, 90, 180, 270), ("N", "Y")))


@pytest.mark.lab
@pytest.mark.parametrize("name", ["RG3_UNCI.dcm", "MR2_UNCI.dcm", "693_UNCI.dcm"])
@pytest.mark.parametrize(("rotation", "flip"), TURNS)
def test_dcmtk_presents_the_same(name: str, rotation: int, flip: str, tmp_path: Path) -> None:
    made = tmp_path / "state.dcm"
    subprocess.run(["dcmpsmk", "+Vw", real(name), made], check=True)
    state = pydicom.dcmread(made)
    state.ImageRotation, state.ImageHorizontalFlip = rotation, flip
    path = tmp_path / "changed.dcm"
    state.save_as(path)
    theirs = by_dcmtk_with_state(real(name), path, tmp_path)
    ours = pixels_of(develop(real(name), 0, Tones.COLOUR_8, state))
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= 1
