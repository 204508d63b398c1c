"""Which images a doctor marked, as a key object document says (PS3.3 A.35.4)."""

from collections.abc import Iterator

from pydicom import Dataset

_REJECTING_TITLES = frozenset({"113001", "113010", "113037", "113038", "113039"})
"""Titles of key object documents that mark images as bad rather than important (CID 7010, 7011)."""


def marked_frames(document: Dataset) -> Iterator[tuple[str, int | None]]:
    """Yield the SOPInstanceUID and the frame, from 0, of what is marked; None for all frames."""
    titles = document.get("ConceptNameCodeSequence") or []
    if any(title.get("CodeValue") in _REJECTING_TITLES for title in titles):
        return
    for content in document.get("ContentSequence") or []:
        for instance in content.get("ReferencedSOPSequence") or []:
            numbers = instance.get("ReferencedFrameNumber")
            uid = str(instance.get("ReferencedSOPInstanceUID"))
            if not numbers:
                yield uid, None
                continue
            for number in [numbers] if isinstance(numbers, int) else numbers:
                yield uid, int(number) - 1
