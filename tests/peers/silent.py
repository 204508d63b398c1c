"""A server that accepts connections, says what it is told to say, and then nothing more."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def silent_server(first_words: bytes = b"", *, then_close: bool = False) -> Iterator[int]:
    """Give out the port of such a server."""
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_serve, args=(listener, first_words, then_close))
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _serve(listener: socket.socket, first_words: bytes, then_close: bool) -> None:
    held = []
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            if first_words:
                connection.recv(65536)
                connection.sendall(first_words)
            if then_close:
                connection.close()
            else:
                held.append(connection)
    for connection in held:
        connection.close()
