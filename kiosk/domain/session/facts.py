"""What a session knows: who is there, what is offered, what was chosen; forgotten with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kiosk.domain.code import ReleaseCode
from kiosk.domain.consent import Signer
from kiosk.domain.job import Job, JobState
from kiosk.domain.progress import Progress
from kiosk.domain.release import IdentityCheck
from kiosk.domain.study import Patient, Study


@dataclass(frozen=True, slots=True)
class Comfort:
    """How the person sees and hears; back to these values with every new session."""

    language: str = "en"
    large_text: bool = False
    high_contrast: bool = False
    lower_buttons: bool = False
    """Reach mode: everything to touch moves into the lower half."""
    read_aloud: bool = False
    volume: int = 50
    """0 to 100."""
    screen_hidden: bool = False
    """Privacy mode: the screen is blank and the voice alone leads."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What this kiosk's site decided for every session."""

    home: Comfort
    """Language and looks of an empty kiosk."""
    wristbands: bool = False
    """A wristband's PatientID is taken in place of a release code."""


# How the person was known


@dataclass(frozen=True, slots=True)
class CodeTyped:
    """A release code, typed or scanned from the slip."""

    digits: str


@dataclass(frozen=True, slots=True)
class WristbandScanned:
    """A PatientID from a wristband."""

    patient_id: str


Credential = CodeTyped | WristbandScanned


class DatePart(StrEnum):
    """One box of the birth date."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DateTyped:
    """A birth date as far as it was typed."""

    order: tuple[DatePart, DatePart, DatePart]
    """As the person's language writes it."""
    digits: str = ""
    """In that order, two for day and month, four for the year."""

    def part(self, part: DatePart) -> str:
        """Return what was typed of one box."""
        start = sum(_LENGTH[before] for before in self.order[: self.order.index(part)])
        return self.digits[start : start + _LENGTH[part]]

    @property
    def active(self) -> DatePart | None:
        """The box that the next digit goes into, or None when all are full."""
        parts = (part for part in self.order if len(self.part(part)) < _LENGTH[part])
        return next(parts, None)

    @property
    def day(self) -> date | None:
        """The date, or None while it is not one."""
        if self.active is not None:
            return None
        year, month, day = (int(self.part(part)) for part in (_YEAR, _MONTH, _DAY))
        try:
            return date(year, month, day)
        except ValueError:
            return None


_DAY, _MONTH, _YEAR = DatePart.DAY, DatePart.MONTH, DatePart.YEAR
_LENGTH = {_DAY: 2, _MONTH: 2, _YEAR: 4}
DATE_DIGITS = 8


_DAY_FIRST = (DatePart.DAY, DatePart.MONTH, DatePart.YEAR)
_ORDER = {
    "en": (DatePart.MONTH, DatePart.DAY, DatePart.YEAR),
    "zh": (DatePart.YEAR, DatePart.MONTH, DatePart.DAY),
}


def no_date(language: str) -> DateTyped:
    """Return an empty birth date in the order in which a language writes dates."""
    return DateTyped(_ORDER.get(language, _DAY_FIRST))


# What is there to take


@dataclass(frozen=True, slots=True)
class Exam:
    """One study as the person may choose it."""

    study: Study
    thumbnail: bytes | None = None
    """A small PNG, or None while there is none."""
    growing: bool = False
    """New instances were seen to arrive."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person who was identified, and what may be released to them."""

    patient: Patient
    identity: IdentityCheck
    code: ReleaseCode | None
    """None where no code was used: the wristband."""
    exams: tuple[Exam, ...]
    """Newest first."""


class MediumKind(StrEnum):
    """What the copy can be taken home on."""

    DISC = "disc"
    OWN_STICK = "own-stick"
    NEW_STICK = "new-stick"
    PAPER = "paper"
    FILM = "film"


class OutOfOrder(StrEnum):
    """Why a medium cannot be had today; each asks something else of staff."""

    ABSENT = "absent"
    """This kiosk has no such device."""
    AWAY = "away"
    """The device does not answer."""
    EMPTY = "empty"
    """Nothing is left to write or print on."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of medium as it stands today."""

    kind: MediumKind
    out_of_order: OutOfOrder | None = None
    capacity_bytes: int = 0
    """Of one disc or stick; 0 where it does not count."""
    price: Decimal = Decimal(0)
    currency: str = "USD"
    """ISO 4217."""


class Purpose(StrEnum):
    """What the copy is for (45 CFR 164.508(c)(1)(iv)); the value is what the form records."""

    MYSELF = "personal-copy"
    DOCTOR = "new-doctor"
    SECOND_OPINION = "second-opinion"
    TREATMENT = "treatment"
    HEALTH_RECORD = "health-record"


class Authority(StrEnum):
    """In whose right somebody signs for the patient (45 CFR 164.502(g))."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    POWER_OF_ATTORNEY = "power-of-attorney"
    EXECUTOR = "executor"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person has decided so far; going back loses nothing of it."""

    known: Known
    chosen: frozenset[str]
    """StudyInstanceUIDs."""
    shelves: tuple[Shelf, ...]
    medium: MediumKind | None = None
    purpose: Purpose = Purpose.MYSELF
    authority: Authority | None = None
    """Set when somebody signs for the patient."""
    signer_name: str = ""
    """Of a representative, as typed."""

    @property
    def exams(self) -> tuple[Exam, ...]:
        """The chosen exams, newest first."""
        return tuple(exam for exam in self.known.exams if exam.study.study_uid in self.chosen)

    @property
    def instances(self) -> int:
        """How many images were chosen, as far as the archive says."""
        return sum(exam.study.instances or 0 for exam in self.exams)

    @property
    def decisions(self) -> tuple[object, ...]:
        """All that the form states of it; two wishes with the same decisions have the same form."""
        return (self.chosen, self.medium, self.purpose, self.authority, self.signer_name)

    @property
    def shelf(self) -> Shelf | None:
        """The medium that was chosen."""
        return next((shelf for shelf in self.shelves if shelf.kind is self.medium), None)


# The form


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of the form as a picture and as words."""

    width: int
    height: int
    rgb: bytes
    """Rows from the top, three bytes a pixel."""
    text: str


@dataclass(frozen=True, slots=True)
class ShownForm:
    """The form as the person reads it."""

    sha256: str
    """Of the PDF; the sealed form proves that this one was shown."""
    language: str
    """As asked for; the sealed form is in the same one."""
    written_in: str
    """The language of its words, where there are none yet in the one that was asked for."""
    signer: Signer
    pages: tuple[FormPage, ...]
    """Pieces of its pages, from the first line to the last, large enough to read standing."""
    big_pages: tuple[FormPage, ...]
    """The same in fewer words a piece."""


# The job


@dataclass(frozen=True, slots=True)
class Glance:
    """A job as the person may see it from afar: nothing in it tells who they are."""

    job_id: str
    ticket: str
    kind: MediumKind
    state: JobState
    progress: Progress | None
    instances: int
    """How many images the copy will hold, as far as is known."""
    minutes_left: int
    """At least 1 while work is left."""
    volume: int = 1
    """Which of the media is being made, or was made last."""
    volumes: int = 1
    spoiled: int = 0
    waiting_code: str = ""
    failure_code: str = ""
    receipt_printed: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """What is written on the media by hand, line by line."""

    shared: tuple[str, ...]
    """On each of them."""
    own: tuple[str, ...]
    """One line for each, first volume first."""


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One line on WELCOME for somebody who sat down."""

    ticket: str
    minutes_left: int
    """0 when it is ready."""
    needs_staff: bool = False


def ticket_of(job: Job) -> str:
    """Return the number that is called out: A-01 to A-99, then B-01."""
    letter, number = divmod(job.number - 1, 99)
    return f"{chr(ord('A') + letter % 26)}-{number + 1:02}"
