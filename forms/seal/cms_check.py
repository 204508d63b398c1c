"""Whether a CMS object is only the signature of one certificate's key, with its time stamp."""

from collections.abc import Collection
from dataclasses import dataclass

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.utils import extract_message_digest

from forms.seal.asn1 import as_asn1
from forms.seal.time_stamp_check import NOT_READABLE, Stamp, stamp_of


@dataclass(frozen=True, slots=True)
class Genuine:
    """A seal that its key has made over what it lies in."""

    has_stamp: bool
    stamp: Stamp | None
    """None too if whoever stamped is not believed, or the time stamp was changed."""


def check_contents(
    contents: bytes,
    trusted: x509.Certificate,
    digest: bytes,
    authorities: Collection[x509.Certificate],
) -> Genuine | None:
    """Check a seal; None for whatever is not one, however it is broken."""
    certificate = as_asn1(trusted)
    try:
        signer = _parse(contents)["signer_infos"][0]
        if extract_message_digest(signer) != digest:
            return None
        token = _token(signer)
        if _rebuilt(signer, certificate, token) != contents:
            return None
        if not all(validate_sig_integrity(signer, certificate, "data", digest)):
            return None
        signature = signer["signature"].native
    except NOT_READABLE:
        return None
    stamp = stamp_of(token, signature, authorities) if token is not None else None
    return Genuine(token is not None, stamp)


def carried_certificate(contents: bytes) -> x509.Certificate | None:
    """Return the certificate that a seal carries, or None."""
    try:
        return x509.load_der_x509_certificate(_parse(contents)["certificates"][0].dump())
    except NOT_READABLE:
        return None


def _parse(contents: bytes) -> cms.SignedData:
    return cms.ContentInfo.load(contents, strict=True)["content"]


def _token(signer: cms.SignerInfo) -> cms.ContentInfo | None:
    """Return the time stamp of a seal, the only thing that its own signature does not cover."""
    if isinstance(signer["unsigned_attrs"], core.Void):
        return None
    return signer["unsigned_attrs"][0]["values"][0]


def _rebuilt(
    signer: cms.SignerInfo, certificate: asn1_x509.Certificate, token: cms.ContentInfo | None
) -> bytes:
    """Return the seal as it must be around its signed attributes and signature (RFC 5652 5).

    The signature itself does not cover what stands around it: versions, names of algorithms, the
    name of the signer. Compared with this, none of it can be changed unseen.
    """
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    identifier = cms.IssuerAndSerialNumber(
        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    )
    fields = {
        "version": "v1",
        "sid": cms.SignerIdentifier("issuer_and_serial_number", identifier),
        "digest_algorithm": sha256,
        "signed_attrs": signer["signed_attrs"],
        "signature_algorithm": _signature_algorithm(certificate),
        "signature": signer["signature"],
    }
    if token is not None:
        fields["unsigned_attrs"] = [{"type": "signature_time_stamp_token", "values": [token]}]
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [fields],
        }
    )
    rebuilt: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return rebuilt


def _signature_algorithm(certificate: asn1_x509.Certificate) -> algos.SignedDigestAlgorithm:
    rsa = certificate.public_key.algorithm == "rsa"
    return algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa" if rsa else "sha256_ecdsa"})
