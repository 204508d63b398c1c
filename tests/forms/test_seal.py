"""The seal, against everything that may happen to a sealed file."""

import logging
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from forms.release.form import render_form
from forms.seal.check import check_form, check_seal, sealing_certificate
from forms.seal.new_key import VALIDITY, make_seal_key
from forms.seal.place import PemPair
from forms.seal.seal import Seal, load_seal
from kiosk.errors import ConfigurationWrong, FormNotSealed
from tests.forms.builders import SIGNED_AT, form_facts
from tests.forms.flipping import every_bit, flipped, seal_of
from tests.forms.reading import attachment_of, seal_text_of, text_of
from tests.forms.small import SMALL
from tests.peers.seal_authority import SealAuthority, a_key, pem, pem_key


@pytest.fixture(autouse=True)
def _libraries_are_silent() -> Iterator[None]:
    """As in every command: what they say of each broken file fills a test's memory."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def sealed(seal: Seal) -> bytes:
    return seal.seal(render_form(form_facts()), SIGNED_AT, {"note.txt": b"attached"}).pdf


def holds(pdf: bytes, seal: Seal) -> bool:
    return check_seal(pdf, seal.trust).holds


def test_a_sealed_form_holds(sealed: bytes, seal: Seal) -> None:
    report = check_seal(sealed, seal.trust)
    assert report.is_made_by_key
    assert report.covers_whole_file
    assert not report.has_stamp
    assert report.holds
    assert sealing_certificate(sealed) == seal.certificate
    check_form(sealed, seal.trust)


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


def test_the_same_facts_give_the_same_file_but_for_the_signature(
    elliptic: Seal, sealed: bytes, seal: Seal
) -> None:
    """An RSA signature is a function of what it signs; one of an elliptic key is not."""
    time.sleep(1.1)  # PDFs know time by the second
    again = seal.seal(render_form(form_facts()), SIGNED_AT, {"note.txt": b"attached"}).pdf
    assert again == sealed
    one, two = (elliptic.seal(SMALL, SIGNED_AT).pdf for _ in range(2))
    assert one != two
    assert one.replace(seal_of(one), b"") == two.replace(seal_of(two), b"")


@pytest.fixture(scope="module")
def elliptic(tmp_path_factory: pytest.TempPathFactory) -> Seal:
    folder = tmp_path_factory.mktemp("elliptic")
    key, place = a_key(), PemPair(folder / "key.pem", folder / "cert.pem")
    (folder / "key.pem").write_bytes(pem_key(key))
    certificate = SealAuthority().issue("Riverside Example Hospital", key)
    (folder / "cert.pem").write_bytes(pem(certificate))
    return load_seal(place)


def test_a_byte_flipped_at_many_places_is_found(sealed: bytes, seal: Seal) -> None:
    places = random.Random(20261124).sample(range(len(sealed)), 400)
    unseen = [place for place in places if holds(flipped(sealed, place), seal)]
    assert unseen == []


def test_every_single_bit_of_a_file_is_under_the_seal(elliptic: Seal) -> None:
    """Of a small file: the check knows no more of a large one than its SHA-256."""
    pdf = elliptic.seal(SMALL, SIGNED_AT).pdf
    assert holds(pdf, elliptic)
    unseen = [
        (place, bit)
        for place, bit in every_bit(range(len(pdf)))
        if holds(flipped(pdf, place, bit), elliptic)
    ]
    assert unseen == []


def test_poppler_agrees_that_a_flipped_byte_breaks_the_seal(sealed: bytes) -> None:
    place = sealed.index(b"stream") + 40
    assert "Signature is Valid." not in seal_text_of(flipped(sealed, place))


@pytest.mark.parametrize("added", [b"\n", b"%", b"%%EOF\n", b"\x00" * 1000])
def test_bytes_after_the_end_are_found(sealed: bytes, seal: Seal, added: bytes) -> None:
    report = check_seal(sealed + added, seal.trust)
    assert not report.covers_whole_file
    assert not report.is_made_by_key
    with pytest.raises(FormNotSealed, match="no seal over the whole document"):
        check_form(sealed + added, seal.trust)


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
    forged = another_seal(tmp_path).seal(render_form(form_facts()), SIGNED_AT).pdf
    assert "Signature is Valid." in seal_text_of(forged)
    assert not holds(forged, seal)


def another_seal(folder: Path) -> Seal:
    files = PemPair.in_folder(folder)
    make_seal_key(files, "Riverside Example Hospital", SIGNED_AT)
    return load_seal(files)


def test_a_seal_of_another_key_names_its_certificate(sealed: bytes, tmp_path: Path) -> None:
    other = another_seal(tmp_path)
    report = check_seal(sealed, other.trust)
    assert report.covers_whole_file
    assert not report.is_made_by_key
    assert sealing_certificate(sealed) != other.certificate
    with pytest.raises(FormNotSealed, match="does not fit"):
        check_form(sealed, other.trust)


def test_a_seal_moved_onto_another_form_is_found(sealed: bytes, seal: Seal) -> None:
    other = seal.seal(render_form(form_facts(studies=2)), SIGNED_AT, {"note.txt": b"attached"})
    moved = other.pdf.replace(seal_of(other.pdf), seal_of(sealed))
    assert len(moved) == len(other.pdf)
    assert not holds(moved, seal)


def test_a_seal_written_in_small_letters_is_not_the_one_that_was_made(
    sealed: bytes, seal: Seal
) -> None:
    contents = seal_of(sealed)
    assert not holds(sealed.replace(contents, contents.lower()), seal)


def test_words_hidden_behind_the_seal_are_found(sealed: bytes, seal: Seal) -> None:
    contents = seal_of(sealed)
    hidden = contents[:-8] + b"DEADBEEF"
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
    report = check_seal(pdf, seal.trust)
    assert not report.is_made_by_key
    assert not report.covers_whole_file
    assert sealing_certificate(pdf) is None


@pytest.mark.parametrize("contents", [b"3000", b"308203E8", b"0500", b"FF", b"", b"30820010" * 9])
def test_nonsense_in_the_place_of_the_seal_is_not_taken_for_one(
    contents: bytes, seal: Seal
) -> None:
    body = b"/ByteRange [0 %03d %03d 001]"
    gap, after = 26, 26 + len(contents) + 2
    pdf = (body % (gap, after)).ljust(gap) + b"<" + contents + b">" + b"."
    assert not check_seal(pdf, seal.trust).is_made_by_key
    assert sealing_certificate(pdf) is None


def test_an_unsealed_form_is_refused(seal: Seal) -> None:
    with pytest.raises(FormNotSealed):
        check_form(render_form(form_facts()), seal.trust)


def test_nothing_is_sealed_with_a_certificate_that_has_run_out(seal: Seal) -> None:
    with pytest.raises(ConfigurationWrong, match="valid until 2036"):
        seal.seal(render_form(form_facts()), SIGNED_AT + VALIDITY + timedelta(days=1))


def test_the_time_in_the_seal_is_the_one_that_was_given(sealed: bytes) -> None:
    assert "Signing Time: Nov 24 2026 10:01:00" in seal_text_of(sealed)
