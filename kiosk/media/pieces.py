"""Files read without holding them whole, and written whole or not at all, hashed on the way."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path

from kiosk.media.elements import Buffer

PARTIAL = ".part"

_READ_WHOLE = 1 << 23
"""Bytes up to which a file is read at once; a larger one is mapped, and never whole in memory."""
_CHUNK = 1 << 20


@contextmanager
def opened(path: Path) -> Iterator[bytes | mmap]:
    """Give a file's bytes: read at once if small, mapped if large."""
    fd = os.open(path, os.O_RDONLY)
    try:
        size = os.fstat(fd).st_size
        yield os.read(fd, size) if size <= _READ_WHOLE else mmap(fd, size, access=ACCESS_READ)
    finally:
        os.close(fd)


def write_whole(path: Path, pieces: Iterable[Buffer], source: Buffer) -> tuple[int, str]:
    """Write a file under another name, renamed last; return its size and SHA-256.

    Only the owner may read it. It is not synced: after a power cut the spool is made anew.
    """
    partial = path.with_suffix(PARTIAL)
    fd = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        digest = sha256()
        size = 0
        for chunk in chunks(pieces, source):
            digest.update(chunk)
            size += write_all(fd, chunk)
    except BaseException:
        partial.unlink()
        raise
    finally:
        os.close(fd)
    partial.rename(path)
    return size, digest.hexdigest()


def chunks(pieces: Iterable[Buffer], source: Buffer) -> Iterator[Buffer]:
    """Cut pieces into chunks; pages of a mapped source are given back once they are used."""
    for piece in pieces:
        if len(piece) <= _CHUNK:
            yield piece
            continue
        view = memoryview(piece)
        for start in range(0, len(view), _CHUNK):
            yield view[start : start + _CHUNK]
            if isinstance(source, mmap):
                source.madvise(MADV_DONTNEED)


def write_all(fd: int, chunk: Buffer) -> int:
    """Write a whole chunk; return its size."""
    size = len(chunk)
    written = os.write(fd, chunk)
    while written < size:
        written += os.write(fd, memoryview(chunk)[written:])
    return size
