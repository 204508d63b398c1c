"""What an archive may send: bounds that hold whichever way it comes."""

import re

from kiosk.errors import BrokenInstance

LARGEST_INSTANCE_BYTES = 2**32 - 1
"""A file on FAT32 or in ISO 9660 level 1 ends below 4 GiB, so a larger one fits no medium."""

# PS3.5 9.1: at most 64 characters, digits and full stops.
_UID = re.compile(r"[0-9.]{1,64}")


def checked_uid(uid: str) -> str:
    """Return a UID that may stand in a URL or a file name.

    Raises
    ------
    BrokenInstance
        If it is no UID; its detail does not repeat what the archive sent.
    """
    if not _UID.fullmatch(uid):
        raise BrokenInstance("the archive names something by a UID that is none")
    return uid
