"""The image file while it is written: in order, dated, checksummed on the way, then sealed."""

import hashlib
import io
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import BinaryIO, Self

from kiosk.media.seal import SEAL_AT, seal_text

BLOCK = 1 << 20
_SECTOR = 2048
_BLOCKS_IN_FLIGHT = 8


class SealedFile(io.RawIOBase):
    """The head is gathered in memory, the files after it stream through.

    pycdlib writes descriptors, path tables and directories back and forth, then file after file
    in the order of their places. The checksum needs one order, so the head waits until the first
    file comes. Hashing runs beside the copying, which leaves both cores busy.
    """

    def __init__(self, file: BinaryIO, head_bytes: int, created_at: datetime) -> None:
        super().__init__()
        self._file = file
        self._head: bytearray | None = bytearray(head_bytes)
        self._created_at = created_at
        self._position = 0
        self._blocks: list[bytes] = []
        self._gathered = 0
        self._end = 0
        self._sha256 = hashlib.sha256()
        self._hashing = ThreadPoolExecutor(1, thread_name_prefix="image-hash")
        self._in_flight: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hashing.shutdown()

    def tell(self) -> int:
        """Return where the next write goes."""
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to an offset from the start or to the end."""
        self._position = offset if whence == os.SEEK_SET else self._end
        return self._position

    def write(self, content: bytes, /) -> int:  # type: ignore[override] # pycdlib writes bytes only
        """Write into the head, or append after it; a gap is filled with zeros."""
        if self._head is not None and self._position < len(self._head):
            self._head[self._position : self._position + len(content)] = content
        else:
            self._leave_head()
            if self._position < self._end:
                raise AssertionError("pycdlib wrote a file before the one that stands before it")
            self._append(bytes(self._position - self._end))
            self._append(content)
        self._position += len(content)
        return len(content)

    def seal(self) -> None:
        """Finish the image and implant its checksum."""
        self._leave_head()
        self._flush()
        while self._in_flight:
            self._in_flight.popleft().result()
        self._file.seek(SEAL_AT)
        self._file.write(seal_text(self._sha256.hexdigest()))

    def _leave_head(self) -> None:
        if self._head is None:
            return
        _date_volumes(self._head, self._created_at)
        head, self._head = bytes(self._head), None
        self._append(head)

    def _append(self, block: bytes) -> None:
        if not block:
            return
        self._blocks.append(block)
        self._gathered += len(block)
        self._end += len(block)
        if self._gathered >= BLOCK:
            self._flush()

    def _flush(self) -> None:
        gathered = b"".join(self._blocks) if len(self._blocks) != 1 else self._blocks[0]
        self._blocks, self._gathered = [], 0
        if len(self._in_flight) == _BLOCKS_IN_FLIGHT:
            self._in_flight.popleft().result()
        self._in_flight.append(self._hashing.submit(self._sha256.update, gathered))
        view = memoryview(gathered)
        while view:
            view = view[self._file.write(view) :]


def _date_volumes(head: bytearray, created_at: datetime) -> None:
    """Date the volume descriptors: created, modified and effective at one moment."""
    date = _volume_date(created_at)
    sector = 16 * _SECTOR
    while head[sector] in {1, 2}:
        for offset in (813, 830, 864):
            head[sector + offset : sector + offset + len(date)] = date
        sector += _SECTOR


def _volume_date(moment: datetime) -> bytes:
    """Return ECMA-119 8.4.26.1: sixteen digits and the offset from Greenwich."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S00").encode("ascii") + b"\0"
