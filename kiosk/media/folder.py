"""Writes a file-set as plain files into a new folder."""

import os
from pathlib import Path

from kiosk.domain.medium import FileSet, FileSetEntry
from kiosk.errors import SpoolChanged, TargetUnusable
from kiosk.media.image import Progress

_BLOCK = 1 << 20


def write_folder(file_set: FileSet, path: Path, progress: Progress) -> None:
    """Write a file-set into ``path``, which must be new or empty; durable when it returns.

    Parameters
    ----------
    file_set : FileSet
        What to write.
    path : Path
        A folder that does not exist yet or is empty; its parent exists.
    progress : callable
        Called after each file with the files and the bytes written so far.

    Raises
    ------
    TargetUnusable
        If the folder holds something already.
    SpoolChanged
        If a file is no longer as long as it was when the file-set was built.
    OSError
        If reading or writing fails; a full disk is ENOSPC.
    """
    path.mkdir(exist_ok=True)
    if any(path.iterdir()):
        raise TargetUnusable(f"{path} is not empty")
    written = 0
    for files, entry in enumerate(file_set.entries, start=1):
        target = path / entry.path
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(entry, target)
        written += entry.size_bytes
        progress(files, written)
    _make_durable(path)


def _write(entry: FileSetEntry, target: Path) -> None:
    with target.open("xb", buffering=0) as copy:
        if isinstance(entry.source, bytes):
            copy.write(entry.source)
        else:
            with entry.source.open("rb", buffering=0) as source:
                while block := source.read(_BLOCK):
                    copy.write(block)
        if copy.tell() != entry.size_bytes:
            raise SpoolChanged(f"{entry.path} changed its length while it was copied")


def _make_durable(path: Path) -> None:
    """Flush files and folders in one round at the end, when most already are on the disk."""
    for folder, _, names in os.walk(path):
        for name in (".", *names):
            fd = os.open(Path(folder) / name, os.O_RDONLY)
            try:
                os.fsync(fd)
            finally:
                os.close(fd)
    # The new folder's own name stands in its parent.
    fd = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
