"""Runs Debian's Orthanc with its DICOMweb plugin as a real archive on this machine."""

import http.client
import json
import subprocess
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kiosk.demo.network import require_loopback_only

PROGRAM = Path("/usr/sbin/Orthanc")
DICOMWEB_PLUGIN = Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
AE_TITLE = "ORTHANC"

READY_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 20.0
REQUEST_TIMEOUT_S = 60.0


class OrthancFailed(RuntimeError):
    """Orthanc did not start, or did not take a file."""


class Orthanc:
    """One Orthanc with its own folder and ports, which knows the modality ``KIOSK``.

    Parameters
    ----------
    folder : Path
        Its database and log; kept when it stops, so a second start finds what was loaded.
    kiosk_port : int
        Where Orthanc finds the kiosk's Storage SCP for C-MOVE.
    settings : Mapping
        Orthanc's own configuration keys, over those chosen here.
    authorization : str
        The ``Authorization`` header to ask it with when ``settings`` register users.
    """

    def __init__(
        self,
        folder: Path,
        http_port: int,
        dicom_port: int,
        settings: Mapping[str, Any] | None = None,
        *,
        kiosk_port: int = 11112,
        authorization: str | None = None,
    ) -> None:
        self.folder = folder
        self.http_port = http_port
        self.dicom_port = dicom_port
        self._settings = _settings(folder, http_port, dicom_port, kiosk_port) | dict(settings or {})
        self._headers = {"Authorization": authorization} if authorization else {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The root of the DICOMweb services."""
        return f"http://127.0.0.1:{self.http_port}/dicom-web"

    @property
    def pid(self) -> int | None:
        """The process, while it runs."""
        return self._process.pid if self._process else None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start and wait until it answers.

        Raises
        ------
        NetworkOpen
            Where it would be reachable from another machine.
        OrthancFailed
            If it ends or does not answer in time; its log says why.
        """
        require_loopback_only()
        self.folder.mkdir(parents=True, exist_ok=True)
        configuration = self.folder / "orthanc.json"
        configuration.write_text(json.dumps(self._settings, indent=1))
        with (self.folder / "orthanc.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - a fixed program, our own file
                [PROGRAM, configuration], stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        self._wait_until_ready(self._process)

    def load(self, paths: Iterable[Path]) -> int:
        """Store DICOM files over its REST interface; return how many."""
        connection = self._connect()
        count = 0
        for path in paths:
            status = _ask(connection, "POST", "/instances", path.read_bytes(), self._headers)
            if status != http.HTTPStatus.OK:
                raise OrthancFailed(f"{path.name}: Orthanc answered {status}")
            count += 1
        connection.close()
        return count

    def stop(self) -> None:
        """End it in good order; no harm if it has ended."""
        self._end(subprocess.Popen.terminate)

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        self._end(subprocess.Popen.kill)

    def _end(self, how: Any) -> None:
        if self._process is None:
            return
        how(self._process)
        try:
            self._process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + READY_TIMEOUT_S
        while time.monotonic() < end and process.poll() is None:
            try:
                _ask(self._connect(), "GET", "/system", None, self._headers)
            except OSError:
                time.sleep(0.05)
            else:
                return
        self.stop()
        raise OrthancFailed(f"Orthanc did not start; see {self.folder / 'orthanc.log'}")

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=REQUEST_TIMEOUT_S)


def _ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes | None,
    headers: Mapping[str, str],
) -> int:
    connection.request(method, path, body, headers=dict(headers))
    response = connection.getresponse()
    response.read()
    return response.status


def _settings(folder: Path, http_port: int, dicom_port: int, kiosk_port: int) -> dict[str, Any]:
    """Say what an archive in a hospital would allow a kiosk it knows, and nobody else."""
    return {
        "Name": "Demonstration archive",
        "StorageDirectory": str(folder / "storage"),
        "IndexDirectory": str(folder / "index"),
        "HttpPort": http_port,
        "RemoteAccessAllowed": False,
        "AuthenticationEnabled": False,
        "DicomAet": AE_TITLE,
        "DicomPort": dicom_port,
        "DicomCheckCalledAet": True,
        "DicomModalities": {"kiosk": ["KIOSK", "127.0.0.1", kiosk_port]},
        "DicomAlwaysAllowEcho": False,
        "DicomAlwaysAllowStore": False,
        "DicomAlwaysAllowFind": False,
        "DicomAlwaysAllowGet": False,
        "DicomAlwaysAllowMove": False,
        "OverwriteInstances": True,
        # Orthanc answers queries in this character set and drops what it cannot say in it.
        "DefaultEncoding": "Utf8",
        "StableAge": 1,
        # Loading need not survive a power cut: the studies can be loaded again.
        "SyncStorageArea": False,
        "MetricsEnabled": False,
        "Plugins": [str(DICOMWEB_PLUGIN)],
        "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
    }
