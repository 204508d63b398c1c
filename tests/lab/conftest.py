"""A kiosk that was switched on, on a machine made of software."""

import fcntl
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.lab.appliance import BACK, Kiosk
from tests.lab.guest import thawed
from tests.lab.machine import PROJECT, frozen_machine

PICTURES = PROJECT / "build" / "lab" / "screens"


@pytest.fixture(scope="session")
def kiosk() -> Iterator[Kiosk]:
    """Install the kiosk and let the machine start all that is enabled."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    libraries = Path(sysconfig.get_path("purelib")).relative_to(PROJECT)
    machine = frozen_machine()
    with only_one(), thawed(machine, share=PROJECT) as guest:
        for old in PICTURES.iterdir():
            old.unlink()
        guest.run(f"/host/tests/lab/install-kiosk {libraries}")
        kiosk = Kiosk(guest, PICTURES)
        kiosk.plug_panel()
        guest.run("systemctl start --no-block multi-user.target")
        yield kiosk


@contextmanager
def only_one() -> Iterator[None]:
    """Wait until no other machine runs: each takes two processors."""
    with PICTURES.with_name("running").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@pytest.fixture
def welcome(kiosk: Kiosk) -> Kiosk:
    """Show WELCOME, whatever an earlier test left."""
    seen = kiosk.look()
    if seen == "enter-code-empty":
        kiosk.touch(BACK)
    if seen != "welcome":
        kiosk.shows("welcome")
    return kiosk
