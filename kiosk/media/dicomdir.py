"""The DICOMDIR: a directory of the file-set's instances, written in linear time (PS3.3 F)."""

import re
import uuid
from collections.abc import Iterator, Sequence
from hashlib import sha256
from struct import Struct

from kiosk.domain.study import InstanceIdentity
from kiosk.errors import BrokenInstance, WrongPatient
from kiosk.media.filemeta import encode, encode_file_meta
from kiosk.media.prepare import Prepared
from kiosk.media.profile import EXPLICIT_LE, Profile, stands_alone
from kiosk.media.records import INSTANCE_NUMBER, SERIES_NUMBER, STUDY_ID, with_number

MEDIA_STORAGE_DIRECTORY = "1.2.840.10008.1.3.10"

_IS_FILE_SET_ID = re.compile(r"[A-Z0-9_]{0,16}").fullmatch
_IS_FILE_ID = re.compile(r"[A-Z0-9_]{1,8}(?:/[A-Z0-9_]{1,8}){0,7}").fullmatch

_ITEM = Struct("<HHL").pack
_LINKS = Struct("<HH2sHL HH2sHH HH2sHL").pack
_LINKS_LENGTH = 12 + 10 + 12
_SEQUENCE = Struct("<HH2sHL").pack


_NOTHING: list["_Record"] = []
"""What stands below each leaf; shared, since there are many."""


class _Record:
    """One directory record and those below it."""

    __slots__ = ("below", "body", "offset", "size")

    def __init__(self, record_type: str, keys: bytes, reference: bytes = b"") -> None:
        self.body = encode(0x00041430, b"CS", record_type.encode()) + reference + keys
        self.below: list[_Record] = _NOTHING if reference else []
        self.size = 8 + _LINKS_LENGTH + len(self.body)
        self.offset = 0


def encode_dicomdir(
    instances: Sequence[tuple[Prepared, str]], file_set_id: str, profile: Profile
) -> bytes:
    """Return the DICOMDIR of a file-set; the same instances give the same bytes.

    Parameters
    ----------
    instances : sequence of (Prepared, str)
        Each instance and where it stands: ``DICOM/ST000001/SE000001/IM000001``.
    file_set_id : str
        PS3.10 8.5: at most 16 of A-Z, 0-9 and _.
    profile : Profile
        Under which the instances were prepared.

    Raises
    ------
    WrongPatient
        If the instances belong to more than one patient.
    BrokenInstance
        If an instance stands there twice.
    ValueError
        If a name is no File ID (PS3.10 8.2), or an instance may not be on this medium.
    """
    if not _IS_FILE_SET_ID(file_set_id):
        raise ValueError("no File-set ID")
    _require_one_patient(instances)
    _require_each_once(instances, profile)
    roots = _tree(instances)
    head = encode_file_meta(
        MEDIA_STORAGE_DIRECTORY, _file_set_uid(instances, file_set_id), EXPLICIT_LE
    )
    return _encode(head, file_set_id, roots)


def _require_one_patient(instances: Sequence[tuple[Prepared, str]]) -> None:
    """IHE RAD-47: one patient on one medium; an empty issuer says nothing, as in the guard."""
    people = [
        prepared.identity
        for prepared, _ in instances
        if not stands_alone(prepared.keys.record_type)
    ]
    if len({person.patient_id for person in people}) > 1:
        raise WrongPatient("PatientID differs on one medium")
    for field in ("issuer", "birth_date"):
        if len({getattr(person, field) for person in people} - {""}) > 1:
            raise WrongPatient(f"{field} differs on one medium")


def _require_each_once(instances: Sequence[tuple[Prepared, str]], profile: Profile) -> None:
    seen: set[str] = set()
    paths: set[str] = set()
    for prepared, path in instances:
        uid = prepared.identity.sop_instance_uid
        if uid in seen:
            raise BrokenInstance(f"{uid}: stands twice on one medium")
        if not prepared.importable or prepared.transfer_syntax_uid not in profile.transfer_syntaxes:
            raise ValueError(f"{uid} may not be in the directory")
        if not _IS_FILE_ID(path) or path in paths:
            raise ValueError(f"{path} is no File ID of its own")
        seen.add(uid)
        paths.add(path)


def _tree(instances: Sequence[tuple[Prepared, str]]) -> list[_Record]:
    """Arrange the records: one for each patient, study and series, in the order given."""
    roots: list[_Record] = []
    known: dict[tuple[str, ...], _Record] = {}
    for prepared, path in instances:
        keys, identity = prepared.keys, prepared.identity
        if stands_alone(keys.record_type):
            siblings = roots
        else:
            siblings = _series(prepared, identity, roots, known).below
        leaf = _numbered(prepared, keys.leaf, INSTANCE_NUMBER, siblings)
        siblings.append(_Record(keys.record_type, leaf, _reference(prepared, path)))
    return roots


def _series(
    prepared: Prepared,
    identity: InstanceIdentity,
    roots: list[_Record],
    known: dict[tuple[str, ...], _Record],
) -> _Record:
    """Return the SERIES record of an instance, made with those above it when it is the first."""
    keys = prepared.keys
    branch = (identity.study_uid, identity.series_uid)
    if branch in known:
        return known[branch]
    if () not in known:
        known[()] = _Record("PATIENT", keys.patient)
        roots.append(known[()])
    if branch[:1] not in known:
        studies = known[()].below
        known[branch[:1]] = _Record("STUDY", _numbered(prepared, keys.study, STUDY_ID, studies))
        studies.append(known[branch[:1]])
    siblings = known[branch[:1]].below
    known[branch] = _Record("SERIES", _numbered(prepared, keys.series, SERIES_NUMBER, siblings))
    siblings.append(known[branch])
    return known[branch]


def _numbered(prepared: Prepared, keys: bytes, tag: int, siblings: list[_Record]) -> bytes:
    """Count a record where its instance brings no number of its own."""
    if tag not in prepared.keys.unnumbered:
        return keys
    return with_number(keys, tag, len(siblings) + 1)


def _reference(prepared: Prepared, path: str) -> bytes:
    return (
        encode(0x00041500, b"CS", path.replace("/", "\\").encode())
        + encode(0x00041510, b"UI", prepared.sop_class_uid.encode())
        + encode(0x00041511, b"UI", prepared.identity.sop_instance_uid.encode())
        + encode(0x00041512, b"UI", prepared.transfer_syntax_uid.encode())
    )


def _encode(head: bytes, file_set_id: str, roots: list[_Record]) -> bytes:
    """Put the records one after another, each below its own, and link them (PS3.3 F.2.2)."""
    named = encode(0x00041130, b"CS", file_set_id.encode())
    # two root offsets, the consistency flag and the sequence's own header stand before
    position = len(head) + len(named) + 12 + 12 + 10 + 12
    first = position
    for record in _in_order(roots):
        record.offset = position
        position += record.size
    return b"".join(
        (
            head,
            named,
            encode(0x00041200, b"UL", _offset(roots[:1])),
            encode(0x00041202, b"UL", _offset(roots[-1:])),
            encode(0x00041212, b"US", bytes(2)),
            _SEQUENCE(0x0004, 0x1220, b"SQ", 0, position - first),
            *_linked(roots),
        )
    )


def _in_order(records: list[_Record]) -> Iterator[_Record]:
    for record in records:
        yield record
        yield from _in_order(record.below)


def _linked(records: list[_Record]) -> Iterator[bytes]:
    """Yield the encoded records of one level, each followed by those below it."""
    following = [record.offset for record in records[1:]] + [0]
    for record, after in zip(records, following, strict=False):
        lower = record.below[0].offset if record.below else 0
        yield _ITEM(0xFFFE, 0xE000, record.size - 8)
        yield _LINKS(
            *(0x0004, 0x1400, b"UL", 4, after),
            *(0x0004, 0x1410, b"US", 2, 0xFFFF),
            *(0x0004, 0x1420, b"UL", 4, lower),
        )
        yield record.body
        yield from _linked(record.below)


def _offset(records: list[_Record]) -> bytes:
    return (records[0].offset if records else 0).to_bytes(4, "little")


def _file_set_uid(instances: Sequence[tuple[Prepared, str]], file_set_id: str) -> str:
    """Derive the File-set UID from what the file-set holds (PS3.5 B.2: UUID derived)."""
    digest = sha256(file_set_id.encode())
    for prepared, path in instances:
        digest.update(f"\n{path} {prepared.identity.sop_instance_uid} {prepared.sha256}".encode())
    return f"2.25.{uuid.UUID(bytes=digest.digest()[:16], version=5).int}"
