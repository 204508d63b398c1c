"""Marks that were drawn on an image: overlay planes (PS3.3 C.9.2) and what a shutter covers."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from pydicom import Dataset

from kiosk.media.display.frame import read_pixels
from kiosk.media.display.geometry import pixel_height

Mask = NDArray[np.bool_]

_GROUPS = range(0x6000, 0x6020, 2)
_ROWS, _ORIGIN, _TYPE = 0x0010, 0x0050, 0x0040
_FRAME_ORIGIN, _BIT_POSITION = 0x0051, 0x0102
_ACTIVATION_LAYER, _PLANE = 0x1001, 0x3000


def overlays(path: Path, ds: Dataset, state: Dataset | None, frame: int) -> Mask | None:
    """Return where an image's overlays are to be white, or None where it has none.

    A presentation state shows those that it activates, its own among them (C.11.7).
    """
    masks = [
        _placed(plane, holder, group, ds)
        for group, holder in _shown(ds, state)
        if (plane := _plane(path, holder, group, frame)) is not None
    ]
    return np.logical_or.reduce(masks) if masks else None


def _shown(ds: Dataset, state: Dataset | None) -> Iterator[tuple[int, Dataset]]:
    """Yield the groups to be shown and the data set that holds each."""
    for group in _GROUPS:
        if state is not None and (group, _ACTIVATION_LAYER) not in state:
            continue
        for holder in (state, ds):
            if holder is not None and (group, _ROWS) in holder:
                yield group, holder
                break


def _plane(path: Path, holder: Dataset, group: int, frame: int) -> Mask | None:
    """Return the overlay of one frame, or None where it has none."""
    if (group, _PLANE) in holder:
        planes = holder.overlay_array(group).astype(bool)
    elif (group, _BIT_POSITION) in holder and holder[group, _BIT_POSITION].value:
        return _embedded(path, holder, group, frame)
    else:
        return None
    if planes.ndim == 2:  # noqa: PLR2004 - a single one belongs to every frame
        return planes
    origin = holder[group, _FRAME_ORIGIN].value if (group, _FRAME_ORIGIN) in holder else 1
    index = frame + 1 - int(origin)
    return planes[index] if 0 <= index < len(planes) else None


def _embedded(path: Path, ds: Dataset, group: int, frame: int) -> Mask | None:
    """Return an overlay that older scanners kept in the bits that the pixels leave free."""
    if ds.file_meta.TransferSyntaxUID.is_compressed:
        return None
    stored = read_pixels(path, ds, frame, correct_unused_bits=False)
    mask: Mask = (stored >> int(ds[group, _BIT_POSITION].value) & 1).astype(bool)
    return mask


def _placed(plane: Mask, holder: Dataset, group: int, ds: Dataset) -> Mask:
    """Put an overlay where it belongs on the image; of a region only the outline hides nothing."""
    if (group, _TYPE) in holder and holder[group, _TYPE].value == "R":
        plane = _outline(plane)
    origin = holder[group, _ORIGIN].value if (group, _ORIGIN) in holder else (1, 1)
    top, left = (int(number) - 1 for number in origin)
    whole = np.zeros((int(ds.Rows), int(ds.Columns)), bool)
    seen = plane[max(-top, 0) :, max(-left, 0) :]
    target = whole[max(top, 0) :, max(left, 0) :]
    rows, columns = np.minimum(seen.shape, target.shape)
    target[:rows, :columns] = seen[:rows, :columns]
    return whole


def _outline(region: Mask) -> Mask:
    around = np.pad(region, 1)
    inner = around[:-2, 1:-1] & around[2:, 1:-1] & around[1:-1, :-2] & around[1:-1, 2:]
    return region & ~inner


def shutter(ds: Dataset) -> Mask | None:
    """Return what a shutter leaves open, or None where there is none (C.7.6.11)."""
    shapes = ds.get("ShutterShape")
    if not shapes:
        return None
    open_part = np.ones((int(ds.Rows), int(ds.Columns)), bool)
    for shape in [shapes] if isinstance(shapes, str) else shapes:
        match shape:
            case "RECTANGULAR":
                open_part &= _rectangle(ds)
            case "CIRCULAR":
                open_part &= _circle(ds)
            case "POLYGONAL":
                open_part &= _polygon(ds)
    return open_part


def _rectangle(ds: Dataset) -> Mask:
    mask = np.zeros((int(ds.Rows), int(ds.Columns)), bool)
    top, bottom = int(ds.ShutterUpperHorizontalEdge), int(ds.ShutterLowerHorizontalEdge)
    left, right = int(ds.ShutterLeftVerticalEdge), int(ds.ShutterRightVerticalEdge)
    mask[max(top, 0) : max(bottom - 1, 0), max(left, 0) : max(right - 1, 0)] = True
    return mask


def _circle(ds: Dataset) -> Mask:
    row, column = (int(number) - 1 for number in ds.CenterOfCircularShutter)
    down = (np.arange(int(ds.Rows))[:, None] - row) * pixel_height(ds)
    across = np.arange(int(ds.Columns))[None, :] - column
    mask: Mask = down**2 + across**2 <= int(ds.RadiusOfCircularShutter) ** 2
    return mask


def _polygon(ds: Dataset) -> Mask:
    corners = [int(number) - 1 for number in ds.VerticesOfThePolygonalShutter]
    image = Image.new("1", (int(ds.Columns), int(ds.Rows)))
    points = list(zip(corners[1::2], corners[::2], strict=True))  # they stand as row, column
    ImageDraw.Draw(image).polygon(points, fill=1, outline=1)
    return np.asarray(image)
