"""Whether a seal still holds: every byte of the file is under it, and it is the hospital's."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from kiosk.errors import FormNotSealed

BYTE_RANGE = re.compile(
    rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]"
)


@dataclass(frozen=True, slots=True)
class SealReport:
    """What a check of a sealed PDF found."""

    intact: bool
    """The bytes under the seal are those that were sealed, with the trusted certificate's key."""
    covers_whole_file: bool
    """There is one seal, and nothing of the file lies outside it."""
    certificate_sha256: str | None
    """Of the certificate that the seal carries; None where none can be read."""
    not_before: datetime
    """From when the trusted certificate is valid."""
    not_after: datetime

    @property
    def holds(self) -> bool:
        """Whether the document may be relied on."""
        return self.intact and self.covers_whole_file


def check_seal(pdf: bytes, trusted: x509.Certificate) -> SealReport:
    """Check a sealed PDF against the one certificate that is trusted.

    The file is measured as bytes before anything in it is read as PDF: a seal that covers the
    whole file leaves a forger nothing to append, replace or hide.
    """
    # Imported here, as where seals are made: it takes longer to load than to check.
    from forms.cms_check import certificate_sha256, is_made_by

    extent = _extent(pdf)
    return SealReport(
        intact=extent is not None and is_made_by(extent.contents, trusted, extent.digest),
        covers_whole_file=extent is not None,
        certificate_sha256=certificate_sha256(extent.contents) if extent else None,
        not_before=trusted.not_valid_before_utc,
        not_after=trusted.not_valid_after_utc,
    )


def check_form(pdf: bytes, trusted: x509.Certificate) -> None:
    """Let only a sealed, unchanged document of this hospital pass.

    Raises
    ------
    FormNotSealed
        If any byte was changed, added or lost, or another key made the seal.
    """
    report = check_seal(pdf, trusted)
    if not report.covers_whole_file:
        raise FormNotSealed("no seal over the whole document")
    if not report.intact:
        raise FormNotSealed("the seal does not fit the document")


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
