"""What is printed for the person at the glass: receipt and labels once, or a ticket to return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from forms.facts import ComeBack
from forms.label.said import LabelText
from kiosk.domain.audit import AuditKind
from kiosk.domain.job import Job
from kiosk.domain.session.events import Event, LabelKnown, ReceiptNotPrinted
from kiosk.domain.session.facts import Label
from kiosk.domain.session.places import Reason
from kiosk.errors import PrinterAway, PrinterEmpty
from kiosk.ports import AuditLog, JobStore, Printer
from kiosk.services.papers import Papers

log = structlog.get_logger()

_COME_BACK = {
    Reason.ARCHIVE_AWAY: ComeBack.ARCHIVE_AWAY,
    Reason.NO_EXAMS: ComeBack.NO_IMAGES_YET,
    Reason.STILL_GROWING: ComeBack.STILL_GROWING,
}


@dataclass(frozen=True, slots=True)
class HandingOver:
    """The moment at which a person stands before the finished medium."""

    kiosk: str
    jobs: JobStore
    audit: AuditLog
    printer: Printer | None
    label_printer: Printer | None
    papers: Papers

    def hand_over(self, job_id: str) -> tuple[Event, ...]:
        """Print the receipt and the labels once; say what is missing, or to be written by hand."""
        job = self.jobs.get(job_id)
        events: list[Event] = []
        if not self._is_recorded(AuditKind.RECEIPT_PRINTED, job) and not self._print_receipt(job):
            events.append(ReceiptNotPrinted())
        if not self._is_recorded(AuditKind.LABELS_PRINTED, job) and not self._print_labels(job):
            events.append(LabelKnown(_by_hand(self.papers.labels_by_hand(job))))
        return tuple(events)

    def print_ticket(self, reason: Reason, works_until: datetime | None, language: str) -> None:
        """Print what to come back with; where that fails, the person knows enough without."""
        ticket = self.papers.make_ticket(_COME_BACK[reason], works_until, language)
        _print(self.printer, ticket, "Ticket")

    def _is_recorded(self, kind: AuditKind, job: Job) -> bool:
        return any(event.kind is kind for event in self.audit.events(job.job_id))

    def _print_receipt(self, job: Job) -> bool:
        """Return whether it came out; one that did not stays in the store for the desk."""
        receipt = self.papers.receipt_to_print(job)
        trouble = _print(self.printer, receipt, f"Receipt {job.number}")
        if trouble is None:
            self.audit.append(AuditKind.RECEIPT_PRINTED, {"kiosk": self.kiosk}, job.job_id)
            return True
        fields = {"kiosk": self.kiosk, "code": trouble}
        self.audit.append(AuditKind.RECEIPT_NOT_PRINTED, fields, job.job_id)
        return False

    def _print_labels(self, job: Job) -> bool:
        """Return whether all came out; a label that did not is written by hand."""
        if self.label_printer is None:
            return False
        for medium in job.media:
            label = self.papers.make_label(job, medium)
            if _print(self.label_printer, label, f"Label {job.number}-{medium.volume}") is not None:
                return False
        self.audit.append(AuditKind.LABELS_PRINTED, {"kiosk": self.kiosk}, job.job_id)
        return True


def _print(printer: Printer | None, document: bytes | None, title: str) -> str | None:
    """Print a document; return the code of what is in the way, if anything is."""
    if printer is None or document is None:
        return PrinterAway.code
    try:
        printer.print(document, title)
    except (PrinterAway, PrinterEmpty) as error:
        log.warning("not-printed", title=title, code=error.code)
        return error.code
    return None


def _by_hand(labels: Sequence[LabelText]) -> Label:
    """Return the labels of a job's media, of which only the last line differs."""
    first = labels[0]
    return Label((first.who, first.where), tuple(label.what for label in labels))
