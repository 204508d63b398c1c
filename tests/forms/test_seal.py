"""The seal, against everything that may happen to a sealed file."""

import random
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from forms.release_form import render_form
from forms.seal import Seal, load_seal
from forms.seal_check import check_form, check_seal
from forms.seal_key import VALIDITY, SealFiles, make_seal_key
from kiosk.errors import ConfigurationWrong, FormNotSealed
from tests.forms.builders import SIGNED_AT, form_facts
from tests.forms.reading import attachment_of, seal_text_of, text_of


@pytest.fixture(scope="module")
def sealed(seal: Seal) -> bytes:
    return seal.seal(render_form(form_facts()), SIGNED_AT, {"note.txt": b"attached"})


def holds(pdf: bytes, seal: Seal) -> bool:
    return check_seal(pdf, seal.certificate).holds


def test_a_sealed_form_holds(sealed: bytes, seal: Seal) -> None:
    report = check_seal(sealed, seal.certificate)
    assert report.intact
    assert report.covers_whole_file
    assert report.certificate_sha256 == seal.fingerprint
    assert report.not_before < SIGNED_AT < report.not_after
    check_form(sealed, seal.certificate)


def test_poppler_finds_a_pades_seal_over_the_total_document(sealed: bytes) -> None:
    said = seal_text_of(sealed)
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert "Signature is Valid." in said
    assert "Signing Hash Algorithm: SHA-256" in said
    assert said.count("Signature #") == 1


def test_the_sealed_file_reads_as_before_and_carries_what_was_attached(sealed: bytes) -> None:
    assert text_of(sealed) == text_of(render_form(form_facts()))
    assert attachment_of(sealed, "note.txt") == b"attached"


def test_a_byte_flipped_at_many_places_is_found(sealed: bytes, seal: Seal) -> None:
    places = random.Random(20261124).sample(range(len(sealed)), 400)
    unseen = [place for place in places if holds(flipped(sealed, place), seal)]
    assert unseen == []


@pytest.mark.lab
@pytest.mark.timeout(1800)  # it checks the seal once for each byte
@pytest.mark.parametrize("bit", [0x01, 0x20])
def test_a_byte_flipped_anywhere_is_found(sealed: bytes, seal: Seal, bit: int) -> None:
    unseen = [place for place in range(len(sealed)) if holds(flipped(sealed, place, bit), seal)]
    assert unseen == []


def test_poppler_agrees_that_a_flipped_byte_breaks_the_seal(sealed: bytes) -> None:
    place = sealed.index(b"stream") + 40
    assert "Signature is Valid." not in seal_text_of(flipped(sealed, place))


def flipped(pdf: bytes, place: int, bit: int = 0x01) -> bytes:
    changed = bytearray(pdf)
    changed[place] ^= bit
    return bytes(changed)


@pytest.mark.parametrize("added", [b"\n", b"%", b"%%EOF\n", b"\x00" * 1000])
def test_bytes_after_the_end_are_found(sealed: bytes, seal: Seal, added: bytes) -> None:
    report = check_seal(sealed + added, seal.certificate)
    assert not report.covers_whole_file
    assert not report.intact
    with pytest.raises(FormNotSealed, match="no seal over the whole document"):
        check_form(sealed + added, seal.certificate)


def test_a_later_revision_that_readers_allow_is_found(sealed: bytes, seal: Seal) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.root["/PageMode"] = NameObject("/UseAttachments")
    writer.update_root()
    changed = BytesIO()
    writer.write(changed)
    assert changed.getvalue().startswith(sealed)
    assert len(changed.getvalue()) > len(sealed)
    assert not holds(changed.getvalue(), seal)


def test_a_seal_by_someone_of_the_same_name_is_found(seal: Seal, tmp_path: Path) -> None:
    forged = another_seal(tmp_path).seal(render_form(form_facts()), SIGNED_AT)
    assert "Signature is Valid." in seal_text_of(forged)
    assert not holds(forged, seal)


def another_seal(folder: Path) -> Seal:
    files = SealFiles.in_folder(folder)
    make_seal_key(files, "Riverside Example Hospital", SIGNED_AT)
    return load_seal(files)


def test_a_seal_of_another_key_names_its_certificate(sealed: bytes, tmp_path: Path) -> None:
    other = another_seal(tmp_path)
    report = check_seal(sealed, other.certificate)
    assert report.covers_whole_file
    assert not report.intact
    assert report.certificate_sha256 != other.fingerprint
    with pytest.raises(FormNotSealed, match="does not fit"):
        check_form(sealed, other.certificate)


def test_a_seal_moved_onto_another_form_is_found(sealed: bytes, seal: Seal) -> None:
    other = seal.seal(render_form(form_facts(studies=2)), SIGNED_AT, {"note.txt": b"attached"})
    (ours,), (theirs,) = (re.findall(rb"<[0-9A-F]{4000,}>", pdf) for pdf in (sealed, other))
    moved = other.replace(theirs, ours)
    assert len(moved) == len(other)
    assert not holds(moved, seal)


def test_a_seal_written_in_small_letters_is_not_the_one_that_was_made(
    sealed: bytes, seal: Seal
) -> None:
    (contents,) = re.findall(rb"<[0-9A-F]{4000,}>", sealed)
    assert not holds(sealed.replace(contents, contents.lower()), seal)


def test_words_hidden_behind_the_seal_are_found(sealed: bytes, seal: Seal) -> None:
    (contents,) = re.findall(rb"<[0-9A-F]{4000,}>", sealed)
    hidden = contents[:-9] + b"DEADBEEF>"
    assert len(hidden) == len(contents)
    assert not holds(sealed.replace(contents, hidden), seal)


@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"%PDF-1.7\n%%EOF\n",
        b"/ByteRange [0 1 2 3]",
        b"/ByteRange [0 22 23 1]x<00>",
        b"/ByteRange [0 26 999999 1]<3080>",
        b"not a pdf at all" * 100,
    ],
)
def test_what_is_no_sealed_file_is_not_taken_for_one(pdf: bytes, seal: Seal) -> None:
    report = check_seal(pdf, seal.certificate)
    assert not report.intact
    assert not report.covers_whole_file
    assert report.certificate_sha256 is None


@pytest.mark.parametrize("contents", [b"3000", b"308203E8", b"0500", b"FF", b"", b"30820010" * 9])
def test_nonsense_in_the_place_of_the_seal_is_not_taken_for_one(
    contents: bytes, seal: Seal
) -> None:
    body = b"/ByteRange [0 %03d %03d 001]"
    gap, after = 26, 26 + len(contents) + 2
    pdf = (body % (gap, after)).ljust(gap) + b"<" + contents + b">" + b"."
    assert not check_seal(pdf, seal.certificate).intact


def test_an_unsealed_form_is_refused(seal: Seal) -> None:
    with pytest.raises(FormNotSealed):
        check_form(render_form(form_facts()), seal.certificate)


def test_nothing_is_sealed_with_a_certificate_that_has_run_out(seal: Seal) -> None:
    with pytest.raises(ConfigurationWrong, match="valid until 2036"):
        seal.seal(render_form(form_facts()), SIGNED_AT + VALIDITY + timedelta(days=1))


def test_the_time_in_the_seal_is_the_one_that_was_given(sealed: bytes) -> None:
    assert "Signing Time: Nov 24 2026 10:01:00" in seal_text_of(sealed)


def certificate_of(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Hillside Example Hospital")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(SIGNED_AT - timedelta(days=1))
        .not_valid_after(SIGNED_AT + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )


def test_a_hospitals_own_elliptic_key_in_pkcs12_seals_too(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    files = SealFiles(tmp_path / "hospital.p12", passphrase=tmp_path / "word")
    files.key.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"seal", key, certificate_of(key), None, serialization.BestAvailableEncryption(b"word")
        )
    )
    (tmp_path / "word").write_text("word\n")
    seal = load_seal(files)
    sealed = seal.seal(render_form(form_facts()), SIGNED_AT)
    assert holds(sealed, seal)
    assert "Signature is Valid." in seal_text_of(sealed)
    assert not holds(flipped(sealed, 1000), seal)


def test_a_wrong_passphrase_is_a_wrong_configuration(tmp_path: Path) -> None:
    files = SealFiles.in_folder(tmp_path)
    make_seal_key(files, "Riverside Example Hospital", SIGNED_AT)
    assert files.passphrase is not None
    files.passphrase.write_text("wrong")
    with pytest.raises(ConfigurationWrong, match="wrong passphrase"):
        load_seal(files)


@pytest.mark.parametrize("lost", ["seal.key.pem", "seal.cert.pem", "seal.passphrase"])
def test_a_lost_file_of_the_seal_is_named(tmp_path: Path, lost: str) -> None:
    files = SealFiles.in_folder(tmp_path)
    make_seal_key(files, "Riverside Example Hospital", SIGNED_AT)
    (tmp_path / lost).unlink()
    with pytest.raises(ConfigurationWrong, match=re.escape(lost)):
        load_seal(files)


def test_a_certificate_of_another_key_is_found(tmp_path: Path) -> None:
    another_seal(tmp_path / "one")
    another_seal(tmp_path / "two")
    mixed = SealFiles(
        tmp_path / "one/seal.key.pem",
        tmp_path / "two/seal.cert.pem",
        tmp_path / "one/seal.passphrase",
    )
    with pytest.raises(ConfigurationWrong, match="belongs to another key"):
        load_seal(mixed)


def test_a_pem_key_without_a_certificate_is_found(tmp_path: Path) -> None:
    another_seal(tmp_path)
    files = SealFiles(tmp_path / "seal.key.pem", passphrase=tmp_path / "seal.passphrase")
    with pytest.raises(ConfigurationWrong, match="cert_file"):
        load_seal(files)
