"""An instance made ready for the medium: checked, brought into its transfer syntax, hashed."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kiosk.domain.study import InstanceIdentity
from kiosk.errors import BrokenInstance
from kiosk.media.apart import Died, done_apart
from kiosk.media.decoding import Undecodable
from kiosk.media.elements import Buffer
from kiosk.media.header import Header, read_instance
from kiosk.media.pieces import PARTIAL, chunks, opened, write_whole
from kiosk.media.plan import CANNOT_BE_DECODED, Plan, as_stored, plan, reason_against
from kiosk.media.profile import Profile
from kiosk.media.records import DirectoryKeys, directory_keys


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
    with opened(source) as buffer:
        header, form = read_instance(buffer)
        accept(header.identity)
        path = folder / f"{header.identity.sop_instance_uid}.dcm"
        chosen = plan(source, buffer, header, form, profile)
        if chosen.is_decoded:
            chosen, written = _decoded(path, chosen, buffer, header)
        else:
            written = write_whole(path, chosen.pieces, buffer)
    return _prepared(path, written, header, chosen.syntax, chosen.reason, profile)


def recover(path: Path, profile: Profile) -> Prepared:
    """Read again what :func:`prepare` made in an earlier run.

    Raises
    ------
    BrokenInstance
        If it is not whole, or not named by its SOPInstanceUID.
    """
    digest = sha256()
    with opened(path) as buffer:
        header, form = read_instance(buffer)
        if path.stem != header.identity.sop_instance_uid or not header.meta.is_blank:
            raise BrokenInstance(f"{header.identity.sop_instance_uid}: not prepared by this kiosk")
        for chunk in chunks([memoryview(buffer)], buffer):
            digest.update(chunk)
        written = len(buffer), digest.hexdigest()
        reason = reason_against(header, form, profile)
    return _prepared(path, written, header, header.meta.transfer_syntax_uid, reason, profile)


def _decoded(
    path: Path, chosen: Plan, buffer: Buffer, header: Header
) -> tuple[Plan, tuple[int, str]]:
    """Write an instance whose picture a codec decodes, or as stored if the codec cannot."""

    def write() -> str:
        size, digest = write_whole(path, chosen.pieces, buffer)
        return f"{size} {digest}"

    try:
        size, digest = done_apart(write, Undecodable).split()
    except Died:
        path.with_suffix(PARTIAL).unlink(missing_ok=True)
        kept = as_stored(buffer, header, CANNOT_BE_DECODED)
        return kept, write_whole(path, kept.pieces, buffer)
    return chosen, (int(size), digest)


def _prepared(
    path: Path,
    written: tuple[int, str],
    header: Header,
    syntax: str,
    reason: str,
    profile: Profile,
) -> Prepared:
    size, digest = written
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
