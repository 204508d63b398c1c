"""Whether a medium is one of those that a receipt was printed for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.media.check.report import Report

if TYPE_CHECKING:  # a check without a receipt need not load what reads receipts
    from forms.receipt.record import ReceiptRecord, RecordedMedium


@dataclass(frozen=True, slots=True)
class Same:
    """Byte for byte one of the receipt's media, and whole."""

    receipt: "ReceiptRecord"
    medium: "RecordedMedium"


@dataclass(frozen=True, slots=True)
class Altered:
    """It says that it is one of the receipt's media, and is no longer what was handed over."""

    receipt: "ReceiptRecord"
    medium: "RecordedMedium"


@dataclass(frozen=True, slots=True)
class Other:
    """None of the receipt's media."""

    receipt: "ReceiptRecord"


Recognised = Same | Altered | Other


def recognise(report: Report, receipt: "ReceiptRecord") -> Recognised:
    """Compare what a check of a medium found with what a receipt was printed for.

    A disc image has its own hash; a disc that is mounted, or a stick, is known by its SHA256.TXT,
    which holds the hash of every other file.
    """
    for medium in receipt.media:
        if report.sha256 in {medium.sha256, medium.manifest_sha256}:
            return Same(receipt, medium) if report.holds else Altered(receipt, medium)
    for medium in receipt.media:
        if _claims_to_be(report, medium):
            return Altered(receipt, medium)
    return Other(receipt)


def _claims_to_be(report: Report, medium: "RecordedMedium") -> bool:
    """Whether a medium has the list of files, or at least the label, of one that was recorded."""
    if report.manifest_sha256 and report.manifest_sha256 == medium.manifest_sha256:
        return True
    return report.file_set_id != "" and report.file_set_id == medium.label
