"""The signed, recorded and sealed form."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from forms.facts import Site
from forms.release.answers import STATEMENTS, missing_on_form
from forms.release.form import render_form
from forms.release.signed_form import EVIDENCE_NAME, SHOWN_NAME, SignedForm, signed_form
from forms.seal.check import check_form
from forms.seal.seal import Seal
from forms.words import wording_for
from kiosk.domain.consent import Typed
from kiosk.domain.elements import Element, named
from kiosk.errors import ConsentRefused
from tests.forms.builders import SIGNED_AT, a_consent, authorization_facts, form_facts
from tests.forms.reading import attachment_of, text_of

PREVIOUS = "5a" * 32
SEALED_AT = SIGNED_AT + timedelta(seconds=2)


@pytest.fixture(scope="module")
def form(seal: Seal) -> SignedForm:
    return signed_form(form_facts(studies=2), seal, PREVIOUS, SEALED_AT)


@pytest.fixture(scope="module")
def record(form: SignedForm) -> dict:
    return json.loads(attachment_of(form.sealed, EVIDENCE_NAME))


def test_a_signed_form_is_sealed(form: SignedForm, seal: Seal) -> None:
    check_form(form.sealed, seal.trust)


def test_the_sealed_file_carries_the_form_as_it_was_shown(form: SignedForm) -> None:
    shown = attachment_of(form.sealed, SHOWN_NAME)
    assert shown == form.shown == render_form(form_facts(studies=2))
    assert hashlib.sha256(shown).hexdigest() == form.shown_sha256
    assert form.shown_sha256 in text_of(form.sealed)


def test_the_record_is_attached_and_handed_on_for_the_store(form: SignedForm) -> None:
    assert attachment_of(form.sealed, EVIDENCE_NAME) == form.evidence


def test_the_record_binds_the_form_as_shown(form: SignedForm, record: dict) -> None:
    assert record["form"]["shown_sha256"] == form.shown_sha256
    assert record["form"]["shown_bytes"] == len(form.shown)


def test_a_typed_name_is_recorded_and_printed_as_one(seal: Seal) -> None:
    consent = a_consent(Typed("María Éxample"))
    form = signed_form(form_facts(consent=consent), seal, PREVIOUS, SEALED_AT)
    assert json.loads(attachment_of(form.sealed, EVIDENCE_NAME))["signature"] == {
        "typed": "María Éxample"
    }
    assert "María Éxample" in text_of(form.sealed)
    assert "The signer typed this name as a signature." in text_of(form.sealed)


def test_a_consent_that_lacks_an_element_is_refused_by_its_name(seal: Seal) -> None:
    consent = replace(a_consent(), acknowledged=(), purpose=" ")
    with pytest.raises(ConsentRefused) as refused:
        signed_form(form_facts(consent=consent), seal, PREVIOUS, SEALED_AT)
    assert refused.value.detail == named([Element.PURPOSE, Element.WARNING])


def test_a_form_for_no_exam_is_refused(seal: Seal) -> None:
    with pytest.raises(ConsentRefused) as refused:
        signed_form(form_facts(studies=0), seal, PREVIOUS, SEALED_AT)
    assert refused.value.detail == named([Element.STUDIES])


def test_an_authorization_of_no_hospital_is_refused(seal: Seal) -> None:
    facts = replace(authorization_facts(), site=Site(" "))
    with pytest.raises(ConsentRefused) as refused:
        signed_form(facts, seal, PREVIOUS, SEALED_AT)
    assert refused.value.detail == named([Element.DISCLOSER])


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize("element", STATEMENTS)
def test_an_authorization_that_keeps_a_statement_from_its_signer_is_no_form(
    element: Element, blank: str
) -> None:
    words = wording_for("en")
    table, _, name = STATEMENTS[element].partition(".")
    silent = dict(words.tables) | {table: dict(words.tables[table]) | {name: blank}}
    facts = authorization_facts()
    assert missing_on_form(facts, replace(words, tables=silent)) == [element]
    assert missing_on_form(facts, words) == missing_on_form(form_facts(), words) == []


def test_no_name_is_in_what_the_file_says_of_itself(form: SignedForm) -> None:
    said = form.sealed[form.sealed.rindex(b"/Author") :].split(b">>")[0]
    assert b"Riverside" in said
    assert b"Maria" not in said
    assert b"MRN-0042" not in said
