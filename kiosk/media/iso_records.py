"""Directory records and path tables of ISO 9660, read from their bytes and doubted."""

from collections.abc import Callable, Iterator
from struct import Struct
from typing import NamedTuple

SECTOR = 2048
FOLDER_FLAG = 2
_CLEAR_FLAGS = 0b10011100
"""Associated, record format, protection and multi-extent: none may be set (PS3.12 F.1.2.2)."""

_RECORD = Struct("<BBL4sL4s7sBBBH2sB")
_PATH_ENTRY = {"little": Struct("<BBLH"), "big": Struct(">BBLH")}

Doubt = Callable[[str], None]
"""Called with a sentence about whatever is not as it should be."""


class Record(NamedTuple):
    """One directory record (ECMA-119 9.1)."""

    identifier: bytes
    extent: int
    """First sector of the content."""
    length: int
    """Bytes of the content."""
    is_folder: bool
    system_use: bytes


class PathEntry(NamedTuple):
    """One record of a path table (ECMA-119 9.4)."""

    identifier: bytes
    extent: int
    parent: int
    """Number of the parent's record, from 1."""


def read_records(content: bytes, where: str, doubt: Doubt) -> Iterator[Record]:
    """Yield the records of one directory extent, sector by sector."""
    for sector in range(0, len(content), SECTOR):
        position, end = sector, min(sector + SECTOR, len(content))
        while position < end and content[position]:
            length = content[position]
            if position + length > end or length < _RECORD.size:
                doubt(f"{where}: a directory record does not fit its sector")
                break
            record = read_record(content[position : position + length], where, doubt)
            if record is not None:
                yield record
            position += length
        if any(content[position:end]):
            doubt(f"{where}: bytes stand after the last directory record")


def read_record(raw: bytes, where: str, doubt: Doubt) -> Record | None:
    """Read one directory record, or say why it is none."""
    fields = _RECORD.unpack_from(raw)
    _, xar, extent, extent_be, length, length_be, _, flags, unit, gap, volume, _, name_length = (
        fields
    )
    name_end = _RECORD.size + name_length
    if not name_length or name_end > len(raw):
        doubt(f"{where}: a directory record has no name that fits it")
        return None
    if int.from_bytes(extent_be, "big") != extent or int.from_bytes(length_be, "big") != length:
        doubt(f"{where}: a directory record differs between its byte orders")
    if xar or unit or gap or flags & _CLEAR_FLAGS or volume != 1:
        doubt(f"{where}: a directory record has attributes that the profile does not allow")
    # The name is padded to an even offset.
    return Record(
        raw[_RECORD.size : name_end],
        extent,
        length,
        bool(flags & FOLDER_FLAG),
        raw[name_end + (name_length + 1) % 2 :],
    )


def read_path_table(content: bytes, order: str, doubt: Doubt) -> list[PathEntry]:
    """Read a path table in one byte order."""
    entries = []
    position, layout = 0, _PATH_ENTRY[order]
    while position < len(content):
        if position + layout.size > len(content):
            doubt(f"the {order}-endian path table ends within a record")
            break
        name_length, _, extent, parent = layout.unpack_from(content, position)
        start = position + layout.size
        position = start + name_length + name_length % 2
        if not name_length or position > len(content):
            doubt(f"the {order}-endian path table has a record that does not fit")
            break
        entries.append(PathEntry(content[start : start + name_length], extent, parent))
    return entries


def rock_ridge_name(system_use: bytes, read_more: Callable[[int, int, int], bytes]) -> str | None:
    """Return the alternate name of a record (RRIP 4.1.4), or None if it has none.

    Parameters
    ----------
    system_use : bytes
        The record's System Use area.
    read_more : callable
        Reads a continuation area, given its sector, offset and length.
    """
    name = b""
    found = False
    for signature, value in _system_use_entries(system_use, read_more):
        if signature == b"NM" and value:
            name += value[1:]
            found = True
    return name.decode("utf-8", "replace") if found else None


def is_plain(system_use: bytes, read_more: Callable[[int, int, int], bytes]) -> bool:
    """Whether a record is a file or folder itself: no symbolic link, nothing relocated."""
    odd = {b"SL", b"CL", b"PL", b"RE", b"PN"}
    return all(name not in odd for name, _ in _system_use_entries(system_use, read_more))


_MOST_CONTINUATIONS = 8


def _system_use_entries(
    area: bytes, read_more: Callable[[int, int, int], bytes]
) -> Iterator[tuple[bytes, bytes]]:
    """Yield signature and value of each entry, through at most a few continuation areas."""
    for _ in range(_MOST_CONTINUATIONS):
        more = None
        position = 0
        while position + 4 <= len(area):
            signature, length = area[position : position + 2], area[position + 2]
            if length < 4 or position + length > len(area):  # noqa: PLR2004 - SUSP 4.1: the header's size
                break
            value = area[position + 4 : position + length]
            if signature == b"CE" and len(value) >= 24:  # noqa: PLR2004 - SUSP 5.1: three numbers, both-endian
                more = tuple(int.from_bytes(value[at : at + 4], "little") for at in (0, 8, 16))
            else:
                yield signature, value
            position += length
        if more is None:
            return
        area = read_more(*more)
