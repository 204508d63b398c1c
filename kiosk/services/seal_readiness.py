"""Can documents still be sealed, and as well as they should be? A line for each part of it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509

from forms.seal.seal import Seal
from kiosk.domain.readiness import Finding, Level
from kiosk.errors import ConfigurationWrong, KioskError

if TYPE_CHECKING:
    from forms.seal.time_stamp import TimeStampServer
    from forms.seal.validity import Validity

RENEW_BEFORE = timedelta(days=60)
DRIFT = timedelta(seconds=30)
"""Between this machine's clock and a time stamp; signatures carry the former."""

STAMP_TO_DO = {
    "no-answer": "check network and [forms] timestamp_url; documents are sealed without time stamp",
    "refused": "ask whoever runs the time-stamp server; documents are sealed without time stamp",
    "not-valid": "check [forms] timestamp_ca_file; documents are sealed without time stamp",
}


def look_at_seal(open_seal: Callable[[], Seal], now: datetime) -> Iterator[Finding]:
    """Look at the key, and at the chain and the time stamps where there are any."""
    try:
        seal = open_seal()
    except KioskError as error:
        yield Finding("seal", Level.BROKEN, error.detail, error.staff, error.code)
        return
    yield _look_at_key(seal, now)
    if seal.validity is not None:
        yield _look_at_chain(seal.validity, now)
    if seal.stamps is not None:
        yield _look_at_stamps(seal.stamps, now)


def _look_at_key(seal: Seal, now: datetime) -> Finding:
    who = seal.certificate.subject.rfc4514_string()
    key = f"{who}, certificate {seal.fingerprint[:16]}, {seal.key.place}"
    return _by_validity("seal", key, seal.certificate, now)


def _look_at_chain(validity: "Validity", now: datetime) -> Finding:
    first = min(validity.chain, key=lambda each: each.not_valid_after_utc)
    finding = _by_validity("seal's chain", first.subject.rfc4514_string(), first, now)
    proof = validity.ask()
    if proof.revoked:
        to_do = "install a new certificate ([forms])"
        return Finding("seal's chain", Level.BROKEN, proof.trouble, to_do, ConfigurationWrong.code)
    if proof.trouble:
        to_do = "check network and [forms] chain_file; documents are sealed without this proof"
        return Finding("seal's chain", Level.WARNING, proof.trouble, to_do)
    return finding


def _look_at_stamps(server: "TimeStampServer", now: datetime) -> Finding:
    from forms.seal.time_stamp import Missed

    found = server.look()
    if isinstance(found, Missed):
        told = f"{server.url}: {found.value}"
        return Finding("time stamps", Level.WARNING, told, STAMP_TO_DO[found.value])
    told = f"{server.url}, {found.by}, {(now - found.at).total_seconds():+.0f} s from our clock"
    if abs(now - found.at) > DRIFT:
        return Finding("time stamps", Level.WARNING, told, "set this machine's clock")
    return Finding("time stamps", Level.READY, told)


def _by_validity(name: str, whose: str, certificate: x509.Certificate, now: datetime) -> Finding:
    begin, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    found = f"{whose}, valid until {until:%Y-%m-%d}"
    if now < begin:
        found = f"{whose}, not valid before {begin:%Y-%m-%d}"
        return Finding(name, Level.BROKEN, found, "check the clock", ConfigurationWrong.code)
    if now >= until:
        to_do = "install a new certificate ([forms])"
        return Finding(name, Level.BROKEN, found, to_do, ConfigurationWrong.code)
    if until - now < RENEW_BEFORE:
        return Finding(name, Level.WARNING, found, "order a new certificate ([forms])")
    return Finding(name, Level.READY, found)
