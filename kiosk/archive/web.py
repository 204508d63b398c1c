"""Asks one web server, with its login, certificates and time-outs, and tells failures apart."""

import base64
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import urllib3

from kiosk.archive.holding import NotServed
from kiosk.archive.tls import client_context
from kiosk.config import DicomWeb
from kiosk.errors import (
    ArchiveIncomplete,
    ArchiveRefused,
    ArchiveUnreachable,
    ConfigurationWrong,
    KioskError,
)

_SUCCESSES = range(200, 300)
_SERVER_ERRORS = range(500, 600)
_LOGIN_WRONG = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_NOT_HELD = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_COME_BACK = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


class WebServer:
    """A root address and how to be let in there."""

    def __init__(self, settings: DicomWeb) -> None:
        self._settings = settings
        self._root = settings.url.rstrip("/")
        self._pool = urllib3.PoolManager(
            # A query may run while a fetch does.
            maxsize=4,
            # No retry and no redirect: the worker decides when to ask again, and the login is
            # for this server only.
            retries=False,
            timeout=urllib3.Timeout(connect=settings.timeout_s, read=settings.timeout_s),
            ssl_context=client_context(settings) if settings.url.startswith("https:") else None,
        )

    @contextmanager
    def get(
        self, path: str, accept: str, fields: Iterable[tuple[str, str]] = ()
    ) -> Iterator[urllib3.BaseHTTPResponse]:
        """Send a request and give out the answer for reading, its body still in the wire.

        Raises
        ------
        ArchiveUnreachable
            Without an answer in time, at a server error, or if the connection breaks meanwhile.
        ArchiveRefused
            If login or certificate are not accepted; ``NotServed`` if the service is not.
        ArchiveIncomplete
            If the server has no such thing.
        """
        query = f"?{urlencode(list(fields))}" if fields else ""
        headers = {"Accept": accept, **_login(self._settings)}
        with _told_apart():
            response = self._pool.request(
                "GET", f"{self._root}{path}{query}", headers=headers, preload_content=False
            )
            try:
                _require_success(response.status)
                yield response
            finally:
                # Goes back to the pool if it was read to its end, and is cut otherwise.
                response.close()


def _login(settings: DicomWeb) -> dict[str, str]:
    """Read the secret anew for each request, since tokens expire and passwords change."""
    if settings.token_file:
        return {"Authorization": f"Bearer {_secret(settings.token_file)}"}
    if settings.user and settings.password_file:
        # RFC 7617 2.1: UTF-8.
        pair = f"{settings.user}:{_secret(settings.password_file)}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    return {}


def _secret(path: Path) -> str:
    try:
        return path.read_text().strip("\r\n")
    except OSError as error:
        raise ConfigurationWrong(f"{path}: {error.strerror}") from error


def _require_success(status: int) -> None:
    """Raise what a status other than 2xx means for the work."""
    if status not in _SUCCESSES:
        raise _failure(status)


def _failure(status: int) -> KioskError:
    said = f"HTTP status {status}"
    if status in _NOT_HELD:
        return ArchiveIncomplete(said)
    if status in _LOGIN_WRONG:
        return ArchiveRefused(said)
    if status in _COME_BACK or (status in _SERVER_ERRORS and status != HTTPStatus.NOT_IMPLEMENTED):
        return ArchiveUnreachable(said)
    return NotServed(said)


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turn what the library raises into what it means; its texts quote addresses, so drop them."""
    try:
        yield
    except urllib3.exceptions.SSLError as error:
        raise ArchiveRefused("no trusted TLS connection") from error
    except urllib3.exceptions.TimeoutError as error:
        raise ArchiveUnreachable("no answer in time") from error
    except urllib3.exceptions.HTTPError as error:
        raise ArchiveUnreachable("no connection, or it broke") from error
