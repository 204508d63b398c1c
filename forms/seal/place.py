"""Where the seal's key is kept: in PEM files, in a PKCS #12 file, or on a PKCS #11 token."""

import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import ConfigurationWrong

CREDENTIAL = "credential:"


@dataclass(frozen=True, slots=True)
class Credential:
    """What systemd hands to the service under a name (``LoadCredential=`` in its unit)."""

    name: str

    def __str__(self) -> str:
        return f"{CREDENTIAL}{self.name}"


Kept = Path | Credential
"""Where one secret or certificate lies."""


@dataclass(frozen=True, slots=True)
class PemPair:
    """A key and its certificate, one PEM file each; the passphrase of the key, if it has one."""

    key: Kept
    cert: Kept
    passphrase: Kept | None = None

    @classmethod
    def in_folder(cls, folder: Path) -> "PemPair":
        """Return the names that a self-made seal has."""
        return cls(folder / "seal.key.pem", folder / "seal.cert.pem", folder / "seal.passphrase")

    def __str__(self) -> str:
        return str(self.key)


@dataclass(frozen=True, slots=True)
class Pkcs12:
    """Key, certificate and often its chain in one PKCS #12 file."""

    file: Kept
    passphrase: Kept | None = None

    def __str__(self) -> str:
        return str(self.file)


@dataclass(frozen=True, slots=True)
class Token:
    """A key that never leaves its token (PKCS #11): a smart card, a security module, a TPM."""

    module: Path
    """The maker's library."""
    label: str
    """Of the token."""
    key: str
    """Label of the private key."""
    pin: Kept
    cert: Kept | None = None
    """The certificate as PEM; None if it is on the token."""

    def __str__(self) -> str:
        return f"key {self.key} on token {self.label}"


KeyPlace = PemPair | Pkcs12 | Token


def kept(written: Path) -> Kept:
    """Return where something lies, as the configuration writes it: a path or a credential."""
    text = str(written)
    return Credential(text.removeprefix(CREDENTIAL)) if text.startswith(CREDENTIAL) else written


def read_kept(place: Kept) -> bytes:
    """Read what lies at a place.

    Raises
    ------
    ConfigurationWrong
        If it is not there or cannot be read.
    """
    path = _path(place)
    try:
        return path.read_bytes()
    except OSError as error:
        if isinstance(place, Credential):
            raise ConfigurationWrong(
                f"seal: {place} was not handed to this service;"
                f" set LoadCredential={place.name}:FILE in its unit"
            ) from None
        raise ConfigurationWrong(f"seal {path}: {error.strerror}") from None


def read_secret(place: Kept) -> bytes:
    """Read a passphrase or PIN; the end of its line does not belong to it."""
    return read_kept(place).strip()


def _path(place: Kept) -> Path:
    match place:
        case Path():
            return place
        case Credential(name=name):
            handed = os.environ.get("CREDENTIALS_DIRECTORY")
            if handed is None:
                raise ConfigurationWrong(
                    f"seal: {place} is handed to services only; run this within one, as in"
                    f" systemd-run -P -p User=kiosk -p LoadCredential={name}:FILE kiosk …"
                )
            return Path(handed, name)
