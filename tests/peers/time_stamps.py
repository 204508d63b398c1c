"""A real time-stamp server: openssl's own, behind a small web server on loopback."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import tsp
from cryptography import x509

from forms.seal.time_stamp import TimeStampServer
from tests.peers.seal_authority import SealAuthority, a_key, pem, pem_key
from tests.peers.web_server import Answer, Asked, web_server

REPLY = {"Content-Type": "application/timestamp-reply"}
SETTINGS = """
[tsa]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/chain.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = {ess}
"""


@dataclass(frozen=True, slots=True)
class Stamper:
    """openssl with a key, a certificate and a folder of its own."""

    folder: Path

    @classmethod
    def of(
        cls,
        authority: SealAuthority,
        folder: Path,
        *more: x509.ExtensionType,
        ess: str = "sha256",
    ) -> "Stamper":
        """Make one; older servers name their certificate by its SHA-1."""
        folder.mkdir(parents=True)
        key = a_key()
        (folder / "tsa.key").write_bytes(pem_key(key))
        (folder / "tsa.pem").write_bytes(pem(authority.for_stamps(key, *more)))
        (folder / "chain.pem").write_bytes(pem(*authority.chain))
        (folder / "serial").write_text("01\n")
        (folder / "settings").write_text(SETTINGS.format(folder=folder, ess=ess))
        return cls(folder)

    def answer(self, asked: Asked) -> Answer:
        """Stamp what is asked for."""
        return Answer(body=self.reply(asked.body), headers=REPLY)

    def reply(self, query: bytes) -> bytes:
        asked, said = self.folder / "query", self.folder / "reply"
        asked.write_bytes(query)
        settings = ["-config", self.folder / "settings", "-section", "tsa"]
        command = ["openssl", "ts", "-reply", "-queryfile", asked, "-out", said, *settings]
        subprocess.run(command, check=True, capture_output=True)
        return said.read_bytes()

    def answer_another(self, asked: Asked) -> Answer:
        """Stamp something else, under the nonce that was asked with."""
        query = tsp.TimeStampReq.load(asked.body)
        query["message_imprint"]["hashed_message"] = bytes(32)
        return Answer(body=self.reply(query.dump()), headers=REPLY)

    def answer_before(self, asked: Asked) -> Answer:
        """Stamp the right thing, but under the nonce of another question."""
        query = tsp.TimeStampReq.load(asked.body)
        query["nonce"] = 7
        return Answer(body=self.reply(query.dump()), headers=REPLY)


@contextmanager
def time_stamps(
    authority: SealAuthority, answer: Callable[[Asked], Answer], limit_s: float = 5
) -> Iterator[TimeStampServer]:
    """Give out such a server as the seal uses it, believing in what an authority vouches for."""
    with web_server(answer) as (url, _):
        yield server_at(url, authority, limit_s)


def server_at(url: str, authority: SealAuthority, limit_s: float = 5) -> TimeStampServer:
    return TimeStampServer(url, authority.chain, limit_s)
