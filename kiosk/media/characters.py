"""Text of a data set and the character set that it is written in (PS3.5 6.1)."""

from pydicom.charset import convert_encodings, decode_bytes

TEXT_VRS = frozenset({b"SH", b"LO", b"ST", b"LT", b"PN", b"UC", b"UT"})
"""PS3.5 6.1.2.2: only these are affected by Specific Character Set (0008,0005)."""

_DELIMITERS = {0x0A, 0x0C, 0x0D, 0x5C, 0x5E, 0x3D}
_ESCAPE = b"\x1b"


def needs_character_set(value: bytes) -> bool:
    """Whether text goes beyond ASCII; ISO 2022 does so with an escape and seven bits."""
    return not value.isascii() or _ESCAPE in value


def decode(value: bytes, character_set: bytes) -> str:
    """Return text without its padding; what the character set does not know becomes U+FFFD."""
    if not needs_character_set(value):
        return value.decode("ascii").strip(" \0")
    names = character_set.decode("ascii", "replace").replace("\0", "").split("\\")
    encodings = convert_encodings([name.strip() for name in names])
    return decode_bytes(value, encodings, _DELIMITERS).strip(" \0")
