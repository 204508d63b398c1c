"""A self-made key for the seal, on first use."""

import fcntl
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from forms.seal.place import PemPair
from kiosk.errors import ConfigurationWrong

# RSA, since every reader checks it, and its PKCS #1 signatures are the same for the same bytes.
KEY_BITS = 3072
VALIDITY = timedelta(days=365 * 10)
CLOCK_SLACK = timedelta(days=1)
COMMON_NAME_LENGTH = 64


def make_seal_key(files: PemPair, name: str, made_at: datetime) -> bool:
    """Make key, certificate and passphrase unless there is a key; return whether one was made.

    Two processes may do this at once: one makes it, the other waits. The key is put in place
    last, so that one interrupted is made anew.

    Parameters
    ----------
    name : str
        Whose seal it is; stands in the certificate.

    Raises
    ------
    ConfigurationWrong
        If the files cannot be written, or not all three are named.
    """
    key, cert, word = files.key, files.cert, files.passphrase
    if not isinstance(key, Path) or key.exists():
        return False
    if not isinstance(cert, Path) or not isinstance(word, Path):
        raise ConfigurationWrong("[forms] a new seal needs key_file, cert_file and passphrase_file")
    try:
        for path in (key, cert, word):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(key):
            if key.exists():
                return False
            _make(key, cert, word, name, made_at)
    except OSError as error:
        raise ConfigurationWrong(f"{error.filename}: {error.strerror}") from error
    return True


@contextmanager
def _alone(key: Path) -> Iterator[None]:
    with key.with_name(f"{key.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(key_file: Path, cert_file: Path, word_file: Path, name: str, made_at: datetime) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    word = secrets.token_urlsafe(32).encode("ascii")
    certificate = _certificate(key, name, made_at)
    _put(word_file, word + b"\n", 0o600)
    _put(cert_file, certificate.public_bytes(serialization.Encoding.PEM), 0o644)
    _put(
        key_file,
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(word),
        ),
        0o600,
    )


def _certificate(key: rsa.RSAPrivateKey, name: str, made_at: datetime) -> x509.Certificate:
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:COMMON_NAME_LENGTH])])
    seals = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(made_at - CLOCK_SLACK)
        .not_valid_after(made_at + VALIDITY)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(seals, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )


def _put(path: Path, content: bytes, mode: int) -> None:
    """Put a whole file in place at once; it was never readable by anyone else."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
