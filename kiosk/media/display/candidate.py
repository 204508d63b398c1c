"""What the choice of pictures needs to know of an instance, read from its header."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from pydicom import Dataset

from kiosk.media.display.frame import count_frames
from kiosk.media.display.numbers import numbers, whole_number

_NO_PICTURES = frozenset({"SEG", "RTDOSE", "PR", "KO", "REG"})
"""Modalities whose pixels are masks or doses, which say nothing without the images below them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An instance that has a picture."""

    sop_instance_uid: str
    series_uid: str
    study_uid: str
    modality: str
    series_number: int
    image_number: int
    frames: int = 1
    representative: int | None = None
    """The frame, from 0, that its maker takes to stand for all."""
    positions: tuple[float, ...] = ()
    """Of each frame along the normal of its slice, in mm; empty where that is not known."""
    is_localizer: bool = False
    has_burnt_text: bool = False
    """Its pixels hold words, as a dose report or a screen that was captured."""


def candidate_of(ds: Dataset) -> Candidate | None:
    """Return the candidate of a header, or None where there is no picture to be shown."""
    modality = str(ds.get("Modality") or "")
    if not ds.get("Rows") or not ds.get("Columns") or modality in _NO_PICTURES:
        return None
    representative = whole_number(ds.get("RepresentativeFrameNumber"))
    kinds = {str(kind) for kind in ds.get("ImageType") or ()}
    positions = tuple(_positions(ds))
    frames = count_frames(ds)
    return Candidate(
        sop_instance_uid=str(ds.SOPInstanceUID),
        series_uid=str(ds.SeriesInstanceUID),
        study_uid=str(ds.StudyInstanceUID),
        modality=modality,
        series_number=whole_number(ds.get("SeriesNumber")) or 0,
        image_number=whole_number(ds.get("InstanceNumber")) or 0,
        frames=frames,
        representative=representative - 1 if representative else None,
        positions=positions if len(positions) == frames else (),
        is_localizer="LOCALIZER" in kinds,
        has_burnt_text=ds.get("BurnedInAnnotation") == "YES" or "SCREEN SAVE" in kinds,
    )


def _positions(ds: Dataset) -> Iterator[float]:
    shared = ds.get("SharedFunctionalGroupsSequence") or [Dataset()]
    for group in ds.get("PerFrameFunctionalGroupsSequence") or [ds]:
        sources = (group, shared[0], ds)
        origin = _vector(sources, "PlanePositionSequence", "ImagePositionPatient", 3)
        turn = _vector(sources, "PlaneOrientationSequence", "ImageOrientationPatient", 6)
        if origin is not None and turn is not None:
            yield float(np.dot(np.cross(turn[:3], turn[3:]), origin))


def _vector(
    sources: Sequence[Dataset], macro: str, keyword: str, length: int
) -> list[float] | None:
    """Return the numbers of the first source that has them, in its macro or itself."""
    for source in sources:
        for holder in (*(source.get(macro) or [])[:1], source):
            value = numbers(holder.get(keyword), length)
            if value:
                return value
    return None
