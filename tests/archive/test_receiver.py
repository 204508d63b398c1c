"""Our Storage SCP: who may send, when, and what."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydicom import Dataset
from pydicom.uid import ExplicitVRLittleEndian
from pynetdicom import AE
from pynetdicom.sop_class import CTImageStorage, Verification

from kiosk.archive.association import Peer
from kiosk.archive.receiver import receiving
from kiosk.archive.reception import Reception
from kiosk.config import Dimse
from tests.archive.odd_archive import an_image
from tests.peers.inbox import Inbox
from tests.peers.ports import free_port

ARCHIVE, KIOSK = "PACS", "KIOSK"
SUCCESS, NOT_AUTHORIZED = 0x0000, 0x0124


@pytest.fixture
def settings() -> Dimse:
    ours = Dimse(
        host="127.0.0.1",
        port=1,
        called_ae_title=ARCHIVE,
        calling_ae_title=KIOSK,
        listen_host="127.0.0.1",
        listen_port=free_port(),
        timeout_s=2,
    )
    Peer(ours)  # sets the library's options
    return ours


@contextmanager
def listening(settings: Dimse, inbox: Inbox) -> Iterator[None]:
    with (
        Reception(inbox, settings.timeout_s, originator=KIOSK) as reception,
        receiving(settings, reception),
    ):
        yield


def send(
    settings: Dimse, *, calling: str = ARCHIVE, called: str = KIOSK, originator: str | None = None
) -> int | None:
    """Send an image; return its status, or None without an association."""
    ae = AE(calling)
    ae.add_requested_context(CTImageStorage, ExplicitVRLittleEndian)
    assoc = ae.associate("127.0.0.1", settings.listen_port, ae_title=called)
    if not assoc.is_established:
        return None
    status: Dataset = assoc.send_c_store(
        an_image(), originator_aet=originator, originator_id=1 if originator else None
    )
    assoc.release()
    return int(status.Status)


def test_the_archive_may_send(settings: Dimse, inbox: Inbox) -> None:
    with listening(settings, inbox):
        assert send(settings) == SUCCESS
    assert [ds.SOPInstanceUID for ds in inbox.data_sets] == [an_image().SOPInstanceUID]


@pytest.mark.parametrize(
    ("calling", "called"), [("STRANGER", KIOSK), (ARCHIVE, "OTHER"), ("pacs", KIOSK)]
)
def test_other_ae_titles_may_not(settings: Dimse, inbox: Inbox, calling: str, called: str) -> None:
    with listening(settings, inbox):
        assert send(settings, calling=calling, called=called) is None
    assert inbox.begun == 0


def test_what_we_moved_is_taken(settings: Dimse, inbox: Inbox) -> None:
    with listening(settings, inbox):
        assert send(settings, originator=KIOSK) == SUCCESS


def test_what_somebody_else_moved_to_us_is_not(settings: Dimse, inbox: Inbox) -> None:
    with listening(settings, inbox):
        assert send(settings, originator="WORKSTATION") == NOT_AUTHORIZED
        assert send(settings, originator=KIOSK) == SUCCESS
    assert len(inbox.paths) == 1


def test_nobody_listens_but_during_a_fetch(settings: Dimse, inbox: Inbox) -> None:
    assert send(settings) is None
    with listening(settings, inbox):
        assert send(settings) == SUCCESS
    assert send(settings) is None


def test_the_archive_may_ask_whether_we_are_there(settings: Dimse, inbox: Inbox) -> None:
    ae = AE(ARCHIVE)
    ae.add_requested_context(Verification)
    with listening(settings, inbox):
        assoc = ae.associate("127.0.0.1", settings.listen_port, ae_title=KIOSK)
        assert assoc.send_c_echo().Status == SUCCESS
        assoc.release()


def test_a_peer_that_connects_and_says_nothing_keeps_nobody_out(
    settings: Dimse, inbox: Inbox
) -> None:
    with listening(settings, inbox):
        with socket.create_connection(("127.0.0.1", settings.listen_port)):
            assert send(settings) == SUCCESS
        begun = time.monotonic()
    assert time.monotonic() - begun < 5
