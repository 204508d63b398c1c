"""Certificates as pyHanko wants them."""

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """Return a certificate for asn1crypto, which reads it anew."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
