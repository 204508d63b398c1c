"""The hospital's seal: it closes a PDF so that any later change shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from forms.seal.check import Trust
from forms.seal.key import Certificates, SealingKey, open_key
from forms.seal.place import KeyPlace
from kiosk.errors import ConfigurationWrong

if TYPE_CHECKING:
    from forms.seal.pades import Sealed
    from forms.seal.time_stamp import TimeStampServer
    from forms.seal.validity import Validity


@dataclass(frozen=True, slots=True)
class Seal:
    """A private key with its certificate, and who vouches for it and for the time."""

    key: SealingKey
    validity: "Validity | None" = None
    """Of a certificate that others vouch for."""
    stamps: "TimeStampServer | None" = None

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of the key."""
        return self.key.certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def trust(self) -> Trust:
        """What this seal's documents are checked against."""
        return Trust(self.certificate, self.stamps.authorities if self.stamps else ())

    def seal(
        self, pdf: bytes, at: datetime, attachments: Mapping[str, bytes] | None = None
    ) -> "Sealed":
        """Attach files to a PDF and seal all of it.

        It has a time stamp (PAdES B-T) if a server gives one in time, and else it is sealed
        without (B-B); so it is with what shows the certificates valid (B-LT).

        Parameters
        ----------
        at : datetime
            Stands in the seal as its time, by the kiosk's own clock.
        attachments : mapping
            Files by name.

        Raises
        ------
        ConfigurationWrong
            If the certificate is not valid at that time.
        SealAway
            If the key is on a token that does not answer.
        """
        # Imported here: pyHanko takes longer to load than to seal, and a worker that only waits
        # for jobs does not need it.
        from forms.seal.pades import Closing, close_pdf

        until = self.certificate.not_valid_after_utc
        if not self.certificate.not_valid_before_utc <= at <= until:
            raise ConfigurationWrong(f"the seal's certificate is valid until {until:%Y-%m-%d} only")
        proof = self.validity.proof(at) if self.validity else None
        return close_pdf(pdf, attachments or {}, Closing(self.key, at, proof, self.stamps))


def load_seal(
    place: KeyPlace,
    chain: Certificates = (),
    stamps: "TimeStampServer | None" = None,
    limit_s: float = 3,
) -> Seal:
    """Open the seal.

    Parameters
    ----------
    chain
        The certificates above the key's own, besides those that lie beside the key.
    limit_s
        So long somebody who signs is kept waiting for what authorities say of the chain.

    Raises
    ------
    ConfigurationWrong
        As ``open_key`` does.
    """
    key = open_key(place)
    above = chain + tuple(each for each in key.chain if each not in chain)
    if not above:
        return Seal(key, None, stamps)
    from forms.seal.validity import Validity

    return Seal(key, Validity(key.certificate, above, stamps, limit_s), stamps)
