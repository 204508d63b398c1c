"""The sealed documents of a job, made from its facts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from forms.facts import ComeBack, FormFacts, ReceiptFacts, Site, SlipFacts, TicketFacts
from forms.receipt import render_receipt
from forms.release_form import render_form
from forms.seal import Seal
from forms.seal_check import check_form
from forms.signed_form import signed_form
from forms.slip import render_slip
from forms.ticket import render_ticket
from kiosk.domain.audit import AuditKind
from kiosk.domain.job import Job
from kiosk.domain.release import Release
from kiosk.errors import FormChanged, FormNotSealed
from kiosk.ports import AuditLog, Clock, JobStore
from kiosk.services.codes import IssuedCode


@dataclass(frozen=True, slots=True)
class Papers:
    """Makes and checks the documents of one site."""

    site: Site
    kiosk: str
    software: str
    """Name and version of this program."""
    seal: Seal
    jobs: JobStore
    audit: AuditLog
    clock: Clock

    def show_form(self, release: Release, *, large: bool = False) -> bytes:
        """Render the form that the signer reads; the signature and the job are not yet in it.

        Parameters
        ----------
        large
            Its large print, which has the same words and is never signed.
        """
        return render_form(self._facts(release), large=large)

    def make_form(self, job_id: str, release: Release, shown_sha256: str | None = None) -> bytes:
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
        facts = self._facts(release, job_id)
        made = signed_form(facts, self.seal, self.audit.head(), self.clock())
        if shown_sha256 not in {None, made.shown_sha256}:
            raise FormChanged
        return made.sealed

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
        check_form(form, self.seal.certificate)
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
        )
        return self.seal.seal(render_receipt(facts), now)

    def make_slip(self, issued: IssuedCode) -> bytes:
        """Render the slip that a patient takes from the desk to the kiosk."""
        return render_slip(
            SlipFacts(self.site, issued.digits, issued.code.issued_at, issued.code.expires_at)
        )

    def make_ticket(self, reason: ComeBack, works_until: datetime | None, language: str) -> bytes:
        """Render what a patient comes back with whose images cannot be had yet."""
        return render_ticket(TicketFacts(self.site, reason, self.clock(), works_until), language)

    def _facts(self, release: Release, job_id: str = "") -> FormFacts:
        return FormFacts(self.site, release, self.kiosk, self.software, job_id)
