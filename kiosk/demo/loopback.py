"""Runs the demonstration archive where only this machine's loopback reaches it.

Orthanc's DICOM port listens on every interface. So Orthanc lives in a network namespace of its
own, and a relay in there accepts at two sockets that were opened on 127.0.0.1 out here.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.demo import inside
from kiosk.demo.failed import DemoFailed
from kiosk.demo.orthanc import AE_TITLE

_STOP_TIMEOUT_S = 20


@dataclass(frozen=True, slots=True)
class DemoArchive:
    """Where a running demonstration archive answers, on 127.0.0.1 only."""

    http_port: int
    dicom_port: int
    ae_title: str = AE_TITLE

    @property
    def dicomweb_url(self) -> str:
        """The root of its DICOMweb services."""
        return f"http://127.0.0.1:{self.http_port}/dicom-web"


@contextmanager
def demo_archive(folder: Path, studies: Path) -> Iterator[DemoArchive]:
    """Run an archive that holds a folder's studies, and end it in good order.

    It also ends, with every process of its own, when this process is killed.

    Parameters
    ----------
    folder : Path
        For its database and log.

    Raises
    ------
    DemoFailed
        Saying what to do, where this machine allows no network of one's own, or what Orthanc said.
    """
    with _listener() as http, _listener() as dicom, _start(folder, studies, http, dicom) as process:
        _wait_until_ready(process, folder)
        try:
            yield DemoArchive(http.getsockname()[1], dicom.getsockname()[1])
        finally:
            _stop(process)


def _listener() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0), backlog=64)


def _start(
    folder: Path, studies: Path, http: socket.socket, dicom: socket.socket
) -> subprocess.Popen[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    program = [sys.executable, "-m", inside.__name__, str(folder), str(studies)]
    sockets = (http.fileno(), dicom.fileno())
    with (folder / "start.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own program
            [*_own_network(), *program, *map(str, sockets)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            pass_fds=sockets,
            start_new_session=True,  # Ctrl-C reaches the demonstration, which then stops this
        )


def _own_network() -> list[str]:
    """Return the words before a command that give it a network, and that end it with us.

    A process namespace ends with its first process, so Orthanc cannot outlive the relay.
    """
    as_user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    until_we_end = ["setpriv", "--pdeathsig", "KILL"]
    return [*until_we_end, "unshare", *as_user, "--net", "--pid", "--fork", "--kill-child"]


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    if process.stdout.readline().strip() == inside.READY.encode():
        return
    process.wait()
    log = folder / "start.log"
    if "unshare" in log.read_text():
        raise DemoFailed(
            "this machine allows no network of one's own (a network namespace): run as root, "
            "or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1)"
        )
    raise DemoFailed(f"its archive did not start, see {log}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None  # noqa: S101 - it was asked for
    process.stdin.close()
    try:
        process.wait(_STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
