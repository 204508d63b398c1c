"""From ``[forms]`` of the configuration to the seal."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from forms.seal.place import Credential, PemPair, Pkcs12, Token
from kiosk.bootstrap.seal import key_place, open_seal, seal_trust
from kiosk.config import Settings, read_settings
from kiosk.errors import ConfigurationWrong
from tests.peers.seal_authority import SealAuthority, a_key, pem, pem_key

PLAIN = """
[archive]
order = ["folder"]
[archive.folder]
path = "/archive"
[store]
url = "sqlite:////var/kiosk.db"
[spool]
path = "{folder}/var/spool"
"""
TOKEN = """
[forms]
cert_file = "/etc/seal.pem"
[forms.token]
module = "/usr/lib/hsm.so"
label = "hospital"
key = "seal"
pin_file = "credential:pin"
"""
NOW = datetime.now(UTC)


def settings(folder: Path, forms: str) -> Settings:
    config = folder / "kiosk.toml"
    config.write_text(PLAIN.format(folder=folder) + forms)
    return read_settings(config)


@pytest.mark.parametrize(
    ("forms", "place"),
    [
        (
            '[forms]\nkey_file = "/k.pem"\ncert_file = "/c.pem"\npassphrase_file = "/w"\n',
            PemPair(Path("/k.pem"), Path("/c.pem"), Path("/w")),
        ),
        ('[forms]\nkey_file = "/k.P12"\n', Pkcs12(Path("/k.P12"))),
        (
            '[forms]\nkey_file = "credential:seal.p12"\npassphrase_file = "credential:word"\n',
            Pkcs12(Credential("seal.p12"), Credential("word")),
        ),
        (
            TOKEN,
            Token(
                Path("/usr/lib/hsm.so"),
                "hospital",
                "seal",
                Credential("pin"),
                Path("/etc/seal.pem"),
            ),
        ),
    ],
)
def test_each_place_of_a_key_is_understood(tmp_path: Path, forms: str, place: object) -> None:
    assert key_place(settings(tmp_path, forms)) == place


def test_a_pem_key_needs_its_certificate(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationWrong, match="cert_file is missing"):
        key_place(settings(tmp_path, '[forms]\nkey_file = "/k.pem"\n'))


def test_a_seal_of_which_nothing_is_said_is_made_beside_the_spool(tmp_path: Path) -> None:
    plain = settings(tmp_path, "")
    seal = open_seal(plain, NOW)
    assert (tmp_path / "var" / "seal" / "seal.key.pem").exists()
    assert seal.validity is None
    assert seal.stamps is None
    assert seal_trust(plain) == seal.trust


def test_chain_and_time_stamps_belong_to_the_seal(tmp_path: Path) -> None:
    authority, key = SealAuthority(), a_key()
    (tmp_path / "key.pem").write_bytes(pem_key(key))
    (tmp_path / "cert.pem").write_bytes(pem(authority.issue("Riverside Example Hospital", key)))
    (tmp_path / "chain.pem").write_bytes(pem(*authority.chain))
    whole = settings(
        tmp_path,
        f"""
[forms]
key_file = "{tmp_path}/key.pem"
cert_file = "{tmp_path}/cert.pem"
chain_file = "{tmp_path}/chain.pem"
timestamp_url = "https://clock.example/tsr"
timestamp_ca_file = "{tmp_path}/chain.pem"
timestamp_limit_s = 2
""",
    )
    seal = open_seal(whole, NOW)
    assert seal.validity is not None
    assert seal.stamps is not None
    assert seal.validity.chain == authority.chain
    assert seal.validity.stamps == seal.stamps
    assert seal.validity.limit_s == 2
    assert (seal.stamps.url, seal.stamps.limit_s) == ("https://clock.example/tsr", 2)
    assert seal_trust(whole) == seal.trust


def test_a_chain_of_nonsense_is_named(tmp_path: Path) -> None:
    (tmp_path / "chain.pem").write_text("nonsense")
    with pytest.raises(ConfigurationWrong, match=r"chain\.pem: holds no certificates"):
        open_seal(settings(tmp_path, f'[forms]\nchain_file = "{tmp_path}/chain.pem"\n'), NOW)
