"""Whether a CMS object is nothing but the signature of one certificate's key over one digest."""

import hashlib

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity


def is_made_by(contents: bytes, trusted: x509.Certificate, digest: bytes) -> bool:
    """Check a seal; false for whatever is not one, however it is broken."""
    certificate = asn1_x509.Certificate.load(trusted.public_bytes(Encoding.DER))
    try:
        signer = _parse(contents)["signer_infos"][0]
        if _rebuilt(signer, certificate) != contents:
            return False
        intact, valid = validate_sig_integrity(signer, certificate, "data", digest)
    except (SignatureValidationError, ValueError, TypeError, LookupError):
        return False
    return bool(intact and valid)


def certificate_sha256(contents: bytes) -> str | None:
    """Return the fingerprint of the certificate that a seal carries, or None."""
    try:
        return hashlib.sha256(_parse(contents)["certificates"][0].dump()).hexdigest()
    except (ValueError, TypeError, LookupError):
        return None


def _parse(contents: bytes) -> cms.SignedData:
    return cms.ContentInfo.load(contents, strict=True)["content"]


def _rebuilt(signer: cms.SignerInfo, certificate: asn1_x509.Certificate) -> bytes:
    """Return the seal as it must be around its signed attributes and signature (RFC 5652 5).

    The signature itself does not cover what stands around it: versions, names of algorithms, the
    name of the signer. Compared with this, none of it can be changed unseen.
    """
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    identifier = cms.IssuerAndSerialNumber(
        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    )
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", identifier),
            "digest_algorithm": sha256,
            "signed_attrs": signer["signed_attrs"],
            "signature_algorithm": _signature_algorithm(certificate),
            "signature": signer["signature"],
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [info],
        }
    )
    rebuilt: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return rebuilt


def _signature_algorithm(certificate: asn1_x509.Certificate) -> algos.SignedDigestAlgorithm:
    rsa = certificate.public_key.algorithm == "rsa"
    return algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa" if rsa else "sha256_ecdsa"})
