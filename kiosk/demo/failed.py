"""Why a demonstration cannot run here; its detail says what to do."""

from kiosk.errors import KioskError


class DemoFailed(KioskError):
    """Something that only the demonstration needs is missing on this machine."""

    code = "demo-failed"
    staff = "The demonstration cannot run here"
