"""The sealed documents of a job, made from its facts."""

import hashlib
from dataclasses import dataclass

from forms.facts import FormFacts, ReceiptFacts, Site, SlipFacts
from forms.receipt import render_receipt
from forms.seal import Seal
from forms.seal_check import check_form
from forms.signed_form import signed_form
from forms.slip import render_slip
from kiosk.domain.audit import AuditKind
from kiosk.domain.job import Job
from kiosk.domain.release import Release
from kiosk.errors import FormNotSealed
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

    def make_form(self, job_id: str, release: Release) -> bytes:
        """Render the form as it was shown, sign it with the release's signature, seal it.

        Raises
        ------
        ConsentRefused
            If the consent lacks an element.
        """
        facts = FormFacts(self.site, release, self.kiosk, self.software, job_id)
        return signed_form(facts, self.seal, self.audit.head(), self.clock()).sealed

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
