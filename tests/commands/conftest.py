"""The kiosks whose commands are tested."""

from tests.journeys.conftest import kiosk, kiosks

__all__ = ["kiosk", "kiosks"]
