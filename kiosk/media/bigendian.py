"""Explicit VR Big Endian rewritten in Explicit VR Little Endian."""

from array import array
from struct import Struct

from kiosk.media.elements import LONG_VRS, SHORT_VRS, UNDEFINED, Element, Malformed
from kiosk.media.recoding import (
    PICTURES,
    Level,
    Recoder,
    is_end_of_item,
    pad_of,
    require_end,
)

_ELEMENT = Struct(">HH2sH")
_LENGTH = Struct(">L")
_PUT_SHORT = Struct("<HH2sH").pack
_PUT_LONG = Struct("<HH2sHL").pack

# PS3.5 7.3: the width of the words of a VR's values, in array's type codes
_WORDS = {
    vr: code
    for code, vrs in {"H": b"US SS OW AT", "I": b"UL SL FL OF OL", "Q": b"FD OD SV UV OV"}.items()
    for vr in vrs.split()
}


class BigEndianRecoder(Recoder):
    """Swaps the bytes of tags, lengths and words."""

    read_item = Struct(">HHL")

    def elements(self, level: Level, *, delimited: bool) -> int:
        """Rewrite one level."""
        end, position = level.end, level.start
        while position < end:
            group, number, vr, length = _ELEMENT.unpack_from(self.buffer, position)
            tag = group << 16 | number
            start = position + 8
            if is_end_of_item(tag, delimited, position):
                return start
            if vr in LONG_VRS:
                (length,) = _LENGTH.unpack_from(self.buffer, start)
                start += 4
            elif vr not in SHORT_VRS:
                raise Malformed(f"no value representation at byte {position}")
            position = self._element(Element(tag, vr, position, start, start + length, 0), level)
        return require_end(position, end, delimited)

    def _element(self, element: Element, level: Level) -> int:
        tag, vr, _, start, stop, _ = element
        is_delimited = stop - start == UNDEFINED
        if not is_delimited and stop > level.end:
            raise Malformed(f"({tag >> 16:04X},{tag & 0xFFFF:04X}) is longer than its holder")
        if vr == b"SQ":
            return self.sequence(tag, start, -1 if is_delimited else stop, level)
        if is_delimited:
            raise Malformed("a value of undefined length in Big Endian")
        if tag & 0xFFFF == 0:  # PS3.5 7.2: retired, and wrong once lengths change
            return stop
        value = swapped(bytes(self.buffer[start:stop]), vr)
        if tag in PICTURES and level.parent is None:
            self.cut(element._replace(after=stop), value)
        else:
            self._put(tag, vr, value)
        return stop

    def _put(self, tag: int, vr: bytes, value: bytes) -> None:
        if len(value) & 1:
            value += pad_of(vr)
        put = _PUT_LONG if vr in LONG_VRS else _PUT_SHORT
        zero = (0,) if vr in LONG_VRS else ()
        self.out += put(tag >> 16, tag & 0xFFFF, vr, *zero, len(value))
        self.out += value


def swapped(value: bytes, vr: bytes) -> bytes:
    """Return a value with the bytes of each word in the other order.

    Raises
    ------
    Malformed
        If it is no whole number of words.
    """
    code = _WORDS.get(vr)
    if code is None:
        return value
    words = array(code)
    try:
        words.frombytes(value)
    except ValueError:
        raise Malformed("a value is no whole number of words") from None
    words.byteswap()
    return words.tobytes()
