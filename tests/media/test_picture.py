import io
import itertools
from pathlib import Path

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset

from kiosk.media.picture import LONGEST_SIDE_PX, picture
from tests import builders
from tests.media.instances import T1, needs_t1, real_files

counter = itertools.count()


def drawn(path: Path) -> Image.Image:
    jpeg = picture(path)
    assert jpeg is not None
    image = Image.open(io.BytesIO(jpeg))
    assert image.format == "JPEG"
    return image


def shown(ds: Dataset, folder: Path) -> NDArray[np.uint8]:
    return np.asarray(drawn(builders.write(ds, folder / f"{next(counter)}")))


def ramp(rows: int = 64, columns: int = 64) -> Dataset:
    """A grey ramp from 0 at the left to 630 at the right."""
    ds = builders.cr()
    ds.Rows, ds.Columns = rows, columns
    values = np.tile(np.arange(columns) * 10, (rows, 1)).astype(np.uint16)
    ds.PixelData = values.tobytes()
    return ds


def middle_row(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return pixels[len(pixels) // 2]


def test_a_picture_is_as_large_as_a_page_wants(tmp_path: Path) -> None:
    assert max(shown(ramp(), tmp_path).shape) == LONGEST_SIDE_PX


def test_without_a_window_everything_is_seen(tmp_path: Path) -> None:
    row = middle_row(shown(ramp(), tmp_path))
    assert row[0] < 10
    assert row[-1] > 245
    assert abs(int(row[256]) - 128) < 8


def test_the_first_window_is_applied(tmp_path: Path) -> None:
    ds = ramp()
    ds.WindowCenter, ds.WindowWidth = [100, 5000], [100, 5000]
    row = middle_row(shown(ds, tmp_path))
    assert row[3 * 8] < 10  # value 30
    assert abs(int(row[10 * 8 + 4]) - 128) < 12  # value 100
    assert row[20 * 8] > 245  # value 200


def test_the_modality_lut_comes_before_the_window(tmp_path: Path) -> None:
    ds = ramp()
    ds.RescaleSlope, ds.RescaleIntercept = 2, -1024
    ds.WindowCenter, ds.WindowWidth = 0, 200
    row = middle_row(shown(ds, tmp_path))
    assert abs(int(row[51 * 8 + 4]) - 128) < 16  # 510 * 2 - 1024 = -4
    assert row[40 * 8] < 10


@pytest.mark.parametrize("function", ["LINEAR", "LINEAR_EXACT", "SIGMOID"])
def test_every_window_function_is_brighter_to_the_right(function: str, tmp_path: Path) -> None:
    ds = ramp()
    ds.WindowCenter, ds.WindowWidth, ds.VOILUTFunction = 315, 400, function
    row = middle_row(shown(ds, tmp_path)).astype(int)
    assert abs(row[256] - 128) < 10
    assert row[450] - row[60] > 150


def test_a_window_of_one_is_a_step_and_no_division_by_zero(tmp_path: Path) -> None:
    ds = ramp()
    ds.WindowCenter, ds.WindowWidth = 300, 1
    row = middle_row(shown(ds, tmp_path))
    assert row[20] < 10
    assert row[-20] > 245


def test_a_voi_lut_is_applied(tmp_path: Path) -> None:
    ds = ramp()
    lut = Dataset()
    lut.LUTDescriptor = [1024, 0, 12]
    lut["LUTDescriptor"].VR = "US"
    table = np.where(np.arange(1024) < 300, 0, 4095).astype("<u2")
    lut.add_new(0x00283006, "OW", table.tobytes())
    ds.VOILUTSequence = [lut]
    row = middle_row(shown(ds, tmp_path))
    assert row[100] < 10
    assert row[400] > 245


def test_monochrome1_is_bright_where_it_is_low(tmp_path: Path) -> None:
    ds = ramp()
    ds.PhotometricInterpretation = "MONOCHROME1"
    row = middle_row(shown(ds, tmp_path))
    assert row[0] > 245
    assert row[-1] < 10


def test_padding_does_not_darken_the_picture(tmp_path: Path) -> None:
    ds = ramp()
    values = np.tile(np.arange(64) * 10, (64, 1)).astype(np.uint16)
    values[:20] = 60000
    ds.PixelData = values.tobytes()
    ds.add_new(0x00280120, "US", 60000)
    row = middle_row(shown(ds, tmp_path))
    assert row[-1] > 240


def test_a_few_glaring_pixels_do_not_darken_the_rest(tmp_path: Path) -> None:
    ds = ramp()
    values = np.tile(np.arange(64) * 10, (64, 1)).astype(np.uint16)
    values[0, :4] = 60000
    ds.PixelData = values.tobytes()
    assert middle_row(shown(ds, tmp_path))[-1] > 240


def test_a_picture_of_one_value_is_drawn(tmp_path: Path) -> None:
    ds = ramp()
    ds.PixelData = bytes(len(ds.PixelData))
    assert shown(ds, tmp_path).max() < 10


@pytest.mark.parametrize("keyword", ["PixelSpacing", "ImagerPixelSpacing"])
def test_pixels_that_are_not_square_are_stretched(keyword: str, tmp_path: Path) -> None:
    ds = ramp()
    setattr(ds, keyword, [2, 1])  # rows lie 2 mm apart, columns 1 mm
    assert shown(ds, tmp_path).shape == (512, 256)


def test_a_pixel_aspect_ratio_is_used(tmp_path: Path) -> None:
    ds = ramp()
    ds.PixelAspectRatio = ["1", "2"]
    assert shown(ds, tmp_path).shape == (256, 512)


@pytest.mark.parametrize("spacing", [[0, 0], [1], []])
def test_a_spacing_that_means_nothing_is_ignored(spacing: list[int], tmp_path: Path) -> None:
    ds = ramp()
    ds.PixelSpacing = spacing
    assert shown(ds, tmp_path).shape == (512, 512)


def test_colour_stays_colour(tmp_path: Path) -> None:
    ds = builders.us(frames=1)
    red = np.zeros((12, 16, 3), np.uint8)
    red[..., 0] = 200
    ds.PixelData = red.tobytes()
    pixels = shown(ds, tmp_path)
    assert pixels.shape == (384, 512, 3)
    assert np.abs(pixels[200, 200].astype(int) - [200, 0, 0]).max() < 10


def test_a_palette_is_looked_up(tmp_path: Path) -> None:
    ds = builders.cr()
    ds.PhotometricInterpretation = "PALETTE COLOR"
    ds.BitsAllocated = ds.BitsStored = 8
    ds.HighBit, ds.Rows, ds.Columns = 7, 16, 16
    ds.PixelData = bytes([1] * 256)
    for name, value in (("Red", 0), ("Green", 65535), ("Blue", 0)):
        setattr(ds, f"{name}PaletteColorLookupTableDescriptor", [2, 0, 16])
        table = np.array([0, value], "<u2").tobytes()
        setattr(ds, f"{name}PaletteColorLookupTableData", table)
    assert np.abs(shown(ds, tmp_path)[100, 100].astype(int) - [0, 255, 0]).max() < 10


def test_the_middle_frame_is_shown(tmp_path: Path) -> None:
    ds = builders.us(frames=3)
    frames = np.zeros((3, 12, 16, 3), np.uint8)
    frames[1] = 255
    ds.PixelData = frames.tobytes()
    assert shown(ds, tmp_path).min() > 245


def test_an_enhanced_image_is_drawn_by_its_functional_groups(tmp_path: Path) -> None:
    ds = ramp()
    frames = np.stack([np.tile(np.arange(64) * 10, (64, 1))] * 3).astype(np.uint16)
    ds.NumberOfFrames, ds.PixelData = "3", frames.tobytes()
    shared, measures = Dataset(), Dataset()
    measures.PixelSpacing = [2, 1]
    shared.PixelMeasuresSequence = [measures]
    ds.SharedFunctionalGroupsSequence = [shared]
    ds.PerFrameFunctionalGroupsSequence = []
    for center in (9999, 100, 9999):
        group, voi = Dataset(), Dataset()
        voi.WindowCenter, voi.WindowWidth = center, 100
        group.FrameVOILUTSequence = [voi]
        ds.PerFrameFunctionalGroupsSequence.append(group)
    pixels = shown(ds, tmp_path)
    assert pixels.shape == (512, 256)
    assert middle_row(pixels)[200] > 245


@pytest.mark.parametrize("make", [builders.pdf, builders.sr, builders.waveform, builders.rt_plan])
def test_what_has_no_picture_gives_none(make: builders.Make, tmp_path: Path) -> None:
    assert picture(builders.write(make(builders.Place()), tmp_path / "x")) is None


def test_a_picture_cut_short_gives_none(tmp_path: Path) -> None:
    ds = ramp()
    ds.PixelData = ds.PixelData[:1000]
    assert picture(builders.write(ds, tmp_path / "x")) is None


def test_a_compressed_picture_of_rubbish_gives_none(tmp_path: Path) -> None:
    for syntax in ("JPEGBaseline8Bit", "JPEG2000Lossless", "RLELossless", "JPEGLSLossless"):
        ds = ramp()
        path = builders.write(ds, tmp_path / syntax, pydicom.uid.RLELossless)
        again = pydicom.dcmread(path)
        again.file_meta.TransferSyntaxUID = getattr(pydicom.uid, syntax)
        again.PixelData = pydicom.encaps.encapsulate([b"\xff\xd8rubbish" * 30])
        again.save_as(path)
        assert picture(path) is None, syntax


def test_a_damaged_run_length_does_no_harm(tmp_path: Path) -> None:
    path = builders.write(builders.ct(), tmp_path / "x", pydicom.uid.RLELossless)
    stored = bytearray(path.read_bytes())
    # the first run is one pixel longer than its segment's share
    stored[stored.rindex(b"\xfe\xff\x00\xe0") + 72] = 0xF0
    path.write_bytes(stored)
    assert max(drawn(path).size) == LONGEST_SIDE_PX


def test_no_file_gives_none(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"no DICOM")
    assert picture(tmp_path / "x") is None
    assert picture(tmp_path / "nothing") is None


@needs_t1
def test_a_real_slice_is_drawn_in_its_proportions() -> None:
    image = drawn(sorted(T1.iterdir())[192])
    ratio = (274 * 0.699987828731537) / (384 * 0.666666686534882)
    assert image.size in {(round(512 * ratio), 512), (512, round(512 / ratio))}
    pixels = np.asarray(image)
    assert pixels.std() > 30


@pytest.mark.lab
def test_no_real_file_crashes_it() -> None:
    results = {path.name: picture(path) is not None for path in real_files()}
    assert sum(results.values()) > 100
