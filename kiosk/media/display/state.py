"""What a presentation state says of one frame (PS3.3 A.33): its tones, its turn, its area."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydicom import Dataset

from kiosk.domain.picture import Edges, Spacing
from kiosk.media.display.frame import Pixels
from kiosk.media.display.values import is_colour

_TONES = (
    "ModalityLUTSequence",
    "RescaleSlope",
    "RescaleIntercept",
    "WindowCenter",
    "WindowWidth",
    "VOILUTFunction",
    "VOILUTSequence",
    "PresentationLUTSequence",
)
_MODALITY = _TONES[:3]
_SHUTTER = (
    "ShutterShape",
    "ShutterLeftVerticalEdge",
    "ShutterRightVerticalEdge",
    "ShutterUpperHorizontalEdge",
    "ShutterLowerHorizontalEdge",
    "CenterOfCircularShutter",
    "RadiusOfCircularShutter",
    "VerticesOfThePolygonalShutter",
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A rotation, and a flip of left and right after it (C.10.6)."""

    quarters: int = 0
    """Clockwise, 0 to 3."""
    flipped: bool = False

    def pixels(self, pixels: Pixels) -> Pixels:
        """Return pixels turned."""
        turned = np.rot90(pixels, -self.quarters)
        return turned[:, ::-1] if self.flipped else turned

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the picture comes to lie; both sides from 0 to 1."""
        for _ in range(self.quarters):
            x, y = 1 - y, x
        return (1 - x, y) if self.flipped else (x, y)

    def edges(self, edges: Edges) -> Edges:
        """Return what then lies beyond each edge."""
        for _ in range(self.quarters):
            edges = Edges(edges.left, edges.top, edges.right, edges.bottom)
        top, right, bottom, left = edges
        return Edges(top, left, bottom, right) if self.flipped else edges

    def is_upright(self) -> bool:
        """Whether rows stay rows."""
        return self.quarters % 2 == 0

    def spacing(self, spacing: Spacing | None) -> Spacing | None:
        """Return the distances in their new directions."""
        if spacing is None or self.is_upright():
            return spacing
        return Spacing(spacing.across_mm, spacing.down_mm, spacing.measured)


@dataclass(frozen=True, slots=True)
class Area:
    """The part of the frame that is displayed, in pixels from its upper left corner."""

    left: int
    top: int
    right: int
    bottom: int

    def pixels(self, pixels: Pixels) -> Pixels:
        """Return the pixels inside."""
        return pixels[self.top : self.bottom, self.left : self.right]

    def point(self, column: float, row: float) -> tuple[float, float]:
        """Return where a pixel lies, counted from 1: 0 and 1 are the edges of the area."""
        x = (column - 0.5 - self.left) / (self.right - self.left)
        return x, (row - 0.5 - self.top) / (self.bottom - self.top)


def state_for(states: Iterable[Dataset], uid: str, frame: int) -> Dataset | None:
    """Return the newest presentation state that was made for a frame."""
    mine = [
        state
        for state in states
        if any(
            _names(series.get("ReferencedImageSequence"), uid, frame)
            for series in state.get("ReferencedSeriesSequence") or []
        )
    ]
    return max(mine, key=_made_at) if mine else None


def items_for(sequence: Any, uid: str, frame: int) -> Iterator[Dataset]:
    """Yield the items that hold for a frame: those that name it, or name none."""
    for item in sequence or []:
        named = item.get("ReferencedImageSequence")
        if not named or _names(named, uid, frame):
            yield item


def apply_state(ds: Dataset, state: Dataset, frame: int) -> None:
    """Let a state's tones and shutter take the place of the image's own (PS3.4 N.2.1)."""
    _take(ds, state, _SHUTTER)
    if is_colour(ds):
        return
    _take(ds, Dataset(), _TONES)
    _take(ds, state, (*_MODALITY, "PresentationLUTSequence"))
    uid = str(ds.SOPInstanceUID)
    for item in items_for(state.get("SoftcopyVOILUTSequence"), uid, frame):
        ds.update({element.tag: element for element in item if element.keyword in _TONES})
    is_inverse = state.get("PresentationLUTShape") == "INVERSE"
    ds.PhotometricInterpretation = "MONOCHROME1" if is_inverse else "MONOCHROME2"


def turn_of(state: Dataset | None) -> Turn:
    """Return how a state turns the image."""
    if state is None:
        return Turn()
    quarters = int(state.get("ImageRotation") or 0) // 90 % 4
    return Turn(quarters, state.get("ImageHorizontalFlip") == "Y")


def area_of(ds: Dataset, state: Dataset | None, frame: int) -> tuple[Area, Dataset]:
    """Return the displayed part, and the item of the state that says so (C.10.4).

    The corners name pixels of the image as it was before it is turned.
    """
    rows, columns = int(ds.Rows), int(ds.Columns)
    whole = Area(0, 0, columns, rows)
    if state is None:
        return whole, Dataset()
    item = next(
        items_for(state.get("DisplayedAreaSelectionSequence"), str(ds.SOPInstanceUID), frame),
        Dataset(),
    )
    first = item.get("DisplayedAreaTopLeftHandCorner")
    last = item.get("DisplayedAreaBottomRightHandCorner")
    if not first or not last:
        return whole, item
    (left, right), (top, bottom) = (
        sorted(map(int, pair)) for pair in zip(first, last, strict=True)
    )
    area = Area(max(left - 1, 0), max(top - 1, 0), min(right, columns), min(bottom, rows))
    return (area, item) if area.right > area.left and area.bottom > area.top else (whole, item)


def _take(ds: Dataset, source: Dataset, keywords: Iterable[str]) -> None:
    for keyword in keywords:
        if keyword in ds:
            del ds[keyword]
        if keyword in source:
            ds[keyword] = source[keyword]


def _names(references: Any, uid: str, frame: int) -> bool:
    """Whether references name a frame; without frame numbers they name all of an image."""
    for reference in references or []:
        if reference.get("ReferencedSOPInstanceUID") == uid:
            numbers = reference.get("ReferencedFrameNumber")
            if not numbers:
                return True
            listed = [numbers] if isinstance(numbers, int) else list(numbers)
            return frame + 1 in {int(number) for number in listed}
    return False


def _made_at(state: Dataset) -> tuple[str, str]:
    return (
        str(state.get("PresentationCreationDate") or ""),
        str(state.get("PresentationCreationTime") or ""),
    )
