"""Runs dcmtk's archive, dcmqrscp, as a second DIMSE peer that shares no code with Orthanc."""

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kiosk.demo.network import require_loopback_only
from tests.peers.ports import free_port

AE_TITLE = "DCMQRSCP"

_CONFIGURATION = """
NetworkTCPPort = {port}
MaxPDUSize = 131072
MaxAssociations = 16
HostTable BEGIN
kiosk = (KIOSK, 127.0.0.1, {kiosk_port})
HostTable END
VendorTable BEGIN
VendorTable END
AETable BEGIN
{title} {storage} RW (1000, 1024mb) ANY
AETable END
"""


@contextmanager
def dcmqrscp(folder: Path, kiosk_port: int, files: Sequence[Path]) -> Iterator[int]:
    """Serve files from a folder of its own until the end; give out the port."""
    require_loopback_only()
    storage = folder / "storage"
    storage.mkdir(parents=True)
    port = free_port()
    configuration = folder / "dcmqrscp.cfg"
    configuration.write_text(
        _CONFIGURATION.format(port=port, kiosk_port=kiosk_port, title=AE_TITLE, storage=storage)
    )
    _register(storage, files)
    with (folder / "dcmqrscp.log").open("wb") as log:
        process = subprocess.Popen(
            ["dcmqrscp", "-c", configuration], stdout=log, stderr=log, cwd=folder
        )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _register(storage: Path, files: Sequence[Path]) -> None:
    copies = []
    for number, file in enumerate(files):
        copy = storage / f"{number:06}.dcm"
        copy.write_bytes(file.read_bytes())
        copies.append(copy)
    subprocess.run(["dcmqridx", storage, *copies], check=True, capture_output=True)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
