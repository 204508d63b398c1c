"""Maria Example, what is hers, what the kiosk offers her, and the answers she is given."""

from datetime import UTC, date, datetime

from kiosk.domain.code import ReleaseCode
from kiosk.domain.consent import Signer, SignerRole
from kiosk.domain.job import JobState
from kiosk.domain.release import IdentityCheck, IdentityMethod
from kiosk.domain.session.events import Found, JobFound, JobSeen, LabelKnown, QueueSeen, Sealed
from kiosk.domain.session.facts import (
    Exam,
    FormPage,
    Glance,
    Known,
    Label,
    MediumKind,
    OutOfOrder,
    Shelf,
    ShownForm,
    TicketLine,
    Wish,
)
from kiosk.domain.study import Patient, Study

MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CODE = "73915604"
MARIA = Patient("EX-1001", date(1948, 5, 14), "Example^Maria", "", "F")
SECRETS = ("Maria", "Example", "EX-1001", CODE, "1948", "05141948", "14051948", "Anna", "CT head")
"""What nobody may read on an empty kiosk."""

HEAD = Study("1.2.1", MARIA, date(2026, 3, 12), "CT head", ("CT", "SR"), "A1", 384)
KNEE = Study("1.2.2", MARIA, date(2025, 7, 2), "MR knee", ("MR",), "A2", None)
CHEST = Study("1.2.3", MARIA, date(2019, 1, 30), "Chest", ("CR",), "A3", 2)
GROWING = Exam(HEAD, growing=True)
THUMBNAIL = Exam(KNEE, b"\x89PNG")

KNOWN = Known(
    MARIA,
    IdentityCheck(IdentityMethod.CODE, "desk.one", MORNING, "photo ID"),
    ReleaseCode(
        "d" * 64, "EX-1001", MARIA.birth_date, (), "photo ID", "desk.one", MORNING, MORNING
    ),
    (Exam(HEAD), Exam(KNEE), Exam(CHEST)),
)
SHELVES = (
    Shelf(MediumKind.DISC, capacity_bytes=4_700_000_000),
    Shelf(MediumKind.OWN_STICK),
    Shelf(MediumKind.NEW_STICK, capacity_bytes=100_000_000),
    Shelf(MediumKind.PAPER),
    Shelf(MediumKind.FILM, OutOfOrder.EMPTY),
)
FOUND = Found(KNOWN, SHELVES)
ALL = Wish(KNOWN, frozenset(exam.study.study_uid for exam in KNOWN.exams), SHELVES)
NOTHING_IN_ORDER = Found(KNOWN, tuple(Shelf(kind, OutOfOrder.AWAY) for kind in MediumKind))

PAGES = tuple(FormPage(1, 1, b"\xff\xff\xff", f"Maria Example, page {n}") for n in (1, 2))
BIG_PAGES = (*PAGES, *PAGES)

JOB_ID = "0" * 32
QUEUE = QueueSeen((TicketLine("A-16", 0), TicketLine("A-17", 4)))
LABEL = LabelKnown(Label(("Maria Example, born 1 April 1970",), ("3 exams, 1 of 1",)))


def form_for(wish: Wish, language: str) -> ShownForm:
    """Return the form that the machine makes of a wish: no two wishes have the same one."""
    signer = Signer(SignerRole.PATIENT, MARIA.printed_name)
    if wish.authority is not None:
        signer = Signer(SignerRole.REPRESENTATIVE, wish.signer_name, wish.authority)
    return ShownForm(sha256_of(wish, language), language, "en", signer, PAGES, BIG_PAGES)


def sha256_of(wish: Wish, language: str) -> str:
    decisions = (sorted(wish.chosen), wish.medium, wish.purpose, wish.authority, wish.signer_name)
    return repr((decisions, language))


def glance(state: JobState = JobState.READY, **facts: object) -> Glance:
    plain: dict[str, object] = {
        "job_id": JOB_ID,
        "ticket": "A-17",
        "kind": MediumKind.DISC,
        "state": state,
        "progress": None,
        "instances": 430,
        "minutes_left": 4,
    }
    return Glance(**{**plain, **facts})  # type: ignore[arg-type]  # facts are named by the tests


def job(state: JobState, **facts: object) -> JobSeen:
    return JobSeen(glance(state, **facts))


def sealed(state: JobState = JobState.READY, **facts: object) -> Sealed:
    return Sealed(glance(state, **facts))


def job_found(state: JobState, **facts: object) -> JobFound:
    return JobFound(glance(state, **facts))
