"""What an instance says of itself: identity, directory keys and where its picture stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kiosk.domain.study import InstanceIdentity
from kiosk.errors import BrokenInstance
from kiosk.media.characters import decode
from kiosk.media.elements import Buffer, Element, Malformed, find, items, walk
from kiosk.media.encoding import ExplicitForm, explicit_form
from kiosk.media.filemeta import FileMeta, read_file_meta
from kiosk.media.profile import all_tags, record_type, sequence_tags, stands_alone
from kiosk.media.recoding import PICTURES, is_foreign

CHARACTER_SET = 0x00080005
SOP_CLASS_UID = 0x00080016
SOP_INSTANCE_UID = 0x00080018
PATIENT_ID = 0x00100020
ISSUER = 0x00100021
BIRTH_DATE = 0x00100030
STUDY_UID = 0x0020000D
SERIES_UID = 0x0020000E
ROWS = 0x00280010
BITS_ALLOCATED = 0x00280100
_IDENTITY = frozenset(
    {CHARACTER_SET, SOP_CLASS_UID, SOP_INSTANCE_UID, PATIENT_ID, ISSUER, BIRTH_DATE}
    | {STUDY_UID, SERIES_UID}
)
_PROVIDER = 0x00287FE0
_PICTURE_KEYS = frozenset(
    {0x00080008, 0x00280002, 0x00280004, 0x00280006, 0x00280008, ROWS, 0x00280011}
    | {BITS_ALLOCATED, 0x00280101, 0x00280103, 0x00282110, _PROVIDER}
)
_DATES = frozenset({0x00080020, 0x00080021, 0x00080022, 0x00080023})
_TIMES = frozenset({0x00080030, 0x00080031, 0x00080032, 0x00080033})
_SHARED_GROUPS = 0x52009229
_SHARED = {
    0x00209113: 0x00200032,  # Plane Position: Image Position (Patient)
    0x00209116: 0x00200037,  # Plane Orientation: Image Orientation (Patient)
    0x00289110: 0x00280030,  # Pixel Measures: Pixel Spacing
}
"""Functional groups and the key that PS3.11 Table H.3-2 asks for from inside of each."""

is_uid = re.compile(r"(?=.{1,64}\Z)[0-9]+(?:\.[0-9]+)*").fullmatch


@dataclass(frozen=True, slots=True)
class Header:
    """An instance's own description, read without its picture."""

    meta: FileMeta
    identity: InstanceIdentity
    sop_class_uid: str
    values: Mapping[int, bytes]
    """Raw values by tag, Little Endian; sequences as Explicit VR items. What a directory record,
    the guard or a decoder needs, no more."""
    picture: Element | None
    """Where the (first) picture stands in the buffer, or in the data set once it is inflated."""

    def text(self, tag: int) -> str:
        """Return a value as text, empty where the instance has none."""
        return decode(self.values.get(tag, b""), self.values.get(CHARACTER_SET, b""))


def read_header(buffer: Buffer) -> Header:
    """Read the header of a whole DICOM file in any transfer syntax.

    Raises
    ------
    BrokenInstance
        If it is none, is cut short, or does not say whose it is.
    """
    return read_instance(buffer)[0]


def read_instance(buffer: Buffer) -> tuple[Header, ExplicitForm]:
    """Read a file's header together with its data set in Explicit VR Little Endian.

    Raises
    ------
    BrokenInstance
        As :func:`read_header`.
    """
    values: dict[int, bytes] = {}
    meta = None
    try:
        meta = read_file_meta(buffer)
        form = explicit_form(buffer, meta)
        picture = _gather(form, values)
        _unfold_shared_groups(values)
        header = Header(
            meta=meta,
            identity=_identity(values),
            sop_class_uid=_uid(values, SOP_CLASS_UID),
            values=values,
            picture=form.picture or picture,
        )
        _require_identity(header)
        _require_picture(header)
    except Malformed as wrong:
        raise BrokenInstance(_named(values, meta, str(wrong))) from None
    return header, form


def _gather(form: ExplicitForm, values: dict[int, bytes]) -> Element | None:
    """Collect the wanted values; return the element that holds the picture."""
    wanted, sequences = _wanted(), sequence_tags()
    buffer = form.elements
    picture = None
    for element in walk(buffer, form.start, form.end):
        tag = element.tag
        if tag in wanted:
            if tag in values:
                raise Malformed(f"({tag >> 16:04X},{tag & 0xFFFF:04X}) stands twice")
            if (element.vr == b"SQ") == (tag in sequences):
                values[tag] = bytes(buffer[element.start : element.end])
        elif tag in PICTURES:
            picture = picture or element
        elif is_foreign(tag):
            raise Malformed(f"no element of a data set at byte {element.header}")
    return picture


def _unfold_shared_groups(values: dict[int, bytes]) -> None:
    """Bring position, orientation and spacing of an enhanced instance to the top level."""
    shared = values.pop(_SHARED_GROUPS, None)
    if not shared:
        return
    for item in items_of(shared):
        for group in walk(shared, item.start, item.end):
            tag = _SHARED.get(group.tag)
            if tag and tag not in values and group.vr == b"SQ":
                value = _first_value(shared, group, tag)
                if value:
                    values[tag] = value


def _first_value(buffer: bytes, sequence: Element, tag: int) -> bytes:
    for item in items(buffer, sequence):
        element = find(buffer, item.start, item.end, tag)
        if element:
            return buffer[element.start : element.end]
    return b""


def items_of(value: bytes) -> Iterator[Element]:
    """Yield the items in a sequence's value as kept in ``Header.values``."""
    return items(value, Element(0, b"SQ", 0, 0, len(value), len(value)))


def _identity(values: Mapping[int, bytes]) -> InstanceIdentity:
    character_set = values.get(CHARACTER_SET, b"")
    return InstanceIdentity(
        study_uid=_uid(values, STUDY_UID),
        series_uid=_uid(values, SERIES_UID),
        sop_instance_uid=_uid(values, SOP_INSTANCE_UID),
        patient_id=decode(values.get(PATIENT_ID, b""), character_set),
        issuer=decode(values.get(ISSUER, b""), character_set),
        birth_date=values.get(BIRTH_DATE, b"").decode("ascii", "replace").strip(" \0"),
    )


def _uid(values: Mapping[int, bytes], tag: int) -> str:
    return values.get(tag, b"").decode("ascii", "replace").rstrip(" \0")


def _require_identity(header: Header) -> None:
    """PS3.5 9.1: UIDs of digits and dots, at most 64 of them, name files and records safely."""
    identity = header.identity
    required = {
        "TransferSyntaxUID": header.meta.transfer_syntax_uid,
        "SOPClassUID": header.sop_class_uid,
        "SOPInstanceUID": identity.sop_instance_uid,
    }
    if not stands_alone(record_type(header.sop_class_uid)):
        required["StudyInstanceUID"] = identity.study_uid
        required["SeriesInstanceUID"] = identity.series_uid
    for keyword, uid in required.items():
        if not is_uid(uid):
            raise Malformed(f"{keyword} is missing or no UID")


def _require_picture(header: Header) -> None:
    """PS3.3 C.7.6.3: whoever describes pixels has some, or says where they are."""
    described = {ROWS, BITS_ALLOCATED} <= header.values.keys()
    if described and header.picture is None and _PROVIDER not in header.values:
        raise Malformed("the picture is missing")


def _named(values: Mapping[int, bytes], meta: FileMeta | None, wrong: str) -> str:
    """Say which instance is broken, as far as it says so itself."""
    uid = _uid(values, SOP_INSTANCE_UID) or (meta.sop_instance_uid if meta else "")
    return f"{uid}: {wrong}" if is_uid(uid) else wrong


@cache
def _wanted() -> frozenset[int]:
    return all_tags() | _IDENTITY | _PICTURE_KEYS | _DATES | _TIMES | {_SHARED_GROUPS}
