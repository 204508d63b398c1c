"""What the window's process leaves behind of the person who walked: nothing."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.domain.session.places import ChooseStudies, Confirm, Sign, Waiting, Welcome
from tests.journeys.kiosks import Kiosk
from tests.journeys.processes import PATIENCE_S, until
from tests.window.conftest import BORN
from tests.window.glass import Glass

pytestmark = pytest.mark.lab

ROOT = Path(__file__).parents[2]
OF_MARIA = re.compile(
    r"example.?maria|maria.?example|EX-?1001|1970-04-01|19700401|04011970|April 1,? 1970",
    re.IGNORECASE,
)


@pytest.fixture
def walked(kiosk: Kiosk, glass: Glass, digits: str) -> Glass:
    """A window before which Maria has been, with a misread slip and a wrong date as well."""
    glass.scan("EX-1001")
    glass.touch("back")
    glass.scan(digits)
    glass.types("04011971")
    glass.touch("go-on")
    glass.touch("clear-all")
    glass.types(BORN)
    glass.touch("go-on")
    glass.stands_at(ChooseStudies, lambda place: all(e.thumbnail for e in place.wish.known.exams))
    for _ in range(3):
        glass.touch("go-on")
    glass.reads()
    glass.touch("type-instead")
    glass.touch("letter-m")
    glass.stands_at(Sign, lambda sign: sign.ink.typed)
    glass.touch("go-on")
    glass.stands_at(Confirm)
    glass.touch("go-on")
    glass.stands_at(Waiting)
    return glass


def test_no_word_and_no_file_names_the_person(walked: Glass, kiosk: Kiosk) -> None:
    walked.touch("leave")
    walked.stands_at(Welcome)
    assert walked.close() == 0
    assert not OF_MARIA.search(walked.said)
    for path in leftovers(walked.folder):
        assert not OF_MARIA.search(str(path)), path
        assert not OF_MARIA.search(path.read_bytes().decode("latin-1")), path
    assert leftovers(kiosk.spool) == []
    for own in ("home", "cwd", "tmp"):
        assert list((walked.folder / own).iterdir()) == [], "not even Kivy writes anything"


def test_the_search_would_find_the_person() -> None:
    for spelling in ("Maria Example", "Example^Maria", "EX-1001", "1970-04-01", "April 1, 1970"):
        assert OF_MARIA.search(f"x {spelling} y")


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_command_opens_a_window_and_ends_well_when_it_is_told_to_stop(
    kiosk: Kiosk, display: str, tmp_path: Path
) -> None:
    home = tmp_path / "own-home"
    home.mkdir()
    command = [sys.executable, "-m", "kiosk", "ui", "--config", kiosk.config, "--window", "540x960"]
    around = {"DISPLAY": display, "HOME": str(home), "PATH": "/usr/bin", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=around, cwd=home, stdout=subprocess.PIPE) as window:
        until(lambda: has_window(window.pid, display), "a window")
        window.send_signal(signal.SIGTERM)
        assert window.wait(PATIENCE_S) == 0
        assert window.stdout is not None
        assert window.stdout.read() == b""
    assert leftovers(home) == []


def has_window(pid: int, display: str) -> bool:
    command = ["xdotool", "search", "--onlyvisible", "--pid", str(pid)]
    return (
        subprocess.run(
            command, env={"DISPLAY": display, "PATH": "/usr/bin"}, capture_output=True, check=False
        ).returncode
        == 0
    )
