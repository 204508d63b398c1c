"""Tests that ask for a udev of their own run in a process of their own, under umockdev."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hardware.mock_udev import IS_MOCKED, MockUdev
from tests.hardware.sound_card import SoundCard

ROOT = Path(__file__).parents[2]
QUIET = ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:hypothesispytest"]


@pytest.fixture
def udev(tmp_path: Path) -> MockUdev | None:
    return MockUdev(tmp_path) if IS_MOCKED else None


@pytest.fixture
def sound_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoundCard:
    return SoundCard(tmp_path, monkeypatch)


def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if IS_MOCKED or "udev" not in pyfuncitem.fixturenames:
        return None
    if not _has_terminals():
        pytest.skip("umockdev makes nodes of terminals, and this machine has no /dev/pts")
    command = ["umockdev-wrapper", sys.executable, "-m", "pytest", "-q", *QUIET]
    outer = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [*command, pyfuncitem.nodeid],
        cwd=ROOT,
        env=outer,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return True


def _has_terminals() -> bool:
    try:
        ends = os.openpty()
    except OSError:
        return False
    for end in ends:
        os.close(end)
    return True
