"""The machine that the tests run: built and frozen once, and again when its recipe changes."""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

from tests.lab import guest

PROJECT = Path(__file__).parents[2]
MACHINE = PROJECT / "build" / "lab" / "machine"
BUILD = Path(__file__).with_name("build-guest")


def frozen_machine() -> Path:
    """Return the folder of the machine; building it takes a minute and Debian's packages."""
    MACHINE.mkdir(parents=True, exist_ok=True)
    with MACHINE.with_name("building").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        wanted = _recipe()
        made = MACHINE / "recipe"
        if not made.exists() or made.read_text() != wanted:
            shutil.rmtree(MACHINE)
            MACHINE.mkdir()
            _build()
            _freeze()
            made.write_text(wanted)
    return MACHINE


def _recipe() -> str:
    """Return what changes when the machine must be built anew."""
    qemu = subprocess.run(["qemu-system-x86_64", "--version"], capture_output=True, check=True)
    sources = (BUILD, Path(guest.__file__), Path(__file__))
    parts = b"\0".join(source.read_bytes() for source in sources)
    return hashlib.sha256(parts + qemu.stdout).hexdigest()


def _build() -> None:
    built = subprocess.run([BUILD, MACHINE], capture_output=True, text=True, check=False)
    assert built.returncode == 0, f"The machine is not built; run make appliance. {built.stderr}"
    subprocess.run(
        ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", "root.raw", "disk.qcow2"],
        cwd=MACHINE,
        check=True,
    )


def _freeze() -> None:
    with guest.booted(MACHINE) as booted:
        booted.run("systemctl is-system-running --wait || true")
        booted.run("modprobe -a 9p 9pnet_virtio uhid hid-multitouch; udevadm settle")
        booted.run("sync; echo 3 >/proc/sys/vm/drop_caches")
        booted.freeze(MACHINE / "frozen")
