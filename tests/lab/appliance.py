"""The kiosk on a machine of its own: its panel, its units, and what a person sees and touches."""

import itertools
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from tests.lab.guest import Guest
from tests.lab.patience import wait_for
from tests.lab.sight import screen_in

UI, WORKER = "kiosk-ui.service", "kiosk-worker.service"
TTY1 = 4 << 8 | 1
"""As the kernel counts terminals."""
PANEL = "python3 /host/tests/lab/panel.py"


@dataclass(frozen=True, slots=True)
class Share:
    """A spot on the glass, as shares of its width and height."""

    x: float
    y: float


LOOKS_EVERY_S = 0.5
"""Each look takes time from the machine that is looked at."""
START = Share(0.5, 0.68)
"""On WELCOME: the button that goes on."""
BACK = Share(0.18, 0.855)
"""On the screens after it."""


@dataclass(slots=True)
class Kiosk:
    """A kiosk that was installed and switched on.

    Parameters
    ----------
    pictures
        Folder that keeps a picture of each screen that was waited for.
    """

    guest: Guest
    pictures: Path
    _count: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    # What is seen

    def look(self) -> str:
        """Return the name of the screen on the glass; nothing if it is none of the kiosk's."""
        return screen_in(self._picture())

    def shows(self, screen: str) -> None:
        """Wait for a screen, and keep its picture."""
        last = self.pictures / "last.png"

        def seen() -> bool:
            picture = self._picture()
            picture.save(last)
            return screen_in(picture) == screen

        wait_for(f"screen {screen}, but {last}", seen, LOOKS_EVERY_S)
        last.rename(self.pictures / f"{next(self._count)}-{screen}.png")

    def _picture(self) -> Image.Image:
        shot = self.pictures / "now.ppm"
        self.guest.screenshot(shot)
        with Image.open(shot) as picture:
            return picture.convert("RGB")

    # The panel

    def touch(self, spot: Share) -> None:
        """Touch the glass, once the screen's process listens to the panel."""
        wait_for("listener", lambda: self.panel_node in self.devices(UI))
        self.guest.run(f"printf '%s\\n' '{spot.x} {spot.y}' up >/run/panel")

    def plug_panel(self) -> None:
        """Plug the panel in."""
        self.guest.run(f"systemd-run --quiet --unit=panel {PANEL}")
        wait_for("panel", lambda: self.panel_node)

    def unplug_panel(self) -> None:
        """Pull the panel's cable."""
        self.guest.run("systemctl stop panel.service")

    @property
    def panel_node(self) -> str:
        """The device node that the panel has now."""
        names = "/sys/class/input/event*/device/name"
        return self.guest.attempt(
            f"for each in $(grep -lx 'Touch panel' {names}); do"
            " echo /dev/input/$(basename ${each%/device/name}); done"
        ).out.strip()

    # The processes

    def pid(self, unit: str) -> str:
        """Return the process of a unit, 0 when there is none."""
        return self.guest.run(f"systemctl show --property=MainPID --value {unit}")

    def status(self, unit: str) -> dict[str, str]:
        """Return what the kernel says of a unit's process."""
        lines = self.guest.run(f"cat /proc/{self.pid(unit)}/status").splitlines()
        return {name: words.strip() for name, _, words in (line.partition(":") for line in lines)}

    def devices(self, unit: str) -> set[str]:
        """Return the device nodes that a unit's process has open."""
        found = self.guest.attempt(f"readlink /proc/{self.pid(unit)}/fd/* | grep ^/dev/")
        return set(found.out.split())

    def accounts_on_tty1(self) -> set[str]:
        """Return whose processes the first terminal belongs to."""
        found = f"awk '$7 == {TTY1} {{print \"/proc/\" $1}}' /proc/[0-9]*/stat 2>/dev/null"
        return set(self.guest.run(f"stat --format=%U $({found})").split())

    def programs(self) -> set[str]:
        """Return the names of all that runs."""
        return set(self.guest.attempt("cat /proc/[0-9]*/comm").out.split())
