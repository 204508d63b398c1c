"""Makes the picture of one frame: its tones, its marks, turned and cut as it was meant."""

import warnings
from datetime import date, datetime
from pathlib import Path

import numpy as np
from pydicom import Dataset

from kiosk.domain.picture import Measured, Picture, Raster, Spacing, Tones
from kiosk.media.display.annotation import draw_lines, notes_of, places
from kiosk.media.display.frame import (
    UNDECODABLE,
    Pixels,
    count_frames,
    read_frame_header,
    read_pixels,
)
from kiosk.media.display.geometry import edges_of, pixel_height, side_of, spacing_of
from kiosk.media.display.numbers import numbers, whole_number
from kiosk.media.display.overlay import overlays, shutter
from kiosk.media.display.state import apply_state, area_of, turn_of
from kiosk.media.display.values import colours, grey, is_colour

_LUMINANCE = np.array([0.299, 0.587, 0.114], np.float32)
"""Of red, green and blue (ITU-R BT.601)."""


def develop(path: Path, frame: int, tones: Tones, state: Dataset | None = None) -> Picture:
    """Return one frame of an instance as it is to be seen.

    Parameters
    ----------
    path : Path
        An instance; only this frame of it is brought into memory.
    frame : int
        From 0.
    tones : Tones
        What the sheet can show; colours become grey where it has none.
    state : Dataset, optional
        The presentation state to be applied.
    """
    # Decoders warn with values in the text, which may be the patient's.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if state is not None:
            try:
                return _presented(path, frame, tones, state)
            except UNDECODABLE:
                pass  # the image is worth more than a state that cannot be followed
        return _plain(path, frame, tones)


def _presented(path: Path, frame: int, tones: Tones, state: Dataset) -> Picture:
    ds = read_frame_header(path, frame)
    apply_state(ds, state, frame)
    return _described(ds, frame, state, _raster(path, ds, frame, tones, state))


def _plain(path: Path, frame: int, tones: Tones) -> Picture:
    ds = read_frame_header(path, frame)
    try:
        raster = _raster(path, ds, frame, tones, None)
    except UNDECODABLE:
        raster = None
    return _described(ds, frame, None, raster)


def _raster(path: Path, ds: Dataset, frame: int, tones: Tones, state: Dataset | None) -> Raster:
    pixels = _marked(path, ds, frame, state)
    area, turn = area_of(ds, state, frame)[0], turn_of(state)
    pixels = turn.pixels(area.pixels(pixels))
    if state is not None:
        pixels = draw_lines(pixels, state, str(ds.SOPInstanceUID), frame, places(area, turn))
    return _quantized(pixels, tones)


def _marked(path: Path, ds: Dataset, frame: int, state: Dataset | None) -> Pixels:
    """Return RGB, or grey from 0 to 1, with overlays in white and black where a shutter is."""
    pixels = read_pixels(path, ds, frame)
    seen = colours(pixels, ds) if is_colour(ds) else grey(pixels, ds)
    white = overlays(path, ds, state, frame)
    if white is not None:
        seen[white] = 255 if is_colour(ds) else 1
    opened = shutter(ds)
    if opened is not None:
        seen[~opened] = 0
    return seen


def _quantized(pixels: Pixels, tones: Tones) -> Raster:
    is_rgb = pixels.ndim == 3  # noqa: PLR2004 - rows, columns, colours
    if is_rgb and tones is not Tones.COLOUR_8:
        pixels, is_rgb = pixels @ _LUMINANCE / 255, False
    if not is_rgb:
        kind = "<u2" if tones.bits > 8 else "u1"  # noqa: PLR2004
        pixels = np.rint(pixels * ((1 << tones.bits) - 1)).astype(kind)
    rows, columns = pixels.shape[:2]
    return Raster(columns, rows, 3 if is_rgb else 1, tones.bits, pixels.tobytes())


def _described(ds: Dataset, frame: int, state: Dataset | None, raster: Raster | None) -> Picture:
    turn, (area, item) = turn_of(state), area_of(ds, state, frame)
    height, spacing = _size_of_pixels(ds, item)
    uid = str(ds.SOPInstanceUID)
    return Picture(
        raster=raster,
        pixel_height=height if turn.is_upright() else 1 / height,
        spacing=turn.spacing(spacing),
        edges=turn.edges(edges_of(ds)),
        side=side_of(ds),
        notes=() if state is None else notes_of(state, uid, frame, places(area, turn)),
        modality=str(ds.get("Modality") or ""),
        institution=str(ds.get("InstitutionName") or ""),
        taken_on=_day(ds),
        series_number=whole_number(ds.get("SeriesNumber")),
        image_number=whole_number(ds.get("InstanceNumber")),
        frame=frame + 1,
        frames=count_frames(ds),
    )


def _size_of_pixels(ds: Dataset, item: Dataset) -> tuple[float, Spacing | None]:
    """Return a pixel's relative height and its size; a state may know them better (C.10.4)."""
    spacing = numbers(item.get("PresentationPixelSpacing"), 2)
    if spacing:
        down, across = spacing
        return down / across, Spacing(down, across, Measured.PATIENT)
    ratio = numbers(item.get("PresentationPixelAspectRatio"), 2)
    if ratio and "PixelSpacing" not in ds:
        return ratio[0] / ratio[1], spacing_of(ds)
    return pixel_height(ds), spacing_of(ds)


def _day(ds: Dataset) -> date | None:
    """Return when the image was taken, as far as it says so."""
    for keyword in ("AcquisitionDate", "ContentDate", "SeriesDate", "StudyDate"):
        try:
            return datetime.strptime(str(ds.get(keyword) or ""), "%Y%m%d").date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None
