"""What is printed for the person at the glass: the receipt once, and a ticket to come back with."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

import structlog

from forms.facts import ComeBack
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
    papers: Papers

    def hand_over(self, job_id: str) -> tuple[Event, ...]:
        """Print the receipt unless it was printed before; say what stands on the medium."""
        job = self.jobs.get(job_id)
        known = LabelKnown(_label(job, self.papers.site.zone))
        if self._is_printed(job_id) or self._print_receipt(job):
            return (known,)
        return (ReceiptNotPrinted(), known)

    def print_ticket(self, reason: Reason, works_until: datetime | None, language: str) -> None:
        """Print what to come back with; where that fails, the person knows enough without."""
        self._print(self.papers.make_ticket(_COME_BACK[reason], works_until, language), "Ticket")

    def _is_printed(self, job_id: str) -> bool:
        return any(event.kind is AuditKind.RECEIPT_PRINTED for event in self.audit.events(job_id))

    def _print_receipt(self, job: Job) -> bool:
        """Return whether it came out; one that did not stays in the store for the desk."""
        receipt = self.jobs.document(job.job_id, "receipt")
        trouble = self._print(receipt, f"Receipt {job.number}")
        if trouble is None:
            self.audit.append(AuditKind.RECEIPT_PRINTED, {"kiosk": self.kiosk}, job.job_id)
            return True
        fields = {"kiosk": self.kiosk, "code": trouble}
        self.audit.append(AuditKind.RECEIPT_NOT_PRINTED, fields, job.job_id)
        return False

    def _print(self, document: bytes | None, title: str) -> str | None:
        """Print a document; return the code of what is in the way, if anything is."""
        if self.printer is None or document is None:
            return PrinterAway.code
        try:
            self.printer.print(document, title)
        except (PrinterAway, PrinterEmpty) as error:
            log.warning("not-printed", title=title, code=error.code)
            return error.code
        return None


def _label(job: Job, zone: tzinfo) -> Label:
    patient = job.release.patient
    return Label(
        patient_name=patient.printed_name,
        birth_date=patient.birth_date,
        exams=len(job.release.studies),
        instances=job.instances,
        volumes=job.volumes,
        made_on=job.changed_at.astimezone(zone).date(),
    )
