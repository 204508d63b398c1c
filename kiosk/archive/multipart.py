"""Streams a multipart/related answer to disk, one file for each part (RFC 2046, RFC 2387)."""

from collections.abc import Callable
from email.message import Message
from typing import IO

from kiosk.archive.limits import LARGEST_INSTANCE_BYTES
from kiosk.errors import ArchiveIncomplete, ArchiveRefused, BrokenInstance
from kiosk.ports import Incoming

Read = Callable[[int], bytes]
"""Returns at most that many bytes of the body; none at its end."""

READ_BYTES = 1 << 20
_LONGEST_HEADERS_BYTES = 1 << 16


def save_parts(
    read: Read,
    content_type: str,
    incoming: Incoming,
    *,
    largest: int = LARGEST_INSTANCE_BYTES,
) -> int:
    """Write each part into a file that ``incoming`` names and hand it over; return how many.

    Memory stays below three reads, whatever the size of a part.

    Raises
    ------
    ArchiveRefused
        If the answer is not ``multipart/related``.
    ArchiveIncomplete
        If the body ends before its closing delimiter.
    BrokenInstance
        If a part is malformed, larger than ``largest``, or no DICOM file.
    """
    body = _Body(read, _boundary(content_type))
    body.skip_preamble()
    count = 0
    while body.next_part():
        _save_part(body, incoming, largest)
        count += 1
    return count


def _boundary(content_type: str) -> bytes:
    message = Message()
    message["Content-Type"] = content_type
    boundary = message.get_boundary()
    if message.get_content_type() != "multipart/related" or not boundary:
        raise ArchiveRefused("the answer is not multipart/related")
    return boundary.encode("ascii", "replace")


def _save_part(body: "_Body", incoming: Incoming, largest: int) -> None:
    path = incoming.begin()
    try:
        with path.open("wb", buffering=0) as file:
            body.copy_part(file, largest)
    except BaseException:  # whatever ends the part, its torso must not stay
        path.unlink(missing_ok=True)
        raise
    incoming.arrived(path)


class _Body:
    """The bytes still unread, cut at delimiters."""

    def __init__(self, read: Read, boundary: bytes) -> None:
        self._read = read
        self._delimiter = b"\r\n--" + boundary
        # RFC 2046 5.1.1: the line break belongs to the delimiter; a body may start without one.
        self._held = b"\r\n"
        self._at = 0

    def skip_preamble(self) -> None:
        """Go behind the first delimiter."""
        self._copy_to_delimiter(lambda _: None)

    def next_part(self) -> bool:
        """Go behind the headers of the next part; False behind the closing delimiter."""
        while len(self._held) < self._at + 2:
            self._more()
        if self._held.startswith(b"--", self._at):
            return False
        while (end := self._held.find(b"\r\n\r\n", self._at)) < 0:
            if len(self._held) - self._at > _LONGEST_HEADERS_BYTES:
                raise BrokenInstance("the headers of a part do not end")
            self._more()
        padding, *headers = self._held[self._at : end].split(b"\r\n")
        self._at = end + 4
        if padding.strip(b" \t"):
            raise BrokenInstance("a multipart delimiter is malformed")
        _require_dicom(headers)
        return True

    def copy_part(self, file: IO[bytes], largest: int) -> None:
        """Write the part, without its delimiter."""
        written = 0

        def write(piece: memoryview) -> None:
            nonlocal written
            written += len(piece)
            if written > largest:
                raise BrokenInstance(f"an instance is larger than {largest} bytes")
            while piece:
                piece = piece[file.write(piece) :]

        self._copy_to_delimiter(write)

    def _copy_to_delimiter(self, write: Callable[[memoryview], None]) -> None:
        while (end := self._held.find(self._delimiter, self._at)) < 0:
            # All but a possible beginning of the delimiter belongs to the part.
            safe = max(self._at, len(self._held) - len(self._delimiter) + 1)
            write(memoryview(self._held)[self._at : safe])
            self._at = safe
            self._more()
        write(memoryview(self._held)[self._at : end])
        self._at = end + len(self._delimiter)

    def _more(self) -> None:
        piece = self._read(READ_BYTES)
        if not piece:
            raise ArchiveIncomplete("the answer ends before its closing delimiter")
        self._held = self._held[self._at :] + piece
        self._at = 0


def _require_dicom(headers: list[bytes]) -> None:
    """Refuse a part that says it is something else; one that says nothing is what was asked for."""
    for line in headers:
        name, _, value = line.partition(b":")
        kind = value.partition(b";")[0].strip().lower()
        if name.strip().lower() == b"content-type" and kind != b"application/dicom":
            raise BrokenInstance("a part of the answer is not application/dicom")
