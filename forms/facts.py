"""The facts that each document is a function of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import Enum

from forms.house import PLAIN, House
from kiosk.domain.clock import ClockState
from kiosk.domain.job import Job
from kiosk.domain.medium import Medium
from kiosk.domain.readiness import Finding
from kiosk.domain.release import Approval, Release
from kiosk.domain.study import Patient


@dataclass(frozen=True, slots=True)
class Site:
    """The hospital, as it stands at the head of every document."""

    name: str
    address: str = ""
    phone: str = ""
    zone: tzinfo = UTC
    """The time zone that moments are printed in."""
    language: str = "en"
    """What the hospital itself reads, and so what stands on the media that leave it."""
    house: House = PLAIN
    """Its own words and logo."""


@dataclass(frozen=True, slots=True)
class FormFacts:
    """Everything that the release form states."""

    site: Site
    release: Release
    kiosk: str
    software: str
    """Name and version of this program."""
    job_id: str
    clock: ClockState = ClockState.UNKNOWN
    """As it is when the form is signed; the form as shown says nothing of it."""


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """Everything that the receipt states."""

    site: Site
    job: Job
    """With its verified media; ``job.number`` is the receipt's number."""
    handed_over_at: datetime
    software: str
    form_sha256: str
    """Of the sealed form."""
    audit_head: str
    """Hash of the newest audit event: paper in a patient's hand anchors the chain."""
    approval: Approval | None = None
    """Which document showed a representative's right, seen before the signature or after it."""


class LabelShows(Enum):
    """What a label knows a patient by, besides the name."""

    BIRTH_DATE = "birth-date"
    PATIENT_ID = "patient-id"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """Everything that the label of one medium states (IHE PDI)."""

    site: Site
    job: Job
    medium: Medium
    """One of the job's."""
    written_on: date
    shows: LabelShows


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """Everything that the code slip states; there is no room for a person's details."""

    site: Site
    digits: str
    issued_at: datetime
    valid_until: datetime


class ComeBack(Enum):
    """Why a patient leaves without images and may return."""

    ARCHIVE_AWAY = "archive_away"
    NO_IMAGES_YET = "no_images_yet"
    STILL_GROWING = "still_growing"


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """Everything that the ticket states; there is no room for a person's details or the code."""

    site: Site
    reason: ComeBack
    printed_at: datetime
    works_until: datetime | None
    """When the code on the slip ends; None for who came with a wristband."""


@dataclass(frozen=True, slots=True)
class PicturesFacts:
    """Whose pictures are printed, on paper or film; what they show comes with each of them."""

    site: Site
    patient: Patient
    printed_at: datetime
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ReadinessFacts:
    """Everything that the readiness report states."""

    site: Site
    kiosk: str
    software: str
    looked_at: datetime
    findings: tuple[Finding, ...]
