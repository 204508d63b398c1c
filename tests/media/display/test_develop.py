"""Whole pictures: what is said of them, frames, damage, and folders of instances."""

import tracemalloc
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset

from kiosk.domain.picture import Edges, Measured, Spacing, Tones
from kiosk.media.display.choice import Shown
from kiosk.media.display.collection import collect, instances_in
from kiosk.media.display.develop import develop
from tests import builders
from tests.media.display.seen import developed, pixels_of, real
from tests.media.instances import T1, needs_t1, real_files


def test_a_picture_says_where_and_when_it_was_taken_and_which_it_is(tmp_path: Path) -> None:
    ds = builders.ct(builders.Place(series=3, number=17))
    ds.InstitutionName, ds.Laterality = "Upper Valley Clinic", "L"
    ds.AcquisitionDate = "20260313"
    picture = developed(ds, tmp_path)
    assert (picture.modality, picture.institution) == ("CT", "Upper Valley Clinic")
    assert picture.taken_on == date(2026, 3, 13)
    assert (picture.series_number, picture.image_number) == (3, 17)
    assert (picture.frame, picture.frames, picture.side) == (1, 1, "L")
    assert picture.edges == Edges("A", "L", "P", "R")
    assert picture.spacing == Spacing(1, 1, Measured.PATIENT)


def test_what_an_image_does_not_say_is_left_open(tmp_path: Path) -> None:
    ds = builders.cr()
    for keyword in ("SeriesNumber", "InstanceNumber", "StudyDate", "SeriesDate"):
        setattr(ds, keyword, None)
    picture = developed(ds, tmp_path)
    assert (picture.series_number, picture.image_number, picture.taken_on) == (None, None, None)
    assert (picture.spacing, picture.edges, picture.institution) == (None, Edges(), "")


def test_each_frame_is_itself(tmp_path: Path) -> None:
    ds = builders.us(frames=3)
    ds.PixelData = b"".join(bytes([level] * 576) for level in (10, 20, 30))
    seen = [pixels_of(developed(ds, tmp_path, frame=frame))[0, 0, 0] for frame in range(3)]
    assert seen == [10, 20, 30]


def test_an_enhanced_frame_has_its_own_window_and_place(tmp_path: Path) -> None:
    ds = builders.ct()
    del ds.ImageOrientationPatient
    ds.NumberOfFrames, ds.PixelData = "2", ds.PixelData * 2
    groups = []
    for center, orientation in ((0, [1, 0, 0, 0, 1, 0]), (5000, [0, 1, 0, 0, 0, -1])):
        group, voi, plane = Dataset(), Dataset(), Dataset()
        voi.WindowCenter, voi.WindowWidth = center, 10
        plane.ImageOrientationPatient = orientation
        group.FrameVOILUTSequence, group.PlaneOrientationSequence = [voi], [plane]
        groups.append(group)
    ds.PerFrameFunctionalGroupsSequence = groups
    ds.RescaleIntercept = 1000
    first, second = (developed(ds, tmp_path, frame=frame) for frame in range(2))
    assert pixels_of(first).min() == 255
    assert pixels_of(second).max() == 0
    assert second.edges == Edges("H", "P", "F", "A")


def test_one_frame_of_a_long_clip_needs_the_memory_of_one_frame(tmp_path: Path) -> None:
    ds = builders.ct(size=256)
    frames = 200
    ds.NumberOfFrames, ds.PixelData = str(frames), ds.PixelData * frames
    path = builders.write(ds, tmp_path / "clip")
    of_all = len(ds.PixelData)
    del ds
    tracemalloc.start()
    develop(path, 150, Tones.COLOUR_8)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < of_all / 8


def test_what_no_codec_can_draw_still_says_which_it_is(tmp_path: Path) -> None:
    ds = builders.ct(builders.Place(number=9))
    ds.PixelData = ds.PixelData[:100]
    picture = developed(ds, tmp_path)
    assert picture.raster is None
    assert picture.image_number == 9


def has_pixels(path: Path) -> bool:
    ds = dcmread(path, stop_before_pixels=True)
    return "Rows" in ds and "SOPInstanceUID" in ds


@pytest.mark.lab
@pytest.mark.parametrize("tones", Tones)
def test_real_files_of_every_kind_are_developed(tones: Tones) -> None:
    pictures = [develop(path, 0, tones) for path in real_files() if has_pixels(path)]
    assert len(pictures) > 100
    lost = sum(picture.raster is None for picture in pictures)
    assert lost <= 10  # those without pixels, cut short, damaged, or of 12 bits in lossy JPEG
    for picture in pictures:
        if picture.raster:
            assert picture.raster.bits == tones.bits
            assert pixels_of(picture).size == picture.raster.rows * picture.raster.columns * (
                picture.raster.samples
            )


def test_a_folder_is_read_with_its_marks_and_states(tmp_path: Path) -> None:
    plan = builders.StudyPlan(instances=30)
    plan.write(tmp_path)
    place = builders.Place(series=1, number=12)
    state = builders.presentation_state(place)
    state.PresentationLUTShape = "INVERSE"
    builders.write(state, tmp_path / "state")
    document = builders.key_objects(builders.Place(series=9))
    content, reference = Dataset(), Dataset()
    reference.ReferencedSOPClassUID = builders.CTImageStorage
    reference.ReferencedSOPInstanceUID = place.sop_instance_uid
    content.ReferencedSOPSequence = [reference]
    document.ContentSequence = [content]
    builders.write(document, tmp_path / "marks")
    (tmp_path / "README.TXT").write_text("no instance")
    collection = collect(instances_in(tmp_path))
    (shown,) = collection.choose(20)
    assert shown == Shown(place.sop_instance_uid, 0)
    inverse = pixels_of(collection.develop(shown, Tones.COLOUR_8))
    collection.states.clear()
    plain = pixels_of(collection.develop(shown, Tones.COLOUR_8))
    assert inverse[0, 0] > inverse[-1, -1]
    assert plain[0, 0] <= plain[-1, -1]


@needs_t1
def test_a_real_series_is_spread_from_neck_to_crown() -> None:
    collection = collect(instances_in(T1))
    shown = collection.choose(20)
    pictures = [collection.develop(each, Tones.GREY_12) for each in shown]
    numbers = [picture.image_number for picture in pictures]
    assert len(numbers) == 20
    assert numbers == sorted(numbers)
    assert set(np.diff(numbers)) <= {19, 20}
    assert {picture.edges for picture in pictures} == {Edges("A", "L", "P", "R")}


def test_the_real_overlay_is_white() -> None:
    seen = pixels_of(develop(real("MR-SIEMENS-DICOM-WithOverlays.dcm"), 0, Tones.COLOUR_8))
    assert (seen == 255).sum() > 200
