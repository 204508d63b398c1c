"""Rewriting a data set in Explicit VR Little Endian, level by level."""

import struct
from struct import Struct
from typing import ClassVar

from kiosk.media.elements import (
    DEEPEST,
    ITEM,
    ITEM_END,
    SEQUENCE_END,
    UNDEFINED,
    Buffer,
    Element,
    Malformed,
)

PICTURES = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
"""Float, double float and integer pixel data: at the top level too large to copy without need."""

_LENGTH = Struct("<L")
_ITEM = Struct("<HHL").pack
_LONG = Struct("<HH2sHL").pack
_FIRST = 0x00040000
_DELIMITERS = 0xFFFE
_SPACE_PADDED = frozenset(b"AE AS CS DA DS DT IS LO LT PN SH ST TM UC UR UT".split())


class Level:
    """The data set, or one item of a sequence, while it is being rewritten."""

    __slots__ = ("creators", "depth", "end", "parent", "pixel_representation", "start")

    def __init__(self, start: int, end: int, parent: "Level | None") -> None:
        self.start = start
        self.end = end
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.creators: dict[int, str] = {}
        self.pixel_representation: int | None = None
        if self.depth > DEEPEST:
            raise Malformed("sequences are nested too deep")


class Recoder:
    """What both source encodings share: sequences, items and the cut around the picture.

    Lengths that were undefined stay so; defined ones are counted anew.
    """

    read_item: ClassVar[Struct]
    """Reads group, number and 32-bit length of an item in the source's byte order."""

    def __init__(self, buffer: Buffer) -> None:
        self.buffer = buffer
        self.out = bytearray()
        self.pieces: list[Buffer] = [self.out]
        self.picture: Element | None = None
        self.head = 0
        """Bytes of the first piece that are whole elements."""

    def recode(self, start: int, end: int) -> None:
        """Rewrite a whole data set into ``pieces``.

        Raises
        ------
        Malformed
            If it does not end where its last element ends, or is nested too deep.
        """
        try:
            self.elements(Level(start, end, None), delimited=False)
        except struct.error:
            raise Malformed("ends within an element") from None
        if self.picture is None:
            self.head = len(self.out)

    def elements(self, level: Level, *, delimited: bool) -> int:
        """Rewrite the elements of one level; return the offset after them."""
        raise NotImplementedError

    def sequence(self, tag: int, start: int, stop: int, level: Level) -> int:
        """Rewrite a sequence; `stop` is the end of what holds it if it is delimited (negative)."""
        out = self.out
        delimited = stop < 0
        mark = len(out) + 8
        out += _LONG(tag >> 16, tag & 0xFFFF, b"SQ", 0, UNDEFINED)
        after = self._items(start, level.end if delimited else stop, level, delimited)
        if not delimited:
            _LENGTH.pack_into(out, mark, len(out) - mark - 4)
        return after

    def _items(self, position: int, end: int, level: Level, delimited: bool) -> int:
        out = self.out
        while position < end:
            group, number, length = self.read_item.unpack_from(self.buffer, position)
            tag = group << 16 | number
            position += 8
            if tag == SEQUENCE_END and delimited:
                out += _ITEM(0xFFFE, 0xE0DD, 0)
                return position
            if tag != ITEM or (length != UNDEFINED and position + length > end):
                raise Malformed(f"no whole item at byte {position - 8}")
            position = self._item(position, length, end, level)
        return require_end(position, end, delimited)

    def _item(self, position: int, length: int, end: int, level: Level) -> int:
        out = self.out
        out += _ITEM(0xFFFE, 0xE000, UNDEFINED)
        if length == UNDEFINED:
            position = self.elements(Level(position, end, level), delimited=True)
            out += _ITEM(0xFFFE, 0xE00D, 0)
            return position
        mark = len(out) - 4
        position = self.elements(Level(position, position + length, level), delimited=False)
        _LENGTH.pack_into(out, mark, len(out) - mark - 4)
        return position

    def cut(self, element: Element, value: Buffer) -> None:
        """Let the picture stand as a piece of its own, not copied."""
        out = self.out
        if self.picture is None:
            self.head, self.picture = len(out), element
        size = len(value)
        out += _LONG(element.tag >> 16, element.tag & 0xFFFF, element.vr, 0, size + (size & 1))
        self.out = bytearray(size & 1)
        self.pieces += [value, self.out]


def is_end_of_item(tag: int, delimited: bool, position: int) -> bool:
    """Whether a tag closes the item.

    Raises
    ------
    Malformed
        If it may not stand in a data set.
    """
    if tag == ITEM_END and delimited:
        return True
    if is_foreign(tag):
        raise Malformed(f"no element of a data set at byte {position}")
    return False


def is_foreign(tag: int) -> bool:
    """Whether a tag may not stand in a data set (PS3.5 7.1): groups up to 3, or a delimiter."""
    return tag < _FIRST or tag >> 16 == _DELIMITERS


def require_end(position: int, end: int, delimited: bool) -> int:
    """Return the offset at which a level ended, if it did so where it should."""
    if delimited or position != end:
        raise Malformed("a sequence or item has no end" if delimited else "ends within an element")
    return position


def pad_of(vr: bytes) -> bytes:
    """Return what fills a value of odd length (PS3.5 6.2)."""
    return b" " if vr in _SPACE_PADDED else b"\0"
