"""The form: what is read is what is sealed, and a signature becomes exactly one job."""

import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from forms.seal.check import check_form
from kiosk.domain.consent import SignerRole, Typed
from kiosk.domain.job import JobState
from kiosk.domain.release import Release, TargetKind
from kiosk.domain.session.events import Sealed, Troubled
from kiosk.domain.session.facts import Authority, MediumKind, Purpose
from kiosk.domain.session.places import Reason
from kiosk.errors import FormChanged
from tests.builders import MARIA, Place, StudyPlan
from tests.journeys.kiosks import HeldClock, Kiosk
from tests.services.visit.visitors import Visitor


def release_of(visitor: Visitor, job_id: str) -> Release:
    return visitor.kiosk.appliance.store.jobs.get(job_id).release


def attached(form: bytes, name: str) -> bytes:
    document = pypdfium2.PdfDocument(form)
    files = [document.get_attachment(at) for at in range(document.count_attachments())]
    return next(bytes(each.get_data()) for each in files if each.get_name() == name)


# The form as it is read


def test_the_form_is_shown_in_pieces_that_fit_the_panel(visitor: Visitor) -> None:
    form = visitor.reads(visitor.wishes())
    assert form.pages
    assert all(page.width <= 540 and page.height <= 960 for page in (*form.pages, *form.big_pages))
    assert all(len(page.rgb) == page.width * page.height * 3 for page in form.pages)
    assert len(form.big_pages) > len(form.pages)
    assert "Maria Example" in form.pages[0].text


def test_the_patient_signs_with_the_name_that_the_archive_knows(visitor: Visitor) -> None:
    signer = visitor.reads(visitor.wishes()).signer
    assert (signer.role, signer.name, signer.authority) == (
        SignerRole.PATIENT,
        "Maria Example",
        None,
    )


def test_a_patient_without_a_name_can_sign_too(visitor: Visitor) -> None:
    wish = visitor.wishes()
    patient = replace(wish.known.patient, name="")
    nameless = replace(wish, known=replace(wish.known, patient=patient))
    assert visitor.reads(nameless).signer.name == MARIA.patient_id
    visitor.orders(nameless)


def test_a_parent_signs_with_their_own_name_and_waits_for_staff(visitor: Visitor) -> None:
    wish = visitor.wishes(authority=Authority.PARENT, signer_name="Paula Example")
    form = visitor.reads(wish)
    assert (form.signer.role, form.signer.name) == (SignerRole.REPRESENTATIVE, "Paula Example")
    assert "I am Paula Example" in form.pages[0].text
    job_id = visitor.orders(wish)
    visitor.gets_it_made(job_id)
    assert visitor.kiosk.appliance.store.jobs.get(job_id).state is JobState.HELD


def test_the_form_says_how_a_wristband_told_who_it_is(visitor: Visitor) -> None:
    known = visitor.scans(MARIA.patient_id).known  # type: ignore[attr-defined]
    form = visitor.reads(visitor.wishes(known))
    assert "I held the hospital wristband under the reader" in " ".join(
        page.text for page in form.pages
    )
    visitor.orders(visitor.wishes(known))


def test_another_decision_makes_another_form(visitor: Visitor) -> None:
    wish = visitor.wishes()
    others = [
        wish,
        replace(wish, medium=MediumKind.OWN_STICK),
        replace(wish, purpose=Purpose.SECOND_OPINION),
        replace(wish, authority=Authority.PARENT, signer_name="Paula Example"),
    ]
    assert len({visitor.reads(each).sha256 for each in others}) == len(others)


def test_the_same_decisions_make_the_same_form(visitor: Visitor, clock: HeldClock) -> None:
    wish = visitor.wishes()
    first = visitor.reads(wish).sha256
    clock.now = clock().replace(year=clock().year + 1)
    assert visitor.reads(wish).sha256 == first


# The form as it is sealed


def test_what_was_read_is_what_is_sealed(visitor: Visitor) -> None:
    wish = visitor.wishes()
    form = visitor.reads(wish)
    job_id = visitor.answer(visitor.signs(wish, form), Sealed).glance.job_id
    sealed = visitor.kiosk.document(visitor.kiosk.job(), "form")
    check_form(sealed, visitor.kiosk.appliance.papers.seal.trust)
    shown = attached(sealed, "form-as-shown.pdf")
    assert hashlib.sha256(shown).hexdigest() == form.sha256
    record = json.loads(attached(sealed, "evidence.json"))
    assert record["form"]["shown_sha256"] == form.sha256
    assert record["job_id"] == job_id


def test_a_form_that_is_no_longer_the_one_that_was_read_is_not_sealed(visitor: Visitor) -> None:
    wish = visitor.wishes()
    seal = visitor.signs(wish, visitor.reads(wish))
    before = visitor.kiosk.appliance.store.audit.verify()
    for changed in (
        replace(seal, shown_sha256="0" * 64),
        replace(seal, wish=replace(wish, medium=MediumKind.OWN_STICK)),
        replace(seal, consent=replace(seal.consent, purpose="insurance")),
    ):
        assert visitor.answers(changed) == [Troubled(Reason.NOT_SEALED)]
    assert visitor.kiosk.appliance.store.audit.verify() == before, "no job came of it"
    visitor.answer(seal, Sealed)


def test_the_desk_says_that_the_form_must_be_read_again(kiosk: Kiosk) -> None:
    with pytest.raises(FormChanged):
        kiosk.appliance.desk.sign(kiosk.wish(), None, "0" * 64)
    assert "read it again" in FormChanged.patient


def test_an_empty_signature_is_not_sealed(visitor: Visitor) -> None:
    wish = visitor.wishes()
    seal = visitor.signs(wish, visitor.reads(wish))
    unsigned = replace(seal, consent=replace(seal.consent, signature=Typed(" ")))
    assert visitor.answers(unsigned) == [Troubled(Reason.NOT_SEALED)]


def test_a_job_holds_what_was_chosen_and_nothing_else(visitor: Visitor) -> None:
    visitor.kiosk.hold(StudyPlan(Place(MARIA, "b")))
    known = visitor.enters()
    chosen = known.exams[1].study
    job_id = visitor.orders(visitor.wishes(known, chosen=frozenset({chosen.study_uid})))
    release = release_of(visitor, job_id)
    assert release.studies == (chosen,)
    assert release.identity == known.identity
    assert release.consent.purpose == "personal-copy"


@pytest.mark.parametrize(
    ("medium", "kind", "folder"),
    [
        (MediumKind.DISC, TargetKind.IMAGE, "discs"),
        (MediumKind.OWN_STICK, TargetKind.FOLDER, "stick"),
        (MediumKind.NEW_STICK, TargetKind.FOLDER, "stick"),
    ],
)
def test_each_medium_has_its_place_whose_name_tells_nothing(
    visitor: Visitor, medium: MediumKind, kind: TargetKind, folder: str
) -> None:
    wish = visitor.wishes(medium=medium)
    seal = visitor.signs(wish, visitor.reads(wish))
    glance = visitor.answer(seal, Sealed).glance
    target = release_of(visitor, glance.job_id).target
    assert (target.kind, Path(target.path).parent.name) == (kind, folder)
    assert glance.kind is medium
    for private in ("maria", "example", MARIA.patient_id, "1970"):
        assert private not in target.path.rpartition("/")[2].lower()
    visitor.gets_it_made(glance.job_id)
    assert Path(target.path).exists()


# The code behind it


def test_the_signature_uses_the_code_up(visitor: Visitor) -> None:
    wish = visitor.wishes()
    visitor.orders(wish)
    later = replace(wish, purpose=Purpose.SECOND_OPINION)
    assert visitor.answers(visitor.signs(later, visitor.reads(later))) == [
        Troubled(Reason.CODE_VOID)
    ]


def test_a_code_that_is_void_or_old_by_now_seals_nothing(
    visitor: Visitor, clock: HeldClock
) -> None:
    wish = visitor.wishes()
    seal = visitor.signs(wish, visitor.reads(wish))
    clock.now = clock().replace(year=clock().year + 1)
    assert visitor.answers(seal) == [Troubled(Reason.CODE_VOID)]


def test_sealing_the_same_signature_again_gives_the_same_job(visitor: Visitor) -> None:
    """As after an answer that was lost: the person is not told that their code is void."""
    wish = visitor.wishes()
    seal = visitor.signs(wish, visitor.reads(wish))
    first, again = (visitor.answer(seal, Sealed).glance.job_id for _ in range(2))
    assert first == again
    assert len(visitor.kiosk.appliance.store.jobs.open_jobs("lobby")) == 1


def test_two_kiosks_cannot_both_seal_with_one_code(visitor: Visitor) -> None:
    other = Visitor(visitor.kiosk)
    digits = visitor.fetch_code()
    wishes = [each.wishes(each.types(digits).known) for each in (visitor, other)]  # type: ignore[attr-defined]
    seals = [visitor.signs(wish, visitor.reads(wish)) for wish in wishes]
    visitor.answer(seals[0], Sealed)
    signed_elsewhere = replace(
        seals[1], consent=replace(seals[1].consent, signature=Typed("M. Example"))
    )
    assert other.answers(signed_elsewhere) == [Troubled(Reason.CODE_VOID)]


def test_a_picture_of_the_form_is_black_on_white(visitor: Visitor) -> None:
    page = visitor.reads(visitor.wishes()).pages[0]
    assert page.rgb[:3] == b"\xff\xff\xff"
    assert min(io.BytesIO(page.rgb).read()) < 60


def test_what_the_copy_costs_stands_on_the_form_that_is_sealed(visitor: Visitor) -> None:
    job = visitor.kiosk.appliance.store.jobs.get(visitor.orders())
    assert str(job.release.fee) == "USD 6.50"
    free = visitor.wishes(visitor.enters(), medium=MediumKind.OWN_STICK)
    assert visitor.kiosk.appliance.store.jobs.get(visitor.orders(free)).release.fee is None


def test_a_form_says_in_which_language_it_is_really_written(visitor: Visitor) -> None:
    wish = visitor.wishes()
    for language in ("en", "tl"):
        form = visitor.reads(wish, language)
        assert (form.language, form.written_in) == (language, "en")
