"""Writes a file-set as an ISO 9660 image with the same names under Joliet and Rock Ridge.

pycdlib lays the image out; the files stream through from where they lie, so that memory does
not grow with the image, and the checksum is computed on the way. pycdlib dates everything by the
clock and the local time zone: every date is replaced by the file-set's own, so that the same
files give the same bytes anywhere and at any time.
"""

import gc
import io
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from pycdlib import PyCdlib
from pycdlib.dates import DirectoryRecordDate
from pycdlib.dr import DirectoryRecord

from kiosk.domain.medium import FileSet, FileSetEntry
from kiosk.errors import SpoolChanged
from kiosk.media.image_size import iso_name
from kiosk.media.sealed_file import BLOCK, SealedFile

Progress = Callable[[int, int], None]
"""Called with the files and the bytes that are written so far."""

_READ_ONLY_FILE = 0o100444
_READ_ONLY_FOLDER = 0o040555


def write_image(file_set: FileSet, path: Path, created_at: datetime, progress: Progress) -> None:
    """Write a file-set to ``path``, replacing what is there; durable when it returns.

    Parameters
    ----------
    file_set : FileSet
        Its identifier becomes the Volume Identifier (PS3.12 F.1.2.2).
    path : Path
        The image file.
    created_at : datetime
        The only date that the image carries, everywhere.
    progress : callable
        Called after each block with the files and the bytes written so far.

    Raises
    ------
    SpoolChanged
        If a file is no longer as long as it was when the file-set was built.
    OSError
        If reading or writing fails; a full disk is ENOSPC.
    """
    iso = PyCdlib()
    # PS3.12 F.1.2.2: level 1, System Identifier of spaces, no XAR.
    iso.new(
        interchange_level=1,
        vol_ident=file_set.file_set_id,
        app_ident_str="IMAGING RELEASE KIOSK",
        joliet=3,
        rock_ridge="1.09",
    )
    entries = sorted(file_set.entries, key=lambda entry: _place(entry.path))
    counted = _Counted(progress)
    _add_folders(iso, entries)
    for entry in entries:
        _add_file(iso, entry, counted)
    _date_records(iso, created_at)
    # Asking for the place of the first file makes pycdlib assign all places.
    first = next(entry for entry in entries if entry.size_bytes)
    head_bytes = iso.get_file_byte_extents(iso_path=_iso_path(first.path))[0][0]
    with path.open("wb", buffering=0) as file, SealedFile(file, head_bytes, created_at) as output:
        iso.write_fp(cast("BinaryIO", output), blocksize=BLOCK)
        output.seal()
        os.fsync(file.fileno())
    iso.close()
    # Its records point at their parents: thousands of them would stay until the collector comes.
    del iso
    gc.collect()


def _place(path: str) -> tuple[int, list[bytes]]:
    """Sort as pycdlib lays files out: level by level, names as the directory orders them."""
    *folders, _ = path.split("/")
    name = _iso_path(path).rsplit("/", 1)[1]
    return len(folders), [part.encode("ascii") for part in (*folders, name)]


def _iso_path(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return f"/{folder}{slash}{iso_name(name)}"


def _add_folders(iso: PyCdlib, entries: list[FileSetEntry]) -> None:
    folders = {
        "/".join(parts[:depth])
        for entry in entries
        for parts in [entry.path.split("/")]
        for depth in range(1, len(parts))
    }
    for folder in sorted(folders):
        iso.add_directory(
            f"/{folder}",
            rr_name=folder.rsplit("/", 1)[-1],
            joliet_path=f"/{folder}",
            file_mode=_READ_ONLY_FOLDER,
        )


def _add_file(iso: PyCdlib, entry: FileSetEntry, counted: "_Counted") -> None:
    iso.add_fp(
        cast("BinaryIO", _Source(entry, counted)),
        entry.size_bytes,
        _iso_path(entry.path),
        rr_name=entry.path.rsplit("/", 1)[-1],
        joliet_path=f"/{entry.path}",
        file_mode=_READ_ONLY_FILE,
    )


def _date_records(iso: PyCdlib, created_at: datetime) -> None:
    """Give every directory record and every Rock Ridge time the same date, in UTC."""
    date = DirectoryRecordDate()
    date.parse(_record_date(created_at))
    volumes = [volume for volume in (iso.pvd, iso.joliet_vd) if volume is not None]
    for volume in volumes:
        for record in _records(volume.root_directory_record()):
            record.date = date
            times = record.rock_ridge.dr_entries.tf_record if record.rock_ridge else None
            if times is not None:
                times.access_time = date
                times.modification_time = date
                times.attribute_change_time = date


def _records(folder: DirectoryRecord) -> Iterator[DirectoryRecord]:
    yield folder
    for record in folder.children:
        if record.is_dir() and not record.is_dot() and not record.is_dotdot():
            yield from _records(record)
        else:
            yield record


def _record_date(moment: datetime) -> bytes:
    """Return ECMA-119 9.1.5: years since 1900, month, day, hour, minute, second, offset."""
    utc = moment.astimezone(UTC)
    return bytes((utc.year - 1900, utc.month, utc.day, utc.hour, utc.minute, utc.second, 0))


class _Counted:
    """How much has been handed to the image so far."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._files = 0
        self._bytes = 0

    def add(self, size_bytes: int, *, ends_file: bool) -> None:
        self._files += ends_file
        self._bytes += size_bytes
        self._progress(self._files, self._bytes)


class _Source(io.RawIOBase):
    """One entry's content, opened only while it is copied: there may be 10,000 of them."""

    def __init__(self, entry: FileSetEntry, counted: _Counted) -> None:
        super().__init__()
        self._entry = entry
        self._counted = counted
        self._file: BinaryIO | None = None
        self._left = entry.size_bytes

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Open the content at its start, the only place that is asked for."""
        source = self._entry.source
        self._file = (
            io.BytesIO(source) if isinstance(source, bytes) else source.open("rb", buffering=0)
        )
        return offset

    def read(self, size: int = -1) -> bytes:
        """Return the next block, exactly as long as asked for."""
        if self._file is None:
            return b""
        block = self._file.read(size)
        self._left -= len(block)
        if len(block) != size or (self._left == 0 and self._file.read(1)):
            raise SpoolChanged(f"{self._entry.path} changed its length while it was copied")
        if self._left == 0:
            self._file.close()
        self._counted.add(len(block), ends_file=self._left == 0)
        return block
