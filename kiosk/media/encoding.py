"""Any data set brought into Explicit VR Little Endian, its picture as it was."""

import zlib
from dataclasses import dataclass

from kiosk.media.bigendian import BigEndianRecoder
from kiosk.media.elements import Buffer, Element, Malformed
from kiosk.media.filemeta import FileMeta
from kiosk.media.implicit import ImplicitRecoder
from kiosk.media.profile import DEFLATED_LE, EXPLICIT_BE, IMPLICIT_LE
from kiosk.media.recoding import Recoder

LARGEST_INFLATED = 1 << 28
"""Bytes; PS3.5 A.5 deflates reports and overlays, not volumes. More is taken for a bomb."""

_RECODERS: dict[str, type[Recoder]] = {
    IMPLICIT_LE: ImplicitRecoder,
    EXPLICIT_BE: BigEndianRecoder,
}


@dataclass(frozen=True, slots=True)
class ExplicitForm:
    """A data set in Explicit VR Little Endian, in pieces that need not be copied together."""

    pieces: tuple[Buffer, ...]
    elements: Buffer
    """Where to walk from `start` to `end`: everything, or all that stands before the picture."""
    start: int
    end: int
    picture: Element | None
    """Where the picture stands in the original buffer, if `elements` ends before it."""
    is_as_stored: bool
    """Not one byte had to change."""


def explicit_form(buffer: Buffer, meta: FileMeta) -> ExplicitForm:
    """Return a file's data set in Explicit VR Little Endian.

    Compressed pictures stay compressed: their data sets are Explicit VR Little Endian already,
    and so is whatever transfer syntax this kiosk does not know (PS3.5 A.4).

    Raises
    ------
    Malformed
        If the data set is cut short or no data set.
    """
    syntax = meta.transfer_syntax_uid
    if syntax == DEFLATED_LE:
        inflated = _inflate(bytes(buffer[meta.data_set :]))
        return ExplicitForm((inflated,), inflated, 0, len(inflated), None, is_as_stored=False)
    if syntax in _RECODERS:
        recoder = _RECODERS[syntax](buffer)
        recoder.recode(meta.data_set, len(buffer))
        head = recoder.pieces[0]
        pieces = tuple(recoder.pieces)
        return ExplicitForm(pieces, head, 0, recoder.head, recoder.picture, is_as_stored=False)
    stored = memoryview(buffer)[meta.data_set :]
    return ExplicitForm((stored,), buffer, meta.data_set, len(buffer), None, is_as_stored=True)


def _inflate(deflated: bytes) -> bytes:
    """Undo RFC 1951, as PS3.5 A.5 uses it, up to a bound."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflated = inflater.decompress(deflated, LARGEST_INFLATED)
    except zlib.error:
        raise Malformed("the deflated data set is damaged") from None
    if inflater.unconsumed_tail:
        raise Malformed("the deflated data set is too large")
    rest = inflater.unused_data
    is_gzip_end = len(rest) == 8 and rest[4:] == len(inflated).to_bytes(4, "little")  # noqa: PLR2004
    if not inflater.eof or (rest.strip(b"\0") and not is_gzip_end):
        raise Malformed("the deflated data set is cut short or followed by something else")
    return inflated
