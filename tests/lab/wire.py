"""One JSON object a line over a socket, as QEMU and the agent in its guest both speak it."""

import json
import socket
import time
from pathlib import Path
from typing import Any

PATIENCE_S = 60
PIECE_BYTES = 65536


class Refused(AssertionError):
    """The other end did not do what was asked, or is gone."""


class Wire:
    """A connection on which commands are answered in turn."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(PATIENCE_S)
        self._socket.connect(str(path))
        self._heard = b""

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def ask(self, command: str, **arguments: Any) -> Any:
        """Give a command and return its answer; what is told in between is passed over."""
        self._send(command, arguments)
        while True:
            said = self.receive()
            if "return" in said:
                return said["return"]
            if "error" in said:
                raise Refused(f"{command}: {said['error']['desc']}")

    def answers(self) -> bool:
        """Whether the other end is there by now; what it was sent before is lost."""
        number = time.monotonic_ns() % 10**9
        self._socket.settimeout(1)
        self._send("guest-sync", {"id": number})
        try:
            while self.receive().get("return") != number:
                pass
        except TimeoutError:
            return False
        self._socket.settimeout(PATIENCE_S)
        return True

    def receive(self) -> dict[str, Any]:
        """Return the next object."""
        while b"\n" not in self._heard:
            piece = self._socket.recv(PIECE_BYTES)
            if not piece:
                raise Refused("the other end hung up")
            self._heard += piece
        line, self._heard = self._heard.split(b"\n", 1)
        said: dict[str, Any] = json.loads(line)
        return said

    def _send(self, command: str, arguments: dict[str, Any]) -> None:
        message = {"execute": command, "arguments": arguments}
        self._socket.sendall(json.dumps(message).encode() + b"\n")
