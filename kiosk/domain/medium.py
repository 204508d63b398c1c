"""The file-set that goes onto a medium, and the record of a medium that was made."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.release import TargetKind


@dataclass(frozen=True, slots=True)
class FileSetEntry:
    """One file of a medium."""

    path: str
    """Where it stands on the medium: ``DICOM/ST000001/SE000001/IM000001``."""
    source: Path | bytes
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileSet:
    """Every file of one medium (PS3.10 section 8: one file-set per medium)."""

    file_set_id: str
    """At most 16 of A-Z, 0-9 and _; also the Volume Identifier (PS3.12 F.1.2.2)."""
    entries: tuple[FileSetEntry, ...]
    volume: int
    volumes: int

    @property
    def size_bytes(self) -> int:
        """The sum of the files' sizes, without the file system around them."""
        return sum(entry.size_bytes for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Medium:
    """One medium that was written: what the receipt and the desk say of it."""

    kind: TargetKind
    path: str
    volume: int
    volumes: int
    size_bytes: int
    sha256: str
    """Of the image; of SHA256.TXT where the medium is a folder or a stick."""
    instances: int
    not_importable: int
    verified: bool = False
    file_set_id: str = ""
    """The label that a reader shows (Volume Identifier, PS3.12 F.1.2.2); empty where not told."""
    serial: str = ""
    """Of the stick; empty for a disc, and for a stick that has none."""
    manifest_sha256: str = ""
    """Of SHA256.TXT, by which the same files are known again on any kind of medium."""
    has_web: bool = True
    """Whether it opens in a browser (IHE PDI, Web Content Option)."""
    study_uids: tuple[str, ...] = ()
    """What is on it; a large release is split over several media."""
