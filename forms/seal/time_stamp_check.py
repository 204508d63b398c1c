"""Whether a time stamp (RFC 3161) is one of a given signature, by somebody who is believed."""

import asyncio
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, core
from cryptography import x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    get_signing_cert_attr,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from forms.seal.asn1 import as_asn1

NOT_READABLE = (
    SignatureValidationError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    NotImplementedError,
)
"""What the parsers raise for bytes that are no token."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a good time stamp says."""

    at: datetime
    by: str
    """The subject of the authority's certificate."""


def stamp_of(
    token: cms.ContentInfo, signature: bytes, authorities: Collection[x509.Certificate]
) -> Stamp | None:
    """Return what a time stamp over a signature says; None for whatever is not one.

    The authority's certificates must have been valid at the time that it states. Around its
    signature nothing may stand that it does not vouch for.
    """
    try:
        if bare(token).dump() != token.dump():
            return None
        return _checked(token["content"], signature, authorities)
    except NOT_READABLE:
        return None


def _checked(
    signed: cms.SignedData, signature: bytes, authorities: Collection[x509.Certificate]
) -> Stamp | None:
    told = signed["encap_content_info"]["content"].parsed
    if told["message_imprint"]["hash_algorithm"]["algorithm"].native != "sha256":
        return None
    if get_signing_cert_attr(signed["signer_infos"][0]["signed_attrs"]) is None:
        return None
    then = told["gen_time"].native
    context = ValidationContext(trust_roots=[as_asn1(each) for each in authorities], moment=then)
    status = TimestampSignatureStatus(
        **asyncio.run(
            validate_tst_signed_data(signed, context, lambda _: hashlib.sha256(signature).digest())
        )
    )
    if not status.trusted:
        return None
    by = x509.load_der_x509_certificate(status.signing_cert.dump())
    return Stamp(then, by.subject.rfc4514_string())


def bare(token: cms.ContentInfo) -> cms.ContentInfo:
    """Return a token with nothing but what its signature covers, and its signer's certificate.

    The signed attributes hold that certificate's hash. Other certificates, revocation lists and
    unsigned attributes could be changed unseen; the authorities are known without them.
    """
    signed = token["content"]
    (signer,) = signed["signer_infos"]
    told = signed["encap_content_info"]["content"]
    certificate = extract_certs_for_validation(signed).signer_cert
    digest = cms.DigestAlgorithm({"algorithm": signer["digest_algorithm"]["algorithm"].native})
    identifier = cms.IssuerAndSerialNumber(
        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    )
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", identifier),
            "digest_algorithm": digest,
            "signed_attrs": signer["signed_attrs"],
            "signature_algorithm": signer["signature_algorithm"].native,
            "signature": signer["signature"],
        }
    )
    rebuilt = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [digest],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(bytes(told)),
            },
            "certificates": [certificate],
            "signer_infos": [info],
        }
    )
    # Read anew: what asn1crypto has built it encodes again at each level above, times and times.
    return cms.ContentInfo.load(
        cms.ContentInfo({"content_type": "signed_data", "content": rebuilt}).dump()
    )
