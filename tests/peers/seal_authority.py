"""An authority of two levels for seals and time stamps, which can also take a certificate back."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from tests.peers.web_server import Answer, Asked

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
END = datetime(2049, 1, 1, tzinfo=UTC)
TIME_STAMPING = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])


def a_key() -> PrivateKey:
    """Return a new P-256 key, which is made in no time."""
    return ec.generate_private_key(ec.SECP256R1())


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(serialization.Encoding.PEM) for each in certificates)


def pem_key(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


class SealAuthority:
    """A root and the authority below it, which issues."""

    def __init__(self, name: str = "Example Trust") -> None:
        self._root_key, self._key = a_key(), a_key()
        self.revoked: list[int] = []
        root = _name(f"{name} root")
        self.root = self._sign(root, self._root_key, root, self._root_key, is_ca=True)
        self.issuing = self._sign(
            _name(f"{name} issuing"), self._key, self.root.subject, self._root_key, is_ca=True
        )

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        return (self.issuing, self.root)

    def issue(
        self,
        name: str,
        key: PrivateKey,
        *more: x509.ExtensionType,
        valid: tuple[datetime, datetime] = (BEGIN, END),
    ) -> x509.Certificate:
        """Sign a certificate."""
        return self._sign(_name(name), key, self.issuing.subject, self._key, more=more, valid=valid)

    def for_stamps(self, key: PrivateKey, *more: x509.ExtensionType) -> x509.Certificate:
        """Sign the certificate of a time-stamp server."""
        return self._sign(
            _name("Example time stamps"),
            key,
            self.issuing.subject,
            self._key,
            more=more,
            critical=[TIME_STAMPING],
        )

    def revoke(self, certificate: x509.Certificate) -> None:
        self.revoked.append(certificate.serial_number)

    # What it answers on the web

    def answer(self, asked: Asked) -> Answer:
        """Answer OCSP questions at ``/ocsp``, and give out the list of what was taken back."""
        if asked.path == "/ocsp":
            kind = {"Content-Type": "application/ocsp-response"}
            return Answer(body=self._ocsp(asked.body), headers=kind)
        if asked.path == "/crl":
            return Answer(body=self._crl(), headers={"Content-Type": "application/pkix-crl"})
        return Answer(404)

    @staticmethod
    def asks_ocsp(root_url: str) -> x509.ExtensionType:
        where = x509.UniformResourceIdentifier(f"{root_url}/ocsp")
        return x509.AuthorityInformationAccess(
            [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, where)]
        )

    @staticmethod
    def has_list(root_url: str) -> x509.ExtensionType:
        where = x509.UniformResourceIdentifier(f"{root_url}/crl")
        return x509.CRLDistributionPoints([x509.DistributionPoint([where], None, None, None)])

    def _ocsp(self, body: bytes) -> bytes:
        request = ocsp.load_der_ocsp_request(body)
        now = datetime.now(UTC)
        is_revoked = request.serial_number in self.revoked
        builder = (
            ocsp.OCSPResponseBuilder()
            .add_response_by_hash(
                issuer_name_hash=request.issuer_name_hash,
                issuer_key_hash=request.issuer_key_hash,
                serial_number=request.serial_number,
                algorithm=request.hash_algorithm,
                cert_status=ocsp.OCSPCertStatus.REVOKED if is_revoked else ocsp.OCSPCertStatus.GOOD,
                this_update=now - timedelta(minutes=1),
                next_update=now + timedelta(hours=1),
                revocation_time=now - timedelta(hours=1) if is_revoked else None,
                revocation_reason=None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.NAME, self.issuing)
        )
        for extension in request.extensions:
            builder = builder.add_extension(extension.value, extension.critical)
        answer = builder.sign(self._key, hashes.SHA256())
        return answer.public_bytes(serialization.Encoding.DER)

    def _crl(self) -> bytes:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.issuing.subject)
            .last_update(now - timedelta(minutes=1))
            .next_update(now + timedelta(hours=1))
        )
        for serial in self.revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(serial)
                .revocation_date(now - timedelta(hours=1))
                .build()
            )
        return builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    @staticmethod
    def _sign(
        subject: x509.Name,
        key: PrivateKey,
        issuer: x509.Name,
        issuer_key: PrivateKey,
        *,
        is_ca: bool = False,
        more: Sequence[x509.ExtensionType] = (),
        critical: Sequence[x509.ExtensionType] = (),
        valid: tuple[datetime, datetime] = (BEGIN, END),
    ) -> x509.Certificate:
        public = key.public_key()
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(public)
            .serial_number(secrets.randbits(64) | 1)
            .not_valid_before(valid[0])
            .not_valid_after(valid[1])
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
            .add_extension(_usage(is_ca=is_ca), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(above, critical=False)
        )
        for extension in more:
            builder = builder.add_extension(extension, critical=False)
        for extension in critical:
            builder = builder.add_extension(extension, critical=True)
        return builder.sign(issuer_key, hashes.SHA256())


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, is_ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_ca,
        content_commitment=not is_ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_ca,
        crl_sign=is_ca,
        encipher_only=False,
        decipher_only=False,
    )
