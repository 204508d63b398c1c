"""Reads every byte of a medium once or twice: hashes beside headers, on all cores.

Memory stays bounded: files pass through in blocks, only small ones are read whole, and no more
are under way than there are workers.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256

from kiosk.errors import BrokenInstance
from kiosk.media.filemeta import PREFIX, START
from kiosk.media.header import Header, read_header
from kiosk.media.reader import MediumReader
from kiosk.media.seal import BLANK, SEAL_AT, SEAL_LENGTH

_BLOCK = 1 << 20
_READ_WHOLE = 8 << 20
"""Bytes up to which a file is read at once; a larger one is hashed in blocks, then mapped."""

_FILES_AHEAD = 16


@dataclass(frozen=True, slots=True)
class SurveyedFile:
    """What was read of one file."""

    path: str
    sha256: str
    """Empty if it could not be read to its end."""
    is_dicom: bool
    """It has DICM at byte 128 (PS3.10 7.1)."""
    header: Header | None
    """Only of files that are DICOM and whole."""
    problem: str
    """Why it could not be read, or is no whole instance."""


@dataclass(frozen=True, slots=True)
class ImageHash:
    """The checksums of an image."""

    sha256: str
    """As ``sha256sum`` gives it, unless something follows the volume."""
    unsealed_sha256: str
    """With the seal blank: what the seal must state."""


def workers() -> ThreadPoolExecutor:
    """Return the threads of one check; hashing and reading leave the interpreter to the others."""
    return ThreadPoolExecutor((os.cpu_count() or 1) + 1, thread_name_prefix="check")


def survey(
    reader: MediumReader, paths: Iterable[str], pool: ThreadPoolExecutor
) -> Iterator[SurveyedFile]:
    """Yield every file, in the order given, while others are read ahead."""
    ahead: deque[Future[SurveyedFile]] = deque()
    for path in paths:
        ahead.append(pool.submit(_survey_file, reader, path))
        if len(ahead) > _FILES_AHEAD:
            yield ahead.popleft().result()
    while ahead:
        yield ahead.popleft().result()


def hash_image(reader: MediumReader) -> ImageHash:
    """Hash the whole volume of an image or disc, as it is and as it was before it was sealed."""
    as_is, unsealed = sha256(), sha256()
    offset, end = 0, reader.volume.size_bytes if reader.volume else 0
    while block := reader.read_raw(offset, min(_BLOCK, end - offset)):
        as_is.update(block)
        unsealed.update(_blanked(block, offset))
        offset += len(block)
    return ImageHash(as_is.hexdigest(), unsealed.hexdigest())


def _blanked(block: bytes, offset: int) -> bytes:
    if offset > SEAL_AT:
        return block
    return block[:SEAL_AT] + BLANK + block[SEAL_AT + SEAL_LENGTH :]


def _survey_file(reader: MediumReader, path: str) -> SurveyedFile:
    try:
        if reader.files[path] <= _READ_WHOLE:
            return _survey_small(reader, path)
        return _survey_large(reader, path)
    except OSError as error:
        return SurveyedFile(path, "", False, None, f"cannot be read: {error.strerror}")


def _survey_small(reader: MediumReader, path: str) -> SurveyedFile:
    size = reader.files[path]
    content = reader.read(path, 0, size)
    if len(content) != size:
        return SurveyedFile(path, "", False, None, "is cut short")
    return _described(path, sha256(content).hexdigest(), content)


def _survey_large(reader: MediumReader, path: str) -> SurveyedFile:
    size, digest, offset = reader.files[path], sha256(), 0
    while block := reader.read(path, offset, _BLOCK):
        digest.update(block)
        offset += len(block)
    if offset != size:
        return SurveyedFile(path, "", False, None, "is cut short")
    with reader.mapped(path) as view:
        return _described(path, digest.hexdigest(), view)


def _described(path: str, digest: str, content: bytes | memoryview) -> SurveyedFile:
    if path == "DICOMDIR" or bytes(content[START - len(PREFIX) : START]) != PREFIX:
        return SurveyedFile(path, digest, path == "DICOMDIR", None, "")
    try:
        return SurveyedFile(path, digest, True, read_header(content), "")
    except BrokenInstance as broken:
        return SurveyedFile(path, digest, True, None, broken.detail)
