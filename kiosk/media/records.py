"""The keys of an instance's directory records, taken from its header and encoded at once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kiosk.media.characters import TEXT_VRS, needs_character_set
from kiosk.media.elements import Buffer, Element, find, items, walk
from kiosk.media.filemeta import encode
from kiosk.media.header import CHARACTER_SET, Header, items_of
from kiosk.media.profile import Key, Need, Profile, keys, record_type, stands_alone

STUDY_ID = 0x00200010
SERIES_NUMBER = 0x00200011
INSTANCE_NUMBER = 0x00200013

_CONTENT = 0x0040A730
_RELATIONSHIP = 0x0040A010


@dataclass(frozen=True, slots=True)
class DirectoryKeys:
    """What the DICOMDIR says of one instance and of what it belongs to.

    Each level is a run of elements in Explicit VR Little Endian, in the instance's own bytes and
    with its own Specific Character Set where a key is not plain ASCII.
    """

    record_type: str
    patient: bytes
    study: bytes
    series: bytes
    leaf: bytes
    unnumbered: frozenset[int]
    """Type 1 numbers that the instance lacks; they are counted when the directory is made."""


def directory_keys(header: Header, profile: Profile) -> DirectoryKeys:
    """Return the keys that the records above and of an instance need under a profile."""
    kind = record_type(header.sop_class_uid)
    if stands_alone(kind):
        return DirectoryKeys(kind, b"", b"", b"", _encode_keys(kind, header, profile), frozenset())
    return DirectoryKeys(
        record_type=kind,
        patient=_encode_keys("PATIENT", header, profile),
        study=_encode_keys("STUDY", header, profile),
        series=_encode_keys("SERIES", header, profile),
        leaf=_encode_keys(kind, header, profile),
        unnumbered=frozenset(
            key.tag
            for level in ("STUDY", "SERIES", kind)
            for key in counted_keys(level, profile)
            if not _legal(key.tag, key.vr, header)
        ),
    )


@cache
def counted_keys(kind: str, profile: Profile) -> tuple[Key, ...]:
    """Return the keys of a record that are counted where the instance lacks them."""
    return tuple(key for key in keys(kind, profile) if key.tag in _COUNTED)


def with_number(elements: bytes, tag: int, number: int) -> bytes:
    """Return a level with a counted number in its place.

    PS3.11 D.3.3.1: what the instance lacks is supplied by the File-set Creator.
    """
    position = len(elements)
    for element in walk(elements, 0, len(elements)):
        if element.tag > tag:
            position = element.header
            break
    return elements[:position] + encode(tag, _COUNTED[tag], b"%d" % number) + elements[position:]


def _encode_keys(kind: str, header: Header, profile: Profile) -> bytes:
    encoded = []
    goes_beyond_ascii = False
    for key in keys(kind, profile):
        value = _legal(key.tag, key.vr, header)
        if value:
            goes_beyond_ascii = goes_beyond_ascii or _goes_beyond_ascii(key.vr, value)
        elif key.need is Need.TYPE_1C or (key.need is Need.TYPE_1 and key.tag in _COUNTED):
            continue
        elif key.need is Need.TYPE_1:
            value = _invented(key, header)
        encoded.append(encode(key.tag, key.vr, value))
    if goes_beyond_ascii:
        character_set = header.values.get(CHARACTER_SET, b"").rstrip(b" \0")
        if character_set:
            encoded.insert(0, encode(CHARACTER_SET, b"CS", character_set))
    return b"".join(encoded)


def _legal(tag: int, vr: bytes, header: Header) -> bytes:
    """Return a key's value without padding; empty where there is none that a reader could take."""
    value = header.values.get(tag, b"")
    if vr == b"SQ":
        return _modifiers(value) if tag == _CONTENT else value
    if vr in _WIDTHS:
        return value if len(value) == _WIDTHS[vr] else b""
    value = value.rstrip(b" \0")
    is_legal = _LEGAL.get(vr)
    if is_legal is None:
        return value if len(value) <= _LONGEST else b""
    if vr in _PUNCTUATED:
        value = value.strip().translate(None, _PUNCTUATED[vr])
    return value if is_legal(value) else b""


def _modifiers(content: bytes) -> bytes:
    """Return the items that modify the concept name (PS3.3 F.5.28), the only ones asked for."""
    return b"".join(
        content[item.header : item.after]
        for item in items_of(content)
        if _text_at(content, item, _RELATIONSHIP) == b"HAS CONCEPT MOD"
    )


def _text_at(buffer: bytes, item: Element, tag: int) -> bytes:
    element = find(buffer, item.start, item.end, tag)
    return buffer[element.start : element.end].rstrip(b" \0") if element else b""


def _goes_beyond_ascii(vr: bytes, value: bytes) -> bool:
    if vr == b"SQ":
        return any(needs_character_set(text) for text in _texts(value, items_of(value)))
    return vr in TEXT_VRS and needs_character_set(value)


def _texts(buffer: Buffer, of: Iterator[Element]) -> Iterator[bytes]:
    """Yield every text inside items that needs the record's character set."""
    for item in of:
        for element in walk(buffer, item.start, item.end):
            if element.tag == CHARACTER_SET:
                break  # the item brings its own
            if element.vr == b"SQ":
                yield from _texts(buffer, items(buffer, element))
            elif element.vr in TEXT_VRS:
                yield bytes(buffer[element.start : element.end])


def _invented(key: Key, header: Header) -> bytes:
    """Return a value for a Type 1 key that the instance lacks; for the directory only."""
    for substitute in _SUBSTITUTES.get(key.vr, ()):
        value = _legal(substitute, key.vr, header)
        if value:
            return value
    return _INVENTED_TAG.get(key.tag) or _INVENTED_VR[key.vr]


_LONGEST = 65534
_COUNTED = {STUDY_ID: b"SH", SERIES_NUMBER: b"IS", INSTANCE_NUMBER: b"IS"}
_WIDTHS = {b"US": 2, b"UL": 4}
_PUNCTUATED = {b"DA": b".", b"TM": b":", b"IS": b""}
"""PS3.5 6.2 notes: dates 1993.08.22 and times 10:11:12 of ACR-NEMA, no longer legal."""

# PS3.5 Table 6.2-1
_LEGAL: dict[bytes, Callable[[bytes], object]] = {
    b"IS": re.compile(rb"[+-]?[0-9]{1,11}").fullmatch,
    b"DA": re.compile(rb"[0-9]{8}").fullmatch,
    b"TM": re.compile(rb"[0-9]{2}(?:[0-9]{2}){0,2}(?:(?<=[0-9]{6})\.[0-9]{1,6})?").fullmatch,
    b"DT": re.compile(rb"[0-9]{4,14}(?:\.[0-9]{1,6})?(?:[+-][0-9]{4})?").fullmatch,
    b"UI": re.compile(rb"[0-9]+(?:\.[0-9]+)*").fullmatch,
}
_SUBSTITUTES = {
    b"DA": (0x00080020, 0x00080021, 0x00080022, 0x00080023),
    b"TM": (0x00080030, 0x00080031, 0x00080032, 0x00080033),
}
"""Study, series, acquisition and content date and time, the first that there is."""
_INVENTED_TAG = {
    0x00080060: b"OT",  # Modality
    0x0040A491: b"PARTIAL",  # Completion Flag
    0x0040A493: b"UNVERIFIED",  # Verification Flag
    0x00420012: b"application/octet-stream",  # MIME Type of Encapsulated Document
}
_UNKNOWN_CODE = (
    encode(0x00080100, b"SH", b"UNKNOWN")
    + encode(0x00080102, b"SH", b"99KIOSK")
    + encode(0x00080104, b"LO", b"Unknown")
)
_INVENTED_VR = {
    b"CS": b"UNKNOWN",
    b"DA": b"19000101",
    b"DT": b"19000101000000",
    b"IS": b"1",
    b"LO": b"UNKNOWN",
    b"SH": b"UNKNOWN",
    b"SQ": b"\xfe\xff\x00\xe0" + len(_UNKNOWN_CODE).to_bytes(4, "little") + _UNKNOWN_CODE,
    b"TM": b"000000",
    b"UI": b"2.25.0",
    b"UL": bytes(4),
    b"US": bytes(2),
}
