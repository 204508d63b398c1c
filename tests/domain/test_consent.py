"""What keeps a consent from being valid, field by field."""

from dataclasses import replace

import pytest

from kiosk.domain.consent import (
    UNENCRYPTED_MEDIUM,
    Acknowledgement,
    Consent,
    Drawn,
    Point,
    Signer,
    SignerRole,
    Typed,
    missing_elements,
)
from tests.domain.releases import NOON, consent

SHORT_STROKE: tuple[Point, ...] = ((12.1, 4.0, 0.0), (12.9, 4.4, 0.016))
PARENT = Signer(SignerRole.REPRESENTATIVE, "Paula Example", "parent")


def test_a_complete_consent_lacks_nothing() -> None:
    assert missing_elements(consent()) == []
    assert missing_elements(consent(Drawn((SHORT_STROKE,)))) == []


@pytest.mark.parametrize("blank", ["", "   ", "\t"])
def test_a_blank_field_is_named(blank: str) -> None:
    assert missing_elements(replace(consent(), recipient=blank)) == ["recipient"]
    assert missing_elements(replace(consent(), purpose=blank)) == ["purpose"]


def test_a_signer_without_a_name_is_named() -> None:
    assert missing_elements(replace(consent(), signer=Signer(SignerRole.PATIENT, " "))) == [
        "signer.name"
    ]


@pytest.mark.parametrize("authority", [None, "", "  "])
def test_a_representative_without_authority_is_refused(authority: str | None) -> None:
    """45 CFR 164.508(c)(1)(vi): a description of the representative's authority."""
    signed = replace(consent(), signer=replace(PARENT, authority=authority))
    assert missing_elements(signed) == ["signer.authority"]


def test_staff_must_see_every_authority_and_no_patient_needs_one() -> None:
    assert replace(consent(), signer=PARENT).needs_approval
    assert missing_elements(replace(consent(), signer=PARENT)) == []
    assert not consent().needs_approval


@pytest.mark.parametrize("acknowledged", [(), (Acknowledgement("another-sentence", NOON),)])
def test_the_warning_of_the_unencrypted_medium_must_be_touched(
    acknowledged: tuple[Acknowledgement, ...],
) -> None:
    signed = replace(consent(), acknowledged=acknowledged)
    assert missing_elements(signed) == [f"acknowledged: {UNENCRYPTED_MEDIUM}"]


@pytest.mark.parametrize(
    "signature",
    [
        Typed(""),
        Typed("  "),
        Drawn(()),
        Drawn(((),)),
        Drawn((((1.0, 1.0, 0.0),),)),
        Drawn((((1.0, 1.0, 0.0), (1.0, 1.0, 0.5)),)),
        Drawn((((1.0, 1.0, 0.0, 0.2), (1.0, 1.0, 0.5, 0.9)), ((2.0, 2.0, 1.0),))),
    ],
    ids=["nothing", "blanks", "no-stroke", "no-point", "touch", "held-touch", "two-touches"],
)
def test_what_has_no_length_is_no_signature(signature: Typed | Drawn) -> None:
    assert missing_elements(consent(signature)) == ["signature"]


def test_one_stroke_with_a_length_among_touches_is_a_signature() -> None:
    assert missing_elements(consent(Drawn((((1.0, 1.0, 0.0),), SHORT_STROKE)))) == []


def test_everything_that_is_missing_is_named_at_once() -> None:
    nothing = Consent(
        Signer(SignerRole.REPRESENTATIVE, ""), "en", "", "", (), Typed(""), signed_at=NOON
    )
    assert missing_elements(nothing) == [
        "signer.name",
        "recipient",
        "purpose",
        "signer.authority",
        f"acknowledged: {UNENCRYPTED_MEDIUM}",
        "signature",
    ]
