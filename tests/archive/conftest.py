"""The archives that the contract is checked on, started once and filled with the same holdings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.archive.dicomweb import DicomWebArchive
from kiosk.archive.dimse_get import DimseGetArchive
from kiosk.archive.dimse_move import DimseMoveArchive
from kiosk.archive.folder import FolderArchive
from kiosk.config import DicomWeb, Dimse, Folder
from kiosk.demo.orthanc import AE_TITLE, Orthanc
from tests.archive.holdings import Way, write_holdings
from tests.peers import dcmqrscp as dcmqrscp_peer
from tests.peers.inbox import Inbox
from tests.peers.ports import free_port

lab = pytest.mark.lab

WAYS = [
    "folder",
    pytest.param("orthanc dicomweb", marks=lab),
    pytest.param("orthanc dimse-get", marks=lab),
    pytest.param("orthanc dimse-move", marks=lab),
    pytest.param("dcmqrscp dimse-get", marks=lab),
    pytest.param("dcmqrscp dimse-move", marks=lab),
]


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return Inbox(folder)


@pytest.fixture(scope="session")
def holdings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("holdings")
    write_holdings(folder)
    return folder


@pytest.fixture(scope="session")
def orthanc(
    tmp_path_factory: pytest.TempPathFactory, holdings: Path
) -> Iterator[tuple[Orthanc, int]]:
    """Orthanc with the holdings, and the port at which it knows the kiosk."""
    kiosk_port = free_port()
    with Orthanc(
        tmp_path_factory.mktemp("orthanc"), free_port(), free_port(), kiosk_port=kiosk_port
    ) as running:
        running.load(sorted(holdings.rglob("*.dcm")))
        yield running, kiosk_port


@pytest.fixture(scope="session")
def dcmqrscp(tmp_path_factory: pytest.TempPathFactory, holdings: Path) -> Iterator[tuple[int, int]]:
    """The ports of dcmqrscp and of the kiosk; it serves only what is not compressed."""
    kiosk_port = free_port()
    files = [path for path in sorted(holdings.rglob("*.dcm")) if "syntax" not in path.name]
    folder = tmp_path_factory.mktemp("dcmqrscp")
    with dcmqrscp_peer.dcmqrscp(folder, kiosk_port, files) as port:
        yield port, kiosk_port


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    """Each way to each archive."""
    match request.param.split():
        case ["folder"]:
            return _folder(request.getfixturevalue("holdings"))
        case ["orthanc", "dicomweb"]:
            orthanc, _ = request.getfixturevalue("orthanc")
            return _dicomweb(orthanc.http_port)
        case ["orthanc", kind]:
            orthanc, kiosk_port = request.getfixturevalue("orthanc")
            return _dimse(kind, AE_TITLE, orthanc.dicom_port, kiosk_port)
        case ["dcmqrscp", kind]:
            port, kiosk_port = request.getfixturevalue("dcmqrscp")
            return _dimse(kind, dcmqrscp_peer.AE_TITLE, port, kiosk_port)
    raise ValueError(request.param)


def _folder(path: Path) -> Way:
    elsewhere = FolderArchive(Folder(path=path / "nowhere"))
    return Way("folder", lambda _: elsewhere, FolderArchive(Folder(path=path)))


def _dicomweb(port: int) -> Way:
    def at(other: int) -> DicomWebArchive:
        url = f"http://127.0.0.1:{other}/dicom-web"
        return DicomWebArchive(DicomWeb(url=url, timeout_s=1))

    url = f"http://127.0.0.1:{port}/dicom-web"
    return Way("dicomweb", at, DicomWebArchive(DicomWeb(url=url)))


def _dimse(kind: str, title: str, port: int, kiosk_port: int) -> Way:
    make = {"dimse-get": DimseGetArchive, "dimse-move": DimseMoveArchive}[kind]

    def settings(other: int, timeout_s: float) -> Dimse:
        return Dimse(
            host="127.0.0.1",
            port=other,
            called_ae_title=title,
            listen_host="127.0.0.1",
            listen_port=kiosk_port,
            timeout_s=timeout_s,
        )

    return Way(kind, lambda other: make(settings(other, 1)), make(settings(port, 30)))
