"""Writes a data set that came over the wire into a file, byte for byte (PS3.10 7.1)."""

import struct
from pathlib import Path

from pynetdicom import PYNETDICOM_IMPLEMENTATION_UID, PYNETDICOM_IMPLEMENTATION_VERSION

_PREAMBLE = bytes(128) + b"DICM"


def write_part10(
    path: Path, sop_class: str, sop_instance_uid: str, syntax: str, data_set: memoryview
) -> None:
    """Write preamble, file meta information and the data set as it is."""
    with path.open("wb", buffering=0) as file:
        file.write(_PREAMBLE + _meta(sop_class, sop_instance_uid, syntax))
        while data_set:
            data_set = data_set[file.write(data_set) :]


def _meta(sop_class: str, sop_instance_uid: str, syntax: str) -> bytes:
    """Encode group 0002 in Explicit VR Little Endian (PS3.10 7.1).

    By hand, since pydicom spends half a millisecond on it, a fifth of what an instance costs.
    """
    elements = b"".join(
        (
            struct.pack("<HH2sHIH", 2, 0x0001, b"OB", 0, 2, 0x0100),
            _element(0x0002, b"UI", sop_class),
            _element(0x0003, b"UI", sop_instance_uid),
            _element(0x0010, b"UI", syntax),
            _element(0x0012, b"UI", PYNETDICOM_IMPLEMENTATION_UID),
            _element(0x0013, b"SH", PYNETDICOM_IMPLEMENTATION_VERSION),
        )
    )
    return struct.pack("<HH2sHI", 2, 0x0000, b"UL", 4, len(elements)) + elements


def _element(number: int, vr: bytes, value: str) -> bytes:
    encoded = value.encode("ascii")
    if len(encoded) % 2:
        # PS3.5 6.2: UIDs are padded with NULL, text with a space.
        encoded += b"\0" if vr == b"UI" else b" "
    return struct.pack("<HH2sH", 2, number, vr, len(encoded)) + encoded
