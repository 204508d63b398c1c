"""What can happen at the glass: touches, the clock, and the answers to what was asked."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.consent import Point
from kiosk.domain.session.facts import (
    Authority,
    Comfort,
    Exam,
    Glance,
    Known,
    Label,
    MediumKind,
    Purpose,
    Shelf,
    ShownForm,
    TicketLine,
    Wish,
)
from kiosk.domain.session.places import Reason, Sheet, Way

# Touches


@dataclass(frozen=True, slots=True)
class GoOn:
    """The primary button."""


@dataclass(frozen=True, slots=True)
class GoBack:
    """Go back."""


@dataclass(frozen=True, slots=True)
class TypeDigit:
    """A key of the keypad."""

    digit: str


@dataclass(frozen=True, slots=True)
class TypeLetter:
    """A key of the keyboard."""

    letter: str


@dataclass(frozen=True, slots=True)
class OtherLetters:
    """Type with Latin letters, or with those of the language again."""


@dataclass(frozen=True, slots=True)
class Delete:
    """Take the last digit, letter or stroke away."""


@dataclass(frozen=True, slots=True)
class ClearAll:
    """Take everything away that was typed or drawn."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """The scanner read something."""

    text: str


@dataclass(frozen=True, slots=True)
class ToggleExam:
    """Choose an exam, or leave it out."""

    study_uid: str


@dataclass(frozen=True, slots=True)
class ChooseAll:
    """Choose every exam."""


@dataclass(frozen=True, slots=True)
class TurnPage:
    """See the next or the last part of a list, or of the form."""

    by: int


@dataclass(frozen=True, slots=True)
class PickMedium:
    """Choose what to put them on."""

    kind: MediumKind


@dataclass(frozen=True, slots=True)
class PickPurpose:
    """Choose who they are for."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class SignForSomeone:
    """I sign for someone else."""


@dataclass(frozen=True, slots=True)
class PickAuthority:
    """Choose in whose right somebody signs."""

    authority: Authority


@dataclass(frozen=True, slots=True)
class Bigger:
    """Show the form bigger, or whole again."""


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Touch, or take back, that the medium has no password."""


@dataclass(frozen=True, slots=True)
class Drew:
    """One stroke of a signature, from touch to release."""

    stroke: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class TypeInstead:
    """Type my name, or sign with the finger again."""


@dataclass(frozen=True, slots=True)
class TakeWay:
    """One of the ways that a trouble offers."""

    way: Way


@dataclass(frozen=True, slots=True)
class NoDiscCame:
    """The medium did not come out."""


# Touches of the rail and of what lies over a screen


@dataclass(frozen=True, slots=True)
class CallStaff:
    """A person is wanted."""


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """Open one of the sheets."""

    sheet: Sheet


@dataclass(frozen=True, slots=True)
class CloseSheet:
    """Close what lies over the screen: Use these settings, Keep my place."""


@dataclass(frozen=True, slots=True)
class Agree:
    """Do what the sheet asks about: Start over, Cancel disc, Close it now."""


@dataclass(frozen=True, slots=True)
class SetComfort:
    """Another language, text size, contrast, voice."""

    comfort: Comfort


@dataclass(frozen=True, slots=True)
class Touched:
    """The glass or a key was touched where nothing answers: somebody is there."""


# The clock and the machine


@dataclass(frozen=True, slots=True)
class Tick:
    """Time went on."""

    now: datetime


@dataclass(frozen=True, slots=True)
class HeadphonesChanged:
    """Headphones were plugged in or pulled out."""

    plugged_in: bool


@dataclass(frozen=True, slots=True)
class OutOfService:
    """The kiosk cannot serve anybody, or can again."""

    closed: bool


@dataclass(frozen=True, slots=True)
class QueueSeen:
    """Who sat down and waits."""

    tickets: tuple[TicketLine, ...]


# Answers


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Code and date do not match."""


@dataclass(frozen=True, slots=True)
class MustWait:
    """Too many wrong tries; not before this moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The person is known, and their exams are here."""

    known: Known
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True, slots=True)
class JobFound:
    """The code was used: its bearer comes back for their job."""

    glance: Glance


@dataclass(frozen=True, slots=True)
class ExamSeen:
    """A thumbnail arrived, or an exam was seen to grow."""

    exam: Exam


@dataclass(frozen=True, slots=True)
class FormMade:
    """The form is ready to be read."""

    wish: Wish
    """That it was made for."""
    form: ShownForm


@dataclass(frozen=True, slots=True)
class Sealed:
    """The signed form is sealed and its job is durable."""

    glance: Glance


@dataclass(frozen=True, slots=True)
class JobSeen:
    """How the job stands."""

    glance: Glance


@dataclass(frozen=True, slots=True)
class LabelKnown:
    """What is written on the finished medium."""

    label: Label


@dataclass(frozen=True, slots=True)
class ReceiptNotPrinted:
    """The receipt printer has no paper, or is away."""


@dataclass(frozen=True, slots=True)
class Troubled:
    """What was asked for could not be done."""

    reason: Reason


Touch = (
    GoOn
    | GoBack
    | TypeDigit
    | TypeLetter
    | OtherLetters
    | Delete
    | ClearAll
    | Scanned
    | ToggleExam
    | ChooseAll
    | TurnPage
    | PickMedium
    | PickPurpose
    | SignForSomeone
    | PickAuthority
    | Bigger
    | Acknowledge
    | Drew
    | TypeInstead
    | TakeWay
    | NoDiscCame
    | CallStaff
    | OpenSheet
    | CloseSheet
    | Agree
    | SetComfort
    | Touched
)
Answer = (
    NoMatch
    | MustWait
    | Found
    | JobFound
    | ExamSeen
    | FormMade
    | Sealed
    | JobSeen
    | LabelKnown
    | ReceiptNotPrinted
    | Troubled
)
Event = Touch | Tick | HeadphonesChanged | OutOfService | QueueSeen | Answer
