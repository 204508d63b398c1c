"""Reads a DICOMDIR into its records and doubts every offset (PS3.10 8, PS3.3 F)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from kiosk.media.elements import Element, Malformed, items, walk
from kiosk.media.filemeta import FileMeta, read_file_meta
from kiosk.media.findings import Findings
from kiosk.media.header import CHARACTER_SET
from kiosk.media.profile import (
    EXPLICIT_LE,
    RECORD_TYPES,
    Profile,
    keys,
    record_type,
    stands_alone,
)

SOP_CLASS = "1.2.840.10008.1.3.10"
LONGEST = 512 << 20

_FILE_SET_ID = 0x00041130
_FIRST_ROOT, _LAST_ROOT = 0x00041200, 0x00041202
_CONSISTENCY = 0x00041212
_RECORDS = 0x00041220
_NEXT, _IN_USE, _LOWER = 0x00041400, 0x00041410, 0x00041420
_TYPE = 0x00041430
FILE_ID, SOP_CLASS_KEY, SOP_INSTANCE_KEY, SYNTAX_KEY = (
    0x00041500,
    0x00041510,
    0x00041511,
    0x00041512,
)
_KNOWN = {_FILE_SET_ID, 0x00041141, 0x00041142, _FIRST_ROOT, _LAST_ROOT, _CONSISTENCY, _RECORDS}
_ABOVE = {"PATIENT": "", "STUDY": "PATIENT", "SERIES": "STUDY"}


@dataclass(frozen=True, slots=True)
class DirectoryRecord:
    """One record and where it stands."""

    offset: int
    type: str
    values: Mapping[int, bytes]
    following: int
    lower: int

    def text(self, tag: int) -> str:
        """Return a value without padding."""
        return self.values.get(tag, b"").decode("ascii", "replace").rstrip(" \0")

    @property
    def path(self) -> str:
        """The file that the record points to, empty if none."""
        return self.text(FILE_ID).replace("\\", "/")


@dataclass(frozen=True, slots=True)
class Reference:
    """A file that the directory lists, with the records above it, topmost first."""

    record: DirectoryRecord
    above: tuple[DirectoryRecord, ...]


@dataclass(slots=True)
class Directory:
    """What a DICOMDIR says."""

    file_set_id: str = ""
    references: dict[str, Reference] = field(default_factory=dict)
    """Every listed file by its path on the medium."""
    records: int = 0
    form: Findings = field(default_factory=Findings)
    tree: Findings = field(default_factory=Findings)
    repeated: Findings = field(default_factory=Findings)
    """Files that two records point to."""


def read_directory(buffer: bytes) -> Directory:
    """Read a DICOMDIR; whatever is wrong with it becomes a finding."""
    directory = Directory()
    try:
        meta = read_file_meta(buffer)
        _check_meta(meta, directory.form)
        top = {element.tag: element for element in walk(buffer, meta.data_set, len(buffer))}
        _check_top(buffer, top, directory)
        records = {
            record.offset: record for record in _records(buffer, top[_RECORDS], directory.form)
        }
    except (Malformed, KeyError) as wrong:
        directory.form.add(f"DICOMDIR: {wrong}")
        return directory
    directory.records = len(records)
    first, last = (_number(buffer, top.get(tag)) for tag in (_FIRST_ROOT, _LAST_ROOT))
    _Walk(directory, records).from_root(first, last)
    return directory


def _check_meta(meta: FileMeta, form: Findings) -> None:
    if meta.sop_class_uid != SOP_CLASS:
        form.add("DICOMDIR is not of the Media Storage Directory SOP class")
    if meta.transfer_syntax_uid != EXPLICIT_LE:
        form.add("DICOMDIR is not in Explicit VR Little Endian")
    if not meta.is_blank:
        form.add("DICOMDIR has a preamble that is not zero")
    if not meta.is_complete or not meta.sop_instance_uid:
        form.add("DICOMDIR has no complete file meta information")


def _check_top(buffer: bytes, top: Mapping[int, Element], directory: Directory) -> None:
    """PS3.3 F.3.2.1 and F.3.2.2: what stands before the records."""
    for tag in (_FIRST_ROOT, _LAST_ROOT, _CONSISTENCY, _RECORDS):
        if tag not in top:
            raise Malformed(f"({tag >> 16:04X},{tag & 0xFFFF:04X}) is missing")
    if _FILE_SET_ID not in top:
        directory.form.add("DICOMDIR has no File-set ID")
    else:
        named = top[_FILE_SET_ID]
        directory.file_set_id = _ascii(buffer[named.start : named.end])
    if _number(buffer, top[_CONSISTENCY]) != 0:
        directory.form.add("DICOMDIR says of itself that it is inconsistent")
    for tag in top.keys() - _KNOWN:
        directory.form.add(f"DICOMDIR has the element ({tag >> 16:04X},{tag & 0xFFFF:04X})")
    if list(top) != sorted(top):
        directory.form.add("DICOMDIR's elements are not in order")


def _records(buffer: bytes, sequence: Element, form: Findings) -> Iterator[DirectoryRecord]:
    expected = _vrs()
    for item in items(buffer, sequence):
        values: dict[int, bytes] = {}
        last = 0
        for element in walk(buffer, item.start, item.end):
            if element.tag <= last:
                raise Malformed(f"the record at byte {item.header} is not in the order of its tags")
            if element.vr != expected.get(element.tag, element.vr):
                form.add(f"the record at byte {item.header} has a wrong value representation")
            last = element.tag
            values[last] = buffer[element.start : element.end]
        yield DirectoryRecord(
            offset=item.header,
            type=_ascii(values.get(_TYPE, b"")),
            values=values,
            following=int.from_bytes(values.get(_NEXT, b"\xff"), "little"),
            lower=int.from_bytes(values.get(_LOWER, b"\xff"), "little"),
        )


@cache
def _vrs() -> Mapping[int, bytes]:
    """Return the value representation of every key that a record may need (PS3.6)."""
    links = {_NEXT: b"UL", _IN_USE: b"US", _LOWER: b"UL", _TYPE: b"CS", FILE_ID: b"CS"}
    references = dict.fromkeys((SOP_CLASS_KEY, SOP_INSTANCE_KEY, SYNTAX_KEY), b"UI")
    return (
        links
        | references
        | {CHARACTER_SET: b"CS"}
        | {
            key.tag: key.vr
            for profile in Profile
            for kind in RECORD_TYPES
            for key in keys(kind, profile)
        }
    )


class _Walk:
    """Follows every offset from the root, once."""

    def __init__(self, directory: Directory, records: Mapping[int, DirectoryRecord]) -> None:
        self._directory = directory
        self._doubt = directory.tree.add
        self._records = records
        self._reached: set[int] = set()

    def from_root(self, first: int, last: int) -> None:
        """Walk all levels; then every record must have been reached."""
        waiting: list[tuple[int, tuple[DirectoryRecord, ...]]] = [(first, ())]
        while waiting:
            offset, above = waiting.pop()
            level = list(self._level(offset))
            if not above and (level[-1].offset if level else 0) != last:
                self._doubt("the offset of the last root record is wrong")
            for record in level:
                self._place(record, above)
            # The last one waits longest: the order of the directory.
            waiting += [(each.lower, (*above, each)) for each in reversed(level) if each.lower]
        for lost in self._records.keys() - self._reached:
            self._doubt(f"the record at byte {lost} cannot be reached")

    def _level(self, offset: int) -> Iterator[DirectoryRecord]:
        while offset:
            record = self._records.get(offset)
            if record is None:
                self._doubt(f"an offset points to byte {offset}, where no record begins")
                return
            if offset in self._reached:
                self._doubt(f"two offsets point to the record at byte {offset}")
                return
            self._reached.add(offset)
            yield record
            offset = record.following

    def _place(self, record: DirectoryRecord, above: tuple[DirectoryRecord, ...]) -> None:
        where = f"the record at byte {record.offset}"
        # PS3.3 F.3.2.2: in use is FFFFH, inactive records are retired.
        if record.values.get(_IN_USE) != b"\xff\xff":
            self._doubt(f"{where} is not in use")
        if not _stands_right(record.type, above):
            self._doubt(f"{where} stands at the wrong place: {record.type}")
        if record.type in _ABOVE:
            if not record.lower:
                self._doubt(f"{where} has nothing below it")
            return
        if record.lower:
            self._doubt(f"{where} has records below it")
        if record.type != record_type(record.text(SOP_CLASS_KEY)):
            self._doubt(f"{where} is of another type than its SOP class asks for")
        if record.path in self._directory.references:
            self._directory.repeated.add(f"{record.path} is listed twice")
        self._directory.references[record.path] = Reference(record, above)


def _stands_right(kind: str, above: tuple[DirectoryRecord, ...]) -> bool:
    """PS3.3 F.4: which record stands below which."""
    parent = above[-1].type if above else ""
    if kind in _ABOVE:
        return parent == _ABOVE[kind]
    return parent == ("" if stands_alone(kind) else "SERIES")


def _number(buffer: bytes, element: Element | None) -> int:
    return int.from_bytes(buffer[element.start : element.end], "little") if element else 0


def _ascii(value: bytes) -> str:
    return value.decode("ascii", "replace").rstrip(" \0")
