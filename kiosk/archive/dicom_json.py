"""Reads what a QIDO-RS answer says (PS3.18 F)."""

import json
from collections.abc import Collection
from typing import Any

from pydicom.datadict import tag_for_keyword

from kiosk.archive.describe import Attributes
from kiosk.errors import ArchiveRefused

_NAME_GROUPS = ("Alphabetic", "Ideographic", "Phonetic")


def answers_in(body: bytes, keywords: Collection[str]) -> list[Attributes]:
    """Return the answers of one page, each with these attributes and no others.

    A server may send much more than it was asked for; the rest is dropped while it is read, since
    a page of many thousand answers would fill the memory.

    Raises
    ------
    ArchiveRefused
        If the body is not the DICOM JSON that was asked for.
    """
    wanted = {f"{tag_for_keyword(keyword):08X}": keyword for keyword in keywords}

    def keep(item: dict[str, Any]) -> Any:
        """Reduce an element to its value, and an answer to what is wanted of it."""
        if "vr" in item:
            return item.get("Value")
        if item.keys() & set(_NAME_GROUPS):
            return item
        return {wanted[tag]: value for tag, value in item.items() if tag in wanted}

    try:
        items = json.loads(body, object_hook=keep) if body else []
    except (ValueError, RecursionError) as error:
        raise ArchiveRefused("the answer to a query is not DICOM JSON") from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ArchiveRefused("the answer to a query is not DICOM JSON")
    return [_attributes(item) for item in items]


def _attributes(item: dict[str, Any]) -> Attributes:
    def values(keyword: str) -> list[str]:
        found = item.get(keyword)
        return [_text(value) for value in found] if isinstance(found, list) else []

    return values


def _text(value: Any) -> str:
    if isinstance(value, dict):
        # PS3.18 F.2.2: a PN is an object with one member for each of its groups.
        return "=".join(str(value.get(group, "")) for group in _NAME_GROUPS).rstrip("=")
    return "" if value is None else str(value)
