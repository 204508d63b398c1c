"""A machine made of software: QEMU without KVM and without a network, and a shell in it."""

import base64
import shlex
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.lab.patience import PATIENCE_S, wait_for
from tests.lab.wire import Wire

PANEL_PX = (540, 960)
"""Half of a panel's px each way: an emulated frame of a whole one takes several seconds."""
MEMORY_MIB, CPUS = 1280, 2
BOOTS_TO = "basic.target"
"""What is enabled beyond that starts when a test says so."""
KERNEL_LINE = (
    "root=/dev/vda rw console=ttyS0 quiet mitigations=off nokaslr net.ifnames=0 "
    f"systemd.unit={BOOTS_TO}"
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command in the guest ended; a negative code is a signal."""

    code: int
    out: str
    err: str


class Guest:
    """A machine that runs.

    Parameters
    ----------
    qemu, shell
        Where the machine is told what to do, and the agent in it.
    """

    def __init__(self, qemu: Wire, shell: Wire) -> None:
        self._qemu, self._shell = qemu, shell
        qemu.receive()  # its greeting
        qemu.ask("qmp_capabilities")
        wait_for("machine", lambda: qemu.ask("query-status")["status"] != "inmigrate")
        qemu.ask("cont")
        wait_for("guest", shell.answers)
        shell.ask("guest-set-time", time=time.time_ns())

    def freeze(self, state: Path) -> None:
        """Keep the machine as it is now, and end it."""
        self._qemu.ask("stop")
        self._qemu.ask("migrate", uri=f"exec:cat >{shlex.quote(str(state))}")
        wait_for("state", lambda: self._qemu.ask("query-migrate")["status"] == "completed")
        self._qemu.ask("quit")

    # Commands, as root

    def run(self, script: str) -> str:
        """Run a shell script that must succeed; return what it said."""
        ended = self.attempt(script)
        assert ended.code == 0, f"{script!r} ended with {ended.code}: {ended.err}{ended.out}"
        return ended.out.strip()

    def attempt(self, script: str) -> Ended:
        """Run a shell script, however it ends."""
        words = {"path": "/bin/bash", "arg": ["-c", script], "capture-output": True}
        pid = self._shell.ask("guest-exec", **words)["pid"]

        def ended() -> Any:
            status = self._shell.ask("guest-exec-status", pid=pid)
            return status if status["exited"] else None

        status = wait_for(f"end of {script!r}", ended)
        out, err = (
            base64.b64decode(status.get(key, "")).decode("utf-8", "replace")
            for key in ("out-data", "err-data")
        )
        return Ended(status.get("exitcode", -status.get("signal", 0)), out, err)

    # Things with a plug

    def plug(self, driver: str, name: str, **properties: Any) -> None:
        """Plug a device of QEMU's in, such as ``usb-kbd``."""
        self._qemu.ask("device_add", driver=driver, id=name, **properties)

    def unplug(self, name: str) -> None:
        """Pull a device out, at once, as a hand does."""
        self._qemu.ask("device_del", id=name)

    # The screen

    def screenshot(self, path: Path) -> None:
        """Keep what the screen shows, as a PPM."""
        self._qemu.ask("screendump", filename=str(path.resolve()))


@contextmanager
def booted(machine: Path) -> Iterator[Guest]:
    """Boot a machine; what it writes stays on its disk."""
    with _running(machine, []) as guest:
        yield guest


@contextmanager
def thawed(machine: Path, share: Path) -> Iterator[Guest]:
    """Let a frozen machine go on; what it writes is thrown away.

    Parameters
    ----------
    share
        Folder that the guest has on ``/host``, to read.
    """
    state = f"exec:cat {shlex.quote(str(machine / 'frozen'))}"
    shared = f"local,path={share},security_model=none,readonly=on,id=host"
    with _running(machine, ["-snapshot", "-incoming", state, "-fsdev", shared]) as guest:
        # A machine with a shared folder cannot be frozen: the folder is plugged in afterwards.
        guest.plug("virtio-9p-pci", "host", fsdev="host", mount_tag="host")
        wait_for("shared folder", lambda: guest.attempt("mount /host").code == 0)
        yield guest


@contextmanager
def _running(machine: Path, more: list[str]) -> Iterator[Guest]:
    with tempfile.TemporaryDirectory(prefix="guest-") as folder:
        qemu, shell = Path(folder, "qemu"), Path(folder, "shell")
        process = subprocess.Popen([*_command(machine, qemu, shell), *more])
        try:
            wait_for("QEMU", lambda: shell.exists() or process.poll() is not None)
            assert process.poll() is None, f"QEMU ended with {process.returncode}"
            with closing(Wire(qemu)) as to_qemu, closing(Wire(shell)) as to_shell:
                yield Guest(to_qemu, to_shell)
        finally:
            process.kill()
            process.wait(PATIENCE_S)


def _command(machine: Path, qemu: Path, shell: Path) -> list[str]:
    """Return QEMU's words; a machine "pc" takes devices while it runs."""
    width, height = PANEL_PX
    return [
        "qemu-system-x86_64", "-machine", "pc", "-cpu", "Nehalem", "-smp", str(CPUS),
        "-accel", "tcg,thread=multi,tb-size=512", "-m", str(MEMORY_MIB),
        "-display", "none", "-nodefaults", "-no-user-config",
        "-kernel", str(machine / "vmlinuz"), "-initrd", str(machine / "initrd.img"),
        "-append", KERNEL_LINE,
        "-drive", f"file={machine / 'disk.qcow2'},if=virtio,cache=unsafe",
        "-serial", f"file:{machine / 'console.log'}",
        "-qmp", f"unix:{qemu},server=on,wait=off",
        "-chardev", f"socket,path={shell},server=on,wait=off,id=shell",
        "-device", "virtio-serial-pci",
        "-device", "virtserialport,chardev=shell,name=org.qemu.guest_agent.0",
        "-device", "virtio-rng-pci", "-device", "qemu-xhci,id=usb",
        "-device", f"virtio-vga,xres={width},yres={height}",
    ]  # fmt: skip
