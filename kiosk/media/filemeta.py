"""The head of a DICOM file: preamble, prefix and File Meta Information (PS3.10 section 7.1)."""

from dataclasses import dataclass
from struct import Struct

from kiosk.media.elements import LONG_VRS, Buffer, Malformed, walk

IMPLEMENTATION_CLASS_UID = "2.25.233457071246893019385146240372918234117"
IMPLEMENTATION_VERSION_NAME = "RELEASE_KIOSK_1"

PREAMBLE = bytes(128)
"""PS3.10 7.5: whatever stood there could be a program; zeroed it is harmless."""
PREFIX = b"DICM"
START = len(PREAMBLE) + len(PREFIX)

_GROUP = Struct("<H").unpack_from
_SHORT = Struct("<HH2sH").pack
_LONG = Struct("<HH2sHL").pack

_LENGTH = 0x00020000
_VERSION = 0x00020001
_SOP_CLASS = 0x00020002
_SOP_INSTANCE = 0x00020003
_TRANSFER_SYNTAX = 0x00020010
_IMPLEMENTATION = 0x00020012
_REQUIRED = {_LENGTH, _VERSION, _SOP_CLASS, _SOP_INSTANCE, _TRANSFER_SYNTAX, _IMPLEMENTATION}


@dataclass(frozen=True, slots=True)
class FileMeta:
    """What the file meta group says, and where the data set begins."""

    sop_class_uid: str
    sop_instance_uid: str
    transfer_syntax_uid: str
    is_blank: bool
    """The preamble is 128 times 00H."""
    is_complete: bool
    """Every Type 1 element is there and the group's length is right."""
    data_set: int
    """Offset of the data set."""


def read_file_meta(buffer: Buffer) -> FileMeta:
    """Read the head of a file.

    Raises
    ------
    Malformed
        If it is no DICOM file, or names no transfer syntax.
    """
    if bytes(buffer[len(PREAMBLE) : START]) != PREFIX:
        raise Malformed("no DICM at byte 128")
    size = len(buffer)
    end = START
    values: dict[int, bytes] = {}
    for element in walk(buffer, START, size):
        if element.tag >> 16 != 2:  # noqa: PLR2004 - the group of file meta
            break
        values[element.tag] = bytes(buffer[element.start : element.end])
        end = element.after
        if end + 2 > size or _GROUP(buffer, end)[0] != 2:  # noqa: PLR2004 - the data set begins
            break
    return FileMeta(
        sop_class_uid=_uid(values, _SOP_CLASS),
        sop_instance_uid=_uid(values, _SOP_INSTANCE),
        transfer_syntax_uid=_uid(values, _TRANSFER_SYNTAX) or _missing_transfer_syntax(),
        is_blank=bytes(buffer[: len(PREAMBLE)]) == PREAMBLE,
        is_complete=values.keys() >= _REQUIRED
        and int.from_bytes(values[_LENGTH], "little") == end - START - 12,
        data_set=end,
    )


def encode_file_meta(sop_class_uid: str, sop_instance_uid: str, transfer_syntax_uid: str) -> bytes:
    """Return preamble, prefix and File Meta Information of a file that this kiosk writes."""
    group = b"".join(
        (
            encode(_VERSION, b"OB", b"\x00\x01"),
            encode(_SOP_CLASS, b"UI", sop_class_uid.encode()),
            encode(_SOP_INSTANCE, b"UI", sop_instance_uid.encode()),
            encode(_TRANSFER_SYNTAX, b"UI", transfer_syntax_uid.encode()),
            encode(_IMPLEMENTATION, b"UI", IMPLEMENTATION_CLASS_UID.encode()),
            encode(0x00020013, b"SH", IMPLEMENTATION_VERSION_NAME.encode()),
        )
    )
    length = encode(_LENGTH, b"UL", len(group).to_bytes(4, "little"))
    return PREAMBLE + PREFIX + length + group


def encode(tag: int, vr: bytes, value: bytes) -> bytes:
    """Return one element in Explicit VR Little Endian, padded to even length (PS3.5 6.2)."""
    if len(value) & 1:
        value += b"\x00" if vr in {b"UI", b"OB", b"UN"} else b" "
    if vr in LONG_VRS:
        return _LONG(tag >> 16, tag & 0xFFFF, vr, 0, len(value)) + value
    return _SHORT(tag >> 16, tag & 0xFFFF, vr, len(value)) + value


def _uid(values: dict[int, bytes], tag: int) -> str:
    return values.get(tag, b"").decode("ascii", "replace").rstrip("\0 ")


def _missing_transfer_syntax() -> str:
    raise Malformed("(0002,0010) is missing")
