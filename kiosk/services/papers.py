"""The sealed documents of a job, made from its facts."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from forms.facts import ComeBack, FormFacts, LabelFacts, ReceiptFacts, Site, SlipFacts, TicketFacts
from forms.label.disc_face import render_disc_face
from forms.label.said import LabelText, label_text
from forms.label.sleeve import render_sleeve
from forms.label.tag import render_tag
from forms.receipt.page import render_receipt
from forms.receipt.record import RECORD_NAME, encode_record, read_record
from forms.receipt.roll import render_receipt_roll
from forms.release.form import render_form
from forms.release.signed_form import SignedForm, signed_form
from forms.seal.check import check_form
from forms.seal.seal import Seal
from forms.slip import render_slip
from forms.ticket import render_ticket, render_ticket_roll
from kiosk.domain.audit import AuditKind
from kiosk.domain.clock import ClockState
from kiosk.domain.job import Approve, Job
from kiosk.domain.medium import Medium
from kiosk.domain.release import Approval, Release, TargetKind
from kiosk.errors import FormChanged, FormNotSealed
from kiosk.ports import AuditLog, Clock, JobStore
from kiosk.services.codes import IssuedCode
from kiosk.services.stationery import DiscLabel, ReceiptPrinter, Stationery

if TYPE_CHECKING:
    from forms.seal.time_stamp import Missed


@dataclass(frozen=True, slots=True)
class Papers:
    """Makes and checks the documents of one site."""

    site: Site
    kiosk: str
    software: str
    """Name and version of this program."""
    seal: Seal
    stationery: Stationery
    jobs: JobStore
    audit: AuditLog
    clock: Clock
    clock_state: Callable[[], ClockState]

    def show_form(self, release: Release, *, large: bool = False) -> bytes:
        """Render the form that the signer reads; the signature and the job are not yet in it.

        Parameters
        ----------
        large
            Its large print, which has the same words and is never signed.
        """
        return render_form(self._facts(release), large=large)

    def make_form(
        self, job_id: str, release: Release, shown_sha256: str | None = None
    ) -> SignedForm:
        """Render the form as it was shown, sign it with the release's signature, seal it.

        Parameters
        ----------
        shown_sha256 : str, optional
            Of the form that the signer has read.

        Raises
        ------
        ConsentRefused
            If the consent lacks an element.
        FormChanged
            If the signer has read another form than the one that would be sealed.
        """
        facts = replace(self._facts(release, job_id), clock=self.clock_state())
        made = signed_form(facts, self.seal, self.audit.head(), self.clock())
        if shown_sha256 not in {None, made.shown_sha256}:
            raise FormChanged
        self._note_missed(job_id, "form", made.missed)
        return made

    def check_form(self, job: Job) -> bytes:
        """Return the job's form after making sure that it is sealed by this site and unchanged.

        Raises
        ------
        FormNotSealed
            If it is not, or is missing.
        """
        form = self.jobs.document(job.job_id, "form")
        if form is None:
            raise FormNotSealed("no form in the store")
        check_form(form, self.seal.trust)
        # A good form of another job is no form of this one.
        sealed = {
            event.fields["sha256"]
            for event in self.audit.events(job.job_id)
            if event.kind is AuditKind.FORM_SEALED
        }
        if sealed != {hashlib.sha256(form).hexdigest()}:
            raise FormNotSealed("the form is not the one that was sealed for this job")
        return form

    def make_receipt(self, job: Job) -> bytes:
        """Render and seal the receipt of a job whose media are verified."""
        form = self.check_form(job)
        now = self.clock()
        facts = ReceiptFacts(
            site=self.site,
            job=job,
            handed_over_at=now,
            software=self.software,
            form_sha256=hashlib.sha256(form).hexdigest(),
            audit_head=self.audit.head(),
            approval=self._approval(job),
        )
        receipt = render_receipt(facts, self.stationery.receipt_page)
        sealed = self.seal.seal(receipt, now, {RECORD_NAME: encode_record(facts)})
        self._note_missed(job.job_id, "receipt", sealed.missed)
        return sealed.pdf

    def receipt_to_print(self, job: Job) -> bytes | None:
        """Return a job's receipt as its printer takes it, or None where there is none.

        A roll says what the sealed receipt says: its facts come from there.
        """
        sealed = self.jobs.document(job.job_id, "receipt")
        if sealed is None or self.stationery.receipt_printer is ReceiptPrinter.PAGE:
            return sealed
        record = read_record(sealed, self.seal.trust)
        return render_receipt_roll(
            ReceiptFacts(
                site=self.site,
                job=job,
                handed_over_at=record.handed_over_at,
                software=record.software,
                form_sha256=record.form_sha256,
                audit_head=record.audit_head,
                approval=self._approval(job),
            )
        )

    def make_label(self, job: Job, medium: Medium) -> bytes:
        """Render the label of a medium: a disc's, or the tag of a stick."""
        facts, stationery = self._label_facts(job, medium), self.stationery
        if medium.kind is TargetKind.FOLDER:
            return render_tag(facts)
        match stationery.disc_label:
            case DiscLabel.DISC_FACE:
                return render_disc_face(facts, stationery.disc_ring)
            case DiscLabel.SLEEVE:
                return render_sleeve(facts)

    def labels_by_hand(self, job: Job) -> list[LabelText]:
        """Return what stands on each label, for where there is nothing to print it with."""
        return [label_text(self._label_facts(job, medium)) for medium in job.media]

    def make_slip(self, issued: IssuedCode) -> bytes:
        """Render the slip that a patient takes from the desk to the kiosk."""
        return render_slip(
            SlipFacts(self.site, issued.digits, issued.code.issued_at, issued.code.expires_at)
        )

    def make_ticket(self, reason: ComeBack, works_until: datetime | None, language: str) -> bytes:
        """Render what a patient comes back with whose images cannot be had yet."""
        facts = TicketFacts(self.site, reason, self.clock(), works_until)
        match self.stationery.receipt_printer:
            case ReceiptPrinter.PAGE:
                return render_ticket(facts, language)
            case ReceiptPrinter.ROLL:
                return render_ticket_roll(facts, language)

    def _approval(self, job: Job) -> Approval | None:
        """Return who saw which document of a representative, before the signature or after it."""
        seen = (
            Approval(event.fields["by"], event.fields["seen"], event.at)
            for event in self.audit.events(job.job_id)
            if event.fields.get("event") == Approve.__name__
        )
        return job.release.approval or next(seen, None)

    def _note_missed(self, job_id: str, document: str, missed: "Missed | None") -> None:
        """Record that a document has no time stamp although it should."""
        if missed is not None:
            fields = {"document": document, "code": missed.value}
            self.audit.append(AuditKind.TIME_STAMP_MISSED, fields, job_id)

    def _label_facts(self, job: Job, medium: Medium) -> LabelFacts:
        written_on = job.changed_at.astimezone(self.site.zone).date()
        return LabelFacts(self.site, job, medium, written_on, self.stationery.label_shows)

    def _facts(self, release: Release, job_id: str = "") -> FormFacts:
        return FormFacts(self.site, release, self.kiosk, self.software, job_id)
