"""What a seal carries to show its certificates valid (B-LT), by OCSP and revocation lists."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore

from forms.seal.check import check_seal
from forms.seal.place import PemPair, Pkcs12
from forms.seal.seal import Seal, load_seal
from forms.seal.validity import REST
from tests.forms.builders import SIGNED_AT
from tests.forms.reading import seal_text_of
from tests.forms.small import SMALL
from tests.peers.seal_authority import SealAuthority, a_key, pem, pem_key
from tests.peers.silent import silent_server
from tests.peers.time_stamps import Stamper, time_stamps
from tests.peers.web_server import Asked, web_server


@dataclass(slots=True)
class Trust:
    """An authority on the web, and what it was asked."""

    authority: SealAuthority
    url: str
    asked: list[Asked]
    folder: Path

    def seal(self, *more: x509.ExtensionType, chain: bool = True) -> Seal:
        key = a_key()
        place = PemPair(self.folder / "key.pem", self.folder / "cert.pem")
        certificate = self.authority.issue("Riverside Example Hospital", key, *more)
        (self.folder / "key.pem").write_bytes(pem_key(key))
        (self.folder / "cert.pem").write_bytes(pem(certificate))
        return load_seal(place, self.authority.chain if chain else ())


@pytest.fixture
def trust(tmp_path: Path) -> Iterator[Trust]:
    authority = SealAuthority()
    with web_server(authority.answer) as (url, asked):
        yield Trust(authority, url, asked, tmp_path)


def store_of(pdf: bytes) -> DocumentSecurityStore:
    return DocumentSecurityStore.read_dss(PdfFileReader(BytesIO(pdf)))


def test_the_answer_of_the_authority_is_carried_under_the_seal(trust: Trust) -> None:
    seal = trust.seal(trust.authority.asks_ocsp(trust.url))
    pdf = seal.seal(SMALL, SIGNED_AT).pdf
    store = store_of(pdf)
    assert (len(store.ocsps), len(store.crls), len(store.certs)) == (1, 0, 2)
    assert check_seal(pdf, seal.trust).holds
    said = seal_text_of(pdf)
    assert "Total document signed" in said
    assert "Signature is Valid." in said


def test_so_is_its_revocation_list(trust: Trust) -> None:
    seal = trust.seal(trust.authority.has_list(trust.url))
    store = store_of(seal.seal(SMALL, SIGNED_AT).pdf)
    assert (len(store.ocsps), len(store.crls)) == (0, 1)


def test_a_chain_is_carried_although_nobody_can_be_asked(trust: Trust) -> None:
    store = store_of(trust.seal().seal(SMALL, SIGNED_AT).pdf)
    assert {each.subject.human_friendly for each in store.load_certs()} == {
        "Common Name: Example Trust issuing",
        "Common Name: Example Trust root",
    }
    assert (store.ocsps, store.crls) == ([], [])


def test_a_self_made_seal_carries_nothing_and_asks_nobody(trust: Trust) -> None:
    seal = trust.seal(trust.authority.asks_ocsp(trust.url), chain=False)
    assert b"/DSS" not in seal.seal(SMALL, SIGNED_AT).pdf
    assert trust.asked == []


def test_the_authority_is_asked_once_an_hour_and_not_for_each_form(trust: Trust) -> None:
    seal = trust.seal(trust.authority.asks_ocsp(trust.url))
    for minute in range(0, 60, 10):
        seal.seal(SMALL, SIGNED_AT + timedelta(minutes=minute))
    assert len(trust.asked) == 1
    seal.seal(SMALL, SIGNED_AT + timedelta(minutes=60))
    assert len(trust.asked) == 2


def test_an_authority_that_hangs_is_waited_for_once(trust: Trust) -> None:
    with silent_server() as port:
        seal = trust.seal(trust.authority.asks_ocsp(f"http://127.0.0.1:{port}"))
        assert seal.validity is not None
        seal.validity.limit_s = 0.5
        begun = time.monotonic()
        pdf = seal.seal(SMALL, SIGNED_AT).pdf
        waited = time.monotonic() - begun
        begun = time.monotonic()
        seal.seal(SMALL, SIGNED_AT + REST / 2)
        assert time.monotonic() - begun < waited / 2
    assert 0.5 <= waited < 3
    assert check_seal(pdf, seal.trust).holds
    assert store_of(pdf).ocsps == []


def test_a_revoked_certificate_is_told(trust: Trust) -> None:
    seal = trust.seal(trust.authority.asks_ocsp(trust.url))
    trust.authority.revoke(seal.certificate)
    assert seal.validity is not None
    proof = seal.validity.ask()
    assert proof.revoked
    assert proof.ocsps == ()


def test_a_chain_that_does_not_reach_its_root_is_told(trust: Trust) -> None:
    seal = trust.seal()
    assert seal.validity is not None
    seal.validity.chain = SealAuthority("Another trust").chain
    assert seal.validity.ask().trouble == "the chain does not lead to its root"


def test_the_chain_of_the_time_stamps_is_proven_too(trust: Trust, tmp_path: Path) -> None:
    clock = SealAuthority("Example clock")
    with web_server(clock.answer) as (url, asked):
        stamper = Stamper.of(clock, tmp_path / "tsa", clock.asks_ocsp(url))
        with time_stamps(clock, stamper.answer) as server:
            trust.seal(trust.authority.asks_ocsp(trust.url))
            place = PemPair(tmp_path / "key.pem", tmp_path / "cert.pem")
            seal = load_seal(place, trust.authority.chain, server)
            pdf = seal.seal(SMALL, SIGNED_AT).pdf
    report = check_seal(pdf, seal.trust)
    assert report.holds
    assert report.stamp is not None
    assert [each.path for each in (*trust.asked, *asked)] == ["/ocsp", "/ocsp"]
    assert (len(store_of(pdf).certs), len(store_of(pdf).ocsps)) == (4, 2)


def test_the_chain_beside_a_key_in_pkcs12_is_used(trust: Trust, tmp_path: Path) -> None:
    key = a_key()
    file = tmp_path / "hospital.p12"
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"seal",
            key,
            trust.authority.issue("Riverside Example Hospital", key),
            trust.authority.chain,
            serialization.NoEncryption(),
        )
    )
    store = store_of(load_seal(Pkcs12(file)).seal(SMALL, SIGNED_AT).pdf)
    assert len(store.certs) == 2
