"""What a session asks of the machine; each is answered later, by an event."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.consent import Consent
from kiosk.domain.session.facts import Credential, Known, Wish
from kiosk.domain.session.places import Reason


@dataclass(frozen=True, slots=True)
class Identify:
    """Check the answers, then find the exams: Found, JobFound, NoMatch, MustWait or Troubled."""

    credential: Credential
    birth_date: date


@dataclass(frozen=True, slots=True)
class LookAtExams:
    """Fetch thumbnails, and see whether exams still grow: an ExamSeen each, as they come."""

    known: Known


@dataclass(frozen=True, slots=True)
class MakeForm:
    """Make the form as it will be sealed: FormMade or Troubled."""

    wish: Wish
    language: str


@dataclass(frozen=True, slots=True)
class Seal:
    """Seal the signed form and make its job durable: Sealed or Troubled."""

    wish: Wish
    consent: Consent
    shown_sha256: str


@dataclass(frozen=True, slots=True)
class LookAtJob:
    """See how a job stands: JobSeen."""

    job_id: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """The person stands before the finished medium: print the receipt; LabelKnown."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """The person wants no copy any more: JobSeen."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Collected:
    """The person has taken the medium; its ticket is done."""

    job_id: str


@dataclass(frozen=True, slots=True)
class CallDesk:
    """Tell the desk that a person is wanted, and where in the walk they stand."""

    where: str
    job_id: str | None = None


@dataclass(frozen=True, slots=True)
class PrintTicket:
    """Print what to come back with: nothing to wait for."""

    reason: Reason
    language: str


@dataclass(frozen=True, slots=True)
class LookAtQueue:
    """See who sat down and waits: QueueSeen."""


@dataclass(frozen=True, slots=True)
class Forget:
    """The session is over: drop what is kept of it anywhere."""


Ask = (
    Identify
    | LookAtExams
    | MakeForm
    | Seal
    | LookAtJob
    | HandOver
    | Cancel
    | Collected
    | CallDesk
    | PrintTicket
    | LookAtQueue
    | Forget
)
