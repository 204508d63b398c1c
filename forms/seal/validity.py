"""What shows to a later reader that a seal's certificates were valid (PAdES B-LT)."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from asn1crypto import cms, crl, ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.sign.general import extract_certificate_info
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from forms.seal.asn1 import as_asn1
from forms.seal.patience import within
from forms.seal.time_stamp import Missed, TimeStampServer

FRESH = timedelta(hours=1)
"""So long what an authority said today is good enough for every seal."""
REST = timedelta(minutes=5)
"""Who did not answer is not asked again for so long: somebody waits for each seal."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The chain above a seal, and what authorities say of each certificate in it."""

    certificates: tuple[x509.Certificate, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()
    trouble: str = ""
    """Why there is no word of the authorities."""
    revoked: bool = False
    """The seal's own certificate was taken back."""


@dataclass(slots=True)
class Validity:
    """Keeps the proof for one certificate, and renews it when a seal is made."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    """From the certificate's issuer upwards."""
    stamps: TimeStampServer | None
    """Its chain is proven too."""
    limit_s: float
    """So long somebody who signs may be kept waiting."""
    _proof: Proof = field(default_factory=Proof, init=False)
    _renew_at: datetime | None = field(default=None, init=False)

    def proof(self, now: datetime) -> Proof:
        """Return what is known now; ask the authorities only if that has grown old."""
        if self._renew_at is None or now >= self._renew_at:
            self._proof = self.ask()
            self._renew_at = now + (REST if self._proof.trouble else FRESH)
        return self._proof

    def ask(self) -> Proof:
        """Ask every authority that a certificate names, within the limit."""
        above = self.chain + (self.stamps.authorities if self.stamps else ())
        try:
            return within(self.limit_s, lambda: asyncio.run(self._ask(above, self._stamping())))
        except TimeoutError:
            return Proof(above, trouble="the authorities do not answer in time")

    async def _ask(
        self, above: tuple[x509.Certificate, ...], stamping: list[asn1_x509.Certificate]
    ) -> Proof:
        context = ValidationContext(
            trust_roots=[as_asn1(each) for each in _tops(above)],
            other_certs=[as_asn1(each) for each in above],
            allow_fetching=True,
            fetcher_backend=RequestsFetcherBackend(per_request_timeout=self.limit_s),
        )
        try:
            for each in (as_asn1(self.certificate), *stamping):
                await CertificateValidator(each, validation_context=context).async_validate_path()
        except RevokedError:
            return Proof(above, trouble="a certificate was revoked", revoked=True)
        except (PathError, ValidationError):
            return Proof(above, trouble="the chain does not lead to its root")
        failed = context.soft_fail_exceptions
        return Proof(
            above,
            tuple(context.ocsps),
            tuple(context.crls),
            "an authority does not answer" if failed else "",
        )

    def _stamping(self) -> list[asn1_x509.Certificate]:
        """Return the certificate of the time-stamp server, which only a time stamp holds."""
        token = self.stamps.stamp(b"") if self.stamps else Missed.NO_ANSWER
        if not isinstance(token, cms.ContentInfo):
            return []
        return [extract_certificate_info(token["content"]).signer_cert]


def _tops(chain: Collection[x509.Certificate]) -> list[x509.Certificate]:
    """Return the certificates above which the chain has none."""
    return [
        each
        for each in chain
        if not any(other is not each and other.subject == each.issuer for other in chain)
    ]
