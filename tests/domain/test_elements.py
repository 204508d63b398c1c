"""Every element of a request and of an authorization, taken away one at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.consent import (
    UNENCRYPTED_MEDIUM,
    Acknowledgement,
    Basis,
    Consent,
    Drawn,
    Signer,
    SignerRole,
    Typed,
    UntilDay,
    UntilEvent,
)
from kiosk.domain.elements import Element, missing_elements, missing_in_consent, named
from kiosk.domain.release import Approval, Release
from tests.domain.releases import NOON, consent, release

PARENT = Signer(SignerRole.REPRESENTATIVE, "Paula Example", "parent")
SEEN = Approval("robin", "birth certificate", NOON)
BLANKS = ["", "   ", "\t"]

Without = Callable[[str], Release]


def for_someone() -> Release:
    """Return a request of a parent whose right was seen."""
    return replace(release(), consent=replace(consent(), signer=PARENT), approval=SEEN)


def authorization(**facts: object) -> Release:
    """Return an authorization to give images to somebody else."""
    plain: dict[str, object] = {
        "basis": Basis.AUTHORIZATION,
        "recipient": "Dr. Ana Sample, Hillside Clinic",
        "expires": UntilDay(date(2027, 1, 31)),
    }
    return with_consent(release(), **(plain | facts))


def with_consent(of: Release, **facts: object) -> Release:
    signed: Consent = replace(of.consent, **facts)  # type: ignore[arg-type]  # named by the tests
    return replace(of, consent=signed)


def test_a_complete_release_of_each_kind_lacks_nothing() -> None:
    until = UntilEvent("the court case is over")
    whole = [release(), for_someone(), authorization(), authorization(expires=until)]
    assert [missing_elements(each) for each in whole] == [[], [], [], []]


WITHOUT: dict[Element, Without] = {
    Element.SIGNER_NAME: lambda blank: with_consent(
        release(), signer=Signer(SignerRole.PATIENT, blank)
    ),
    Element.PATIENT: lambda blank: replace(
        release(), patient=replace(release().patient, patient_id=blank)
    ),
    Element.IDENTITY: lambda blank: replace(
        release(), identity=replace(release().identity, checked_by=blank)
    ),
    Element.RECIPIENT: lambda blank: authorization(recipient=blank),
    Element.PURPOSE: lambda blank: authorization(purpose=blank),
    Element.STUDIES: lambda _: replace(release(), studies=()),
    Element.COPIES: lambda _: replace(release(), copies=0),
    Element.WARNING: lambda _: with_consent(release(), acknowledged=()),
    Element.SIGNATURE: lambda blank: with_consent(release(), signature=Typed(blank)),
    Element.AUTHORITY: lambda blank: with_consent(
        for_someone(), signer=replace(PARENT, authority=blank)
    ),
    Element.DOCUMENT: lambda blank: replace(for_someone(), approval=replace(SEEN, document=blank)),
    Element.APPROVED_BY: lambda blank: replace(for_someone(), approval=replace(SEEN, by=blank)),
    Element.OTHER_RECIPIENT: lambda _: authorization(recipient="self"),
    Element.EXPIRY: lambda blank: authorization(expires=UntilEvent(blank)),
    Element.ONLY_AUTHORIZATION_EXPIRES: lambda _: authorization(basis=Basis.ACCESS),
}
ON_THE_FORM = {Element.DISCLOSER, Element.REVOCATION, Element.CONDITIONS, Element.REDISCLOSURE}
"""What the paper itself must say; taken away where the forms are tested."""


def test_every_element_is_taken_away_in_a_test() -> None:
    assert WITHOUT.keys() | ON_THE_FORM == set(Element)


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("element", WITHOUT)
def test_a_release_that_lacks_an_element_is_told_which_one(element: Element, blank: str) -> None:
    assert missing_elements(WITHOUT[element](blank)) == [element]


def test_an_authorization_without_any_end_is_told_so() -> None:
    assert missing_elements(authorization(expires=None)) == [Element.EXPIRY]


def test_a_request_of_a_representative_may_be_signed_before_staff_look_at_the_document() -> None:
    assert missing_elements(replace(for_someone(), approval=None)) == []


@pytest.mark.parametrize("authority", [None, "", "  "])
def test_a_representative_without_authority_is_refused(authority: str | None) -> None:
    """45 CFR 164.508(c)(1)(vi): a description of the representative's authority."""
    signed = replace(consent(), signer=replace(PARENT, authority=authority))
    assert missing_in_consent(signed) == [Element.AUTHORITY]


@pytest.mark.parametrize("acknowledged", [(), (Acknowledgement("another-sentence", NOON),)])
def test_the_warning_of_the_unencrypted_medium_must_be_touched(
    acknowledged: tuple[Acknowledgement, ...],
) -> None:
    signed = replace(consent(), acknowledged=acknowledged)
    assert missing_in_consent(signed) == [Element.WARNING]
    assert f"acknowledged: {UNENCRYPTED_MEDIUM}" in named(missing_in_consent(signed))


@pytest.mark.parametrize("element", Element)
def test_each_missing_element_is_named_with_a_sentence_of_its_own(element: Element) -> None:
    said = named([element])
    assert said == f"{element.value}: {element.sentence}"
    assert len(element.sentence.split()) >= 4
    assert [each for each in Element if each.sentence == element.sentence] == [element]


def test_everything_that_is_missing_is_named_at_once() -> None:
    signer = Signer(SignerRole.REPRESENTATIVE, "")
    nothing = Consent(signer, "en", "", "", (), Drawn(()), NOON, Basis.AUTHORIZATION)
    assert missing_in_consent(nothing) == [
        Element.SIGNER_NAME,
        Element.RECIPIENT,
        Element.PURPOSE,
        Element.AUTHORITY,
        Element.EXPIRY,
        Element.WARNING,
        Element.SIGNATURE,
    ]
