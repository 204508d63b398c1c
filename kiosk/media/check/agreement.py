"""Compares what a directory record states with what the instance itself says."""

import re
from collections.abc import Iterator, Mapping

from kiosk.media.characters import needs_character_set
from kiosk.media.elements import Element, Malformed, items, walk
from kiosk.media.findings import Findings
from kiosk.media.header import CHARACTER_SET, Header
from kiosk.media.profile import Key, Need

_CONTENT = 0x0040A730
_RELATIONSHIP = 0x0040A010
_TEXT = frozenset({b"SH", b"LO", b"ST", b"LT", b"PN", b"UC", b"UT"})

# PS3.5 Table 6.2-1: what a reader can take; the directory need not repeat what it cannot.
_LEGAL = {
    b"DA": re.compile(rb"\d{8}"),
    b"TM": re.compile(rb"\d\d(\d\d(\d\d(\.\d{1,6})?)?)?"),
    b"DT": re.compile(rb"\d{4,14}(\.\d{1,6})?([+-]\d{4})?"),
    b"IS": re.compile(rb"[+-]?\d{1,11}"),
    b"UI": re.compile(rb"\d+(\.\d+)*"),
}
_WIDTHS = {b"US": 2, b"UL": 4}
_OLD_PUNCTUATION = {b"DA": b".", b"TM": b":"}
"""PS3.5 6.2: dates as 1993.08.22 and times as 10:11:12, from before DICOM."""


def missing_keys(values: Mapping[int, bytes], keys: tuple[Key, ...]) -> Iterator[Key]:
    """Yield the keys of type 1 without a value and of type 2 that are absent (PS3.5 7.4)."""
    for key in keys:
        stated = values.get(key.tag)
        # A binary zero is a value, blanks are none.
        is_empty = not stated if key.vr in _WIDTHS else not (stated or b"").rstrip(b" \0")
        if (key.need is Need.TYPE_1 and is_empty) or (key.need is Need.TYPE_2 and stated is None):
            yield key


def disagreeing_keys(
    values: Mapping[int, bytes], keys: tuple[Key, ...], header: Header
) -> Iterator[Key]:
    """Yield the keys in which a record differs from its instance.

    An instance that lacks a type 1 key leaves its value to the File-set Creator (PS3.11
    D.3.3.1); a key of type 1C must be there whenever the instance has a value.
    """
    for key in keys:
        own = header.values.get(key.tag, b"")
        stated = values.get(key.tag)
        if key.vr == b"SQ":
            agrees = _sequences_agree(key, stated, own)
        else:
            agrees = _values_agree(key, stated, own)
        if not agrees:
            yield key


def _values_agree(key: Key, stated: bytes | None, own: bytes) -> bool:
    if key.vr in _WIDTHS:
        own = own if len(own) == _WIDTHS[key.vr] else b""
        return stated == own if own else _may_lack(key, stated)
    plain = own.rstrip(b" \0")
    shown = (stated or b"").rstrip(b" \0")
    legal = _LEGAL.get(key.vr)
    if legal is None:
        return shown == plain if plain else _may_lack(key, stated)
    plain = plain.strip().translate(None, _OLD_PUNCTUATION.get(key.vr, b""))
    return shown == plain if legal.fullmatch(plain) else _may_lack(key, stated)


def _may_lack(key: Key, stated: bytes | None) -> bool:
    """Whether a record may say this of an instance that says nothing."""
    return key.need is Need.TYPE_1 or not (stated or b"").rstrip(b" \0")


def _sequences_agree(key: Key, stated: bytes | None, own: bytes) -> bool:
    try:
        mine = [
            _flat(own, item)
            for item in _items(own)
            if key.tag != _CONTENT or _is_modifier(own, item)
        ]
        theirs = [_flat(stated or b"", item) for item in _items(stated or b"")]
    except Malformed:
        return False
    if not mine:
        return _may_lack(key, stated)
    # A record may leave out what its keys do not ask for, inside an item.
    return len(mine) == len(theirs) and all(
        part.items() <= whole.items() for part, whole in zip(theirs, mine, strict=True)
    )


def _items(value: bytes) -> Iterator[Element]:
    return items(value, Element(0, b"SQ", 0, 0, len(value), len(value)))


def _is_modifier(buffer: bytes, item: Element) -> bool:
    return any(
        buffer[element.start : element.end].strip() == b"HAS CONCEPT MOD"
        for element in walk(buffer, item.start, item.end)
        if element.tag == _RELATIONSHIP
    )


def _flat(buffer: bytes, item: Element, path: tuple[int, ...] = ()) -> dict[tuple[int, ...], bytes]:
    """Return every value inside an item by its path."""
    flat: dict[tuple[int, ...], bytes] = {}
    for element in walk(buffer, item.start, item.end):
        if not element.holds_items:
            flat[*path, element.tag] = buffer[element.start : element.end].rstrip(b" \0")
            continue
        for number, inner in enumerate(items(buffer, element)):
            flat |= _flat(buffer, inner, (*path, element.tag, number))
    return flat


def lacks_character_set(values: Mapping[int, bytes], keys: tuple[Key, ...], header: Header) -> bool:
    """Whether a record has text beyond ASCII but not the instance's character set."""
    beyond = any(needs_character_set(values.get(key.tag, b"")) for key in keys if key.vr in _TEXT)
    own = header.values.get(CHARACTER_SET, b"").rstrip(b" \0")
    return beyond and values.get(CHARACTER_SET, b"").rstrip(b" \0") != own


def named(key: Key) -> str:
    """Return a key as ``(0010,0020)``."""
    return f"({key.tag >> 16:04X},{key.tag & 0xFFFF:04X})"


def note(findings: Findings, where: str, keys: Iterator[Key] | list[Key], what: str) -> None:
    """Add a finding for each key."""
    for key in keys:
        findings.add(f"{where}: {named(key)} {what}")
