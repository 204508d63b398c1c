"""Servers that accept connections and then say nothing more, or too slowly to be waited for."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def _listening(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@contextmanager
def silent_server(first_words: bytes = b"", *, then_close: bool = False) -> Iterator[int]:
    """Give out the port of such a server."""
    with _listening(lambda listener: _serve(listener, first_words, then_close)) as port:
        yield port


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


@contextmanager
def dripping_server(first_words: bytes, every_s: float = 0.05) -> Iterator[int]:
    """Give out the port of a server that sends a byte now and then, without end."""
    with _listening(lambda listener: _drip(listener, first_words, every_s)) as port:
        yield port


def _drip(listener: socket.socket, first_words: bytes, every_s: float) -> None:
    with suppress(OSError):
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(first_words)
            while listener.fileno() != -1:
                connection.sendall(b".")
                time.sleep(every_s)
