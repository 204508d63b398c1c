"""Time stamps on the seal (RFC 3161), by openssl's own server, and by servers that fail."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from forms.seal.check import SealReport, Trust, check_form, check_seal
from forms.seal.seal import Seal
from forms.seal.time_stamp import Missed, TimeStampServer
from kiosk.errors import FormNotSealed
from tests.forms.builders import SIGNED_AT
from tests.forms.flipping import flipped, seal_of
from tests.forms.reading import seal_text_of
from tests.forms.small import SMALL
from tests.peers.seal_authority import SealAuthority
from tests.peers.silent import dripping_server, silent_server
from tests.peers.time_stamps import REPLY, Stamper, server_at, time_stamps
from tests.peers.web_server import Answer, Asked

LIMIT_S = 0.5


@pytest.fixture(autouse=True)
def _libraries_are_silent() -> Iterator[None]:
    """As in every command: what they say of each broken file fills a test's memory."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def authority() -> SealAuthority:
    return SealAuthority()


@pytest.fixture(scope="module")
def stamper(authority: SealAuthority, tmp_path_factory: pytest.TempPathFactory) -> Stamper:
    return Stamper.of(authority, tmp_path_factory.mktemp("stamps") / "tsa")


@pytest.fixture(scope="module")
def server(authority: SealAuthority, stamper: Stamper) -> Iterator[TimeStampServer]:
    with time_stamps(authority, stamper.answer) as server:
        yield server


@pytest.fixture(scope="module")
def stamped(seal: Seal, server: TimeStampServer) -> bytes:
    sealed = replace(seal, stamps=server).seal(SMALL, SIGNED_AT)
    assert sealed.missed is None
    return sealed.pdf


def report_on(pdf: bytes, seal: Seal, authority: SealAuthority) -> SealReport:
    return check_seal(pdf, Trust(seal.certificate, authority.chain))


def test_a_time_stamp_says_when_and_by_whom(
    stamped: bytes, seal: Seal, authority: SealAuthority
) -> None:
    report = report_on(stamped, seal, authority)
    assert report.holds
    assert report.stamp is not None
    assert report.stamp.by == "CN=Example time stamps"
    assert -5 < time.time() - report.stamp.at.timestamp() < 600


def test_poppler_finds_a_stamped_seal_good_too(stamped: bytes) -> None:
    said = seal_text_of(stamped)
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert "Signature is Valid." in said


def test_poppler_agrees_that_a_change_breaks_a_stamped_seal(stamped: bytes) -> None:
    said = seal_text_of(flipped(stamped, stamped.index(b"stream") + 10))
    assert "Digest Mismatch." in said
    assert "Signature is Valid." not in said


@pytest.mark.parametrize("ess", ["sha1", "sha256"])
def test_servers_old_and_new_are_understood(
    seal: Seal, authority: SealAuthority, tmp_path_factory: pytest.TempPathFactory, ess: str
) -> None:
    stamper = Stamper.of(authority, tmp_path_factory.mktemp(ess) / "tsa", ess=ess)
    with time_stamps(authority, stamper.answer) as server:
        sealed = replace(seal, stamps=server).seal(SMALL, SIGNED_AT)
    assert sealed.missed is None
    assert report_on(sealed.pdf, seal, authority).stamp is not None


def refuses(stamper: Stamper) -> Callable[[Asked], Answer]:
    return lambda _: Answer(body=stamper.reply(b"no question at all"), headers=REPLY)


BAD: dict[str, tuple[Callable[[Stamper], Callable[[Asked], Answer]], Missed]] = {
    "stamps something else": (lambda stamper: stamper.answer_another, Missed.NOT_VALID),
    "answers an earlier question": (lambda stamper: stamper.answer_before, Missed.NOT_VALID),
    "answers nonsense": (lambda _: lambda _: Answer(body=b"nonsense"), Missed.NOT_VALID),
    "answers with nothing": (lambda _: lambda _: Answer(), Missed.NOT_VALID),
    "answers without end": (lambda _: lambda _: Answer(body=bytes(10**7)), Missed.NOT_VALID),
    "breaks off": (lambda _: lambda _: Answer(missing_bytes=9), Missed.NOT_VALID),
    "is not found": (lambda _: lambda _: Answer(404), Missed.REFUSED),
    "refuses": (refuses, Missed.REFUSED),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_server_never_keeps_a_form_from_being_sealed(
    seal: Seal, authority: SealAuthority, stamper: Stamper, fault: str
) -> None:
    answer, missed = BAD[fault]
    with time_stamps(authority, answer(stamper)) as server:
        sealed = replace(seal, stamps=server).seal(SMALL, SIGNED_AT)
    assert sealed.missed is missed
    report = report_on(sealed.pdf, seal, authority)
    assert report.holds
    assert not report.has_stamp
    assert "Signature is Valid." in seal_text_of(sealed.pdf)


def test_a_stamp_by_somebody_else_is_not_taken(seal: Seal, stamper: Stamper) -> None:
    with time_stamps(SealAuthority("Another trust"), stamper.answer) as server:
        assert replace(seal, stamps=server).seal(SMALL, SIGNED_AT).missed is Missed.NOT_VALID


@pytest.mark.parametrize("first_words", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"])
def test_a_server_that_hangs_is_waited_for_no_longer_than_the_limit(
    seal: Seal, authority: SealAuthority, first_words: bytes
) -> None:
    with silent_server(first_words) as port:
        slow = replace(seal, stamps=server_at(f"http://127.0.0.1:{port}/", authority, LIMIT_S))
        begun = time.monotonic()
        sealed = slow.seal(SMALL, SIGNED_AT)
        took = time.monotonic() - begun
    assert sealed.missed is Missed.NO_ANSWER
    assert LIMIT_S <= took < LIMIT_S + 2
    assert check_seal(sealed.pdf, slow.trust).holds


def test_a_server_that_answers_drop_by_drop_is_waited_for_no_longer_than_the_limit(
    seal: Seal, authority: SealAuthority
) -> None:
    with dripping_server(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n") as port:
        slow = replace(seal, stamps=server_at(f"http://127.0.0.1:{port}/", authority, LIMIT_S))
        begun = time.monotonic()
        assert slow.seal(SMALL, SIGNED_AT).missed is Missed.NO_ANSWER
        assert time.monotonic() - begun < LIMIT_S + 2


def test_a_server_that_is_away_costs_no_time(seal: Seal, authority: SealAuthority) -> None:
    away = replace(seal, stamps=server_at("http://127.0.0.1:1/", authority, limit_s=30))
    begun = time.monotonic()
    assert away.seal(SMALL, SIGNED_AT).missed is Missed.NO_ANSWER
    assert time.monotonic() - begun < 5


def test_a_stamp_counts_only_while_its_authority_is_believed(stamped: bytes, seal: Seal) -> None:
    report = check_seal(stamped, Trust(seal.certificate))
    assert report.is_made_by_key
    assert report.has_stamp
    assert report.stamp is None
    assert not report.holds
    with pytest.raises(FormNotSealed, match="timestamp_ca_file"):
        check_form(stamped, Trust(seal.certificate))


def test_every_byte_of_a_stamp_is_under_a_seal(
    stamped: bytes, seal: Seal, authority: SealAuthority
) -> None:
    """The hospital's own seal does not cover its time stamp; the authority's does."""
    begin, end = extent_of_stamp(stamped)
    digits = [place + place // 2 % 2 for place in range(begin, end - 1, 2)]
    unseen = [
        place
        for place in digits
        if report_on(flipped(stamped, place, a_bit_of_digit(stamped[place])), seal, authority).holds
    ]
    assert len(digits) > 750
    assert unseen == []


def extent_of_stamp(pdf: bytes) -> tuple[int, int]:
    contents = seal_of(pdf)
    begin = contents.index(b"060B2A864886F70D010910020E")  # signature-time-stamp (RFC 3161 A)
    return pdf.index(contents) + begin, pdf.index(contents) + len(contents.rstrip(b"0"))


def a_bit_of_digit(digit: int) -> int:
    """Return a bit whose change leaves a hexadecimal digit, which the check must look into."""
    return next(bit for bit in (1, 2, 4, 8) if chr(digit ^ bit) in "0123456789ABCDEF")


def test_a_stamp_moved_to_another_seal_is_found(
    stamped: bytes, seal: Seal, server: TimeStampServer, authority: SealAuthority
) -> None:
    other = of_same_length(stamped, replace(seal, stamps=server))
    here, there = (slice(*extent_of_stamp(pdf)) for pdf in (stamped, other))
    forged = stamped[: here.start] + other[there] + stamped[here.stop :]
    report = report_on(forged, seal, authority)
    assert report.is_made_by_key
    assert report.has_stamp
    assert report.stamp is None
    assert not report.holds


def of_same_length(stamped: bytes, sealing: Seal) -> bytes:
    """Return a file with another seal, and a time stamp as long, as an elliptic one may be."""
    begin, end = extent_of_stamp(stamped)
    for second in range(1, 200):
        other = sealing.seal(SMALL, SIGNED_AT + timedelta(seconds=second)).pdf
        if extent_of_stamp(other) == (begin, end):
            return other
    raise AssertionError("no time stamp of this length")
