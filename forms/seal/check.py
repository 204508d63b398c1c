"""Whether a seal still holds: every byte of the file is under it, and it is the hospital's."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from cryptography import x509

from kiosk.errors import FormNotSealed

if TYPE_CHECKING:
    from forms.seal.time_stamp_check import Stamp

BYTE_RANGE = re.compile(
    rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]"
)


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose seals and time stamps are believed."""

    certificate: x509.Certificate
    authorities: tuple[x509.Certificate, ...] = ()
    """They vouch for time-stamp servers."""


@dataclass(frozen=True, slots=True)
class SealReport:
    """What a check of a sealed PDF found."""

    covers_whole_file: bool
    """There is one seal, and nothing of the file lies outside it."""
    is_made_by_key: bool
    """The bytes under the seal are those that were sealed, with the trusted certificate's key."""
    has_stamp: bool = False
    stamp: "Stamp | None" = None
    """None too if whoever stamped is not believed, or the time stamp was changed."""

    @property
    def holds(self) -> bool:
        """Whether the document may be relied on: no bit of it can have changed."""
        stamp_holds = not self.has_stamp or self.stamp is not None
        return self.covers_whole_file and self.is_made_by_key and stamp_holds


def check_seal(pdf: bytes, trust: Trust) -> SealReport:
    """Check a sealed PDF against the one certificate that is trusted.

    The file is measured as bytes before anything in it is read as PDF: a seal that covers the
    whole file leaves a forger nothing to append, replace or hide.
    """
    extent = _extent(pdf)
    if extent is None:
        return SealReport(covers_whole_file=False, is_made_by_key=False)
    # Imported here, as where seals are made: it takes longer to load than to check.
    from forms.seal.cms_check import check_contents

    found = check_contents(extent.contents, trust.certificate, extent.digest, trust.authorities)
    if found is None:
        return SealReport(covers_whole_file=True, is_made_by_key=False)
    return SealReport(True, True, found.has_stamp, found.stamp)


def sealing_certificate(pdf: bytes) -> x509.Certificate | None:
    """Return the certificate that a sealed PDF says is its own; None where there is none."""
    extent = _extent(pdf)
    if extent is None:
        return None
    from forms.seal.cms_check import carried_certificate

    return carried_certificate(extent.contents)


def sealed_at(pdf: bytes) -> datetime | None:
    """Return the time in the seal of a PDF whose seal holds: by the clock of who sealed it."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    moment: datetime | None
    (moment,) = (
        each.self_reported_timestamp for each in PdfFileReader(BytesIO(pdf)).embedded_signatures
    )
    return moment


def check_form(pdf: bytes, trust: Trust) -> None:
    """Let only a sealed, unchanged document of this hospital pass.

    Raises
    ------
    FormNotSealed
        If any byte was changed, added or lost, or another key made the seal.
    """
    report = check_seal(pdf, trust)
    if not report.covers_whole_file:
        raise FormNotSealed("no seal over the whole document")
    if not report.is_made_by_key:
        raise FormNotSealed("the seal does not fit the document")
    if not report.holds:
        raise FormNotSealed("the time stamp is not by an authority in [forms] timestamp_ca_file")


@dataclass(frozen=True, slots=True)
class _Extent:
    """What one seal spans."""

    digest: bytes
    """SHA-256 of everything but the seal itself."""
    contents: bytes
    """The seal itself, a CMS object."""


def _extent(pdf: bytes) -> _Extent | None:
    """Find the one seal whose ``/ByteRange`` is the whole file (ISO 32000-1 12.8.1), or None."""
    ranges = BYTE_RANGE.findall(pdf)
    if len(ranges) != 1:
        return None
    start, gap, after, rest = map(int, ranges[0])
    if start != 0 or not gap < after or after + rest != len(pdf):
        return None
    contents = _contents(pdf[gap:after])
    if contents is None:
        return None
    return _Extent(hashlib.sha256(pdf[:gap] + pdf[after:]).digest(), contents)


def _contents(gap: bytes) -> bytes | None:
    """Read the hexadecimal string in the gap, written in the one way in which seals write it."""
    try:
        padded = bytes.fromhex(gap[1:-1].decode("ascii"))
    except ValueError:
        return None
    contents = padded[: _der_length(padded)]
    rest = bytes(len(padded) - len(contents))
    written = b"<" + (contents + rest).hex().upper().encode("ascii") + b">"
    return contents if written == gap else None


def _der_length(padded: bytes) -> int:
    """Return how long the first DER object is with its head: the rest is padding."""
    if len(padded) < 2 or padded[1] < 0x80:  # noqa: PLR2004 - X.690 8.1.3.4: short form
        return len(padded)
    octets = padded[1] & 0x7F
    return 2 + octets + int.from_bytes(padded[2 : 2 + octets], "big")
