"""What a sealed form or receipt proves: its seal, its time, and what the store knows of it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from forms.reading.pdfium import attachment, opened
from forms.release.evidence_record import check_evidence
from forms.release.signed_form import EVIDENCE_NAME, SHOWN_NAME
from forms.seal.check import SealReport, Trust, check_seal, sealed_at, sealing_certificate
from kiosk.domain.audit import FIRST_HASH, AuditEvent, AuditKind
from kiosk.domain.readiness import Finding, Level
from kiosk.errors import AuditBroken, DocumentUnknown, EvidenceIncomplete, FormNotSealed, KioskError
from kiosk.ports import AuditLog, JobStore

SEALED = {AuditKind.FORM_SEALED: "form", AuditKind.RECEIPT_SEALED: "receipt"}
CLOCKS_AGREE = timedelta(minutes=5)
"""Between the kiosk's clock and a time stamp, which is a moment later."""


USE_THE_STORE = "do not rely on this file, take the one that the kiosk has in its store"


@dataclass(frozen=True, slots=True)
class Proof:
    """Judges documents by one kiosk's certificate, store and chain of events."""

    trust: Trust
    jobs: JobStore
    audit: AuditLog

    def findings(self, pdf: bytes) -> Iterator[Finding]:
        """Give what was found, point by point.

        Nothing within the file is believed, or even read, before its seal holds.
        """
        certificate = sealing_certificate(pdf)
        if certificate is None:
            yield _broken("seal", "there is no seal over the whole file", FormNotSealed)
            return
        report = check_seal(pdf, Trust(certificate, self.trust.authorities))
        if not report.is_made_by_key:
            yield _broken("seal", "the file is not as it was sealed", FormNotSealed)
            return
        events = self.audit.events()
        sha256 = hashlib.sha256(pdf).hexdigest()
        sealed = [
            each for each in events if each.kind in SEALED and each.fields["sha256"] == sha256
        ]
        yield _good("seal", "nothing in the file has changed since it was sealed")
        yield self._key(certificate, sealed)
        yield _time(pdf, report)
        if not sealed:
            found = "neither store nor audit trail of this kiosk knows the file"
            yield _broken("store", found, DocumentUnknown)
            return
        yield self._store(pdf, sealed[0])
        if sealed[0].kind is AuditKind.FORM_SEALED:
            yield self._evidence(pdf, sealed[0], events)
        yield self._chain(sealed[0])

    def _key(self, certificate: x509.Certificate, sealed: Sequence[AuditEvent]) -> Finding:
        fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
        who = f"{certificate.subject.rfc4514_string()}, SHA-256 {fingerprint}"
        if certificate == self.trust.certificate:
            return _good("key", f"sealed with this kiosk's key: {who}")
        if sealed:
            found = f"sealed with another key than this kiosk has now: {who}"
            to_do = "the audit trail knows the file: see that this was the kiosk's key then"
            return Finding("key", Level.WARNING, found, to_do)
        return _broken("key", f"sealed with a key that is not this kiosk's: {who}", FormNotSealed)

    def _store(self, pdf: bytes, sealed: AuditEvent) -> Finding:
        kind, job_id = SEALED[sealed.kind], sealed.job_id or ""
        try:
            kept = self.jobs.document(job_id, kind)
        except KioskError as error:
            return _broken("store", error.detail, type(error))
        if kept != pdf:
            found = f"the store has no such {kind} of job {job_id} any more"
            return _broken("store", found, DocumentUnknown)
        number = self.jobs.get(job_id).number
        return _good("store", f"it is the {kind} of job {number} ({job_id}), byte for byte")

    def _evidence(self, pdf: bytes, sealed: AuditEvent, events: Sequence[AuditEvent]) -> Finding:
        with opened(pdf) as document:
            shown = attachment(document, SHOWN_NAME)
            evidence = attachment(document, EVIDENCE_NAME)
        try:
            record = check_evidence(evidence or b"")
            kept = self.jobs.document(sealed.job_id or "", "evidence")
        except EvidenceIncomplete as error:
            return _broken("evidence", f"incomplete: {error.detail}", EvidenceIncomplete)
        except KioskError as error:
            return _broken("evidence", error.detail, type(error))
        before = {FIRST_HASH, *(each.hash for each in events[: sealed.sequence - 1])}
        for holds, found in (
            (record.job_id == sealed.job_id, "it is of another job"),
            (
                hashlib.sha256(shown or b"").hexdigest() == record.form.shown_sha256,
                "the form that it was given to is another than the one inside the file",
            ),
            (kept == evidence, "the store has another record of the signature"),
            (record.previous_audit_hash in before, "no event of the audit trail comes before it"),
        ):
            if not holds:
                return _broken("evidence", found, FormNotSealed)
        return _good("evidence", f"the form as shown is inside, SHA-256 {record.form.shown_sha256}")

    def _chain(self, sealed: AuditEvent) -> Finding:
        try:
            length = self.audit.verify()
        except AuditBroken as error:
            return _broken("audit trail", error.detail, AuditBroken)
        found = f"event {sealed.sequence} records the file, and the chain of {length} is whole"
        return _good("audit trail", found)


def _time(pdf: bytes, report: SealReport) -> Finding:
    said = sealed_at(pdf)
    clock = f"sealed at {said.isoformat()} by the kiosk's clock" if said else "no time in the seal"
    if not report.has_stamp:
        return _good("time", f"{clock}, without a time stamp")
    if report.stamp is None:
        found = f"{clock}; the time stamp is changed, or by nobody whom this kiosk believes"
        to_do = "see that [forms] timestamp_ca_file names whoever stamped then"
        return Finding("time", Level.BROKEN, found, to_do, FormNotSealed.code)
    found = f"{clock}, time stamp {report.stamp.at.isoformat()} by {report.stamp.by}"
    if said is None or abs(report.stamp.at - said) > CLOCKS_AGREE:
        return Finding("time", Level.WARNING, found, "the clocks disagree: believe the time stamp")
    return _good("time", found)


def _good(name: str, found: str) -> Finding:
    return Finding(name, Level.READY, found)


def _broken(name: str, found: str, error: type[KioskError]) -> Finding:
    # That error's own sentence is of a release that is still to come.
    to_do = USE_THE_STORE if error is FormNotSealed else error.staff
    return Finding(name, Level.BROKEN, found, to_do, error.code)
