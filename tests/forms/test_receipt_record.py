"""The receipt for programs, inside the sealed PDF."""

import json
from dataclasses import fields, replace

import pytest

from forms.receipt.page import render_receipt
from forms.receipt.record import RECORD_NAME, RecordedMedium, encode_record, read_record
from forms.seal.seal import Seal
from kiosk.errors import NotAReceipt, ReceiptChanged
from tests.forms.builders import SIGNED_AT, receipt_facts
from tests.forms.reading import attachment_of


def sealed_with(seal: Seal, record: bytes) -> bytes:
    return seal.seal(render_receipt(receipt_facts()), SIGNED_AT, {RECORD_NAME: record}).pdf


def test_what_was_recorded_is_read_back(seal: Seal) -> None:
    facts = receipt_facts(volumes=2, broken=1)
    medium = replace(facts.job.media[0], serial="4C530001", manifest_sha256="ee" * 32)
    facts = replace(facts, job=replace(facts.job, media=(medium, facts.job.media[1])))
    record = read_record(sealed_with(seal, encode_record(facts)), seal.trust)
    assert (record.number, record.job_id) == (42, facts.job.job_id)
    assert record.handed_over_at == facts.handed_over_at
    assert (record.form_sha256, record.audit_head) == ("ab" * 32, "cd" * 32)
    assert (record.instances, record.archive_instances) == (430, 430)
    assert record.media[0] == RecordedMedium(
        kind="image",
        label="KIOSK00042_1",
        serial="4C530001",
        volume=1,
        volumes=2,
        size_bytes=81_000_000,
        instances=215,
        not_importable=0,
        sha256="01" * 32,
        manifest_sha256="ee" * 32,
        verified=True,
    )
    assert [each.volume for each in record.media] == [1, 2]


def test_nobody_is_named_in_the_record() -> None:
    record = encode_record(receipt_facts()).decode()
    for private in ("Maria", "Example^", "1948", "MRN-0042", "/media/", "HEAD"):
        assert private not in record


def test_the_same_facts_give_the_same_record() -> None:
    assert encode_record(receipt_facts()) == encode_record(receipt_facts())


def test_another_program_finds_it_in_the_pdf(seal: Seal) -> None:
    sealed = sealed_with(seal, encode_record(receipt_facts()))
    assert json.loads(attachment_of(sealed, RECORD_NAME))["number"] == 42


@pytest.mark.parametrize("place", range(200, 20_000, 2_900))
def test_one_bit_that_changed_is_enough_to_distrust_it(seal: Seal, place: int) -> None:
    changed = bytearray(sealed_with(seal, encode_record(receipt_facts())))
    changed[place] ^= 0x10
    with pytest.raises(ReceiptChanged):
        read_record(bytes(changed), seal.trust)


@pytest.mark.parametrize(
    "pdf", [b"", b"%PDF-1.7", b"no PDF /ByteRange [0 1 2 3]", render_receipt(receipt_facts())]
)
def test_what_was_never_sealed_is_no_receipt(seal: Seal, pdf: bytes) -> None:
    with pytest.raises(NotAReceipt, match="no sealed PDF"):
        read_record(pdf, seal.trust)


def test_another_document_of_the_same_seal_is_no_receipt(seal: Seal) -> None:
    other = seal.seal(render_receipt(receipt_facts()), SIGNED_AT).pdf
    with pytest.raises(NotAReceipt, match="another sealed document"):
        read_record(other, seal.trust)


@pytest.mark.parametrize("lost", [field.name for field in fields(RecordedMedium)])
def test_a_record_that_lacks_a_field_is_not_guessed_at(seal: Seal, lost: str) -> None:
    record = json.loads(encode_record(receipt_facts()))
    del record["media"][0][lost]
    with pytest.raises(NotAReceipt, match="its record has 1 wrong fields"):
        read_record(sealed_with(seal, json.dumps(record).encode()), seal.trust)
