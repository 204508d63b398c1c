"""The seal's key, opened where it is kept, with the certificate that belongs to it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from forms.seal.place import KeyPlace, PemPair, Pkcs12, Token, read_kept, read_secret
from kiosk.errors import ConfigurationWrong, SealAway

if TYPE_CHECKING:
    from forms.seal.token import TokenKey

Certificates = tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A key that signs, and its certificate."""

    place: KeyPlace
    key: "rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | TokenKey"
    certificate: x509.Certificate
    chain: Certificates = ()
    """What lay beside it, from its issuer upwards."""

    def sign(self, data: bytes) -> bytes:
        """Sign the SHA-256 of some data, as CMS wants it."""
        match self.key:
            case rsa.RSAPrivateKey() as key:
                return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
            case ec.EllipticCurvePrivateKey() as key:
                return key.sign(data, ec.ECDSA(hashes.SHA256()))
            case key:
                return key.sign(data)


def open_key(place: KeyPlace) -> SealingKey:
    """Open the key; it has signed once when it is returned.

    Raises
    ------
    ConfigurationWrong
        If something is missing or unreadable, the passphrase or PIN wrong, the token away or
        locked, or key and certificate no pair.
    """
    try:
        opened = _open(place)
        _require_pair(opened)
    except SealAway as error:
        raise ConfigurationWrong(f"seal: {error.detail}") from None
    except (ValueError, TypeError):  # what cryptography raises for a wrong passphrase
        raise ConfigurationWrong(
            f"seal {place}: wrong passphrase, or no key and certificate"
        ) from None
    except InvalidSignature:
        raise ConfigurationWrong(f"seal {place}: the certificate belongs to another key") from None
    return opened


def open_certificate(place: KeyPlace) -> x509.Certificate:
    """Read only the certificate, for which no secret is needed unless PKCS #12 locks it up.

    Raises
    ------
    ConfigurationWrong
        If there is none.
    """
    try:
        match place:
            case PemPair(cert=cert):
                return x509.load_pem_x509_certificate(read_kept(cert))
            case Pkcs12():
                return _open_pkcs12(place).certificate
            case Token():
                from forms.seal.token import token_certificate

                return token_certificate(place)
    except SealAway as error:
        raise ConfigurationWrong(f"seal: {error.detail}") from None
    except ValueError:
        raise ConfigurationWrong(f"seal {place}: wrong passphrase, or no certificate") from None


def read_chain(pem: bytes) -> Certificates:
    """Read certificates that stand one after another.

    Raises
    ------
    ValueError
        If there is none, or one is damaged.
    """
    return tuple(x509.load_pem_x509_certificates(pem))


def _open(place: KeyPlace) -> SealingKey:
    match place:
        case PemPair(key=key, cert=cert, passphrase=passphrase):
            word = read_secret(passphrase) if passphrase else None
            private = serialization.load_pem_private_key(read_kept(key), word)
            certificate = x509.load_pem_x509_certificate(read_kept(cert))
            return SealingKey(place, _usable(private, place), certificate)
        case Pkcs12():
            return _open_pkcs12(place)
        case Token():
            from forms.seal.token import TokenKey, token_certificate

            return SealingKey(place, TokenKey(place), token_certificate(place))


def _open_pkcs12(place: Pkcs12) -> SealingKey:
    word = read_secret(place.passphrase) if place.passphrase else None
    private, certificate, above = pkcs12.load_key_and_certificates(read_kept(place.file), word)
    if certificate is None:
        raise ConfigurationWrong(f"seal {place}: holds no certificate for its key")
    return SealingKey(place, _usable(private, place), certificate, tuple(above))


def _usable(private: object, place: KeyPlace) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ConfigurationWrong(f"seal {place}: holds no RSA or EC key")
    return private


def _require_pair(opened: SealingKey) -> None:
    """Sign something: the certificate must fit, and a token must let its key be used."""
    data = b"seal"
    signature = opened.sign(data)
    match opened.certificate.public_key():
        case rsa.RSAPublicKey() as public:
            public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        case ec.EllipticCurvePublicKey() as public:
            public.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        case _:
            raise InvalidSignature
