"""Logins and certificates, accepted and refused, against real servers."""

import base64
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.archive.dicomweb import DicomWebArchive
from kiosk.archive.dimse_get import DimseGetArchive
from kiosk.archive.dimse_move import DimseMoveArchive
from kiosk.config import DicomWeb, Dimse
from kiosk.demo.orthanc import AE_TITLE, Orthanc
from kiosk.errors import ArchiveRefused, ArchiveUnreachable, ConfigurationWrong
from kiosk.ports import Archive
from tests.archive.holdings import SEVERAL_SERIES
from tests.builders import MARIA
from tests.peers.certificates import Authority, Certificate
from tests.peers.gateway import gateway
from tests.peers.inbox import Inbox
from tests.peers.ports import free_port

PASSWORD = "correct horse: ü"

pytestmark = pytest.mark.lab


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, holdings: Path) -> Iterator[Orthanc]:
    """Orthanc behind a password."""
    login = base64.b64encode(f"kiosk:{PASSWORD}".encode()).decode()
    with Orthanc(
        tmp_path_factory.mktemp("guarded"),
        free_port(),
        free_port(),
        {"AuthenticationEnabled": True, "RegisteredUsers": {"kiosk": PASSWORD}},
        authorization=f"Basic {login}",
    ) as running:
        running.load(sorted(holdings.rglob(f"{MARIA.patient_id}-b/**/*.dcm")))
        yield running


def with_password(orthanc: Orthanc, folder: Path, password: str) -> DicomWebArchive:
    file = folder / "password"
    file.write_text(f"{password}\n", encoding="utf-8")
    return DicomWebArchive(DicomWeb(url=orthanc.url, user="kiosk", password_file=file))


def test_the_right_password_opens(guarded: Orthanc, tmp_path: Path, inbox: Inbox) -> None:
    archive = with_password(guarded, tmp_path, PASSWORD)
    assert archive.find_studies(MARIA.patient_id)
    archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
    assert len(inbox.paths) == 12


def test_a_wrong_password_is_refused(guarded: Orthanc, tmp_path: Path, inbox: Inbox) -> None:
    archive = with_password(guarded, tmp_path, "wrong")
    with pytest.raises(ArchiveRefused):
        archive.find_studies(MARIA.patient_id)
    with pytest.raises(ArchiveRefused):
        archive.holding(SEVERAL_SERIES.study_uid)
    with pytest.raises(ArchiveRefused):
        archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)


def test_no_password_is_refused(guarded: Orthanc) -> None:
    with pytest.raises(ArchiveRefused):
        DicomWebArchive(DicomWeb(url=guarded.url)).check()


@pytest.fixture
def wants_token(orthanc: tuple[Orthanc, int]) -> Iterator[str]:
    with gateway(orthanc[0].http_port, token="today") as url:
        yield url


def test_the_right_token_opens(wants_token: str, tmp_path: Path, inbox: Inbox) -> None:
    token = tmp_path / "token"
    token.write_text("today")
    archive = DicomWebArchive(DicomWeb(url=wants_token, token_file=token))
    archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
    assert len(inbox.paths) == 12


def test_an_expired_token_is_refused_until_the_file_has_a_new_one(
    wants_token: str, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text("yesterday")
    archive = DicomWebArchive(DicomWeb(url=wants_token, token_file=token))
    with pytest.raises(ArchiveRefused):
        archive.find_studies(MARIA.patient_id)
    token.write_text("today")
    assert archive.find_studies(MARIA.patient_id)


@dataclass(frozen=True, slots=True)
class Tls:
    """Servers with TLS, and certificates that they trust or do not."""

    url: str
    dicom_port: int
    kiosk_port: int
    ca_file: Path
    kiosk: Certificate
    other_ca_file: Path
    stranger: Certificate


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory, holdings: Path) -> Iterator[Tls]:
    """Orthanc with TLS on its DICOM port, and a gateway with TLS before its DICOMweb services."""
    folder = tmp_path_factory.mktemp("tls")
    ours, theirs = Authority(folder / "ours"), Authority(folder / "theirs", "Other authority")
    server, kiosk, stranger = ours.issue("server"), ours.issue("kiosk"), theirs.issue("stranger")
    kiosk_port = free_port()
    settings = {
        "DicomTlsEnabled": True,
        "DicomTlsCertificate": str(server.cert_file),
        "DicomTlsPrivateKey": str(server.key_file),
        "DicomTlsTrustedCertificates": str(ours.ca_file),
        "DicomTlsRemoteCertificateRequired": True,
        "DicomModalities": {
            "kiosk": {"AET": "KIOSK", "Host": "127.0.0.1", "Port": kiosk_port, "UseDicomTls": True}
        },
    }
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ours.ca_file)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(server.cert_file, server.key_file)
    with (
        Orthanc(folder / "orthanc", free_port(), free_port(), settings) as running,
        gateway(running.http_port, tls=context) as url,
    ):
        running.load(sorted(holdings.rglob(f"{MARIA.patient_id}-b/**/*.dcm")))
        yield Tls(
            url=url,
            dicom_port=running.dicom_port,
            kiosk_port=kiosk_port,
            ca_file=ours.ca_file,
            kiosk=kiosk,
            other_ca_file=theirs.ca_file,
            stranger=stranger,
        )


def over_tls(kind: str, tls: Tls, ca_file: Path, certificate: Certificate | None) -> Archive:
    files = {"ca_file": ca_file}
    if certificate is not None:
        files |= {"cert_file": certificate.cert_file, "key_file": certificate.key_file}
    if kind == "dicomweb":
        return DicomWebArchive(DicomWeb(url=tls.url, timeout_s=5, **files))
    settings = Dimse(
        host="127.0.0.1",
        port=tls.dicom_port,
        called_ae_title=AE_TITLE,
        listen_host="127.0.0.1",
        listen_port=tls.kiosk_port,
        timeout_s=5,
        **files,
    )
    return DimseGetArchive(settings) if kind == "dimse-get" else DimseMoveArchive(settings)


every_kind = pytest.mark.parametrize("kind", ["dicomweb", "dimse-get", "dimse-move"])


@every_kind
def test_certificates_that_are_trusted_on_both_sides_open(
    tls: Tls, inbox: Inbox, kind: str
) -> None:
    archive = over_tls(kind, tls, tls.ca_file, tls.kiosk)
    assert archive.check()
    assert archive.find_studies(MARIA.patient_id)
    archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
    assert len(inbox.paths) == 12


@every_kind
def test_a_server_that_we_do_not_trust_is_refused(tls: Tls, kind: str) -> None:
    archive = over_tls(kind, tls, tls.other_ca_file, tls.kiosk)
    with pytest.raises(ArchiveRefused):
        archive.find_studies(MARIA.patient_id)


@every_kind
def test_a_server_that_does_not_trust_us_is_refused(tls: Tls, inbox: Inbox, kind: str) -> None:
    archive = over_tls(kind, tls, tls.ca_file, tls.stranger)
    with pytest.raises(ArchiveRefused):
        archive.find_studies(MARIA.patient_id)
    with pytest.raises(ArchiveRefused):
        archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)


@pytest.mark.parametrize("kind", ["dicomweb", "dimse-get"])
def test_a_server_that_wants_a_certificate_refuses_without(tls: Tls, kind: str) -> None:
    with pytest.raises(ArchiveRefused):
        over_tls(kind, tls, tls.ca_file, None).check()


def test_moving_over_tls_needs_a_certificate_to_show(tls: Tls, inbox: Inbox) -> None:
    with pytest.raises((ConfigurationWrong, ArchiveRefused)):
        over_tls("dimse-move", tls, tls.ca_file, None).fetch(SEVERAL_SERIES.study_uid, None, inbox)


def test_plain_dimse_is_not_understood_by_a_tls_server(tls: Tls) -> None:
    settings = Dimse(host="127.0.0.1", port=tls.dicom_port, called_ae_title=AE_TITLE, timeout_s=2)
    with pytest.raises((ArchiveRefused, ArchiveUnreachable)):
        DimseGetArchive(settings).check()


def test_a_file_that_is_no_certificate_is_named_at_the_start(tmp_path: Path) -> None:
    nonsense = tmp_path / "ca.pem"
    nonsense.write_text("nonsense")
    with pytest.raises(ConfigurationWrong):
        DicomWebArchive(DicomWeb(url="https://127.0.0.1:1", ca_file=nonsense))


@pytest.mark.parametrize(("called", "calling"), [("NOBODY", "KIOSK"), (AE_TITLE, "STRANGER")])
def test_ae_titles_that_the_archive_does_not_know_are_refused(
    orthanc: tuple[Orthanc, int], inbox: Inbox, called: str, calling: str
) -> None:
    running, _ = orthanc
    archive = DimseGetArchive(
        Dimse(
            host="127.0.0.1",
            port=running.dicom_port,
            called_ae_title=called,
            calling_ae_title=calling,
        )
    )
    with pytest.raises(ArchiveRefused):
        archive.find_studies(MARIA.patient_id)
    with pytest.raises(ArchiveRefused):
        archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
