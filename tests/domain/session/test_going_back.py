"""Going back loses nothing, and a language that is changed in mid-walk is changed everywhere."""

import pytest

from kiosk.domain.session.asks import MakeForm, Seal
from kiosk.domain.session.events import (
    Acknowledge,
    Bigger,
    Delete,
    Drew,
    FormMade,
    GoBack,
    GoOn,
    MustWait,
    NoMatch,
    PickAuthority,
    PickMedium,
    PickPurpose,
    SignForSomeone,
    ToggleExam,
    TurnPage,
)
from kiosk.domain.session.facts import Authority, MediumKind, Purpose
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Confirm,
    EnterCode,
    EnterDate,
    ReadForm,
    Searching,
    Sheet,
    Sign,
    TypeSigner,
    WhoAreYou,
    WhoFor,
)
from kiosk.domain.session.walk import NotNow
from tests.domain.session.people import CODE, HEAD, MORNING, form_for
from tests.domain.session.steps import Step, comfort, digits, letters, the_form, there, walk
from tests.domain.session.way import (
    STROKE,
    TO_AUTHORITY,
    TO_CODE,
    TO_CONFIRM,
    TO_DATE,
    TO_EXAMS,
    TO_FORM,
    TO_ITS_END,
    TO_MEDIA,
    TO_PURPOSE,
    TO_READ,
    TO_SEARCH,
    TO_SIGN,
    TO_SIGNER,
    TO_THEIR_FORM,
)

CHOSEN: list[Step] = [
    ToggleExam(HEAD.study_uid),
    GoOn(),
    PickMedium(MediumKind.PAPER),
    GoOn(),
    PickPurpose(Purpose.TREATMENT),
]


def test_all_that_was_chosen_is_there_after_going_back_and_forth() -> None:
    chosen = there(*TO_EXAMS, *CHOSEN)
    back: list[Step] = [(GoBack(), ChooseMedia), (GoBack(), ChooseStudies)]
    forth: list[Step] = [(GoOn(), ChooseMedia), (GoOn(), WhoFor)]
    assert walk(chosen, *back, *forth).session.place == chosen.place


def test_going_back_from_the_exams_asks_before_anything_is_lost() -> None:
    walk(there(*TO_EXAMS), (GoBack(), Sheet.START_OVER))


def test_going_back_from_the_form_turns_its_pages_first() -> None:
    walk(
        there(*TO_READ),
        (GoOn(), ReadForm),
        (GoBack(), ReadForm, lambda s: s.place.page == 0),
        (GoBack(), WhoFor),
    )


def test_a_representative_goes_back_step_by_step_and_keeps_the_name() -> None:
    walked = walk(
        there(*TO_THEIR_FORM),
        (GoBack(), TypeSigner),
        (GoBack(), WhoAreYou),
        (GoBack(), WhoFor),
        (SignForSomeone(), WhoAreYou, lambda s: s.place.wish.authority is Authority.PARENT),
        (GoOn(), TypeSigner, lambda s: s.place.wish.signer_name == "Anna Example"),
        (Delete(), lambda s: s.place.wish.signer_name == "Anna Exampl"),
    )
    assert walked.session.place.wish.purpose is Purpose.MYSELF


def test_a_signature_survives_a_look_back_from_the_last_check() -> None:
    back = walk(there(*TO_CONFIRM), (GoBack(), Sign)).session
    assert back.place.ink.strokes == (STROKE,)
    walk(back, (GoOn(), Confirm))


@pytest.mark.parametrize(
    ("steps", "most"), [(TO_EXAMS, 3), (TO_MEDIA, 5), (TO_PURPOSE, 5), (TO_AUTHORITY, 4)]
)
def test_lists_are_turned_over_but_not_for_ever(steps: list[Step], most: int) -> None:
    first = there(*steps)
    walk(first, (TurnPage(-1), NotNow))
    last = walk(first, *[TurnPage(1)] * (most - 1), (TurnPage(1), NotNow)).session
    assert walk(last, *[TurnPage(-1)] * (most - 1)).session.place == first.place


def test_what_is_picked_on_a_later_page_leaves_the_page_as_it_is() -> None:
    for steps, pick in (
        (TO_MEDIA, PickMedium(MediumKind.PAPER)),
        (TO_PURPOSE, PickPurpose(Purpose.TREATMENT)),
        (TO_AUTHORITY, PickAuthority(Authority.GUARDIAN)),
    ):
        walk(there(*steps), TurnPage(1), (pick, lambda s: s.place.page == 1))


def test_a_date_that_was_typed_is_kept_as_the_new_language_writes_it() -> None:
    full = there(*TO_DATE, *digits("05141948"))
    for language, typed in (("es", "14051948"), ("zh", "19480514"), ("en", "05141948")):
        kept = walk(full, comfort(language=language)).session
        assert kept.place.typed.digits == typed
        walk(kept, (GoOn(), Searching))
    half = there(*TO_DATE, *digits("0514"))
    assert walk(half, comfort(language="es")).session.place.typed.digits == ""
    spanish = there(comfort(language="es"), *TO_DATE, *digits("14"))
    assert walk(spanish, comfort(language="ru")).session.place.typed.digits == "14"


def test_a_language_changed_while_searching_counts_when_the_date_was_wrong() -> None:
    for answer in (NoMatch(), MustWait(MORNING), GoBack()):
        asked = walk(there(*TO_SEARCH), comfort(language="es"), (answer, EnterDate)).session
        assert asked.place.typed.digits == "14051948"


def test_the_form_is_made_anew_in_another_language() -> None:
    reading = there(*TO_ITS_END)
    english = FormMade(reading.place.wish, reading.place.form)
    sealing = walk(
        reading,
        Bigger(),
        (comfort(language="es"), ReadForm, lambda s: s.place.form is None, MakeForm),
        (english, NotNow),
        (GoOn(), NotNow),
        (the_form, lambda s: (s.place.form.language, s.place.bigger) == ("es", True)),
        (Acknowledge(), NotNow),
        *[GoOn()] * 3,
        (Acknowledge(), ReadForm),
        (GoOn(), Sign),
        Drew(STROKE),
        GoOn(),
        (GoOn(), Seal, lambda s: s.place.signed.read.form.language == "es"),
    )
    (seal,) = sealing.asked_for(Seal)
    assert isinstance(seal, Seal)
    assert (seal.consent.language, seal.shown_sha256) == ("es", form_for(seal.wish, "es").sha256)


def test_a_form_for_other_decisions_is_not_shown() -> None:
    making = there(*TO_FORM)
    other = there(*TO_THEIR_FORM).place.wish
    walk(making, (FormMade(other, form_for(other, "en")), NotNow))


def test_a_second_form_does_not_take_the_place_of_the_one_that_was_read() -> None:
    walk(there(*TO_ITS_END), (the_form, NotNow), (GoOn(), Sign))


def test_a_language_changed_while_signing_seals_the_form_that_was_read() -> None:
    signed = walk(there(*TO_CONFIRM), comfort(language="es"), (GoOn(), Seal))
    (seal,) = signed.asked_for(Seal)
    assert isinstance(seal, Seal)
    assert (seal.consent.language, seal.shown_sha256) == ("en", form_for(seal.wish, "en").sha256)
    back = walk(there(*TO_SIGN), comfort(language="es"), (GoBack(), ReadForm, MakeForm))
    assert back.session.place.form is None


def test_a_code_is_corrected_and_a_name_has_an_end() -> None:
    walk(
        there(*TO_CODE), *digits("73915699"), Delete(), Delete(), *digits("04"), (GoOn(), EnterDate)
    )
    walk(there(*TO_DATE), (GoBack(), EnterCode, lambda s: s.place.digits == CODE))
    walk(there(*TO_SIGNER, *letters("x" * 64)), (letters("x")[0], NotNow), (GoOn(), ReadForm))
    assert there(*TO_PURPOSE).place.wish.signer_name == ""
