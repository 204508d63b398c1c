"""Where in the walk a person stands; each place carries only what is true there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.consent import Point
from kiosk.domain.session.facts import (
    Comfort,
    Credential,
    DateTyped,
    FormPage,
    Glance,
    Label,
    Rules,
    ShownForm,
    TicketLine,
    Wish,
)


class Notice(StrEnum):
    """What is said on the same screen, where the person can put it right."""

    NO_MATCH = "no-match"
    MUST_WAIT = "must-wait"
    CODE_NOT_FULL = "code-not-full"
    DATE_NOT_FULL = "date-not-full"
    NO_SUCH_DATE = "no-such-date"
    NOT_OUR_SLIP = "not-our-slip"
    CHOOSE_AN_EXAM = "choose-an-exam"
    STICK_TOO_SMALL = "stick-too-small"
    CHOOSE_WHO_YOU_ARE = "choose-who-you-are"
    NAME_IS_EMPTY = "name-is-empty"
    TOUCH_THE_BOX = "touch-the-box"
    SIGNATURE_IS_EMPTY = "signature-is-empty"


class Reason(StrEnum):
    """Why a person is shown something else than the next step; one for each thing to do."""

    CODE_VOID = "code-void"
    TOO_MANY_TRIES = "too-many-tries"
    NEEDS_CHECK = "needs-check"
    ARCHIVE_AWAY = "archive-away"
    NO_EXAMS = "no-exams"
    STILL_GROWING = "still-growing"
    NO_MEDIUM = "no-medium"
    NEEDS_APPROVAL = "needs-approval"
    STICK_PULLED = "stick-pulled"
    STICK_TOO_SMALL = "stick-too-small"
    STICK_UNUSABLE = "stick-unusable"
    DISCS_SPOILED = "discs-spoiled"
    NO_DISC_CAME = "no-disc-came"
    JOB_FAILED = "job-failed"
    NOT_SEALED = "not-sealed"
    KIOSK_FAILED = "kiosk-failed"


class Way(StrEnum):
    """One way on from a trouble; each is a button."""

    TRY_AGAIN = "try-again"
    PRINT_TICKET = "print-ticket"
    WAIT_FOR_THEM = "wait-for-them"
    TAKE_WHAT_IS_HERE = "take-what-is-here"
    USE_ANOTHER_STICK = "use-another-stick"
    CHOOSE_A_DISC = "choose-a-disc"
    FINISH = "finish"


# Places


@dataclass(frozen=True, slots=True)
class Welcome:
    """Nobody is there."""

    tickets: tuple[TicketLine, ...] = ()


@dataclass(frozen=True, slots=True)
class EnterCode:
    """IDENTIFY, first half."""

    digits: str = ""
    notice: Notice | None = None
    wrong_tries: int = 0
    rests_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class EnterDate:
    """IDENTIFY, second half."""

    credential: Credential
    typed: DateTyped
    notice: Notice | None = None
    wrong_tries: int = 0
    rests_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Searching:
    """The answers are checked, then the archive is asked."""

    asked: EnterDate
    since: datetime
    slow: bool = False
    """It takes longer than usual; the person may come back later."""


@dataclass(frozen=True, slots=True)
class ChooseStudies:
    """Which exams."""

    wish: Wish
    page: int = 0
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class ChooseMedia:
    """What to put them on."""

    wish: Wish
    page: int = 0
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class WhoFor:
    """Who it is for and why."""

    wish: Wish
    page: int = 0


@dataclass(frozen=True, slots=True)
class WhoAreYou:
    """In whose right somebody signs for the patient."""

    wish: Wish
    page: int = 0
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class TypeSigner:
    """The name of who signs for the patient."""

    wish: Wish
    latin: bool = False
    """Latin letters, where those of the language are others."""
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class ReadForm:
    """The very form that will be sealed."""

    wish: Wish
    form: ShownForm | None = None
    """None until it is made."""
    page: int = 0
    bigger: bool = False
    acknowledged_at: datetime | None = None
    """When the person touched that the medium has no password."""
    electronic_at: datetime | None = None
    """When the person went on to sign on the screen, paper being the other way."""
    notice: Notice | None = None

    @property
    def pages(self) -> tuple[FormPage, ...]:
        """The pieces that are turned over; none while the form is made."""
        if self.form is None:
            return ()
        return self.form.big_pages if self.bigger else self.form.pages

    @property
    def is_last_page(self) -> bool:
        """Whether nothing is left to read."""
        return bool(self.pages) and self.page == len(self.pages) - 1


@dataclass(frozen=True, slots=True)
class Ink:
    """What stands in the signature box: strokes, or a typed name."""

    strokes: tuple[tuple[Point, ...], ...] = ()
    typed: str = ""
    is_typing: bool = False
    latin: bool = False
    """Latin letters, where those of the language are others."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no signature yet; a mere tap of the glass is none."""
        if self.is_typing:
            return not self.typed.strip()
        return not any(len({(x, y) for x, y, *_ in stroke}) > 1 for stroke in self.strokes)


@dataclass(frozen=True, slots=True)
class Sign:
    """The signature."""

    read: ReadForm
    ink: Ink = Ink()
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Confirm:
    """The last check, and the last undo."""

    signed: Sign
    signed_at: datetime
    is_sealing: bool = False
    """The form is being sealed; there is no way back any more."""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """The job is durable; nothing on the screen tells whose it is.

    A finished one stands here too, when nobody has touched the glass for a while: who takes it
    shows the slip once more.
    """

    glance: Glance
    page: int = 0


@dataclass(frozen=True, slots=True)
class Collect:
    """The medium is ready."""

    glance: Glance
    label: Label | None = None
    """None until it was looked up."""
    page: int = 0


class Farewell(StrEnum):
    """How a visit ended."""

    TAKEN = "taken"
    TICKET = "ticket"
    """Something to come back with was printed."""
    STOPPED = "stopped"
    """The person wanted no copy any more."""
    LEFT = "left"
    """Nothing was taken; a person helps, or nobody must."""


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Everything is gone from the screen."""

    since: datetime
    farewell: Farewell = Farewell.LEFT


@dataclass(frozen=True, slots=True)
class SeeStaff:
    """Something a person must help with, or must be told before going on."""

    reason: Reason
    ways: tuple[Way, ...]
    back_to: "EnterDate | ChooseStudies | ReadForm | Confirm | None" = None
    """Where the person goes on when it is settled."""
    ticket: str = ""
    form_is_safe: bool = False
    staff_called_at: datetime | None = None
    """When this trouble itself called staff."""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Closed:
    """The whole kiosk is out of order."""


Place = (
    Welcome
    | EnterCode
    | EnterDate
    | Searching
    | ChooseStudies
    | ChooseMedia
    | WhoFor
    | WhoAreYou
    | TypeSigner
    | ReadForm
    | Sign
    | Confirm
    | Waiting
    | Collect
    | Goodbye
    | SeeStaff
    | Closed
)


CALL_IS_NEWS_FOR = timedelta(seconds=15)


class Sheet(StrEnum):
    """What may lie over any screen."""

    LANGUAGES = "languages"
    SEE_AND_HEAR = "see-and-hear"
    START_OVER = "start-over"
    CANCEL_DISC = "cancel-disc"


@dataclass(frozen=True, slots=True)
class StillThere:
    """The idle question."""

    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One person at the glass."""

    visit: int
    """Counts up; answers to what was asked earlier are dropped."""
    rules: Rules
    place: Place
    now: datetime
    touched_at: datetime
    comfort: Comfort
    over: Sheet | StillThere | None = None
    staff_called_at: datetime | None = None
    headphones_in: bool = False

    @property
    def staff_just_called(self) -> bool:
        """Whether the person is still to be told that the call was heard."""
        called = self.staff_called_at
        return called is not None and self.now - called < CALL_IS_NEWS_FOR
