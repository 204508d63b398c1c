"""PAdES B-B (ETSI EN 319 142-1): the bytes of a sealed PDF, made with pyHanko."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils.embed import EmbeddedFileObject, EmbeddedFileParams, FileSpec, embed_file
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

FIELD = "Seal"
DIGEST = "sha256"
CONTENTS_HEX = 8 * 1024
"""Hexadecimal digits kept free for the signature; one certificate needs about 4000."""


def close_pdf(
    pdf: bytes,
    key: PrivateKey,
    certificate: x509.Certificate,
    at: datetime,
    attachments: Mapping[str, bytes],
) -> bytes:
    """Attach files and certify the whole document against any change, in one revision."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    for name, content in attachments.items():
        file = EmbeddedFileObject.from_file_data(
            writer, content, params=EmbeddedFileParams(creation_date=at)
        )
        embed_file(writer, FileSpec(file_spec_string=name, file_name=name, embedded_data=file))
    steps = PdfCMSEmbedder().write_cms(field_name=FIELD, writer=writer)
    next(steps)
    steps.send(_seal_object(at))
    prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
    signer = _KeySigner(key, certificate)
    signature = asyncio.run(
        signer.async_sign(prepared.document_digest, digest_algorithm=DIGEST, use_pades=True)
    )
    prepared.fill_with_cms(output, signature)
    closed: bytes = output.getvalue()
    return closed


def _seal_object(at: datetime) -> SigObjSetup:
    return SigObjSetup(
        sig_placeholder=SignatureObject(
            timestamp=at,
            subfilter=SigSeedSubFilter.PADES,  # ETSI.CAdES.detached
            bytes_reserved=CONTENTS_HEX,
        ),
        mdp_setup=SigMDPSetup(md_algorithm=DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES),
    )


class _KeySigner(Signer):
    """Signs with a key that is loaded already: pyHanko's own signer loads it for each signature."""

    def __init__(self, key: PrivateKey, certificate: x509.Certificate) -> None:
        der = certificate.public_bytes(serialization.Encoding.DER)
        super().__init__(signing_cert=asn1_x509.Certificate.load(der))
        self._key = key

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,
    ) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))
