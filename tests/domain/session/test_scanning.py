"""Scanning a slip or a wristband in place of typing."""

import pytest

from kiosk.domain.session.asks import Identify
from kiosk.domain.session.events import GoOn, Scanned
from kiosk.domain.session.facts import CodeTyped, WristbandScanned
from kiosk.domain.session.places import EnterCode, EnterDate, Notice, Searching
from tests.domain.session.people import CODE, MARIA
from tests.domain.session.steps import digits, there, walk

BORN = MARIA.birth_date


def test_the_slip_is_scanned_at_once_while_typing_or_again() -> None:
    asks = Identify(CodeTyped(CODE), BORN)
    walk(
        there(GoOn(), *digits("55")),
        (Scanned(CODE), EnterDate),
        *digits("05141948"),
        (GoOn(), asks),
    )
    again = there(Scanned("11112222"), *digits("0501"))
    walk(again, (Scanned(CODE), EnterDate), *digits("05141948"), (GoOn(), asks))


def test_a_wristband_opens_only_where_the_site_allows_it() -> None:
    for text in ("EX-1001", "١٢٣٤٥٦٧٨"):
        walk(there(), (Scanned(text), EnterCode, Notice.NOT_OUR_SLIP))
    asks = Identify(WristbandScanned("EX-1001"), BORN)
    allowed = there(wristbands=True)
    walk(allowed, (Scanned("EX-1001"), EnterDate), *digits("05141948"), (GoOn(), Searching, asks))


@pytest.mark.parametrize("text", ["", "  ", "x" * 65, "EX\x001", "١٢٣٤٥٦٧٨\x1b"])
def test_what_can_be_no_wristband_opens_nothing(text: str) -> None:
    walk(there(wristbands=True), (Scanned(text), EnterCode, Notice.NOT_OUR_SLIP))
