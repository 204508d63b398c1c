"""The media profiles: transfer syntaxes allowed and keys asked of each directory record."""

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from kiosk.media.record_table import ALONE, BASE, BY_CLASS, BY_FAMILY, CD, DVD, STORAGE

EXPLICIT_LE = "1.2.840.10008.1.2.1"
IMPLICIT_LE = "1.2.840.10008.1.2"
DEFLATED_LE = "1.2.840.10008.1.2.1.99"
EXPLICIT_BE = "1.2.840.10008.1.2.2"
JPEG_BASELINE = "1.2.840.10008.1.2.4.50"
JPEG_EXTENDED = "1.2.840.10008.1.2.4.51"
JPEG_LOSSLESS = "1.2.840.10008.1.2.4.70"
J2K_LOSSLESS = "1.2.840.10008.1.2.4.90"
J2K = "1.2.840.10008.1.2.4.91"


class Profile(StrEnum):
    """A media application profile (PS3.11) that this kiosk writes."""

    CD = "STD-GEN-CD"
    """Annex D: general purpose CD-R, the base of IHE PDI."""
    DVD_JPEG = "STD-GEN-DVD-JPEG"
    DVD_J2K = "STD-GEN-DVD-J2K"
    """Annex H: general purpose DVD with compressed pictures."""

    @property
    def transfer_syntaxes(self) -> frozenset[str]:
        """The transfer syntaxes an instance may have on the medium."""
        return _TRANSFER_SYNTAXES[self]


_TRANSFER_SYNTAXES = {
    Profile.CD: frozenset({EXPLICIT_LE}),
    Profile.DVD_JPEG: frozenset({EXPLICIT_LE, JPEG_LOSSLESS, JPEG_BASELINE, JPEG_EXTENDED}),
    Profile.DVD_J2K: frozenset({EXPLICIT_LE, J2K_LOSSLESS, J2K}),
}

RECORD_TYPES = tuple(BASE)


class Need(StrEnum):
    """How much a directory key is needed (PS3.5 7.4)."""

    TYPE_1 = "1"
    """Present with a value, invented for the directory where the instance has none."""
    TYPE_1C = "1C"
    """Present if the instance has a value."""
    TYPE_2 = "2"
    """Present, empty where the instance has no value."""


class Key(NamedTuple):
    """One key of a directory record."""

    tag: int
    vr: bytes
    need: Need


@cache
def keys(record_type: str, profile: Profile) -> tuple[Key, ...]:
    """Return the keys of a directory record in the order of their tags.

    Without (0004,xxxx) and Specific Character Set, which every record may need.
    """
    rows = BASE[record_type]
    if profile is Profile.CD:
        rows = rows + CD.get(record_type, "")
    else:
        rows = rows + DVD.get(record_type, "")
    found = {key.tag: key for key in map(_key, filter(str.strip, rows.splitlines()))}
    return tuple(sorted(found.values()))


@cache
def all_tags() -> frozenset[int]:
    """Return the tag of every key that any record of any profile asks for."""
    return frozenset(
        key.tag for profile in Profile for record in RECORD_TYPES for key in keys(record, profile)
    )


@cache
def sequence_tags() -> frozenset[int]:
    """Return the tags of the keys that are sequences."""
    return frozenset(
        {0x52009229}  # Shared Functional Groups, read for what stands inside
        | {
            key.tag
            for profile in Profile
            for record in RECORD_TYPES
            for key in keys(record, profile)
            if key.vr == b"SQ"
        }
    )


def record_type(sop_class_uid: str) -> str:
    """Return the directory record type of a SOP class (PS3.3 F.4, Table F.4-1).

    Whatever has a picture is an IMAGE, segmentations and parametric maps included.
    """
    exact = BY_CLASS.get(sop_class_uid)
    if exact:
        return exact
    stem, _, _ = sop_class_uid.removeprefix(STORAGE).partition(".")
    return BY_FAMILY.get(stem, "IMAGE") if sop_class_uid.startswith(STORAGE) else "IMAGE"


def stands_alone(record: str) -> bool:
    """Whether a record stands at the root, outside patient, study and series (PS3.3 F.4)."""
    return record in ALONE


def _key(row: str) -> Key:
    group, number, vr, need = row.split()[:4]
    return Key(int(group, 16) << 16 | int(number, 16), vr.encode(), Need(need))
