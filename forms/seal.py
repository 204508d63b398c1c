"""The hospital's seal: it closes a PDF so that any later change shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from forms.seal_key import SealFiles
from kiosk.errors import ConfigurationWrong


@dataclass(frozen=True, slots=True)
class Seal:
    """A private key and its certificate."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def seal(
        self, pdf: bytes, at: datetime, attachments: Mapping[str, bytes] | None = None
    ) -> bytes:
        """Attach files to a PDF and seal all of it, offline.

        Parameters
        ----------
        at : datetime
            Stands in the seal as its time, by the kiosk's own clock.
        attachments : mapping
            Files by name.

        Raises
        ------
        ConfigurationWrong
            If the certificate is not valid at that time.
        """
        # Imported here: pyHanko takes longer to load than to seal, and a worker that only waits
        # for jobs does not need it.
        from forms.pades import close_pdf

        until = self.certificate.not_valid_after_utc
        if not self.certificate.not_valid_before_utc <= at <= until:
            raise ConfigurationWrong(f"the seal's certificate is valid until {until:%Y-%m-%d} only")
        return close_pdf(pdf, self.key, self.certificate, at, attachments or {})


def load_seal(files: SealFiles) -> Seal:
    """Read the seal.

    Raises
    ------
    ConfigurationWrong
        If a file is missing or unreadable, the passphrase wrong, or key and certificate no pair.
    """
    try:
        word = files.passphrase.read_bytes().strip() if files.passphrase else None
        key, certificate = _read(files, word)
    except OSError as error:
        raise ConfigurationWrong(f"seal {error.filename}: {error.strerror}") from error
    except (ValueError, TypeError) as error:  # what cryptography raises for a wrong passphrase
        raise ConfigurationWrong(
            f"seal {files.key}: wrong passphrase, or no key and certificate"
        ) from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or certificate is None:
        raise ConfigurationWrong(f"seal {files.key}: holds no RSA or EC key with a certificate")
    if key.public_key() != certificate.public_key():
        raise ConfigurationWrong(f"seal {files.key}: the certificate belongs to another key")
    return Seal(key, certificate)


def _read(files: SealFiles, word: bytes | None) -> tuple[object, x509.Certificate | None]:
    if files.key.suffix.lower() in {".p12", ".pfx"}:
        return pkcs12.load_key_and_certificates(files.key.read_bytes(), word)[:2]
    if files.cert is None:
        raise ConfigurationWrong("[forms] cert_file is missing")
    key = serialization.load_pem_private_key(files.key.read_bytes(), word)
    return key, x509.load_pem_x509_certificate(files.cert.read_bytes())
