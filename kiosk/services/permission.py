"""Whether a signed job may be released at this moment, asked before every step of its medium."""

from enum import StrEnum

from kiosk.domain.audit import AuditKind
from kiosk.domain.job import Approve, Job
from kiosk.errors import ApprovalNeeded, ConsentExpired, ConsentRevoked
from kiosk.services.papers import Papers


class Ending(StrEnum):
    """How a consent ends before its copy is handed over."""

    REVOKED = "revoked"
    """The signer took it back in writing (45 CFR 164.508(b)(5))."""
    EVENT_HAPPENED = "event-happened"
    """The event came with which an authorization expires (45 CFR 164.508(c)(1)(v))."""


def end_consent(papers: Papers, job_id: str, ending: Ending, by: str) -> None:
    """Note for good that a consent has ended; what was handed over before stays handed over.

    Parameters
    ----------
    by : str
        The member of staff who was told.

    Raises
    ------
    KeyError
        If there is no such job.
    """
    papers.jobs.get(job_id)
    papers.audit.append(AuditKind.CONSENT_ENDED, {"how": ending.value, "by": by}, job_id)


def require_permission(papers: Papers, job: Job) -> None:
    """Let only a job pass whose form is whole, approved where that is needed, and still counts.

    Raises
    ------
    FormNotSealed
        If the sealed form is missing, changed or another job's.
    ApprovalNeeded
        If nobody of the staff saw the document that gives a representative their right.
    ConsentRevoked, ConsentExpired
        If the consent has ended (45 CFR 164.508(b)(2)).
    """
    papers.check_form(job)
    consent = job.release.consent
    if consent.has_expired(papers.clock(), papers.site.zone):
        raise ConsentExpired
    is_approved = not consent.needs_approval
    for event in papers.audit.events(job.job_id):
        if event.kind is AuditKind.CONSENT_ENDED:
            how = Ending(event.fields["how"])
            raise ConsentRevoked if how is Ending.REVOKED else ConsentExpired
        if event.fields.get("event") == Approve.__name__:
            is_approved = is_approved or bool(event.fields.get("seen", "").strip())
    if not is_approved:
        raise ApprovalNeeded("no document was seen")
