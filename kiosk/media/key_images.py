"""Chooses the images that the pages show: the ones a doctor marked, else the middle of a series."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from pydicom import dcmread

from kiosk.media.display.key_object import marked_frames
from kiosk.media.prepare import Prepared

MOST_OF_A_STUDY = 12
MOST_OF_A_MEDIUM = 60


def key_images(ordered: Sequence[Prepared]) -> dict[str, str]:
    """Return the SOPInstanceUID and caption of each image to show, in order."""
    chosen: dict[str, str] = {}
    for _, group in groupby(ordered, lambda each: each.identity.study_uid):
        study = list(group)
        images = _marked(study) or _middles(study)
        chosen |= dict(islice(images, MOST_OF_A_STUDY))
    return dict(islice(chosen.items(), MOST_OF_A_MEDIUM))


def _marked(study: Sequence[Prepared]) -> Iterator[tuple[str, str]] | None:
    """Return the images that the study's key object documents name; None if they name none."""
    here = {each.identity.sop_instance_uid for each in study if each.keys.record_type == "IMAGE"}
    marked = [
        uid
        for each in study
        if each.keys.record_type == "KEY OBJECT DOC"
        for uid, _ in marked_frames(dcmread(each.path))
        if uid in here
    ]
    if not marked:
        return None
    return ((uid, "Marked as important for this exam.") for uid in dict.fromkeys(marked))


def _middles(study: Sequence[Prepared]) -> Iterator[tuple[str, str]]:
    """Yield the middle image of each series that has images."""
    images = [each for each in study if each.keys.record_type == "IMAGE"]
    for number, (_, group) in enumerate(groupby(images, lambda each: each.identity.series_uid), 1):
        series = list(group)
        middle = series[len(series) // 2].identity.sop_instance_uid
        if len(series) == 1:
            yield middle, f"Group {number}: the only image."
        else:
            yield middle, f"Group {number}: the middle one of {len(series):,} images."
