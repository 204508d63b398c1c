"""The streaming reader of multipart answers, cut at every byte."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.archive import multipart
from kiosk.archive.multipart import save_parts
from kiosk.errors import ArchiveIncomplete, ArchiveRefused, BrokenInstance, WrongPatient
from tests.peers.inbox import Inbox

BOUNDARY = "cut-here"
CONTENT_TYPE = f'multipart/related; type="application/dicom"; boundary={BOUNDARY}'
HEADERS = b"Content-Type: application/dicom"

# Parts full of what a delimiter is made of, so that nearly-delimiters are common.
payloads = st.lists(
    st.sampled_from(
        [b"\r\n", b"--", b"\r", b"\n", b"-", b"cut-her", b"\r\n--cut-her", b"\0", b"x"]
    ),
    max_size=12,
).map(b"".join)


def body_of(*parts: bytes, headers: bytes = HEADERS, preamble: bytes = b"") -> bytes:
    lines = b"".join(
        b"\r\n--" + BOUNDARY.encode() + b"\r\n" + headers + b"\r\n\r\n" + part for part in parts
    )
    body = preamble + lines + b"\r\n--" + BOUNDARY.encode() + b"--\r\n"
    return body if preamble else body.removeprefix(b"\r\n")


def contents(inbox: Inbox) -> list[bytes]:
    return [path.read_bytes() for path in inbox.paths]


class Pieces:
    """A body that arrives in pieces of given sizes, over and over."""

    def __init__(self, body: bytes, sizes: list[int]) -> None:
        self._pieces = self._cut(body, sizes)

    @staticmethod
    def _cut(body: bytes, sizes: list[int]) -> Iterator[bytes]:
        stream = BytesIO(body)
        while True:
            for size in sizes:
                piece = stream.read(size)
                if not piece:
                    return
                yield piece

    def read(self, _: int) -> bytes:
        return next(self._pieces, b"")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(payloads, max_size=4),
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=4),
    preamble=st.sampled_from([b"", b"This is a multipart message.\r\n", b"--cut\r\n"]),
    epilogue=st.sampled_from([b"", b"bye", b"\r\n--cut-here--\r\n"]),
)
def test_parts_come_out_as_they_went_in_however_the_body_is_cut(
    inbox: Inbox, parts: list[bytes], sizes: list[int], preamble: bytes, epilogue: bytes
) -> None:
    inbox.paths.clear()
    body = body_of(*parts, preamble=preamble) + epilogue
    count = save_parts(Pieces(body, sizes).read, CONTENT_TYPE, inbox)
    assert count == len(parts)
    assert contents(inbox) == parts


def test_a_body_cut_in_two_at_every_byte_reads_the_same(inbox: Inbox) -> None:
    parts = [b"first\r\n--cut-her", b"", b"third"]
    body = body_of(*parts)
    for at in range(1, len(body)):
        inbox.paths.clear()
        save_parts(Pieces(body, [at, len(body)]).read, CONTENT_TYPE, inbox)
        assert contents(inbox) == parts


def test_a_body_that_ends_early_is_incomplete_wherever_it_ends(inbox: Inbox) -> None:
    body = body_of(b"first", b"second").removesuffix(b"--\r\n")
    for length in range(len(body)):
        with pytest.raises(ArchiveIncomplete):
            save_parts(BytesIO(body[:length]).read, CONTENT_TYPE, inbox)
        assert not inbox.torsos


@pytest.mark.parametrize(
    "content_type",
    [
        'multipart/related; boundary="cut-here"; type="application/dicom"',
        "Multipart/Related;boundary=cut-here",
        'multipart/related; type="application/dicom"; start="x"; boundary="cut-here"',
    ],
)
def test_the_boundary_is_found_quoted_or_not(inbox: Inbox, content_type: str) -> None:
    assert save_parts(BytesIO(body_of(b"x")).read, content_type, inbox) == 1


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/html",
        "application/dicom",
        "multipart/mixed; boundary=cut-here",
        "multipart/related",
    ],
)
def test_what_is_no_multipart_related_is_refused(inbox: Inbox, content_type: str) -> None:
    with pytest.raises(ArchiveRefused):
        save_parts(BytesIO(body_of(b"x")).read, content_type, inbox)
    assert inbox.begun == 0


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Type: application/dicom; transfer-syntax=1.2.840.10008.1.2.1",
        b"content-type:APPLICATION/DICOM\r\nContent-Length: 999",
        b"Content-Location: /studies/1/series/2\r\nMIME-Version: 1.0",
    ],
)
def test_headers_of_a_part_may_say_more_less_or_wrong_lengths(inbox: Inbox, headers: bytes) -> None:
    save_parts(BytesIO(body_of(b"x", headers=headers)).read, CONTENT_TYPE, inbox)
    assert contents(inbox) == [b"x"]


def test_a_part_without_headers_is_taken(inbox: Inbox) -> None:
    body = b"--cut-here\r\n\r\nx\r\n--cut-here--"
    save_parts(BytesIO(body).read, CONTENT_TYPE, inbox)
    assert contents(inbox) == [b"x"]


def test_blanks_behind_a_delimiter_are_padding(inbox: Inbox) -> None:
    body = body_of(b"x").replace(b"--cut-here\r\n", b"--cut-here \t\r\n")
    save_parts(BytesIO(body).read, CONTENT_TYPE, inbox)
    assert contents(inbox) == [b"x"]


def test_a_part_that_is_no_dicom_is_broken(inbox: Inbox) -> None:
    body = body_of(b"{}", headers=b"Content-Type: application/dicom+json")
    with pytest.raises(BrokenInstance):
        save_parts(BytesIO(body).read, CONTENT_TYPE, inbox)
    assert inbox.begun == 0


def test_words_behind_a_delimiter_are_broken(inbox: Inbox) -> None:
    with pytest.raises(BrokenInstance):
        save_parts(BytesIO(b"--cut-here-not\r\n\r\nx").read, CONTENT_TYPE, inbox)


def test_headers_without_end_are_broken(inbox: Inbox) -> None:
    body = b"--cut-here\r\n" + b"X: y\r\n" * 100_000
    with pytest.raises(BrokenInstance):
        save_parts(BytesIO(body).read, CONTENT_TYPE, inbox)


def test_a_part_of_the_largest_size_is_taken_and_one_byte_more_is_not(inbox: Inbox) -> None:
    save_parts(BytesIO(body_of(b"12345678")).read, CONTENT_TYPE, inbox, largest=8)
    with pytest.raises(BrokenInstance):
        save_parts(BytesIO(body_of(b"123456789")).read, CONTENT_TYPE, inbox, largest=8)
    assert contents(inbox) == [b"12345678"]
    assert not inbox.torsos


def test_what_the_receiver_raises_ends_the_reading(inbox: Inbox) -> None:
    def refuse(_: int) -> None:
        raise WrongPatient

    inbox.on_arrival = refuse
    stream = BytesIO(body_of(*[bytes(1000)] * 10_000))
    with pytest.raises(WrongPatient):
        save_parts(stream.read, CONTENT_TYPE, inbox)
    assert len(inbox.paths) == 1
    assert stream.tell() <= 2 * multipart.READ_BYTES


def test_memory_does_not_grow_with_a_part(inbox: Inbox) -> None:
    seen: list[int] = []
    left = 64

    def read(size: int) -> bytes:
        nonlocal left
        seen.append(size)
        left -= 1
        if left == 62:
            return b"--cut-here\r\n\r\n"
        return bytes(size) if left >= 0 else b""

    with pytest.raises(ArchiveIncomplete):
        save_parts(read, CONTENT_TYPE, inbox)
    assert set(seen) == {multipart.READ_BYTES}
