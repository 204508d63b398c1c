"""A seal's key on a PKCS #11 token, which signs without ever giving the key away."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

import pkcs11
from cryptography import x509
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag
from pkcs11.types import SignMixin
from pkcs11.util.ec import encode_ecdsa_signature

from forms.seal.place import Token, read_kept, read_secret
from kiosk.errors import ConfigurationWrong, SealAway


@dataclass(frozen=True, slots=True)
class TokenKey:
    """Signs on the token, each time in a session of its own: a token may be pulled and put back."""

    place: Token
    _one_at_a_time: Lock = field(default_factory=Lock, repr=False, compare=False)
    """A process is logged in to a token as a whole, and out of it too."""

    def sign(self, data: bytes) -> bytes:
        """Sign the SHA-256 of some data, as CMS wants it.

        Raises
        ------
        ConfigurationWrong
            If the PIN is wrong, the token locked, or the key not on it.
        SealAway
            If the token cannot be reached.
        """
        with (
            self._one_at_a_time,
            _session(self.place, read_secret(self.place.pin).decode()) as session,
        ):
            key = _private_key(session, self.place)
            if key.key_type is KeyType.RSA:
                return key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS)
            signature = key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA)
            return encode_ecdsa_signature(signature)


def token_certificate(place: Token) -> x509.Certificate:
    """Return the certificate of a token's key, from its file or else from the token; needs no PIN.

    Raises
    ------
    ConfigurationWrong
        If there is none, or it is damaged.
    SealAway
        If the token cannot be reached.
    """
    if place.cert is not None:
        return x509.load_pem_x509_certificate(read_kept(place.cert))
    with _session(place) as session:
        wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: place.key}
        found = [each[Attribute.VALUE] for each in session.get_objects(wanted)]
    if len(found) != 1:
        raise ConfigurationWrong(
            f"seal: token {place.label} holds {len(found) or 'no'} certificates labelled"
            f" {place.key}; put one there under this label, or name its file in [forms] cert_file"
        )
    return x509.load_der_x509_certificate(found[0])


@contextmanager
def _session(place: Token, pin: str | None = None) -> Iterator[pkcs11.Session]:
    """Open a session, logged in where a PIN is given; say in words whatever the token refuses."""
    try:
        token = _find(place)
        if pin is not None:
            _require_safe_try(token, place)
        with token.open(user_pin=pin) as session:
            yield session
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
        raise ConfigurationWrong(f"seal: wrong PIN; {_after_wrong_pin(place)}") from None
    except pkcs11.PinLocked:
        raise ConfigurationWrong(_locked(place)) from None
    except pkcs11.PKCS11Error as error:
        raise SealAway(f"{place}: {str(error) or type(error).__name__}") from None


def _find(place: Token) -> pkcs11.Token:
    tokens = list(pkcs11.lib(str(place.module)).get_tokens())
    named = [token for token in tokens if token.label == place.label]
    if len(named) != 1:
        there = ", ".join(sorted(token.label for token in tokens if token.label)) or "none"
        raise SealAway(
            f"{len(named) or 'no'} tokens labelled {place.label}, tokens there: {there};"
            " plug it in, or correct [forms.token] label"
        )
    return named[0]


def _require_safe_try(token: pkcs11.Token, place: Token) -> None:
    """Make sure that a wrong PIN is tried once only: services start again and again.

    A token locks itself after a few wrong tries, and says after the first that there was one.
    """
    if token.flags & TokenFlag.USER_PIN_LOCKED:
        raise ConfigurationWrong(_locked(place))
    if token.flags & (TokenFlag.USER_PIN_COUNT_LOW | TokenFlag.USER_PIN_FINAL_TRY):
        raise ConfigurationWrong(
            f"seal: an earlier PIN was wrong and none is tried now; {_after_wrong_pin(place)}"
        )


def _after_wrong_pin(place: Token) -> str:
    return (
        f"correct {place.pin}, then log in once by hand so that the token forgets the wrong try:"
        f" pkcs11-tool --module {place.module} --token-label {place.label} --login --list-objects"
    )


def _locked(place: Token) -> str:
    return (
        f"seal: token {place.label} is locked after too many wrong PINs;"
        " have its security officer set a new PIN"
    )


def _private_key(session: pkcs11.Session, place: Token) -> SignMixin:
    found = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
    keys = [(each[Attribute.LABEL], each) for each in found if isinstance(each, SignMixin)]
    named = [key for label, key in keys if label == place.key]
    if len(named) != 1:
        there = ", ".join(sorted(label for label, _ in keys)) or "none"
        raise ConfigurationWrong(
            f"seal: token {place.label} holds {len(named) or 'no'} private keys labelled"
            f" {place.key}, keys there: {there}; correct [forms.token] key"
        )
    return named[0]
