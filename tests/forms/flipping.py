"""Changes single bits of sealed files, and finds the seal within them."""

import re
from collections.abc import Iterable

CONTENTS = re.compile(rb"<([0-9A-F]{4000,})>")


def flipped(pdf: bytes, place: int, bit: int = 0x01) -> bytes:
    """Return a file with one bit changed."""
    changed = bytearray(pdf)
    changed[place] ^= bit
    return bytes(changed)


def seal_of(pdf: bytes) -> bytes:
    """Return the seal as it stands in the file, in hexadecimal digits."""
    (contents,) = CONTENTS.findall(pdf)
    return contents


def every_bit(places: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Return each bit of some bytes, as the place of its byte and the bit."""
    return ((place, 1 << number) for place in places for number in range(8))
