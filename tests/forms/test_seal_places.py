"""Where the seal's key may lie besides a token: PEM, PKCS #12, and what systemd hands over."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import pkcs12

from forms.seal.check import check_seal
from forms.seal.key import open_certificate, open_key
from forms.seal.new_key import make_seal_key
from forms.seal.place import Credential, Kept, PemPair, Pkcs12, kept
from forms.seal.seal import load_seal
from kiosk.errors import ConfigurationWrong
from tests.forms.builders import SIGNED_AT
from tests.forms.reading import seal_text_of
from tests.forms.small import SMALL
from tests.peers.seal_authority import SealAuthority, a_key, pem

NAME = "Riverside Example Hospital"


@pytest.fixture
def made(tmp_path: Path) -> PemPair:
    files = PemPair.in_folder(tmp_path)
    make_seal_key(files, NAME, SIGNED_AT)
    return files


@pytest.fixture
def bundle(tmp_path: Path) -> Pkcs12:
    key = a_key()
    place = Pkcs12(tmp_path / "hospital.p12", tmp_path / "word")
    (tmp_path / "word").write_text("open sesame\n")
    (tmp_path / "hospital.p12").write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"seal",
            key,
            SealAuthority().issue(NAME, key),
            None,
            serialization.BestAvailableEncryption(b"open sesame"),
        )
    )
    return place


def test_a_hospitals_own_elliptic_key_in_pkcs12_seals(bundle: Pkcs12) -> None:
    seal = load_seal(bundle)
    sealed = seal.seal(SMALL, SIGNED_AT).pdf
    assert check_seal(sealed, seal.trust).holds
    assert "Signature is Valid." in seal_text_of(sealed)
    assert open_certificate(bundle) == seal.certificate


def test_what_systemd_hands_over_is_read_by_its_name(
    bundle: Pkcs12, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    handed = Pkcs12(kept(Path("credential:hospital.p12")), kept(Path("credential:word")))
    assert handed == Pkcs12(Credential("hospital.p12"), Credential("word"))
    assert open_key(handed).certificate == open_key(bundle).certificate


def test_a_credential_that_was_not_handed_over_says_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    with pytest.raises(ConfigurationWrong, match="LoadCredential=seal:FILE in its unit"):
        open_key(Pkcs12(Credential("seal")))


def test_a_credential_outside_a_service_says_how_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    with pytest.raises(ConfigurationWrong, match=r"systemd-run .*LoadCredential=seal:FILE"):
        open_key(Pkcs12(Credential("seal")))


def test_a_path_stays_a_path() -> None:
    assert kept(Path("/etc/kiosk/seal.p12")) == Path("/etc/kiosk/seal.p12")


def write(place: Kept | None, content: bytes) -> None:
    assert isinstance(place, Path)
    place.write_bytes(content)


def test_a_wrong_passphrase_is_a_wrong_configuration(made: PemPair, bundle: Pkcs12) -> None:
    write(made.passphrase, b"wrong")
    write(bundle.passphrase, b"wrong")
    for place in (made, bundle):
        with pytest.raises(ConfigurationWrong, match="wrong passphrase"):
            open_key(place)


@pytest.mark.parametrize("lost", ["key", "cert", "passphrase"])
def test_a_lost_file_of_the_seal_is_named(made: PemPair, lost: str) -> None:
    path = getattr(made, lost)
    path.unlink()
    with pytest.raises(ConfigurationWrong, match=f"{path.name}: No such file"):
        open_key(made)


def test_a_certificate_of_another_key_is_found(made: PemPair) -> None:
    write(made.cert, pem(SealAuthority().issue(NAME, a_key())))
    with pytest.raises(ConfigurationWrong, match="belongs to another key"):
        open_key(made)


def test_a_damaged_certificate_is_found(made: PemPair) -> None:
    write(made.cert, b"-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")
    for read in (open_key, open_certificate):
        with pytest.raises(ConfigurationWrong, match=r"no .*certificate"):
            read(made)


def test_pkcs12_without_a_certificate_is_found(bundle: Pkcs12) -> None:
    alone = pkcs12.serialize_key_and_certificates(
        b"seal", a_key(), None, None, serialization.BestAvailableEncryption(b"open sesame")
    )
    write(bundle.file, alone)
    with pytest.raises(ConfigurationWrong, match="no certificate for its key"):
        open_key(bundle)


def test_a_key_of_a_kind_that_readers_do_not_check_is_refused(made: PemPair) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    write(
        made.key,
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
    with pytest.raises(ConfigurationWrong, match=r"no RSA or EC key|wrong passphrase"):
        open_key(made)


def test_a_certificate_that_has_run_out_seals_nothing(made: PemPair) -> None:
    seal = load_seal(made)
    with pytest.raises(ConfigurationWrong, match="valid until 2036"):
        seal.seal(SMALL, SIGNED_AT + timedelta(days=4000))
