"""DICOMweb as servers speak it that are not at hand: limited, odd, broken or hostile."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.archive import dicomweb
from kiosk.archive.dicomweb import DicomWebArchive
from kiosk.config import DicomWeb
from kiosk.domain.study import Counted, InstanceRef, Listed
from kiosk.errors import (
    ArchiveIncomplete,
    ArchiveRefused,
    ArchiveUnreachable,
    BrokenInstance,
    ConfigurationWrong,
    KioskError,
)
from tests.peers.inbox import Inbox
from tests.peers.web_server import Answer, Asked, web_server

STUDY = "1.2.3"
TAGS = {
    "PatientID": "00100020",
    "PatientBirthDate": "00100030",
    "StudyInstanceUID": "0020000D",
    "SeriesInstanceUID": "0020000E",
    "SOPInstanceUID": "00080018",
    "NumberOfStudyRelatedInstances": "00201208",
    "StudyDate": "00080020",
}


def said(**values: Any) -> dict[str, Any]:
    return {
        TAGS[keyword]: {"vr": "UN", "Value": [value]} if value is not None else {"vr": "UN"}
        for keyword, value in values.items()
    }


def page(*answers: dict[str, Any]) -> Answer:
    return Answer(body=json.dumps(answers).encode())


def instance(number: int) -> dict[str, Any]:
    return said(SeriesInstanceUID="1.2.3.1", SOPInstanceUID=f"1.2.3.1.{number}")


def archive(url: str, **settings: Any) -> DicomWebArchive:
    return DicomWebArchive(DicomWeb(url=url, timeout_s=1, **settings))


def study_of(count: int | None) -> Answer:
    return page(said(StudyInstanceUID=STUDY, NumberOfStudyRelatedInstances=count))


def holding_of(
    count: int | None, instances: Callable[[int, int], Answer]
) -> Callable[[Asked], Answer]:
    """Answer for one study; ``instances`` is given limit and offset."""

    def answer(asked: Asked) -> Answer:
        if asked.path == "/studies":
            return study_of(count)
        return instances(int(asked.fields["limit"][0]), int(asked.fields["offset"][0]))

    return answer


def refs(numbers: range) -> frozenset[InstanceRef]:
    return frozenset(InstanceRef("1.2.3.1", f"1.2.3.1.{number}") for number in numbers)


def test_a_server_that_sends_few_answers_at_a_time_is_asked_again() -> None:
    def instances(limit: int, offset: int) -> Answer:
        return page(*map(instance, range(offset, min(offset + 3, 10))))

    with web_server(holding_of(10, instances)) as (url, asked):
        assert archive(url).holding(STUDY) == Listed(refs(range(10)))
    assert [each.fields["offset"] for each in asked[1:]] == [["0"], ["3"], ["6"], ["9"]]


def test_a_list_longer_than_a_page_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dicomweb, "PAGE", 4)

    def instances(limit: int, offset: int) -> Answer:
        return page(*map(instance, range(offset, min(offset + limit, 10))))

    with web_server(holding_of(None, instances)) as (url, _):
        assert archive(url).holding(STUDY) == Listed(refs(range(10)))


def test_a_server_that_ignores_paging_is_believed_the_first_time() -> None:
    with web_server(holding_of(None, lambda *_: page(*map(instance, range(5))))) as (url, asked):
        assert archive(url).holding(STUDY) == Listed(refs(range(5)))
    assert len(asked) == 3


def test_a_list_shorter_than_the_count_is_incomplete() -> None:
    with (
        web_server(holding_of(9, lambda *_: page(*map(instance, range(5))))) as (url, _),
        pytest.raises(ArchiveIncomplete, match="5 of 9"),
    ):
        archive(url).holding(STUDY)


def test_a_list_longer_than_the_count_is_believed() -> None:
    with web_server(holding_of(4, lambda *_: page(*map(instance, range(5))))) as (url, _):
        assert archive(url).holding(STUDY) == Listed(refs(range(5)))


@pytest.mark.parametrize("status", [400, 404, 405, 406, 501])
def test_an_archive_that_cannot_list_counts(status: int) -> None:
    with web_server(holding_of(7, lambda *_: Answer(status))) as (url, _):
        assert archive(url).holding(STUDY) == Counted(7)


def test_an_archive_that_neither_lists_nor_counts_is_refused() -> None:
    with (
        web_server(holding_of(None, lambda *_: Answer(501))) as (url, _),
        pytest.raises(ArchiveRefused),
    ):
        archive(url).holding(STUDY)


def test_a_server_error_while_listing_is_not_taken_for_a_missing_service() -> None:
    with (
        web_server(holding_of(7, lambda *_: Answer(503))) as (url, _),
        pytest.raises(ArchiveUnreachable),
    ):
        archive(url).holding(STUDY)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, ArchiveRefused),
        (403, ArchiveRefused),
        (404, ArchiveIncomplete),
        (406, ArchiveRefused),
        (408, ArchiveUnreachable),
        (429, ArchiveUnreachable),
        (500, ArchiveUnreachable),
        (501, ArchiveRefused),
        (503, ArchiveUnreachable),
    ],
)
def test_a_status_says_what_it_means_for_the_work(
    inbox: Inbox, status: int, error: type[KioskError]
) -> None:
    with web_server(lambda _: Answer(status)) as (url, asked), pytest.raises(error):
        archive(url).fetch(STUDY, None, inbox)
    assert len(asked) == 1, "nothing is asked twice"


def test_a_redirect_is_not_followed_since_the_login_is_for_this_server_only(
    tmp_path: Path,
) -> None:
    token = tmp_path / "token"
    token.write_text("secret\n")
    with (
        web_server(lambda _: page()) as (elsewhere, asked),
        web_server(lambda _: Answer(302, headers={"Location": elsewhere})) as (url, _),
        pytest.raises(ArchiveRefused),
    ):
        archive(url, token_file=token).find_studies("EX-1001")
    assert not asked


def test_the_login_is_read_anew_for_each_request(tmp_path: Path) -> None:
    token = tmp_path / "token"
    with web_server(lambda _: page()) as (url, asked):
        way = archive(url, token_file=token)
        for secret in ("first", "second"):
            token.write_text(f"{secret}\n")
            way.check()
    assert [each.headers["Authorization"] for each in asked] == ["Bearer first", "Bearer second"]


def test_a_password_of_any_letters_is_sent(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("Zoë:1\n", encoding="utf-8")
    with web_server(lambda _: page()) as (url, asked):
        archive(url, user="kiosk", password_file=password).check()
    assert asked[0].headers["Authorization"] == "Basic a2lvc2s6Wm/Dqzox"


def test_a_missing_secret_names_its_file(tmp_path: Path) -> None:
    with (
        web_server(lambda _: page()) as (url, asked),
        pytest.raises(ConfigurationWrong, match="token"),
    ):
        archive(url, token_file=tmp_path / "token").check()
    assert not asked


def test_studies_of_others_are_dropped_whatever_the_server_sends() -> None:
    answers = page(
        said(StudyInstanceUID="1", PatientID="EX-1", PatientBirthDate="19700401"),
        said(StudyInstanceUID="2", PatientID="EX-10", PatientBirthDate="19700401"),
        said(StudyInstanceUID="3", PatientID="ex-1", PatientBirthDate="19700401"),
    )
    with web_server(lambda _: answers) as (url, _):
        assert [study.study_uid for study in archive(url).find_studies("EX-1")] == ["1"]


def test_a_wildcard_is_not_even_asked() -> None:
    with web_server(lambda _: page()) as (url, asked):
        assert not archive(url).find_studies("EX-*")
    assert not asked


def test_fuzzy_matching_is_off() -> None:
    with web_server(lambda _: page()) as (url, asked):
        archive(url).find_studies("EX 1&x=*".replace("*", "1"))
    assert asked[0].fields["fuzzymatching"] == ["false"]
    assert asked[0].fields["PatientID"] == ["EX 1&x=1"]


@pytest.mark.parametrize("birth_date", [None, "", "1970", "19701301", "01.04.1970"])
def test_a_study_whose_birth_date_is_unknown_is_left_out(birth_date: str | None) -> None:
    answers = page(said(StudyInstanceUID="1", PatientID="EX-1", PatientBirthDate=birth_date))
    with web_server(lambda _: answers) as (url, _):
        assert not archive(url).find_studies("EX-1")


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"{", b"{}", b"[1]", b"\xff\xfe", b"null", b'[{"0020000D": {"Value": [{}]}}]'],
)
def test_an_answer_that_is_no_dicom_json_is_refused_or_empty(body: bytes) -> None:
    with (
        web_server(lambda _: Answer(body=body)) as (url, _),
        contextlib.suppress(ArchiveRefused),
    ):
        assert not archive(url).find_studies("EX-1")


def test_an_answer_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dicomweb, "_LARGEST_PAGE_BYTES", 1000)
    with (
        web_server(lambda _: Answer(body=b"[" + b" " * 5000)) as (url, _),
        pytest.raises(ArchiveRefused, match="too long"),
    ):
        archive(url).find_studies("EX-1")


def test_a_hostile_uid_in_an_answer_is_never_used() -> None:
    evil = said(SeriesInstanceUID="../../x", SOPInstanceUID="1")
    with (
        web_server(holding_of(1, lambda *_: page(evil))) as (url, _),
        pytest.raises(BrokenInstance) as raised,
    ):
        archive(url).holding(STUDY)
    assert "x" not in raised.value.detail.replace("exist", "")


def test_a_body_shorter_than_promised_is_a_broken_connection(inbox: Inbox) -> None:
    cut = Answer(
        body=b"--b\r\n\r\nhalf an inst",
        headers={"Content-Type": "multipart/related; boundary=b"},
        missing_bytes=1000,
    )
    with web_server(lambda _: cut) as (url, _), pytest.raises(ArchiveUnreachable):
        archive(url).fetch(STUDY, None, inbox)
    assert not inbox.torsos


def test_a_body_without_its_closing_delimiter_is_incomplete(inbox: Inbox) -> None:
    cut = Answer(
        body=b"--b\r\n\r\nwhole\r\n--b\r\n\r\nhalf",
        headers={"Content-Type": "multipart/related; boundary=b"},
    )
    with web_server(lambda _: cut) as (url, _), pytest.raises(ArchiveIncomplete):
        archive(url).fetch(STUDY, None, inbox)
    assert len(inbox.paths) == 1
    assert not inbox.torsos


def test_a_login_page_instead_of_instances_is_refused(inbox: Inbox) -> None:
    login = Answer(body=b"<html>", headers={"Content-Type": "text/html"})
    with web_server(lambda _: login) as (url, _), pytest.raises(ArchiveRefused):
        archive(url).fetch(STUDY, None, inbox)


def test_instances_are_asked_for_as_they_are_stored(inbox: Inbox) -> None:
    none = Answer(body=b"--b--", headers={"Content-Type": "multipart/related; boundary=b"})
    with web_server(lambda _: none) as (url, asked):
        archive(url).fetch(STUDY, None, inbox)
    assert asked[0].headers["Accept"] == (
        'multipart/related; type="application/dicom"; transfer-syntax=*'
    )


def test_no_error_repeats_what_was_asked(inbox: Inbox) -> None:
    with (
        web_server(lambda _: Answer(500)) as (url, _),
        pytest.raises(ArchiveUnreachable) as raised,
    ):
        archive(url).find_studies("EX-1001")
    assert "EX-1001" not in str(raised.value)
