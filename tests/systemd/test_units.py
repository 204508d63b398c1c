"""The units of the appliance, as systemd itself judges them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.__main__ import COMMANDS

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed"
)

UNITS = Path(__file__).parents[2] / "systemd"
INSTALLED = "/opt/kiosk/bin/kiosk"
KIOSK = str(Path(sys.executable).with_name("kiosk"))
MOST_EXPOSED = {"kiosk-ui.service": 16, "kiosk-worker.service": 12}
"""Of 100; what is left is the network, and on the touch screen the panel and the sound card."""
BOTH = sorted(MOST_EXPOSED)


def settings(unit: str) -> list[str]:
    return (UNITS / unit).read_text().splitlines()


def ask_systemd(*words: object) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_unit_is_understood_to_the_last_key(tmp_path: Path) -> None:
    names = [*BOTH, "kiosk.target"]
    for name in names:
        here = (UNITS / name).read_text().replace(INSTALLED, KIOSK)
        (tmp_path / name).write_text(here)
    verified = ask_systemd("verify", "--man=no", *(tmp_path / name for name in names))
    said = [line for line in verified.stderr.splitlines() if "kiosk" in line]
    assert (verified.returncode, said) == (0, [])


@pytest.mark.parametrize("unit", BOTH)
def test_a_unit_is_exposed_no_more_than_it_must_be(unit: str) -> None:
    judged = ask_systemd(
        "security", "--offline=yes", "--no-pager", f"--threshold={MOST_EXPOSED[unit]}", UNITS / unit
    )
    assert judged.returncode == 0, judged.stdout


@pytest.mark.parametrize("unit", BOTH)
def test_a_unit_starts_a_command_that_there_is(unit: str) -> None:
    (starts,) = (line for line in settings(unit) if line.startswith("ExecStart="))
    program, command = starts.removeprefix("ExecStart=").split()
    assert program == INSTALLED
    assert command in COMMANDS


@pytest.mark.parametrize("unit", BOTH)
@pytest.mark.parametrize("rule", ["LimitCORE=0", "MemorySwapMax=0", "UMask=0077", "Restart=always"])
def test_no_patients_data_reach_a_disk_by_accident(unit: str, rule: str) -> None:
    assert rule in settings(unit)


@pytest.mark.parametrize("unit", BOTH)
@pytest.mark.parametrize("name", ["seal.p12", "seal.passphrase", "seal.pin"])
def test_a_seal_kept_encrypted_is_handed_to_whoever_seals(unit: str, name: str) -> None:
    assert f"LoadCredentialEncrypted={name}" in settings(unit)


def test_the_screen_has_rights_on_panel_sound_and_its_terminal_only() -> None:
    allowed = {line for line in settings("kiosk-ui.service") if line.startswith("DeviceAllow=")}
    devices = {"char-drm rw", "char-input rw", "char-alsa rw", "/dev/tty1 rw"}
    assert allowed == {f"DeviceAllow={device}" for device in devices}
    assert "DevicePolicy=closed" in settings("kiosk-ui.service")


def test_the_screen_shares_its_terminal_with_no_login_prompt() -> None:
    unit = settings("kiosk-ui.service")
    assert "TTYPath=/dev/tty1" in unit
    assert "Conflicts=getty@tty1.service" in unit


def test_the_worker_gives_way_to_the_screen() -> None:
    screen, worker = (
        int(line.removeprefix("CPUWeight="))
        for unit in BOTH
        for line in settings(unit)
        if line.startswith("CPUWeight=")
    )
    assert worker == 20
    assert screen > 100, "nor shall anything else on the machine come first"


def test_the_target_wants_every_service() -> None:
    (wanted,) = (line for line in settings("kiosk.target") if line.startswith("Wants="))
    assert sorted(wanted.removeprefix("Wants=").split()) == BOTH
    assert sorted(path.name for path in UNITS.glob("*.service")) == BOTH


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders to another account")
def test_the_account_and_its_folders_are_made(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    for words in (
        ("systemd-sysusers", UNITS / "sysusers.d" / "kiosk.conf"),
        ("systemd-tmpfiles", "--create", UNITS / "tmpfiles.d" / "kiosk.conf"),
    ):
        made = subprocess.run(
            [*map(str, words), f"--root={tmp_path}"], capture_output=True, text=True, check=False
        )
        assert made.returncode == 0, made.stderr
    assert (tmp_path / "var/lib/kiosk/spool").stat().st_mode & 0o777 == 0o700
    account = (tmp_path / "etc/passwd").read_text()
    assert account.startswith("kiosk:")
    assert account.rstrip().endswith("/usr/sbin/nologin")
