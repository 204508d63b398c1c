"""One kiosk with a screen, and who stands before it."""

import pytest

from tests.journeys.conftest import kiosk, kiosks
from tests.journeys.kiosks import HeldClock, Kiosk
from tests.services.visit.visitors import Visitor

__all__ = ["clock", "kiosk", "kiosks", "visitor"]


@pytest.fixture
def clock(kiosk: Kiosk) -> HeldClock:
    held = HeldClock()
    kiosk.clock = held
    return held


@pytest.fixture
def visitor(kiosk: Kiosk, clock: HeldClock) -> Visitor:
    """Maria, with a code from the desk, before a kiosk that has every device as a folder."""
    return Visitor(kiosk)
