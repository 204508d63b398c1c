"""What becomes of an instance under a profile: its transfer syntax, its bytes, or why it stays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.media.decoding import DECODABLE, decoded_pieces
from kiosk.media.elements import Buffer
from kiosk.media.encoding import ExplicitForm
from kiosk.media.filemeta import PREAMBLE, encode_file_meta
from kiosk.media.header import BITS_ALLOCATED, Header
from kiosk.media.profile import EXPLICIT_BE, EXPLICIT_LE, Profile

CANNOT_BE_DECODED = "compressed picture cannot be decoded"
HAS_NO_PLAIN_FORM = "compressed in a way that this medium does not allow"
IS_MISLABELLED = "picture is not in the transfer syntax that the file names"
HAS_UNSURE_WORDS = "Big Endian picture whose word order is not certain"

_CERTAIN_BITS = {b"OB": 8, b"OW": 16}
"""PS3.5 7.3 swaps the bytes of each 16-bit word of OW and none of OB; writers of wider pixels
disagree, and a guess could show another picture."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How an instance is to be written."""

    syntax: str
    reason: str
    """Why it cannot be imported from the medium; empty if it can."""
    pieces: Iterable[Buffer]
    """The file, in order."""
    is_decoded: bool = False
    """The pieces come from a codec, which may end the process that asks for them."""


def plan(
    source: Path, buffer: Buffer, header: Header, form: ExplicitForm, profile: Profile
) -> Plan:
    """Decide what becomes of an instance; nothing is decoded before the pieces are asked for."""
    syntax = header.meta.transfer_syntax_uid
    reason = reason_against(header, form, profile)
    if reason == CANNOT_BE_DECODED:  # before anyone tried
        return Plan(EXPLICIT_LE, "", _decoded(source, buffer, header), is_decoded=True)
    if reason or (form.is_as_stored and syntax in profile.transfer_syntaxes):
        return as_stored(buffer, header, reason)
    return Plan(EXPLICIT_LE, "", (_file_meta(header, EXPLICIT_LE), *form.pieces))


def as_stored(buffer: Buffer, header: Header, reason: str) -> Plan:
    """Keep the file byte for byte, but for its preamble and a file meta group with faults."""
    view = memoryview(buffer)
    meta = header.meta
    # PS3.10 7.1: the meta group names the data set's instance; if it does not, it is not trusted
    names = (meta.sop_class_uid, meta.sop_instance_uid)
    if meta.is_complete and names == (header.sop_class_uid, header.identity.sop_instance_uid):
        pieces = (PREAMBLE, view[len(PREAMBLE) :])
    else:
        pieces = (_file_meta(header, meta.transfer_syntax_uid), view[meta.data_set :])
    return Plan(meta.transfer_syntax_uid, reason, pieces)


def reason_against(header: Header, form: ExplicitForm, profile: Profile) -> str:
    """Say what keeps a file, as it stands, from being imported; empty if nothing does.

    What can be brought into Explicit VR Little Endian without a codec has nothing against it.
    """
    syntax, picture = header.meta.transfer_syntax_uid, header.picture
    if picture is None:  # PS3.5 A.4: without a picture it is Explicit VR Little Endian
        return ""
    if form.is_as_stored and picture.is_delimited == (syntax == EXPLICIT_LE):
        return IS_MISLABELLED  # PS3.5 A.4: a compressed picture has fragments, any other a length
    allocated = int.from_bytes(header.values.get(BITS_ALLOCATED, b""), "little")
    if syntax == EXPLICIT_BE and allocated > _CERTAIN_BITS.get(picture.vr, 64):
        return HAS_UNSURE_WORDS
    if not form.is_as_stored or syntax in profile.transfer_syntaxes:
        return ""
    return CANNOT_BE_DECODED if syntax in DECODABLE else HAS_NO_PLAIN_FORM


def _decoded(source: Path, buffer: Buffer, header: Header) -> Iterator[Buffer]:
    yield _file_meta(header, EXPLICIT_LE)
    yield from decoded_pieces(source, buffer, header)


def _file_meta(header: Header, syntax: str) -> bytes:
    return encode_file_meta(header.sop_class_uid, header.identity.sop_instance_uid, syntax)
