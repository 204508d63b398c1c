"""Whether the kiosk's clock can be relied on."""

from enum import StrEnum


class ClockState(StrEnum):
    """What the machine says of its clock at the moment of a signature."""

    SYNCHRONISED = "synchronised"
    """A time server keeps it in step."""
    NOT_SYNCHRONISED = "not-synchronised"
    UNKNOWN = "unknown"
    """The machine does not say."""
