"""Implicit VR Little Endian rewritten in Explicit VR Little Endian."""

from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from pydicom.datadict import dictionary_VR, private_dictionary_VR

from kiosk.media.elements import (
    LONG_VRS,
    SHORT_VRS,
    UNDEFINED,
    Element,
    Malformed,
    walk,
)
from kiosk.media.recoding import (
    PICTURES,
    Level,
    Recoder,
    is_end_of_item,
    pad_of,
    require_end,
)

_PAIR = Struct("<LL").unpack_from
_TAG = Struct("<HH").pack
_US = Struct("<H").unpack_from
_PUT_SHORT = Struct("<6sH").pack
_PUT_LONG = Struct("<8sL").pack

_PIXEL_REPRESENTATION = 0x00280103
_LUT_DESCRIPTOR = 0x00283002
_LONGEST_SHORT = 65534
"""PS3.5 6.2.2: what is longer does not fit a 16-bit length and becomes UN."""


class Kind(NamedTuple):
    """What the dictionary says of a tag, ready to be written."""

    tag: int
    vr: bytes
    """Empty where it depends on other elements."""
    prefix: bytes
    """Tag and VR as they are written, if the VR is known and has a 16-bit length; else empty."""
    pad: bytes


class ImplicitRecoder(Recoder):
    """Finds each element's VR in pydicom's dictionaries and writes it."""

    read_item = Struct("<HHL")

    def elements(self, level: Level, *, delimited: bool) -> int:
        """Rewrite one level; the straight path is a plain element with a 16-bit length."""
        buffer, out, end, position = self.buffer, self.out, level.end, level.start
        while position < end:
            raw, length = _PAIR(buffer, position)
            start = position + 8
            stop = start + length
            tag, vr, prefix, pad = kind_of(raw)
            if prefix and length <= _LONGEST_SHORT and stop <= end:
                out += _PUT_SHORT(prefix, length + (length & 1))
                out += buffer[start:stop]
                if length & 1:
                    out += pad
                position = stop
                continue
            if is_end_of_item(tag, delimited, position):
                return start
            if length != UNDEFINED and stop > end:
                raise Malformed(f"({tag >> 16:04X},{tag & 0xFFFF:04X}) is longer than its holder")
            position = self._other(tag, vr, position, length, level)
            out = self.out
        return require_end(position, end, delimited)

    def _other(self, tag: int, vr: bytes, position: int, length: int, level: Level) -> int:
        """Rewrite what is private, ambiguous, long, a sequence or of undefined length."""
        start = position + 8
        if tag & 0xFFFF == 0 and length != UNDEFINED:
            return start + length  # PS3.5 7.2: retired, and wrong once lengths change
        vr = vr or self._resolve(tag, position, length, level)
        if vr == b"SQ":
            return self.sequence(tag, start, -1 if length == UNDEFINED else start + length, level)
        if length == UNDEFINED:
            return self._delimited(tag, position, level)
        stop = start + length
        if tag in PICTURES and level.parent is None:
            picture = Element(tag, vr, position, start, stop, stop)
            self.cut(picture, memoryview(self.buffer)[start:stop])
            return stop
        self._put(tag, vr, bytes(self.buffer[start:stop]))
        return stop

    def _put(self, tag: int, vr: bytes, value: bytes) -> None:
        if len(value) & 1:
            value += pad_of(vr)
        if vr not in LONG_VRS and len(value) > _LONGEST_SHORT:
            vr = b"UN"
        prefix = _prefix(tag, vr)
        if vr in LONG_VRS:
            self.out += _PUT_LONG(prefix + b"\0\0", len(value))
        else:
            self.out += _PUT_SHORT(prefix, len(value))
        self.out += value

    def _delimited(self, tag: int, position: int, level: Level) -> int:
        """Copy items of unknown meaning as UN, Implicit VR inside (PS3.5 6.2.2)."""
        if tag in PICTURES:
            raise Malformed("compressed picture in Implicit VR")
        element = next(walk(self.buffer, position, level.end, implicit=True, depth=level.depth))
        self.out += _PUT_LONG(_prefix(tag, b"UN") + b"\0\0", UNDEFINED)
        self.out += self.buffer[element.start : element.after]
        return element.after

    def _resolve(self, tag: int, position: int, length: int, level: Level) -> bytes:
        """Find a VR that depends on more than the tag."""
        if tag >> 16 & 1:
            return self._private(tag, position, length, level)
        choices = dictionary_VR(tag)
        if choices == "US or SS":
            return b"SS" if self._pixel_representation(level) else b"US"
        if choices == "US or OW":  # PS3.3 C.11.1.1.1: a table of one entry is US
            descriptor = self._number(level, _LUT_DESCRIPTOR)
            return b"US" if descriptor == 1 else b"OW"
        return b"OW"  # PS3.5 A.1: OB or OW is OW in Implicit VR, and may stay so

    def _private(self, tag: int, position: int, length: int, level: Level) -> bytes:
        block = tag >> 8 & 0xFF
        if block == 0:
            if length != UNDEFINED and tag & 0xFF >= 0x10:  # noqa: PLR2004 - PS3.5 7.8.1
                name = bytes(self.buffer[position + 8 : position + 8 + length])
                level.creators[tag & 0xFFFF00FF] = name.decode("latin-1").strip(" \0")
                return b"LO"
            return b"UN"
        creator = level.creators.get(tag & 0xFFFF0000 | block, "")
        return _private_vr(tag, creator)

    def _pixel_representation(self, level: Level) -> int:
        """Return what the nearest level that has one says; without any, unsigned."""
        if level.pixel_representation is None:
            own = self._number(level, _PIXEL_REPRESENTATION)
            if own is None:
                own = self._pixel_representation(level.parent) if level.parent else 0
            level.pixel_representation = own
        return level.pixel_representation

    def _number(self, level: Level, tag: int) -> int | None:
        """Return the first 16-bit value of an element of a level, which may stand further on."""
        for element in walk(self.buffer, level.start, level.end, implicit=True):
            if element.tag >= tag:
                found = element.tag == tag and element.end - element.start >= 2  # noqa: PLR2004
                return int(_US(self.buffer, element.start)[0]) if found else None
        return None


@lru_cache(maxsize=8192)
def kind_of(raw: int) -> Kind:
    """Return what is known of a tag, given as the 32-bit word that it is in the file."""
    tag = (raw & 0xFFFF) << 16 | raw >> 16
    vr = b"" if tag >> 16 & 1 else _public_vr(tag)
    is_plain = tag & 0xFFFF and 0x00040000 <= tag < 0xFFFE0000  # noqa: PLR2004 - PS3.5 7.1
    prefix = _prefix(tag, vr) if is_plain and vr in SHORT_VRS else b""
    return Kind(tag, vr, prefix, pad_of(vr))


def _public_vr(tag: int) -> bytes:
    try:
        vr = dictionary_VR(tag).encode()
    except KeyError:
        return b"UN"
    return b"" if b" or " in vr else vr


@lru_cache(maxsize=8192)
def _private_vr(tag: int, creator: str) -> bytes:
    try:
        vr = private_dictionary_VR(tag, creator).encode()
    except KeyError:
        return b"UN"
    return vr if len(vr) == 2 else b"UN"  # noqa: PLR2004 - "OB or OW" says too little


def _prefix(tag: int, vr: bytes) -> bytes:
    return _TAG(tag >> 16, tag & 0xFFFF) + vr
