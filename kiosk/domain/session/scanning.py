"""What the scanner reads, wherever somebody holds it."""

from dataclasses import replace

from kiosk.domain.code import DIGITS
from kiosk.domain.session.facts import (
    CodeTyped,
    Credential,
    Rules,
    WristbandScanned,
    no_date,
)
from kiosk.domain.session.moves import Step, at, fresh
from kiosk.domain.session.places import EnterCode, EnterDate, Notice, Session

_LONGEST_ID = 64  # PS3.5 6.2, VR LO


def scanned_by_the_next(session: Session, text: str) -> Step:
    """Make room for whoever holds a slip under the scanner."""
    empty, asks = fresh(session)
    moved, more = scanned(empty, EnterCode(), text)
    return moved, (*asks, *more)


def scanned(session: Session, place: EnterCode | EnterDate, text: str) -> Step:
    """Take the slip's code, or a wristband's number where the site allows it."""
    credential = _credential(session.rules, text)
    if credential is None:
        code = place if isinstance(place, EnterCode) else code_again(place)
        return at(session, replace(code, notice=Notice.NOT_OUR_SLIP))
    return with_credential(session, place, credential)


def _credential(rules: Rules, text: str) -> Credential | None:
    read = text.strip()
    if len(read) == DIGITS and read.isascii() and read.isdigit():
        return CodeTyped(read)
    if rules.wristbands and 0 < len(read) <= _LONGEST_ID and read.isprintable():
        return WristbandScanned(read)
    return None


def with_credential(session: Session, place: EnterCode | EnterDate, credential: Credential) -> Step:
    """Go on to the birth date; wrong tries count on."""
    typed = no_date(session.comfort.language)
    return at(session, EnterDate(credential, typed, wrong_tries=place.wrong_tries))


def code_again(place: EnterDate) -> EnterCode:
    """Go back to the code as it was typed."""
    digits = place.credential.digits if isinstance(place.credential, CodeTyped) else ""
    return EnterCode(digits, place.notice, place.wrong_tries, place.rests_until)
