"""A gateway in front of Orthanc, as hospitals have one: it asks for tokens or client certificates.

Debian's Orthanc 1.10.1 ends with a segmentation fault at its first HTTPS request, so TLS in front
of its DICOMweb services has to be somebody else's.
"""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from tests.peers.web_server import Answer, Asked, web_server


@contextmanager
def gateway(
    port: int, *, tls: ssl.SSLContext | None = None, token: str | None = None
) -> Iterator[str]:
    """Pass on to a server on a port what brings the token; give out the DICOMweb root."""

    def pass_on(asked: Asked) -> Answer:
        if token is not None and asked.headers.get("Authorization") != f"Bearer {token}":
            return Answer(401)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        query = urlencode(asked.fields, doseq=True)
        headers = {"Accept": asked.headers["Accept"]}
        connection.request("GET", f"{asked.path}?{query}", headers=headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return Answer(response.status, body, {"Content-Type": response.headers["Content-Type"]})

    with web_server(pass_on, tls) as (url, _):
        yield f"{url}/dicom-web"
