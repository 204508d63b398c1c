"""A made-up session for every place and every variant of every screen, by name.

What is shown, compared with the kept pictures and walked through by the tests comes from here::

    session = session_named("sign-drawn", Comfort("ar", large_text=True), panel=(1920, 1080))

The language decides the order of a birth date and the words of the form; the panel, in px, how
the form is cut into pages.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from kiosk.domain.job import JobState
from kiosk.domain.session.facts import (
    Authority,
    Comfort,
    MediumKind,
    OutOfOrder,
    Purpose,
    Rules,
    Shelf,
    ShownForm,
    TicketLine,
    Wish,
    WristbandScanned,
)
from kiosk.domain.session.identifying import no_date
from kiosk.domain.session.moves import CALLS_STAFF
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Closed,
    Collect,
    Confirm,
    EnterCode,
    EnterDate,
    Farewell,
    Goodbye,
    Ink,
    Notice,
    Place,
    ReadForm,
    Reason,
    Searching,
    SeeStaff,
    Session,
    Sheet,
    Sign,
    StillThere,
    TypeSigner,
    Waiting,
    Way,
    Welcome,
    WhoAreYou,
    WhoFor,
)
from tests.screens.maria import (
    CALLED_AT,
    CODE,
    EXAMS,
    LABEL,
    MARIA,
    NOW,
    ON_A_DISC,
    SHELVES,
    SOON,
    WISH,
    all_of,
    form_of,
    glance,
    known_with,
    strokes,
    with_shelves,
)

PLAIN = Comfort()
PANELS = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


@dataclass(frozen=True, slots=True)
class At:
    """The kiosk that a session stands at."""

    comfort: Comfort
    panel: tuple[int, int]

    def form(self, wish: Wish) -> ShownForm:
        """Return the form for a wish."""
        return form_of(wish, self.comfort, *self.panel)

    def date(self, day: str = "", month: str = "", year: str = "") -> EnterDate:
        """Return the birth date as far as it was typed, in the order of the language."""
        typed = no_date(self.comfort.language)
        digits = "".join({"day": day, "month": month, "year": year}[part] for part in typed.order)
        return EnterDate(CODE, replace(typed, digits=digits))

    def first_digits(self, count: int) -> EnterDate:
        """Return the birth date after the first so many digits of the 14 05 1948."""
        whole = self.date("14", "05", "1948")
        return replace(whole, typed=replace(whole.typed, digits=whole.typed.digits[:count]))


def session_named(
    name: str,
    comfort: Comfort = PLAIN,
    panel: tuple[int, int] = (1080, 1920),
    at: type[At] = At,
) -> Session:
    """Return one of NAMES as somebody sees it who likes it so."""
    place = PLACES[name](at(comfort, panel))
    session = Session(1, Rules(PLAIN), place, NOW, NOW, comfort)
    return replace(session, **_BESIDE.get(name, lambda _: {})(comfort))


# Who is there, and what was chosen

ONE_EXAM = all_of(known_with(EXAMS[0]))
NO_NAME = all_of(
    known_with(
        *(
            replace(exam, study=replace(exam.study, patient=replace(MARIA, name="")))
            for exam in EXAMS[:3]
        )
    )
)
NO_NAME = replace(NO_NAME, known=replace(NO_NAME.known, patient=replace(MARIA, name="")))
NOT_SEEN_YET = all_of(
    known_with(
        replace(EXAMS[0], thumbnail=None, study=replace(EXAMS[0].study, instances=None)),
        *(replace(exam, thumbnail=None) for exam in EXAMS[1:]),
    )
)
GROWING = all_of(known_with(replace(EXAMS[0], growing=True), *EXAMS[1:]))
MANY = all_of(
    known_with(
        *(
            replace(exam, study=replace(exam.study, study_uid=f"{exam.study.study_uid}.{turn}"))
            for turn in range(4)
            for exam in EXAMS
        )
    )
)
FULL_STICK = replace(
    WISH,
    shelves=with_shelves(Shelf(MediumKind.OWN_STICK, capacity_bytes=60_000_000)),
    medium=MediumKind.OWN_STICK,
)
SMALL_DISCS = replace(
    ON_A_DISC, shelves=with_shelves(Shelf(MediumKind.DISC, capacity_bytes=180_000_000))
)
ONLY_DISCS = replace(
    ON_A_DISC,
    shelves=(
        SHELVES[0],
        Shelf(MediumKind.OWN_STICK, OutOfOrder.ABSENT),
        Shelf(MediumKind.NEW_STICK, OutOfOrder.EMPTY),
        Shelf(MediumKind.PAPER, OutOfOrder.AWAY),
        Shelf(MediumKind.FILM, OutOfOrder.ABSENT),
    ),
)
SECOND_OPINION = replace(ON_A_DISC, purpose=Purpose.SECOND_OPINION)
FOR_SOMEONE = replace(ON_A_DISC, authority=Authority.PARENT)
BY_ANNA = replace(FOR_SOMEONE, signer_name="Anna Example")


def _reading(at: At, page: int = 0, wish: Wish = ON_A_DISC, bigger: bool = False) -> ReadForm:
    form = ReadForm(wish, at.form(wish), bigger=bigger)
    return replace(form, page=page % len(form.pages))


def _read(at: At, wish: Wish = ON_A_DISC) -> ReadForm:
    return replace(_reading(at, -1, wish), acknowledged_at=NOW)


def _signed(at: At, wish: Wish = ON_A_DISC) -> Sign:
    return Sign(_read(at, wish), Ink(strokes()))


def _typed(at: At, typed: str, notice: Notice | None = None) -> Sign:
    return Sign(_read(at), Ink(typed=typed, is_typing=True), notice)


def _waiting(state: JobState, done: float | None = None, **facts: object) -> Waiting:
    return Waiting(glance(state, done, **facts))


def _troubled(
    reason: Reason,
    *ways: Way,
    back_to: EnterDate | ChooseStudies | ReadForm | Confirm | None = None,
    ticket: str = "",
) -> SeeStaff:
    called = NOW if reason in CALLS_STAFF else None
    return SeeStaff(reason, ways or (Way.FINISH,), back_to, ticket, bool(ticket), called)


PLACES: dict[str, Callable[[At], Place]] = {
    # WELCOME
    "welcome": lambda at: Welcome(),
    "welcome-tickets": lambda at: Welcome(
        (TicketLine("A-17", 4), TicketLine("A-18", 0), TicketLine("A-19", 0, needs_staff=True))
    ),
    "welcome-staff-called": lambda at: Welcome(),
    "closed": lambda at: Closed(),
    # IDENTIFY
    "enter-code": lambda at: EnterCode("48271"),
    "enter-code-empty": lambda at: EnterCode(),
    "enter-code-wristbands": lambda at: EnterCode(),
    "enter-code-full": lambda at: EnterCode(CODE.digits),
    "enter-code-not-full": lambda at: EnterCode("48271", Notice.CODE_NOT_FULL),
    "enter-code-not-our-slip": lambda at: EnterCode("", Notice.NOT_OUR_SLIP),
    "enter-code-no-match": lambda at: EnterCode(CODE.digits, Notice.NO_MATCH, 1),
    "enter-code-rests": lambda at: EnterCode(CODE.digits, Notice.MUST_WAIT, 3, SOON),
    "enter-date": lambda at: at.first_digits(3),
    "enter-date-empty": lambda at: at.date(),
    "enter-date-full": lambda at: at.first_digits(8),
    "enter-date-wristband": lambda at: replace(at.date(), credential=WristbandScanned("EX-1001")),
    "enter-date-no-match": lambda at: replace(
        at.first_digits(3), notice=Notice.NO_MATCH, wrong_tries=1
    ),
    "enter-date-not-full": lambda at: replace(at.first_digits(5), notice=Notice.DATE_NOT_FULL),
    "enter-date-no-such-date": lambda at: replace(
        at.date("31", "02", "1948"), notice=Notice.NO_SUCH_DATE
    ),
    "enter-date-no-such-month": lambda at: at.date("14", "17", "1948"),
    "enter-date-rests": lambda at: replace(
        at.first_digits(8), notice=Notice.MUST_WAIT, wrong_tries=3, rests_until=SOON
    ),
    # SEARCHING
    "searching": lambda at: Searching(at.first_digits(8), NOW),
    "searching-slow": lambda at: Searching(at.first_digits(8), NOW - timedelta(seconds=11), True),
    # CHOOSE_STUDIES
    "choose-studies": lambda at: ChooseStudies(WISH),
    "choose-studies-older": lambda at: ChooseStudies(WISH, page=1),
    "choose-studies-many": lambda at: ChooseStudies(MANY, page=1),
    "choose-studies-one": lambda at: ChooseStudies(ONE_EXAM),
    "choose-studies-no-name": lambda at: ChooseStudies(NO_NAME),
    "choose-studies-not-seen-yet": lambda at: ChooseStudies(NOT_SEEN_YET),
    "choose-studies-growing": lambda at: ChooseStudies(GROWING),
    "choose-studies-none": lambda at: ChooseStudies(replace(WISH, chosen=frozenset())),
    "choose-studies-none-told": lambda at: ChooseStudies(
        replace(WISH, chosen=frozenset()), notice=Notice.CHOOSE_AN_EXAM
    ),
    # CHOOSE_MEDIA
    "choose-media": lambda at: ChooseMedia(ON_A_DISC),
    "choose-media-own-stick": lambda at: ChooseMedia(replace(WISH, medium=MediumKind.OWN_STICK)),
    "choose-media-new-stick": lambda at: ChooseMedia(replace(WISH, medium=MediumKind.NEW_STICK)),
    "choose-media-paper": lambda at: ChooseMedia(replace(WISH, medium=MediumKind.PAPER)),
    "choose-media-two-discs": lambda at: ChooseMedia(SMALL_DISCS),
    "choose-media-stick-too-small": lambda at: ChooseMedia(
        FULL_STICK, notice=Notice.STICK_TOO_SMALL
    ),
    "choose-media-only-discs": lambda at: ChooseMedia(ONLY_DISCS),
    # who it is for
    "who-for": lambda at: WhoFor(ON_A_DISC),
    "who-for-second-opinion": lambda at: WhoFor(SECOND_OPINION),
    "who-are-you": lambda at: WhoAreYou(ON_A_DISC),
    "who-are-you-parent": lambda at: WhoAreYou(FOR_SOMEONE),
    "who-are-you-none-told": lambda at: WhoAreYou(ON_A_DISC, notice=Notice.CHOOSE_WHO_YOU_ARE),
    "type-signer": lambda at: TypeSigner(replace(FOR_SOMEONE, signer_name="Anna Exa")),
    "type-signer-empty": lambda at: TypeSigner(FOR_SOMEONE),
    "type-signer-none-told": lambda at: TypeSigner(FOR_SOMEONE, notice=Notice.NAME_IS_EMPTY),
    # READ_FORM
    "read-form-making": lambda at: ReadForm(ON_A_DISC),
    "read-form": _reading,
    "read-form-bigger": lambda at: _reading(at, bigger=True),
    "read-form-last": lambda at: _reading(at, -1),
    "read-form-last-touched": _read,
    "read-form-box-told": lambda at: replace(_reading(at, -1), notice=Notice.TOUCH_THE_BOX),
    "read-form-for-someone": lambda at: _reading(at, wish=BY_ANNA),
    # SIGN
    "sign-empty": lambda at: Sign(_read(at)),
    "sign-drawn": _signed,
    "sign-empty-told": lambda at: Sign(_read(at), notice=Notice.SIGNATURE_IS_EMPTY),
    "sign-typing": lambda at: _typed(at, "Maria Exa"),
    "sign-typing-empty": lambda at: _typed(at, ""),
    "sign-typing-told": lambda at: _typed(at, "", Notice.SIGNATURE_IS_EMPTY),
    "sign-for-someone": lambda at: _signed(at, BY_ANNA),
    # CONFIRM
    "confirm": lambda at: Confirm(_signed(at), NOW),
    "confirm-typed": lambda at: Confirm(_typed(at, "Maria Example"), NOW),
    "confirm-new-stick": lambda at: Confirm(
        _signed(at, replace(ON_A_DISC, medium=MediumKind.NEW_STICK)), NOW
    ),
    "confirm-for-someone": lambda at: Confirm(_signed(at, BY_ANNA), NOW),
    "confirm-sealing": lambda at: Confirm(_signed(at), NOW, is_sealing=True),
    # WAITING
    "waiting-signed": lambda at: _waiting(JobState.SIGNED),
    "waiting-ready": lambda at: _waiting(JobState.READY, minutes_left=6),
    "waiting-retrieving": lambda at: _waiting(JobState.RETRIEVING, 0.38),
    "waiting-building": lambda at: _waiting(JobState.BUILDING, 0.9),
    "waiting-for-a-disc": lambda at: _waiting(JobState.AWAITING_MEDIA),
    "waiting-writing": lambda at: _waiting(JobState.WRITING, 0.62),
    "waiting-second-disc": lambda at: _waiting(JobState.WRITING, 0.62, volume=2, volumes=2),
    "waiting-spoiled": lambda at: _waiting(JobState.WRITING, 0.1, spoiled=1),
    "waiting-verifying": lambda at: _waiting(JobState.VERIFYING, 0.5, minutes_left=1),
    "waiting-handing-over": lambda at: _waiting(JobState.HANDING_OVER, minutes_left=1),
    "waiting-held": lambda at: _waiting(JobState.HELD),
    "waiting-finished": lambda at: _waiting(JobState.DONE),
    "waiting-again-archive": lambda at: _waiting(
        JobState.READY, waiting_code="archive-unreachable"
    ),
    "waiting-again-growing": lambda at: _waiting(
        JobState.READY, waiting_code="study-still-growing"
    ),
    "waiting-stick-pulled": lambda at: _waiting(
        JobState.READY, kind=MediumKind.OWN_STICK, waiting_code="target-unusable"
    ),
    "waiting-own-stick": lambda at: _waiting(JobState.WRITING, 0.4, kind=MediumKind.OWN_STICK),
    "waiting-paper": lambda at: _waiting(JobState.WRITING, 0.4, kind=MediumKind.PAPER),
    # COLLECT
    "collect": lambda at: Collect(glance(JobState.DONE, minutes_left=0), LABEL),
    "collect-before-label": lambda at: Collect(glance(JobState.DONE, minutes_left=0)),
    "collect-no-receipt": lambda at: Collect(
        glance(JobState.DONE, minutes_left=0, receipt_printed=False), LABEL
    ),
    "collect-two-discs": lambda at: Collect(
        glance(JobState.DONE, minutes_left=0, volumes=2),
        replace(LABEL, own=tuple(f"5 exams, DICOM PLUS WEB, {disc} of 2" for disc in (1, 2))),
    ),
    "collect-own-stick": lambda at: Collect(
        glance(JobState.DONE, minutes_left=0, kind=MediumKind.OWN_STICK), LABEL
    ),
    "collect-new-stick": lambda at: Collect(
        glance(JobState.DONE, minutes_left=0, kind=MediumKind.NEW_STICK), LABEL
    ),
    "collect-paper": lambda at: Collect(
        glance(JobState.DONE, minutes_left=0, kind=MediumKind.PAPER), LABEL
    ),
    "collect-film": lambda at: Collect(
        glance(JobState.DONE, minutes_left=0, kind=MediumKind.FILM), LABEL
    ),
    # GOODBYE
    **{
        f"goodbye-{farewell}": lambda at, farewell=farewell: Goodbye(NOW, farewell)
        for farewell in Farewell
    },
    # SEE_STAFF
    "see-staff-code-void": lambda at: _troubled(Reason.CODE_VOID),
    "see-staff-too-many-tries": lambda at: _troubled(Reason.TOO_MANY_TRIES),
    "see-staff-needs-check": lambda at: _troubled(Reason.NEEDS_CHECK),
    "see-staff-archive-away": lambda at: _troubled(
        Reason.ARCHIVE_AWAY, Way.TRY_AGAIN, Way.PRINT_TICKET, back_to=at.first_digits(8)
    ),
    "see-staff-no-exams": lambda at: _troubled(
        Reason.NO_EXAMS, Way.PRINT_TICKET, Way.FINISH, back_to=at.first_digits(8)
    ),
    "see-staff-still-growing": lambda at: _troubled(
        Reason.STILL_GROWING,
        Way.WAIT_FOR_THEM,
        Way.TAKE_WHAT_IS_HERE,
        back_to=ChooseStudies(GROWING),
    ),
    "see-staff-no-medium": lambda at: _troubled(Reason.NO_MEDIUM),
    "see-staff-stick-pulled": lambda at: _troubled(Reason.STICK_PULLED, ticket="A-17"),
    "see-staff-stick-too-small": lambda at: _troubled(Reason.STICK_TOO_SMALL, ticket="A-17"),
    "see-staff-stick-unusable": lambda at: _troubled(Reason.STICK_UNUSABLE, ticket="A-17"),
    "see-staff-discs-spoiled": lambda at: _troubled(Reason.DISCS_SPOILED, ticket="A-17"),
    "see-staff-no-disc-came": lambda at: _troubled(Reason.NO_DISC_CAME, ticket="A-17"),
    "see-staff-job-failed": lambda at: _troubled(Reason.JOB_FAILED, ticket="A-17"),
    "see-staff-needs-approval": lambda at: _troubled(Reason.NEEDS_APPROVAL, ticket="A-17"),
    "see-staff-not-sealed": lambda at: _troubled(
        Reason.NOT_SEALED,
        Way.TRY_AGAIN,
        Way.FINISH,
        back_to=Confirm(_signed(at), NOW),
    ),
    "see-staff-kiosk-failed": lambda at: _troubled(
        Reason.KIOSK_FAILED, Way.TRY_AGAIN, Way.FINISH, back_to=ReadForm(ON_A_DISC)
    ),
    # what lies over a screen
    "languages": lambda at: ChooseStudies(WISH),
    "see-and-hear": lambda at: ChooseStudies(WISH),
    "see-and-hear-headphones": lambda at: ChooseStudies(WISH),
    "see-and-hear-loudest": lambda at: ChooseStudies(WISH),
    "see-and-hear-silent": lambda at: ChooseStudies(WISH),
    "see-and-hear-at-welcome": lambda at: Welcome(),
    "start-over": lambda at: ChooseStudies(WISH),
    "cancel-disc": lambda at: _waiting(JobState.WRITING, 0.62),
    "still-there": lambda at: ChooseStudies(WISH),
    "still-there-waiting": lambda at: _waiting(JobState.WRITING, 0.62),
    "staff-called": lambda at: ChooseMedia(ON_A_DISC),
    "staff-just-called": lambda at: ChooseMedia(ON_A_DISC),
}
"""Where each session stands."""


def _over(over: Sheet | StillThere) -> Callable[[Comfort], dict[str, Any]]:
    return lambda comfort: {"over": over}


def _listening(comfort: Comfort) -> dict[str, Any]:
    listens = replace(comfort, read_aloud=True)
    return {"over": Sheet.SEE_AND_HEAR, "headphones_in": True, "comfort": listens}


def _loudest(comfort: Comfort) -> dict[str, Any]:
    listening = _listening(comfort)
    return {**listening, "comfort": replace(listening["comfort"], volume=100)}


def _called(**ago: float) -> dict[str, Any]:
    return {"staff_called_at": CALLED_AT, "now": CALLED_AT + timedelta(**ago)}


_BESIDE: dict[str, Callable[[Comfort], dict[str, Any]]] = {
    "welcome-staff-called": lambda comfort: _called(minutes=1),
    "staff-called": lambda comfort: _called(minutes=1),
    "staff-just-called": lambda comfort: _called(),
    "enter-code-wristbands": lambda comfort: {"rules": Rules(PLAIN, wristbands=True)},
    "languages": _over(Sheet.LANGUAGES),
    "see-and-hear": _over(Sheet.SEE_AND_HEAR),
    "see-and-hear-headphones": _listening,
    "see-and-hear-loudest": _loudest,
    "see-and-hear-silent": lambda comfort: {"over": Sheet.SEE_AND_HEAR, "headphones_in": True},
    "see-and-hear-at-welcome": _over(Sheet.SEE_AND_HEAR),
    "start-over": _over(Sheet.START_OVER),
    "cancel-disc": _over(Sheet.CANCEL_DISC),
    "still-there": _over(StillThere(NOW + timedelta(seconds=24))),
    "still-there-waiting": _over(StillThere(NOW + timedelta(seconds=24))),
}
"""What is so beside the place: fields of Session by name."""

NAMES = tuple(PLACES)
