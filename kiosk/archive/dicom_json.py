"""Reads what a QIDO-RS answer says (PS3.18 F)."""

import json
from typing import Any

from pydicom.datadict import tag_for_keyword

from kiosk.archive.describe import Attributes
from kiosk.errors import ArchiveRefused

_NAME_GROUPS = ("Alphabetic", "Ideographic", "Phonetic")


def answers_in(body: bytes) -> list[Attributes]:
    """Return the answers of one page.

    Raises
    ------
    ArchiveRefused
        If the body is not the DICOM JSON that was asked for.
    """
    try:
        items = json.loads(body) if body else []
    except ValueError as error:
        raise ArchiveRefused("the answer to a query is not DICOM JSON") from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ArchiveRefused("the answer to a query is not DICOM JSON")
    return [_attributes(item) for item in items]


def _attributes(item: dict[str, Any]) -> Attributes:
    def values(keyword: str) -> list[str]:
        tag = tag_for_keyword(keyword)
        element = item.get(f"{tag:08X}")
        found = element.get("Value") if isinstance(element, dict) else None
        return [_text(value) for value in found] if isinstance(found, list) else []

    return values


def _text(value: Any) -> str:
    if isinstance(value, dict):
        # PS3.18 F.2.2: a PN is an object with one member for each of its groups.
        return "=".join(str(value.get(group, "")) for group in _NAME_GROUPS).rstrip("=")
    return "" if value is None else str(value)
