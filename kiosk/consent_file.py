"""The consent file: what the screen would collect, checked once at the door."""

import math
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kiosk.domain.consent import Consent, Drawn, Typed, UntilEvent
from kiosk.errors import ConfigurationWrong

LARGEST_BYTES = 4_000_000
"""A minute of strokes at 240 points a second is under 1 MB."""
LONGEST_TEXT = 300
"""Of a name, a recipient with an address, a purpose: what has its place on the form."""

_CONSENT = TypeAdapter(Consent)


def read_consent(path: Path) -> Consent:
    """Read a consent file; its form is ``consent_schema()``.

    Raises
    ------
    ConfigurationWrong
        If it cannot be read or does not have that form; the detail names fields, never values.
    """
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise ConfigurationWrong(f"{path}: {error.strerror}") from error
    if len(text) > LARGEST_BYTES:
        raise ConfigurationWrong(f"{path}: larger than {LARGEST_BYTES} bytes")
    try:
        consent = _CONSENT.validate_json(text)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, each['loc'])) or 'file'}: {each['msg']}" for each in error.errors()
        )
        raise ConfigurationWrong(f"{path}: {wrong}") from None
    times = [consent.signed_at, *(each.at for each in consent.acknowledged)]
    if any(time.tzinfo is None for time in times):
        raise ConfigurationWrong(f"{path}: every time needs its zone, as in 2026-11-24T10:01+00:00")
    if unfit := _out_of_bounds(consent):
        raise ConfigurationWrong(f"{path}: {', '.join(unfit)}: too long, or not a finite number")
    return consent


def _out_of_bounds(consent: Consent) -> list[str]:
    """Name what no form could show."""
    texts = {
        "signer.name": consent.signer.name,
        "signer.authority": consent.signer.authority or "",
        "language": consent.language,
        "recipient": consent.recipient,
        "purpose": consent.purpose,
        "expires.event": (consent.expires.event if isinstance(consent.expires, UntilEvent) else ""),
        "acknowledged": max((each.id for each in consent.acknowledged), key=len, default=""),
    }
    numbers: list[float] = []
    match consent.signature:
        case Typed(typed=name):
            texts["signature.typed"] = name
        case Drawn(strokes=strokes):
            numbers = [number for stroke in strokes for point in stroke for number in point]
    wrong = [field for field, text in texts.items() if len(text) > LONGEST_TEXT]
    return wrong if all(map(math.isfinite, numbers)) else [*wrong, "signature.strokes"]


def consent_schema() -> dict[str, object]:
    """Return the JSON schema of the consent file."""
    schema = _CONSENT.json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Consent file of kiosk release",
    }
