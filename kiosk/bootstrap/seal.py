"""The wiring of the seal: where its key is kept, who vouches for it, and who stamps the time."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from forms.seal.check import Trust
from forms.seal.key import Certificates, open_certificate, read_chain
from forms.seal.new_key import make_seal_key
from forms.seal.place import KeyPlace, PemPair, Pkcs12, Token, kept, read_kept
from forms.seal.seal import Seal, load_seal
from kiosk.config import Settings
from kiosk.errors import ConfigurationWrong

if TYPE_CHECKING:
    from forms.seal.time_stamp import TimeStampServer

log = structlog.get_logger()


def open_seal(settings: Settings, now: datetime) -> Seal:
    """Load the seal, made on first use when its key is absent.

    Raises
    ------
    ConfigurationWrong
        If the key cannot be used, or a certificate not be read.
    """
    place = key_place(settings)
    if isinstance(place, PemPair) and make_seal_key(place, settings.site.name, now):
        log.warning("seal-made", key=str(place))
    return load_seal(
        place,
        _certificates(settings.forms.chain_file),
        _stamps(settings),
        settings.forms.timestamp_limit_s,
    )


def seal_trust(settings: Settings) -> Trust:
    """Return what documents are checked against; no key is opened for it.

    Raises
    ------
    ConfigurationWrong
        If a certificate cannot be read.
    """
    return Trust(
        open_certificate(key_place(settings)), _certificates(settings.forms.timestamp_ca_file)
    )


def key_place(settings: Settings) -> KeyPlace:
    """Return where the key is kept: where it was configured, else beside the spool."""
    forms = settings.forms
    cert = kept(forms.cert_file) if forms.cert_file else None
    word = kept(forms.passphrase_file) if forms.passphrase_file else None
    if forms.token is not None:
        token = forms.token
        return Token(token.module, token.label, token.key, kept(token.pin_file), cert)
    if forms.key_file is None:
        return PemPair.in_folder(settings.spool.path.parent / "seal")
    if forms.key_file.suffix.lower() in {".p12", ".pfx"}:
        return Pkcs12(kept(forms.key_file), word)
    if cert is None:
        raise ConfigurationWrong("[forms] cert_file is missing")
    return PemPair(kept(forms.key_file), cert, word)


def _stamps(settings: Settings) -> "TimeStampServer | None":
    forms = settings.forms
    if forms.timestamp_url is None:
        return None
    from forms.seal.time_stamp import TimeStampServer

    return TimeStampServer(
        forms.timestamp_url, _certificates(forms.timestamp_ca_file), forms.timestamp_limit_s
    )


def _certificates(file: Path | None) -> Certificates:
    if file is None:
        return ()
    try:
        return read_chain(read_kept(kept(file)))
    except ValueError:
        raise ConfigurationWrong(f"seal {file}: holds no certificates in PEM") from None
