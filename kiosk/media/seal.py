"""The checksum that an image carries of itself: where it stands and how it reads.

The application-use area of the Primary Volume Descriptor (ECMA-119 8.4.32: "reserved for
application use") holds ``SHA256=`` and 64 hexadecimal digits, padded with spaces: the SHA-256
of the whole image with that area blank. Reading back what was sealed finds a changed byte
anywhere, in padding, dates and path tables as well as in files.
"""

import re

SEAL_AT = 16 * 2048 + 883
"""Offset of the application-use area: byte position 884 of sector 16."""
SEAL_LENGTH = 512
BLANK = b" " * SEAL_LENGTH
_STATED = re.compile(rb"SHA256=([0-9a-f]{64}) *")


def seal_text(sha256: str) -> bytes:
    """Return the area's content for a checksum."""
    return f"SHA256={sha256}".encode("ascii").ljust(SEAL_LENGTH)


def read_seal(area: bytes) -> str | None:
    """Return the checksum that an area states, or None if it states none in this form."""
    stated = _STATED.fullmatch(area)
    return stated[1].decode("ascii") if stated else None
