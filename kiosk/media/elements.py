"""The walk over an encoded data set: where each element stands, checked against its bounds."""

import struct
from collections.abc import Iterator
from mmap import mmap
from struct import Struct
from typing import NamedTuple

Buffer = bytes | bytearray | memoryview | mmap

UNDEFINED = 0xFFFFFFFF
ITEM = 0xFFFEE000
ITEM_END = 0xFFFEE00D
SEQUENCE_END = 0xFFFEE0DD

DEEPEST = 64
"""Levels of sequences followed; the standard's deepest documents stay below twenty."""

SHORT_VRS = frozenset((b"AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US").split())
"""PS3.5 7.1.2: these have a 16-bit length, every other VR two reserved bytes and 32 bits."""
LONG_VRS = frozenset((b"OB OD OF OL OV OW SQ SV UC UN UR UT UV").split())

_EXPLICIT = Struct("<HH2sH").unpack_from
_IMPLICIT = Struct("<HHL").unpack_from
_LENGTH = Struct("<L").unpack_from


class Malformed(ValueError):
    """The bytes are no whole data set."""


class Element(NamedTuple):
    """Where one element, or one item of a sequence, stands in the buffer."""

    tag: int
    """``0xGGGGEEEE``."""
    vr: bytes
    """Two letters; empty where the encoding has none (implicit VR, items)."""
    header: int
    """Offset of the tag."""
    start: int
    """Offset of the value."""
    end: int
    """Offset after the value; of the delimiter where the length is undefined."""
    after: int
    """Offset of what follows: ``end``, or 8 bytes on where a delimiter closes the value."""

    @property
    def is_delimited(self) -> bool:
        """Whether the length is undefined and a delimiter closes the value."""
        return self.after != self.end

    @property
    def holds_items(self) -> bool:
        """Whether the value is a sequence of items (PS3.5 6.2.2: UN of undefined length too)."""
        return self.vr == b"SQ" or self.is_delimited


def walk(
    buffer: Buffer, start: int, end: int, *, implicit: bool = False, depth: int = 0
) -> Iterator[Element]:
    """Yield the elements of one level, Little Endian, in the order in which they stand.

    Sequences are stepped over; :func:`items` and another walk look inside.

    Raises
    ------
    Malformed
        On anything that does not fit between `start` and `end`.
    """
    position = start
    while position < end:
        element = _element(buffer, position, end, implicit, depth)
        yield element
        position = element.after


def items(
    buffer: Buffer, sequence: Element, *, implicit: bool = False, depth: int = 0
) -> Iterator[Element]:
    """Yield the items of a sequence, or the fragments of encapsulated pixel data.

    Inside a UN of undefined length everything is Implicit VR (PS3.5 6.2.2), which the walk over
    an item must be told.

    Raises
    ------
    Malformed
        If what stands there are no items.
    """
    inside_implicit = implicit or sequence.vr == b"UN"
    position = sequence.start
    while position < sequence.end:
        item = _item(buffer, position, sequence.end, inside_implicit, depth)
        if item.tag != ITEM:
            raise Malformed(f"no item at byte {position}")
        yield item
        position = item.after


def find(
    buffer: Buffer, start: int, end: int, tag: int, *, implicit: bool = False
) -> Element | None:
    """Return the first element of one level that has a tag, or None."""
    for element in walk(buffer, start, end, implicit=implicit):
        if element.tag == tag:
            return element
    return None


def _element(buffer: Buffer, position: int, end: int, implicit: bool, depth: int) -> Element:
    """Read one element's header and find where its value ends."""
    try:
        if implicit:
            group, number, length = _IMPLICIT(buffer, position)
            vr, start = b"", position + 8
        else:
            group, number, vr, length = _EXPLICIT(buffer, position)
            start = position + 8
            if vr not in SHORT_VRS:
                _require_long(vr, position)
                (length,) = _LENGTH(buffer, start)
                start += 4
    except struct.error:
        raise Malformed(f"ends within an element at byte {position}") from None
    tag = group << 16 | number
    if length == UNDEFINED:
        stop = _end_of_items(buffer, start, end, implicit or vr == b"UN", depth + 1)
        return Element(tag, vr, position, start, stop, stop + 8)
    stop = start + length
    if stop > end:
        raise Malformed(f"({group:04X},{number:04X}) is longer than what holds it")
    return Element(tag, vr, position, start, stop, stop)


def _require_long(vr: bytes, position: int) -> None:
    if vr not in LONG_VRS:
        raise Malformed(f"no value representation at byte {position}")


def _item(buffer: Buffer, position: int, end: int, implicit: bool, depth: int) -> Element:
    """Read an item, or the delimiter that ends the sequence."""
    try:
        group, number, length = _IMPLICIT(buffer, position)
    except struct.error:
        raise Malformed(f"ends within an item at byte {position}") from None
    tag = group << 16 | number
    start = position + 8
    if tag == ITEM and length == UNDEFINED:
        stop = _end_of_item(buffer, start, end, implicit, depth)
        return Element(tag, b"", position, start, stop, stop + 8)
    if tag not in {ITEM, SEQUENCE_END} or start + length > end:
        raise Malformed(f"no whole item at byte {position}")
    return Element(tag, b"", position, start, start + length, start + length)


def _end_of_items(buffer: Buffer, position: int, end: int, implicit: bool, depth: int) -> int:
    """Return the offset of the delimiter of a sequence of undefined length."""
    if depth > DEEPEST:
        raise Malformed("sequences are nested too deep")
    while position < end:
        item = _item(buffer, position, end, implicit, depth)
        if item.tag == SEQUENCE_END:
            return position
        position = item.after
    raise Malformed("a sequence has no end")


def _end_of_item(buffer: Buffer, position: int, end: int, implicit: bool, depth: int) -> int:
    """Return the offset of the delimiter of an item of undefined length."""
    while position + 8 <= end:
        group, number, _ = _IMPLICIT(buffer, position)
        if group << 16 | number == ITEM_END:
            return position
        position = _element(buffer, position, end, implicit, depth).after
    raise Malformed("an item has no end")
