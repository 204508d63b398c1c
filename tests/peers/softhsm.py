"""SoftHSM, a PKCS #11 token made of files, with tools and faults for the tests."""

import os
import subprocess
from pathlib import Path

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pkcs11 import Attribute, ObjectClass
from pkcs11.util.x509 import decode_x509_certificate

from forms.seal.place import Token
from tests.peers.seal_authority import PrivateKey, pem_key

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "271828"
LABEL = "seal"
SETTINGS = "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n"

FLAGS = bytes.fromhex("000000008000534b") + (2).to_bytes(8)
"""What stands before a token's flags in its file: their attribute's number and kind."""


class SoftHsm:
    """All tokens of one test run: the library looks for its settings once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tokens = folder / "tokens"
        self._tokens.mkdir(parents=True)
        settings = folder / "softhsm2.conf"
        settings.write_text(SETTINGS.format(self._tokens))
        os.environ["SOFTHSM2_CONF"] = str(settings)

    def token(
        self, label: str, key: PrivateKey | None = None, certificate: x509.Certificate | None = None
    ) -> Token:
        """Make a token, with a key and its certificate, and return where the seal finds them."""
        self._run("--init-token", "--free", "--label", label, "--so-pin", PIN, "--pin", PIN)
        if key is not None:
            self.add_key(label, key)
        if certificate is not None:
            self._add_certificate(label, certificate)
        pin = self._folder / f"{label}.pin"
        pin.write_text(f"{PIN}\n")
        return Token(MODULE, label, LABEL, pin)

    def add_key(self, label: str, key: PrivateKey, number: str = "01") -> None:
        file = self._folder / "key"
        file.write_bytes(pem_key(key))
        self._run(
            "--import", file, "--token", label, "--label", LABEL, "--id", number, "--pin", PIN
        )
        file.unlink()

    def lock(self, label: str) -> None:
        """Let a token say that it is locked, which SoftHSM itself never does."""
        file = self._file(label)
        content = file.read_bytes()
        at = content.index(FLAGS) + len(FLAGS)
        flags = int.from_bytes(content[at : at + 8]) | pkcs11.TokenFlag.USER_PIN_LOCKED
        file.write_bytes(content[:at] + flags.to_bytes(8) + content[at + 8 :])
        pkcs11.lib(str(MODULE)).reinitialize()

    def log_in(self, label: str) -> None:
        """Log in with the right PIN, as somebody does by hand."""
        with _token(label).open(user_pin=PIN):
            pass

    def _add_certificate(self, label: str, certificate: x509.Certificate) -> None:
        attributes = decode_x509_certificate(certificate.public_bytes(Encoding.DER))
        attributes |= {Attribute.LABEL: LABEL, Attribute.ID: b"\x01", Attribute.TOKEN: True}
        with _token(label).open(rw=True, user_pin=PIN) as session:
            session.create_object(attributes)
            (found,) = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
            assert found[Attribute.LABEL] == LABEL

    def _file(self, label: str) -> Path:
        return next(
            file
            for file in self._tokens.glob("*/token.object")
            if label.ljust(32).encode() in file.read_bytes()
        )

    @staticmethod
    def _run(*words: object) -> None:
        subprocess.run(
            ["softhsm2-util", "--module", MODULE, *map(str, words)], check=True, capture_output=True
        )
        pkcs11.lib(str(MODULE)).reinitialize()


def _token(label: str) -> pkcs11.Token:
    return pkcs11.lib(str(MODULE)).get_token(token_label=label)
