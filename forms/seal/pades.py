"""PAdES (ETSI EN 319 142-1): the bytes of a sealed PDF, made with pyHanko."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.embed import EmbeddedFileObject, EmbeddedFileParams, FileSpec, embed_file
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.validation.dss import DocumentSecurityStore

from forms.seal.asn1 import as_asn1
from forms.seal.key import SealingKey
from forms.seal.time_stamp import TOKEN_ROOM, Missed, TimeStampServer
from forms.seal.validity import Proof

ID_LENGTH = 16
FIELD = "Seal"
DIGEST = "sha256"
SIGNATURE_ROOM = 2 * 1024
"""Bytes for the signature of the longest key in use and what is signed with it."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What a document is closed with."""

    key: SealingKey
    at: datetime
    proof: Proof | None
    stamps: TimeStampServer | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed document."""

    pdf: bytes
    missed: Missed | None = None
    """Why it has no time stamp although a server is configured."""


def close_pdf(pdf: bytes, attachments: Mapping[str, bytes], closing: Closing) -> Sealed:
    """Attach files and certify the whole document against any change, in one revision.

    Everything but the signature and the time stamp over it is a function of what is given.
    """
    writer = _Writer(BytesIO(pdf))
    for name, content in attachments.items():
        file = EmbeddedFileObject.from_file_data(
            writer, content, params=EmbeddedFileParams(creation_date=closing.at)
        )
        embed_file(writer, FileSpec(file_spec_string=name, file_name=name, embedded_data=file))
    if closing.proof is not None:
        _prove(writer, closing.proof)
    steps = PdfCMSEmbedder().write_cms(field_name=FIELD, writer=writer)
    next(steps)
    steps.send(_seal_object(closing))
    prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
    signer = _KeySigner(closing.key, closing.stamps)
    signature = asyncio.run(
        signer.async_sign(prepared.document_digest, digest_algorithm=DIGEST, use_pades=True)
    )
    prepared.fill_with_cms(output, signature)
    return Sealed(output.getvalue(), signer.missed)


def _prove(writer: IncrementalPdfFileWriter, proof: Proof) -> None:
    """Put in what shows the certificates valid; under the seal, where nothing can change it."""
    certificates = [as_asn1(each) for each in proof.certificates]
    DocumentSecurityStore.supply_dss_in_writer(
        writer, None, certs=certificates, ocsps=proof.ocsps, crls=proof.crls
    )


def _seal_object(closing: Closing) -> SigObjSetup:
    room = SIGNATURE_ROOM + len(closing.key.certificate.public_bytes(Encoding.DER))
    if closing.stamps is not None:
        room += TOKEN_ROOM
    return SigObjSetup(
        sig_placeholder=SignatureObject(
            timestamp=closing.at,
            subfilter=SigSeedSubFilter.PADES,  # ETSI.CAdES.detached
            bytes_reserved=2 * room,  # in hexadecimal digits
        ),
        mdp_setup=SigMDPSetup(md_algorithm=DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES),
    )


class _Writer(IncrementalPdfFileWriter):
    """Leaves nothing to chance or to the clock, where pyHanko does."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        """Name the revision by what it is made of (ISO 32000-1 14.4)."""
        digest = hashlib.sha256(prev.stream.getvalue()).digest()
        return ArrayObject([prev.trailer["/ID"][0], ByteStringObject(digest[:ID_LENGTH])])

    def _update_meta(self) -> None:
        """Let the document say of itself what its maker wrote; the seal has the time of sealing."""


class _KeySigner(Signer):
    """Signs with a key that is loaded already: pyHanko's own signer loads it for each signature."""

    def __init__(self, key: SealingKey, stamps: TimeStampServer | None) -> None:
        super().__init__(signing_cert=as_asn1(key.certificate))
        self._key = key
        self._stamps = stamps
        self.missed: Missed | None = None

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,
    ) -> bytes:
        return self._key.sign(data)

    async def unsigned_attrs(
        self,
        digest_algorithm: str,
        signature: bytes,
        signed_attrs: cms.CMSAttributes,
        timestamper: object = None,
        dry_run: bool = False,
    ) -> cms.CMSAttributes | None:
        """Return a time stamp over the signature (ETSI EN 319 122-1 5.3), or none."""
        if self._stamps is None:
            return None
        token = await asyncio.to_thread(self._stamps.stamp, signature)
        if isinstance(token, Missed):
            self.missed = token
            return None
        return cms.CMSAttributes([{"type": "signature_time_stamp_token", "values": [token]}])
