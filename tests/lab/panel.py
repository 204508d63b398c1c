"""Runs in the guest: a touch panel made of software, plugged in for as long as this runs.

The kernel takes it for a panel on a cable and gives it its own driver for multi-touch. Each line on
``/run/panel`` is a finger: x and y as shares of the glass from its top left corner, or ``up``.
"""

import os
import struct
from pathlib import Path

LINES = Path("/run/panel")
CREATE, INPUT = 11, 12
BUS_USB, VENDOR, PRODUCT = 3, 0x1FF7, 0x0013
FAR = 4095
DESCRIPTION = bytes.fromhex(
    "050D 0904 A101"  # digitizer: a touch screen
    "  0922 A102"  # with one finger
    "    0942 1500 2501 7501 9501 8102"  # that touches or does not
    "    9507 8103"
    "    0951 257F 7508 9501 8102"  # and has a number
    "    0501 26FF0F 7510 0930 8102 0931 8102"  # at x and y, 0 to 4095
    "  C0"
    "  050D 0954 257F 7508 8102"  # and how many fingers there are
    "C0"
)


def main() -> None:
    """Be plugged in until killed."""
    LINES.unlink(missing_ok=True)
    os.mkfifo(LINES)
    # Opened for both, it has no end when a writer goes.
    lines = os.fdopen(os.open(LINES, os.O_RDWR))
    device = os.open("/dev/uhid", os.O_RDWR)
    os.write(device, _created())
    at = (0, 0)
    for line in lines:
        touches = line.strip() != "up"
        if touches:
            x, y = (round(float(share) * FAR) for share in line.split())
            at = (x, y)
        os.write(device, _report(touches, *at))


def _created() -> bytes:
    name, place, serial = b"Touch panel", b"lab", b"1"
    numbers = (len(DESCRIPTION), BUS_USB, VENDOR, PRODUCT, 0, 0)
    return struct.pack("<I128s64s64sHHIIII", CREATE, name, place, serial, *numbers) + DESCRIPTION


def _report(touches: bool, x: int, y: int) -> bytes:
    report = struct.pack("<BBHHB", touches, 0, x, y, 1)
    return struct.pack("<IH", INPUT, len(report)) + report


if __name__ == "__main__":
    main()
