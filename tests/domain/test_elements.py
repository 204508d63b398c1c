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

Without = Callable[[Release, str], Release]


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


def signed_for(whole: Release) -> Release:
    """Return the same signed by a parent whose right was seen."""
    return replace(with_consent(whole, signer=PARENT), approval=SEEN)


WHOLE = {Basis.ACCESS: release(), Basis.AUTHORIZATION: authorization()}
"""A request (45 CFR 164.524) and an authorization (164.508) that lack nothing."""

OF_EITHER_BASIS: dict[Element, Without] = {
    Element.SIGNER_NAME: lambda whole, blank: with_consent(
        whole, signer=Signer(SignerRole.PATIENT, blank)
    ),
    Element.PATIENT: lambda whole, blank: replace(
        whole, patient=replace(whole.patient, patient_id=blank)
    ),
    Element.IDENTITY: lambda whole, blank: replace(
        whole, identity=replace(whole.identity, checked_by=blank)
    ),
    Element.RECIPIENT: lambda whole, blank: with_consent(whole, recipient=blank),
    Element.PURPOSE: lambda whole, blank: with_consent(whole, purpose=blank),
    Element.STUDIES: lambda whole, _: replace(whole, studies=()),
    Element.COPIES: lambda whole, _: replace(whole, copies=0),
    Element.WARNING: lambda whole, _: with_consent(whole, acknowledged=()),
    Element.SIGNATURE: lambda whole, blank: with_consent(whole, signature=Typed(blank)),
    Element.AUTHORITY: lambda whole, blank: with_consent(
        signed_for(whole), signer=replace(PARENT, authority=blank)
    ),
    Element.DOCUMENT: lambda whole, blank: replace(
        signed_for(whole), approval=replace(SEEN, document=blank)
    ),
    Element.APPROVED_BY: lambda whole, blank: replace(
        signed_for(whole), approval=replace(SEEN, by=blank)
    ),
}
OF_ONE_BASIS: dict[Element, Callable[[str], Release]] = {
    Element.OTHER_RECIPIENT: lambda _: authorization(recipient="self"),
    Element.EXPIRY: lambda blank: authorization(expires=UntilEvent(blank)),
    Element.ONLY_AUTHORIZATION_EXPIRES: lambda _: authorization(basis=Basis.ACCESS),
}
ON_THE_FORM = {Element.DISCLOSER, Element.REVOCATION, Element.CONDITIONS, Element.REDISCLOSURE}
"""What the paper itself must say; taken away where the forms are tested."""


def test_every_element_is_taken_away_in_a_test() -> None:
    assert OF_EITHER_BASIS.keys() | OF_ONE_BASIS.keys() | ON_THE_FORM == set(Element)


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("element", OF_EITHER_BASIS)
def test_a_form_of_either_basis_that_lacks_an_element_is_told_which_one(
    element: Element, basis: Basis, blank: str
) -> None:
    assert missing_elements(OF_EITHER_BASIS[element](WHOLE[basis], blank)) == [element]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("element", OF_ONE_BASIS)
def test_a_release_that_lacks_an_element_of_its_basis_is_told_which_one(
    element: Element, blank: str
) -> None:
    assert missing_elements(OF_ONE_BASIS[element](blank)) == [element]


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
