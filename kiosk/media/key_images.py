"""Chooses the images that the pages show: the ones a doctor marked, else the middle of a series."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from pydicom import Dataset, dcmread

from kiosk.media.prepare import Prepared

MOST_OF_A_STUDY = 12
MOST_OF_A_MEDIUM = 60

_REJECTING_TITLES = frozenset({"113001", "113010", "113037", "113038", "113039"})
"""Titles of key object documents that mark images as bad rather than important (CID 7010, 7011)."""


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
        for uid in _referenced(dcmread(each.path))
        if uid in here
    ]
    if not marked:
        return None
    return ((uid, "Marked as important for this exam.") for uid in dict.fromkeys(marked))


def _referenced(document: Dataset) -> list[str]:
    """Return the instances that a key object document points to (PS3.3 A.35.4)."""
    titles = document.get("ConceptNameCodeSequence") or []
    if any(title.get("CodeValue") in _REJECTING_TITLES for title in titles):
        return []
    return [
        str(instance.get("ReferencedSOPInstanceUID"))
        for content in document.get("ContentSequence") or []
        for instance in content.get("ReferencedSOPSequence") or []
    ]


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
