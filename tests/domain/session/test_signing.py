"""Reading and signing: for oneself, for somebody else, with the finger, with a typed name."""

from kiosk.domain.consent import SignerRole, Typed
from kiosk.domain.job import JobState
from kiosk.domain.session.asks import CallDesk, MakeForm, Seal
from kiosk.domain.session.events import (
    Acknowledge,
    Bigger,
    ClearAll,
    Drew,
    GoBack,
    GoOn,
    PickAuthority,
    SignForSomeone,
    TurnPage,
    TypeInstead,
)
from kiosk.domain.session.facts import Authority
from kiosk.domain.session.places import (
    Confirm,
    Notice,
    ReadForm,
    Sign,
    TypeSigner,
    Waiting,
    WhoAreYou,
    WhoFor,
)
from kiosk.domain.session.walk import NotNow
from tests.domain.session.people import JOB_ID, job, sealed
from tests.domain.session.steps import letters, the_form, there, walk
from tests.domain.session.way import (
    DOT,
    STROKE,
    TO_ITS_END,
    TO_PURPOSE,
    TO_READ,
    TO_SIGN,
    TO_THEIR_FORM,
)


def test_a_tap_is_no_signature() -> None:
    walk(there(*TO_SIGN), Drew(DOT), (Drew(()), NotNow), (GoOn(), Sign, Notice.SIGNATURE_IS_EMPTY))
    walk(there(*TO_SIGN), (GoOn(), Notice.SIGNATURE_IS_EMPTY), (Drew(STROKE), Sign, None))


def test_the_box_about_the_password_must_be_touched_on_the_last_page() -> None:
    walk(
        there(*TO_READ),
        (Acknowledge(), NotNow),
        (TurnPage(1), ReadForm),
        (TurnPage(1), NotNow),
        (GoOn(), ReadForm, Notice.TOUCH_THE_BOX),
        (Acknowledge(), None),
        Acknowledge(),
        (GoOn(), ReadForm, Notice.TOUCH_THE_BOX),
    )


def test_a_bigger_form_is_read_on_from_the_same_line_to_its_own_end() -> None:
    walk(
        there(*TO_ITS_END),
        (Bigger(), lambda s: (s.place.page, s.place.is_last_page) == (2, False)),
        (GoOn(), lambda s: s.place.is_last_page),
        (Bigger(), lambda s: (s.place.page, s.place.is_last_page) == (1, True)),
        (GoOn(), Sign),
    )


def test_a_typed_name_is_as_good_as_strokes() -> None:
    walked = walk(
        there(*TO_SIGN),
        Drew(STROKE),
        (TypeInstead(), Sign, lambda s: s.place.ink.is_empty),
        *letters("Maria X"),
        (ClearAll(), lambda s: s.place.ink.is_typing and s.place.ink.is_empty),
        *letters("Maria Example "),
        (GoOn(), Confirm),
        (GoOn(), Seal),
    )
    (seal,) = walked.asked_for(Seal)
    assert isinstance(seal, Seal)
    assert seal.consent.signature == Typed("Maria Example")


def test_a_parent_signs_and_staff_approve_it() -> None:
    walked = walk(
        there(*TO_PURPOSE),
        (SignForSomeone(), WhoAreYou),
        (GoOn(), WhoAreYou, Notice.CHOOSE_WHO_YOU_ARE),
        (PickAuthority(Authority.PARENT), WhoAreYou, None),
        (GoOn(), TypeSigner),
        (GoOn(), TypeSigner, Notice.NAME_IS_EMPTY),
        *letters(" "),
        (GoOn(), TypeSigner, Notice.NAME_IS_EMPTY),
        *letters("Anna Example "),
        (GoOn(), ReadForm, MakeForm),
        (the_form, ReadForm),
        GoOn(),
        Acknowledge(),
        (GoOn(), Sign),
        Drew(STROKE),
        (GoOn(), Confirm),
        (GoOn(), Seal),
        (sealed(JobState.HELD), Waiting, CallDesk("approval", JOB_ID)),
        (job(JobState.READY), Waiting),
    )
    (seal,) = walked.asked_for(Seal)
    assert isinstance(seal, Seal)
    signer = seal.consent.signer
    assert (signer.role, signer.name, signer.authority) == (
        SignerRole.REPRESENTATIVE,
        "Anna Example",
        Authority.PARENT,
    )
    assert seal.consent.needs_approval


def test_who_goes_back_from_signing_for_others_signs_for_themselves() -> None:
    back = [GoBack(), (GoBack(), WhoAreYou), (GoBack(), WhoFor)]
    walked = walk(there(*TO_THEIR_FORM), *back, (GoOn(), ReadForm), (the_form, ReadForm))
    assert walked.session.place.form.signer.role is SignerRole.PATIENT
    assert walked.session.place.wish.signer_name == ""
