"""The program inside the demonstration's own network: Orthanc, its studies and the relay."""

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

from kiosk.demo.orthanc import Orthanc
from kiosk.demo.relay import relay

_HTTP_PORT = 8042
_DICOM_PORT = 4242
READY = "ready"


def main(folder: Path, studies: Path, http: socket.socket, dicom: socket.socket) -> None:
    """Start Orthanc with the studies, say that it is ready, and serve until stdin ends."""
    subprocess.run(["/bin/ip", "link", "set", "lo", "up"], check=True)
    with Orthanc(folder, _HTTP_PORT, _DICOM_PORT) as orthanc:
        orthanc.load(sorted(studies.glob("*.dcm")))
        print(READY, flush=True)
        asyncio.run(_serve(http, dicom))


async def _serve(http: socket.socket, dicom: socket.socket) -> None:
    stdin = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stdin), sys.stdin
    )
    await relay({http: _HTTP_PORT, dicom: _DICOM_PORT}, stdin)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        socket.socket(fileno=int(sys.argv[3])),
        socket.socket(fileno=int(sys.argv[4])),
    )
