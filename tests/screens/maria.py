"""Maria Example at the glass: her exams, what the kiosk offers her, her form and her job."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

from forms.facts import FormFacts, Site
from forms.release.form import render_form
from kiosk.domain.consent import Consent, Point, Signer, SignerRole, Typed
from kiosk.domain.job import JobState
from kiosk.domain.progress import Progress
from kiosk.domain.release import IdentityCheck, IdentityMethod, Release, Target, TargetKind
from kiosk.domain.session.facts import (
    CodeTyped,
    Comfort,
    Exam,
    FormPage,
    Glance,
    Known,
    Label,
    MediumKind,
    OutOfOrder,
    Shelf,
    ShownForm,
    Wish,
)
from kiosk.domain.study import Patient, Study
from kiosk.services.visit.reading import Reading
from tests.screens.thumbnails import thumbnail

NOW = datetime(2026, 11, 24, 10, 41, tzinfo=UTC)
CALLED_AT = datetime(2026, 11, 24, 10, 51, tzinfo=UTC)
CODE = CodeTyped("48271593")
MARIA = Patient("EX-1001", date(1948, 5, 14), "Example^Maria", "", "F")
ABOUT_HER = ("Maria", "Example^", "EX-1001", "1948", "4827", "MRI", "knee", "May")
"""What nobody may read on an empty kiosk."""
SITE_NAME = "Riverside Example Hospital"


def _exam(
    number: int, day: date, description: str, modalities: tuple[str, ...], instances: int, of: str
) -> Exam:
    uid = f"1.2.826.0.1.3680043.8.498.{number}"
    study = Study(uid, MARIA, day, description, modalities, f"A{number}", instances)
    return Exam(study, thumbnail(of))


EXAMS = (
    _exam(1, date(2026, 3, 12), "MR head", ("MR", "SR"), 384, "head"),
    _exam(2, date(2026, 2, 3), "Chest PA and lateral", ("DX", "SR"), 2, "chest"),
    _exam(3, date(2025, 11, 18), "Left knee", ("DX", "SR"), 3, "knee"),
    _exam(4, date(2025, 6, 6), "Abdomen", ("US",), 41, "ultrasound"),
    _exam(5, date(2024, 9, 20), "CT chest and abdomen", ("CT", "SR"), 262, "belly"),
    _exam(6, date(2019, 1, 30), "Right hand", ("CR", "SR"), 1, "hand"),
)
KNEE = EXAMS[2].study.study_uid
ALL_BUT_THE_KNEE = frozenset(exam.study.study_uid for exam in EXAMS) - {KNEE}

KNOWN = Known(
    MARIA, IdentityCheck(IdentityMethod.CODE, "Desk clerk D. Sample", NOW, "photo ID"), None, EXAMS
)
SHELVES = (
    Shelf(MediumKind.DISC, capacity_bytes=4_700_000_000),
    Shelf(MediumKind.OWN_STICK),
    Shelf(MediumKind.NEW_STICK, capacity_bytes=16_000_000_000, price=Decimal("6.50")),
    Shelf(MediumKind.PAPER),
    Shelf(MediumKind.FILM, OutOfOrder.EMPTY),
)
WISH = Wish(KNOWN, ALL_BUT_THE_KNEE, SHELVES)
ON_A_DISC = replace(WISH, medium=MediumKind.DISC)


def known_with(*exams: Exam) -> Known:
    return replace(KNOWN, exams=exams)


def all_of(known: Known) -> Wish:
    """Return the wish of somebody who has just been found: everything is chosen."""
    return Wish(known, frozenset(exam.study.study_uid for exam in known.exams), SHELVES)


def with_shelves(*changed: Shelf) -> tuple[Shelf, ...]:
    """Return the shelves with some of them as given."""
    by_kind = {shelf.kind: shelf for shelf in changed}
    return tuple(by_kind.get(shelf.kind, shelf) for shelf in SHELVES)


# The form


def form_of(wish: Wish, comfort: Comfort, width_px: int, height_px: int) -> ShownForm:
    """Return the form for a wish, laid out for a panel, as the kiosk would."""
    signer = Signer(SignerRole.PATIENT, MARIA.printed_name)
    if wish.authority is not None:
        signer = Signer(SignerRole.REPRESENTATIVE, wish.signer_name, wish.authority.value)
    pages, big_pages = (
        _pages(wish.exams, wish.purpose.value, signer, comfort.language, width_px, height_px, large)
        for large in (False, True)
    )
    return ShownForm("5ea1" * 16, comfort.language, "en", signer, pages, big_pages)


@cache
def _pages(
    exams: tuple[Exam, ...],
    purpose: str,
    signer: Signer,
    language: str,
    width_px: int,
    height_px: int,
    large: bool,
) -> tuple[FormPage, ...]:
    consent = Consent(signer, language, "self", purpose, (), Typed(""), NOW)
    release = Release(
        MARIA,
        tuple(exam.study for exam in exams),
        consent,
        KNOWN.identity,
        Target(TargetKind.IMAGE, "copy.iso"),
    )
    site = Site(SITE_NAME, "Image release desk, 1 River Road, Springfield", "555 0100")
    facts = FormFacts(site, release, "kiosk-1", "Imaging release kiosk 0.1.0", "")
    return Reading.on_panel(width_px, height_px).lay(render_form(facts, large=large))


def strokes() -> tuple[tuple[Point, ...], ...]:
    """Return a signature as a finger writes it, in mm of a box of 240 x 60."""
    m = _curve((30, 46), (36, 14), (44, 44), (52, 14), (60, 46))
    aria = _curve((66, 40), (62, 32), (70, 32), (72, 42), (80, 32), (82, 42), (90, 32), (98, 42))
    example = _curve(
        (112, 30), (106, 16), (118, 14), (110, 32), (122, 44), (134, 32), (142, 44), (150, 32),
        (158, 44), (166, 20), (168, 44), (180, 30), (198, 40),
    )  # fmt: skip
    return m, aria, example


def _curve(*corners: tuple[float, float]) -> tuple[Point, ...]:
    """Round a line of corners off; the finger takes 10 ms from point to point."""
    points = list(corners)
    for _ in range(3):
        cut = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            cut.append((x0 * 0.75 + x1 * 0.25, y0 * 0.75 + y1 * 0.25))
            cut.append((x0 * 0.25 + x1 * 0.75, y0 * 0.25 + y1 * 0.75))
        points = [*cut, points[-1]]
    return tuple((x, y, number / 100) for number, (x, y) in enumerate(points))


# The job


def glance(state: JobState, done: float | None = None, **facts: object) -> Glance:
    """Return her job in a state; ``done`` is the share of that stage."""
    images, size = 690, 220_000_000
    progress = (
        None
        if done is None
        else Progress(state, int(images * done), images, int(size * done), size)
    )
    plain: dict[str, object] = {
        "job_id": "0" * 32,
        "ticket": "A-17",
        "kind": MediumKind.DISC,
        "state": state,
        "progress": progress,
        "instances": images,
        "minutes_left": 4,
    }
    return Glance(**{**plain, **facts})  # type: ignore[arg-type]  # facts are named by who asks


LABEL = Label(
    ("Maria Example, born 14 May 1948", f"{SITE_NAME}, 24 November 2026"),
    ("5 exams, DICOM PLUS WEB, 1 of 1",),
)
SOON = NOW + timedelta(seconds=42)
