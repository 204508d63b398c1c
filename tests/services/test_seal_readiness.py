"""``kiosk check`` on the seal: its key, its chain, its time stamps."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from forms.seal.place import PemPair
from forms.seal.seal import Seal, load_seal
from kiosk.domain.readiness import Finding, Level
from kiosk.errors import ConfigurationWrong
from kiosk.services.seal_readiness import RENEW_BEFORE, look_at_seal
from tests.peers.seal_authority import BEGIN, END, SealAuthority, a_key, pem, pem_key
from tests.peers.time_stamps import Stamper, time_stamps
from tests.peers.web_server import web_server

DAY = timedelta(days=1)
NOW = datetime.now(UTC)


@pytest.fixture
def authority() -> SealAuthority:
    return SealAuthority()


@pytest.fixture
def seal_until(authority: SealAuthority, tmp_path: Path) -> Callable[..., Seal]:
    def make(until: datetime = END, begin: datetime = BEGIN, *more: object) -> Seal:
        key, place = a_key(), PemPair(tmp_path / "hospital.key", tmp_path / "hospital.pem")
        certificate = authority.issue(
            "Riverside Example Hospital", key, *more, valid=(begin, until)
        )
        (tmp_path / "hospital.key").write_bytes(pem_key(key))
        (tmp_path / "hospital.pem").write_bytes(pem(certificate))
        return load_seal(place, authority.chain if more else ())

    return make


def the_one(seal: Seal, name: str, now: datetime = NOW) -> Finding:
    (found,) = (each for each in look_at_seal(lambda: seal, now) if each.name == name)
    return found


@pytest.mark.parametrize(
    ("left", "level", "to_do"),
    [
        (RENEW_BEFORE + DAY, Level.READY, ""),
        (RENEW_BEFORE - DAY, Level.WARNING, "order a new certificate"),
        (timedelta(hours=1), Level.WARNING, "order a new certificate"),
        (timedelta(0), Level.BROKEN, "install a new certificate"),
        (-DAY, Level.BROKEN, "install a new certificate"),
    ],
)
def test_it_warns_before_the_certificate_expires(
    seal_until: Callable[..., Seal], left: timedelta, level: Level, to_do: str
) -> None:
    until = (NOW + left).replace(microsecond=0)
    found = the_one(seal_until(until), "seal", until - left)
    assert found.level is level
    assert found.to_do.startswith(to_do)


def test_it_names_which_key_and_until_when(seal_until: Callable[..., Seal]) -> None:
    seal = seal_until(NOW + 400 * DAY)
    found = the_one(seal, "seal").found
    assert "CN=Riverside Example Hospital" in found
    assert seal.fingerprint[:16] in found
    assert "hospital.key" in found
    assert f"valid until {NOW + 400 * DAY:%Y-%m-%d}" in found


def test_a_certificate_of_the_future_is_broken(seal_until: Callable[..., Seal]) -> None:
    found = the_one(seal_until(END, NOW + DAY), "seal")
    assert found.level is Level.BROKEN
    assert found.to_do == "check the clock"


def test_a_seal_that_cannot_be_opened_is_one_broken_line() -> None:
    def broken() -> Seal:
        raise ConfigurationWrong("seal: wrong PIN")

    (found,) = look_at_seal(broken, NOW)
    assert (found.name, found.level, found.found) == ("seal", Level.BROKEN, "seal: wrong PIN")
    assert found.to_do


def test_a_chain_that_answers_is_ready_and_a_revoked_certificate_broken(
    seal_until: Callable[..., Seal], authority: SealAuthority
) -> None:
    with web_server(authority.answer) as (url, _):
        seal = seal_until(END, BEGIN, authority.asks_ocsp(url))
        assert the_one(seal, "seal's chain").level is Level.READY
        authority.revoke(seal.certificate)
        found = the_one(seal, "seal's chain")
    assert found.level is Level.BROKEN
    assert found.found == "a certificate was revoked"
    assert "new certificate" in found.to_do


def test_a_chain_that_does_not_answer_is_a_warning(
    seal_until: Callable[..., Seal], authority: SealAuthority
) -> None:
    seal = seal_until(END, BEGIN, authority.asks_ocsp("http://127.0.0.1:1"))
    found = the_one(seal, "seal's chain")
    assert found.level is Level.WARNING
    assert found.found == "an authority does not answer"


def test_a_time_stamp_server_is_asked_who_it_is_and_what_time_it_has(
    seal_until: Callable[..., Seal], authority: SealAuthority, tmp_path: Path
) -> None:
    stamper = Stamper.of(authority, tmp_path / "tsa")
    with time_stamps(authority, stamper.answer) as server:
        seal = dataclasses.replace(seal_until(), stamps=server)
        good = the_one(seal, "time stamps", datetime.now(UTC))
        late = the_one(seal, "time stamps", datetime.now(UTC) + timedelta(hours=1))
    assert good.level is Level.READY
    assert "CN=Example time stamps" in good.found
    assert late.level is Level.WARNING
    assert late.to_do == "set this machine's clock"
    away = the_one(seal, "time stamps")
    assert away.level is Level.WARNING
    assert "no-answer" in away.found
    assert "sealed without time stamp" in away.to_do
