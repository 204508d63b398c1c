"""Asks a server for a time stamp (RFC 3161): a clock whose word does not depend on this kiosk."""

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from asn1crypto import cms, core, tsp
from cryptography import x509

from forms.seal.patience import within
from forms.seal.time_stamp_check import NOT_READABLE, Stamp, bare, stamp_of

LARGEST_ANSWER = 64 * 1024
TOKEN_ROOM = 8 * 1024
"""Bytes that a token may have; those of well-known servers have about 3000."""
LOOKED_AT = b"Is there anybody?"
GRANTED = {0, 1}
"""With or without changes (RFC 3161 2.4.2)."""


class Missed(StrEnum):
    """Why a seal has no time stamp although it should."""

    NO_ANSWER = "no-answer"
    """The server was not reached, or not in time."""
    REFUSED = "refused"
    """It answered that it will not."""
    NOT_VALID = "not-valid"
    """It answered what is no time stamp of this seal by a trusted authority."""


@dataclass(frozen=True, slots=True)
class TimeStampServer:
    """A server that is asked for the time, and who vouches for it."""

    url: str
    """``http`` or ``https``: what it answers proves itself."""
    authorities: tuple[x509.Certificate, ...]
    """Whoever they vouch for is believed."""
    limit_s: float
    """So long somebody who signs may be kept waiting."""

    def look(self) -> Stamp | Missed:
        """Return what the server says now."""
        token = self.stamp(LOOKED_AT)
        if isinstance(token, Missed):
            return token
        return stamp_of(token, LOOKED_AT, self.authorities) or Missed.NOT_VALID

    def stamp(self, signature: bytes) -> cms.ContentInfo | Missed:
        """Return a time stamp over a signature, or why there is none."""
        nonce = secrets.randbits(63)
        try:
            answer = within(self.limit_s, lambda: self._ask(_request(signature, nonce)))
        except HTTPError:
            return Missed.REFUSED
        except OSError:
            return Missed.NO_ANSWER
        try:
            # A refusal has no token, and without one asn1crypto reads no answer as such.
            if core.Sequence.load(answer, strict=True)[0][0].native not in GRANTED:
                return Missed.REFUSED
            token = bare(tsp.TimeStampResp.load(answer)["time_stamp_token"])
            is_for_us = _nonce_of(token) == nonce and len(token.dump()) <= TOKEN_ROOM
        except NOT_READABLE:
            return Missed.NOT_VALID
        if not is_for_us or stamp_of(token, signature, self.authorities) is None:
            return Missed.NOT_VALID
        return token

    def _ask(self, question: bytes) -> bytes:
        request = Request(  # noqa: S310 - the configuration lets http and https pass only
            self.url, question, {"Content-Type": "application/timestamp-query"}
        )
        try:
            with urlopen(request, timeout=self.limit_s) as response:  # noqa: S310 - as above
                answer: bytes = response.read(LARGEST_ANSWER)
        except HTTPException as error:
            raise OSError(str(error)) from None
        return answer


def _request(signature: bytes, nonce: int) -> bytes:
    imprint = {
        "hash_algorithm": {"algorithm": "sha256"},
        "hashed_message": hashlib.sha256(signature).digest(),
    }
    request = {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    question: bytes = tsp.TimeStampReq(request).dump()
    return question


def _nonce_of(token: cms.ContentInfo) -> int | None:
    nonce: int | None = token["content"]["encap_content_info"]["content"].parsed["nonce"].native
    return nonce
