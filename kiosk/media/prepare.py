"""An instance made ready for the medium: checked, brought into its transfer syntax, hashed."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path

from kiosk.domain.study import InstanceIdentity
from kiosk.errors import BrokenInstance
from kiosk.media.decoding import DECODABLE, Undecodable, decoded_pieces
from kiosk.media.elements import Buffer
from kiosk.media.encoding import ExplicitForm
from kiosk.media.filemeta import PREAMBLE, encode_file_meta
from kiosk.media.header import BITS_ALLOCATED, Header, read_instance
from kiosk.media.profile import EXPLICIT_BE, EXPLICIT_LE, Profile
from kiosk.media.records import DirectoryKeys, directory_keys

CANNOT_BE_DECODED = "compressed picture cannot be decoded"
HAS_NO_PLAIN_FORM = "compressed in a way that this medium does not allow"
IS_MISLABELLED = "picture is not in the transfer syntax that the file names"
HAS_UNSURE_WORDS = "Big Endian picture whose word order is not certain"

_CERTAIN_BITS = {b"OB": 8, b"OW": 16}
"""PS3.5 7.3 swaps the bytes of each 16-bit word of OW and none of OB; writers of wider pixels
disagree, and a guess could show another picture."""
_READ_WHOLE = 1 << 23
"""Bytes up to which a file is read at once; a larger one is mapped, and never whole in memory."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Prepared:
    """An instance that lies ready to be placed on the medium."""

    path: Path
    size_bytes: int
    sha256: str
    identity: InstanceIdentity
    sop_class_uid: str
    transfer_syntax_uid: str
    """As it now stands in the file."""
    reason: str
    """Why it is kept as stored and cannot be imported; empty if it can."""
    keys: DirectoryKeys

    @property
    def importable(self) -> bool:
        """Whether it belongs into the file-set; otherwise it goes beside it, as stored."""
        return not self.reason


def prepare(
    source: Path,
    folder: Path,
    profile: Profile,
    accept: Callable[[InstanceIdentity], None],
) -> Prepared:
    """Make an instance ready under a profile; the source is left alone.

    The file appears in the folder whole or not at all, named by its SOPInstanceUID.

    Parameters
    ----------
    accept : callable
        The guard against the wrong patient: called with what the instance says of itself, before
        anything is written. What it raises goes through.

    Raises
    ------
    BrokenInstance
        If it is no whole DICOM instance.
    """
    with _opened(source) as buffer:
        header, form = read_instance(buffer)
        accept(header.identity)
        path = folder / f"{header.identity.sop_instance_uid}.dcm"
        plan = _planned(header, form, profile)
        if plan.is_decoded:
            try:
                size, digest = _write_decoded(path, source, buffer, header)
            except Died:
                path.with_suffix(_PARTIAL).unlink(missing_ok=True)
                plan = _as_stored(buffer, header, CANNOT_BE_DECODED)
        if not plan.is_decoded:
            size, digest = _write(path, plan.pieces, buffer)
    return _prepared(path, size, digest, header, plan.syntax, plan.reason, profile)


def recover(path: Path, profile: Profile) -> Prepared:
    """Read again what :func:`prepare` made in an earlier run.

    Raises
    ------
    BrokenInstance
        If it is not whole, or not named by its SOPInstanceUID.
    """
    digest = sha256()
    with _opened(path) as buffer:
        header, form = read_instance(buffer)
        if path.stem != header.identity.sop_instance_uid or not header.meta.is_blank:
            raise BrokenInstance(f"{header.identity.sop_instance_uid}: not prepared by this kiosk")
        for chunk in _chunks([memoryview(buffer)], buffer):
            digest.update(chunk)
        size = len(buffer)
    syntax = header.meta.transfer_syntax_uid
    reason = _obstacle(header, form)
    if not reason and syntax not in profile.transfer_syntaxes:
        reason = CANNOT_BE_DECODED if syntax in DECODABLE else HAS_NO_PLAIN_FORM
    return _prepared(path, size, digest.hexdigest(), header, syntax, reason, profile)


def _planned(
    source: Path, buffer: Buffer, header: Header, form: ExplicitForm, profile: Profile
) -> tuple[str, str, Iterable[Buffer]]:
    """Decide what becomes of an instance: transfer syntax, reason against import, bytes."""
    syntax = header.meta.transfer_syntax_uid
    obstacle = _obstacle(header, form)
    if obstacle:
        return syntax, obstacle, _as_stored(buffer, header)
    if not form.is_as_stored:
        return EXPLICIT_LE, "", (_file_meta(header, EXPLICIT_LE), *form.pieces)
    if syntax in profile.transfer_syntaxes:
        return syntax, "", _as_stored(buffer, header)
    if header.picture is None:  # PS3.5 A.4: without a picture it is Explicit VR Little Endian
        return EXPLICIT_LE, "", (_file_meta(header, EXPLICIT_LE), *form.pieces)
    if syntax in DECODABLE:
        return EXPLICIT_LE, "", _decoded(source, buffer, header)
    return syntax, HAS_NO_PLAIN_FORM, _as_stored(buffer, header)


def _decoded(source: Path, buffer: Buffer, header: Header) -> Iterator[Buffer]:
    yield _file_meta(header, EXPLICIT_LE)
    yield from decoded_pieces(source, buffer, header)


def _obstacle(header: Header, form: ExplicitForm) -> str:
    """Say why nobody can be sure what the picture is; empty if it is plain."""
    syntax, picture = header.meta.transfer_syntax_uid, header.picture
    if picture is None:
        return ""
    if form.is_as_stored and picture.is_delimited == (syntax == EXPLICIT_LE):
        return IS_MISLABELLED  # PS3.5 A.4: a compressed picture has fragments, any other a length
    allocated = int.from_bytes(header.values.get(BITS_ALLOCATED, b""), "little")
    if syntax == EXPLICIT_BE and allocated > _CERTAIN_BITS.get(picture.vr, 64):
        return HAS_UNSURE_WORDS
    return ""


def _as_stored(buffer: Buffer, header: Header) -> tuple[Buffer, ...]:
    """Return the file byte for byte but for its preamble, and a file meta group with gaps."""
    view = memoryview(buffer)
    meta = header.meta
    # PS3.10 7.1: the meta group names the data set's instance; where it does not, it is not trusted
    names = (meta.sop_class_uid, meta.sop_instance_uid)
    if meta.is_complete and names == (header.sop_class_uid, header.identity.sop_instance_uid):
        return (PREAMBLE, view[len(PREAMBLE) :])
    return (_file_meta(header, meta.transfer_syntax_uid), view[meta.data_set :])


def _file_meta(header: Header, syntax: str) -> bytes:
    return encode_file_meta(header.sop_class_uid, header.identity.sop_instance_uid, syntax)


def _prepared(
    path: Path, size: int, digest: str, header: Header, syntax: str, reason: str, profile: Profile
) -> Prepared:
    return Prepared(
        path=path,
        size_bytes=size,
        sha256=digest,
        identity=header.identity,
        sop_class_uid=header.sop_class_uid,
        transfer_syntax_uid=syntax,
        reason=reason,
        keys=directory_keys(header, profile),
    )


@contextmanager
def _opened(path: Path) -> Iterator[bytes | mmap]:
    """Give a file's bytes: read at once if small, mapped if large."""
    fd = os.open(path, os.O_RDONLY)
    try:
        size = os.fstat(fd).st_size
        if size <= _READ_WHOLE:
            yield os.read(fd, size)
        else:
            yield mmap(fd, size, access=ACCESS_READ)
    finally:
        os.close(fd)


def _write(path: Path, pieces: Iterable[Buffer], source: Buffer) -> tuple[int, str]:
    """Write a file under another name, renamed last; return its size and SHA-256."""
    partial = path.with_suffix(".part")
    fd = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        digest = sha256()
        size = 0
        for chunk in _chunks(pieces, source):
            digest.update(chunk)
            size += _write_all(fd, chunk)
    except BaseException:
        partial.unlink()
        raise
    finally:
        os.close(fd)
    partial.rename(path)
    return size, digest.hexdigest()


def _chunks(pieces: Iterable[Buffer], source: Buffer) -> Iterator[Buffer]:
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


def _write_all(fd: int, chunk: Buffer) -> int:
    size = len(chunk)
    written = os.write(fd, chunk)
    while written < size:
        written += os.write(fd, memoryview(chunk)[written:])
    return size
