"""Opens a finished medium for reading: an image or disc, or a folder such as a mounted stick."""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol, Self

from kiosk.errors import MediumUnreadable
from kiosk.media.findings import Findings
from kiosk.media.iso import IsoReader, Volume
from kiosk.media.mapped import map_file


class MediumReader(Protocol):
    """The files of a medium, and what was found wrong on the way to them."""

    @property
    def files(self) -> Mapping[str, int]:
        """Path on the medium (``DICOM/ST000001/IM000001``) and size in bytes of every file."""
        ...

    @property
    def folders(self) -> tuple[str, ...]:
        """Path of every folder."""
        ...

    @property
    def findings(self) -> Findings:
        """What is wrong with the structure that holds the files."""
        ...

    @property
    def volume(self) -> Volume | None:
        """What an image says of itself; None for a folder."""
        ...

    @property
    def size_bytes(self) -> int:
        """Size of the image, or the sum of a folder's files."""
        ...

    def read(self, path: str, offset: int, length: int) -> bytes:
        """Read part of a file; short where it ends. May raise ``OSError``."""
        ...

    def read_raw(self, offset: int, length: int) -> bytes:
        """Read part of the image itself; nothing for a folder."""
        ...

    def mapped(self, path: str) -> AbstractContextManager[memoryview]:
        """Map a file into memory, for those too large to be read whole."""
        ...

    def __enter__(self) -> Self:
        """Use it in a ``with`` block, which closes it."""
        ...

    def __exit__(self, *_: object) -> None:
        """Close it."""
        ...


def open_medium(path: Path) -> MediumReader:
    """Open an image file, a block device or a folder.

    Raises
    ------
    MediumUnreadable
        If there is nothing, or nothing that could be a medium.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise MediumUnreadable(f"{path}: {error.strerror}") from error
    if stat.S_ISDIR(mode):
        return FolderReader(path)
    if stat.S_ISREG(mode) or stat.S_ISBLK(mode):
        return IsoReader(path)
    raise MediumUnreadable(f"{path} is neither file, folder nor disc")


class FolderReader:
    """A folder; links and special files are findings and never followed."""

    volume: Volume | None = None

    def __init__(self, root: Path) -> None:
        self._root = root
        self.findings = Findings()
        files: dict[str, int] = {}
        folders: list[str] = []
        for folder, subfolders, names in os.walk(root, onerror=self._unreadable):
            inside = Path(folder).relative_to(root)
            folders += [(inside / name).as_posix() for name in sorted(subfolders)]
            for name in (*names, *subfolders):
                path = (inside / name).as_posix()
                found = os.lstat(root / path)
                if stat.S_ISREG(found.st_mode):
                    files[path] = found.st_size
                elif not stat.S_ISDIR(found.st_mode):
                    self.findings.add(f"{path}: this is a link or special file")
        self.files: Mapping[str, int] = files
        self.folders = tuple(folders)
        self.size_bytes = sum(files.values())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing stays open."""

    def read(self, path: str, offset: int, length: int) -> bytes:
        """Read part of a file; short where it ends."""
        with self._open(path) as fd:
            return os.pread(fd, length, offset)

    def read_raw(self, offset: int, length: int) -> bytes:
        """Return nothing: a folder has no bytes of its own."""
        return b""

    @contextmanager
    def mapped(self, path: str) -> Iterator[memoryview]:
        """Map a file into memory, for those too large to be read whole."""
        with self._open(path) as fd, map_file(fd, 0, self.files[path]) as view:
            yield view

    @contextmanager
    def _open(self, path: str) -> Iterator[int]:
        fd = os.open(self._root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            yield fd
        finally:
            os.close(fd)

    def _unreadable(self, error: OSError) -> None:
        self.findings.add(f"a folder cannot be read: {error.strerror}")
