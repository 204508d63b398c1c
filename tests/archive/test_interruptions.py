"""Archives that stop, stall or die in the middle, and what can be saved."""

import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.archive.dicomweb import DicomWebArchive
from kiosk.archive.dimse_get import DimseGetArchive
from kiosk.archive.dimse_move import DimseMoveArchive
from kiosk.config import DicomWeb, Dimse
from kiosk.demo.orthanc import AE_TITLE, Orthanc
from kiosk.domain.study import Listed
from kiosk.errors import ArchiveIncomplete, ArchiveUnreachable
from kiosk.ports import Archive
from tests.builders import MARIA, Place, StudyPlan, mr
from tests.peers.inbox import Inbox
from tests.peers.ports import free_port
from tests.peers.silent import silent_server

STUDY = StudyPlan(Place(MARIA, "long"), series=2, instances=40, make=lambda place: mr(place, 256))


@dataclass(frozen=True, slots=True)
class Mortal:
    """An Orthanc of one test's own, and a way to it."""

    orthanc: Orthanc
    archive: Archive


@pytest.fixture(params=["dicomweb", "dimse-get", "dimse-move"])
def mortal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Mortal]:
    kiosk_port = free_port()
    with Orthanc(tmp_path / "orthanc", free_port(), free_port(), kiosk_port=kiosk_port) as running:
        running.load(STUDY.write(tmp_path / "study"))
        dimse = Dimse(
            host="127.0.0.1",
            port=running.dicom_port,
            called_ae_title=AE_TITLE,
            listen_host="127.0.0.1",
            listen_port=kiosk_port,
            timeout_s=3,
        )
        makers = {
            "dicomweb": lambda: DicomWebArchive(DicomWeb(url=running.url, timeout_s=3)),
            "dimse-get": lambda: DimseGetArchive(dimse),
            "dimse-move": lambda: DimseMoveArchive(dimse),
        }
        yield Mortal(running, makers[request.param]())


@pytest.mark.lab
def test_an_archive_that_dies_in_the_middle_is_unreachable_and_the_fetch_resumes(
    mortal: Mortal, inbox: Inbox
) -> None:
    def die(count: int) -> None:
        if count == 10:
            mortal.orthanc.kill()

    inbox.on_arrival = die
    begun = time.monotonic()
    # Without a Content-Length nothing but the missing delimiter tells of a lost connection.
    with pytest.raises((ArchiveUnreachable, ArchiveIncomplete)):
        mortal.archive.fetch(STUDY.study_uid, None, inbox)
    assert time.monotonic() - begun < 15
    assert 10 <= len(inbox.paths) < 80
    assert not inbox.torsos

    inbox.on_arrival = lambda _: None
    mortal.orthanc.start()
    held = mortal.archive.holding(STUDY.study_uid)
    assert isinstance(held, Listed)
    saved = inbox.refs
    mortal.archive.fetch(STUDY.study_uid, held.instances - saved, inbox)
    assert inbox.refs == held.instances
    assert len(inbox.paths) == 80, "nothing was fetched twice"


@pytest.mark.lab
def test_the_way_is_open_again_when_the_archive_is_back(mortal: Mortal) -> None:
    assert mortal.archive.find_studies(MARIA.patient_id)
    mortal.orthanc.stop()
    with pytest.raises(ArchiveUnreachable):
        mortal.archive.find_studies(MARIA.patient_id)
    mortal.orthanc.start()
    assert mortal.archive.find_studies(MARIA.patient_id)


@pytest.mark.lab
def test_an_instance_that_is_taken_slowly_is_no_silence(mortal: Mortal, inbox: Inbox) -> None:
    def slow(count: int) -> None:
        if count == 3:
            time.sleep(4)

    inbox.on_arrival = slow
    mortal.archive.fetch(STUDY.study_uid, None, inbox)
    assert len(inbox.paths) == 80


def half_an_answer(content: bytes) -> bytes:
    return (
        b"HTTP/1.1 200 OK\r\n"
        b"Content-Type: multipart/related; boundary=b\r\n"
        b"Content-Length: 100000\r\n\r\n" + content
    )


def test_a_body_that_stalls_is_unreachable_after_the_time_out(inbox: Inbox) -> None:
    with silent_server(half_an_answer(b"--b\r\n\r\nhalf")) as port:
        archive = DicomWebArchive(DicomWeb(url=f"http://127.0.0.1:{port}", timeout_s=1))
        begun = time.monotonic()
        with pytest.raises(ArchiveUnreachable):
            archive.fetch(STUDY.study_uid, None, inbox)
        assert time.monotonic() - begun < 4
    assert not inbox.torsos


def test_half_a_pdu_is_unreachable_after_the_time_out(inbox: Inbox) -> None:
    half = struct.pack(">BBL", 2, 0, 500) + b"A-ASSOCIATE-AC that does not go on"
    with silent_server(half) as port:
        archive = DimseGetArchive(
            Dimse(host="127.0.0.1", port=port, called_ae_title=AE_TITLE, timeout_s=1)
        )
        begun = time.monotonic()
        with pytest.raises(ArchiveUnreachable):
            archive.fetch(STUDY.study_uid, None, inbox)
        assert time.monotonic() - begun < 6


def test_noise_instead_of_an_association_is_no_archive(inbox: Inbox) -> None:
    with silent_server(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        archive = DimseGetArchive(
            Dimse(host="127.0.0.1", port=port, called_ae_title=AE_TITLE, timeout_s=1)
        )
        with pytest.raises(ArchiveUnreachable):
            archive.fetch(STUDY.study_uid, None, inbox)


def test_a_host_name_that_nobody_knows_is_unreachable() -> None:
    web = DicomWebArchive(DicomWeb(url="http://archive.invalid/", timeout_s=1))
    dimse = DimseGetArchive(
        Dimse(host="archive.invalid", port=104, called_ae_title=AE_TITLE, timeout_s=1)
    )
    for archive in (web, dimse):
        with pytest.raises(ArchiveUnreachable):
            archive.check()
