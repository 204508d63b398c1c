"""Makes TLS contexts of the trust and certificate that a section of the configuration names."""

import socket
import ssl
from typing import Any

from kiosk.config import Tls
from kiosk.errors import ConfigurationWrong


def is_configured(settings: Tls) -> bool:
    """Tell whether a connection that has no ``https`` in its address is to use TLS."""
    return settings.ca_file is not None or settings.cert_file is not None


def client_context(settings: Tls) -> ssl.SSLContext:
    """Trust the named authority only, or the system's, and show our certificate if there is one.

    Raises
    ------
    ConfigurationWrong
        If a file cannot be read or is no certificate or key.
    """
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
        _show_certificate(context, settings)
    except OSError as error:
        raise ConfigurationWrong(f"archive: certificate files: {error}") from error
    return context


def server_context(settings: Tls, timeout_s: float) -> ssl.SSLContext:
    """Show our certificate, and let nobody in without one that the named authority signed.

    Raises
    ------
    ConfigurationWrong
        If there is no certificate to show, or a file cannot be used.
    """
    if settings.cert_file is None or settings.ca_file is None:
        raise ConfigurationWrong("archive.dimse: C-MOVE over TLS needs ca_file and cert_file")
    try:
        context = _HastyContext(ssl.PROTOCOL_TLS_SERVER)
        context.timeout_s = timeout_s
        context.load_verify_locations(settings.ca_file)
        _show_certificate(context, settings)
    except OSError as error:
        raise ConfigurationWrong(f"archive: certificate files: {error}") from error
    context.verify_mode = ssl.CERT_REQUIRED
    return context


class _HastyContext(ssl.SSLContext):
    """Gives up on a peer that connects and then does not shake hands.

    pynetdicom shakes hands in the thread that accepts connections, without a time-out: one silent
    peer would keep all others out and the server from ending.
    """

    timeout_s: float

    def wrap_socket(self, sock: socket.socket, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        """Shake hands within the time-out."""
        sock.settimeout(self.timeout_s)
        return super().wrap_socket(sock, *args, **kwargs)


def _show_certificate(context: ssl.SSLContext, settings: Tls) -> None:
    if settings.cert_file and settings.key_file:
        context.load_cert_chain(settings.cert_file, settings.key_file)
