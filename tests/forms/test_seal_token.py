"""The seal's key on a token (PKCS #11), by SoftHSM."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from forms.seal.check import check_seal
from forms.seal.key import open_certificate, open_key
from forms.seal.place import Credential, Token
from forms.seal.seal import load_seal
from kiosk.errors import ConfigurationWrong, SealAway
from tests.forms.builders import SIGNED_AT
from tests.forms.reading import seal_text_of
from tests.forms.small import SMALL
from tests.peers.seal_authority import PrivateKey, SealAuthority, a_key, pem
from tests.peers.softhsm import MODULE, PIN, SoftHsm

pytestmark = [
    pytest.mark.lab,
    pytest.mark.skipif(not MODULE.exists(), reason="SoftHSM is not installed"),
]


@pytest.fixture(scope="module")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> SoftHsm:
    return SoftHsm(tmp_path_factory.mktemp("hsm"))


@pytest.fixture(scope="module")
def authority() -> SealAuthority:
    return SealAuthority()


@pytest.fixture(scope="module")
def good(hsm: SoftHsm, authority: SealAuthority) -> Token:
    key = a_key()
    return hsm.token("good", key, authority.issue("Riverside Example Hospital", key))


KEYS = {
    "RSA-3072": lambda: rsa.generate_private_key(public_exponent=65537, key_size=3072),
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
}


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_that_never_leaves_its_token_seals(
    hsm: SoftHsm, authority: SealAuthority, kind: str
) -> None:
    key: PrivateKey = KEYS[kind]()
    seal = load_seal(hsm.token(kind, key, authority.issue("Riverside Example Hospital", key)))
    sealed = seal.seal(SMALL, SIGNED_AT).pdf
    assert check_seal(sealed, seal.trust).holds
    assert "Signature is Valid." in seal_text_of(sealed)


def test_the_certificate_may_lie_in_a_file(
    hsm: SoftHsm, authority: SealAuthority, tmp_path: Path
) -> None:
    key = a_key()
    cert = tmp_path / "cert.pem"
    cert.write_bytes(pem(authority.issue("Riverside Example Hospital", key)))
    place = replace(hsm.token("file", key), cert=cert)
    seal = load_seal(place)
    assert check_seal(seal.seal(SMALL, SIGNED_AT).pdf, seal.trust).holds
    assert open_certificate(place) == seal.certificate


def test_the_pin_may_be_a_credential(
    good: Token, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "pin").write_text(PIN)
    assert open_key(replace(good, pin=Credential("pin")))


def test_the_certificate_is_read_without_the_pin(good: Token) -> None:
    assert open_certificate(replace(good, pin=Path("/nowhere")))


def test_a_wrong_pin_is_tried_once_and_the_next_step_told(
    hsm: SoftHsm, authority: SealAuthority
) -> None:
    key = a_key()
    place = hsm.token("wrong", key, authority.issue("Riverside Example Hospital", key))
    assert isinstance(place.pin, Path)
    place.pin.write_text("314159")
    with pytest.raises(ConfigurationWrong, match=r"wrong PIN; correct .*wrong.pin, then log in"):
        open_key(place)
    for _ in range(10):  # as a service that starts again and again
        with pytest.raises(ConfigurationWrong, match=r"none is tried now; correct .*pkcs11-tool"):
            open_key(place)
    place.pin.write_text(PIN)
    with pytest.raises(ConfigurationWrong, match="none is tried now"):
        open_key(place)
    hsm.log_in("wrong")
    assert open_key(place)


def test_a_locked_token_is_left_alone(hsm: SoftHsm, authority: SealAuthority) -> None:
    key = a_key()
    place = hsm.token("locked", key, authority.issue("Riverside Example Hospital", key))
    hsm.lock("locked")
    with pytest.raises(ConfigurationWrong, match=r"locked after too many .*security officer"):
        open_key(place)


def test_a_token_that_is_away_is_named_with_those_that_are_there(good: Token) -> None:
    with pytest.raises(ConfigurationWrong, match=r"no tokens labelled away, .*good.*plug it in"):
        open_key(replace(good, label="away"))


def test_a_token_pulled_out_later_is_waited_for(good: Token) -> None:
    key = open_key(good)
    pulled = replace(key.key, place=replace(good, label="away"))
    with pytest.raises(SealAway) as away:
        pulled.sign(b"")
    assert away.value.retry_helps


def test_a_missing_key_is_named_with_those_that_are_there(good: Token, tmp_path: Path) -> None:
    cert = tmp_path / "cert.pem"
    cert.write_bytes(pem(open_certificate(good)))
    with pytest.raises(
        ConfigurationWrong, match="no private keys labelled other, keys there: seal"
    ):
        open_key(replace(good, key="other", cert=cert))


def test_two_keys_of_one_name_are_not_chosen_between(
    hsm: SoftHsm, authority: SealAuthority
) -> None:
    key = a_key()
    place = hsm.token("twins", key, authority.issue("Riverside Example Hospital", key))
    hsm.add_key("twins", a_key(), "02")
    with pytest.raises(ConfigurationWrong, match="2 private keys labelled seal"):
        open_key(place)


def test_a_key_without_its_certificate_says_where_to_put_it(hsm: SoftHsm) -> None:
    with pytest.raises(ConfigurationWrong, match="no certificates labelled seal; put one there"):
        open_key(hsm.token("bare", a_key()))


def test_a_certificate_of_another_key_is_found(hsm: SoftHsm, authority: SealAuthority) -> None:
    place = hsm.token("mixed", a_key(), authority.issue("Riverside Example Hospital", a_key()))
    with pytest.raises(ConfigurationWrong, match="belongs to another key"):
        open_key(place)


def test_a_library_that_is_not_there_is_named(good: Token) -> None:
    with pytest.raises(ConfigurationWrong, match=r"/nowhere.so"):
        open_key(replace(good, module=Path("/nowhere.so")))


def test_a_missing_pin_file_is_named(good: Token) -> None:
    with pytest.raises(ConfigurationWrong, match="/nowhere: No such file"):
        open_key(replace(good, pin=Path("/nowhere")))
