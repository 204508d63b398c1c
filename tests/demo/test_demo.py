"""``kiosk demo``: an invented patient walks by touch from the slip to what she takes home."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from kiosk.demo.display import has_display, virtual_display
from kiosk.demo.failed import DemoFailed
from kiosk.demo.people import MARIA, NOAH
from tests.journeys.processes import until

ROOT = Path(__file__).parents[2]
INSTANCES_OF_MARIA = 116
SCREENS = [
    "Welcome",
    "EnterCode",
    "EnterDate",
    "ChooseStudies",
    "ChooseMedia",
    "WhoFor",
    "ReadForm",
    "Sign",
    "Confirm",
    "Waiting",
    "Collect",
    "Goodbye",
]


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "kiosk", *map(str, arguments)]


def around(display: str = "") -> dict[str, str]:
    """Return the surroundings of a user before a display, or before none."""
    unlike = {"DISPLAY", "SDL_VIDEODRIVER"}
    plain = {name: value for name, value in os.environ.items() if name not in unlike}
    return plain | ({"DISPLAY": display} if display else {})


def kiosk(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env=around(),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=240,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(folder: Path) -> subprocess.CompletedProcess[str]:
    ended = kiosk("demo", "--folder", folder)
    assert ended.returncode == 0, ended.stderr
    return ended


@pytest.fixture(scope="module")
def handed_over(demo: subprocess.CompletedProcess[str], folder: Path) -> dict[str, Path]:
    """What she takes home: disc, form and receipt."""
    lies = sorted((folder / "handed-over").iterdir())
    (disc,) = (path.stem for path in lies if path.suffix == ".iso")
    ends = {f"{disc}-form.pdf": "form", f"{disc}-receipt.pdf": "receipt", f"{disc}.iso": "disc"}
    assert [path.name for path in lies] == list(ends)
    return {ends[path.name]: path for path in lies}


@pytest.mark.lab
def test_what_goes_home_is_said_with_its_place(
    demo: subprocess.CompletedProcess[str], handed_over: dict[str, Path]
) -> None:
    assert f"What goes home lies in {handed_over['disc'].parent}:" in demo.stdout
    for path in handed_over.values():
        assert path.name in demo.stdout


@pytest.mark.lab
def test_the_counts_that_are_told_are_those_of_the_archive(
    demo: subprocess.CompletedProcess[str],
) -> None:
    assert "The archive holds 117 instances of two patients." in demo.stdout
    assert f"{INSTANCES_OF_MARIA} of {INSTANCES_OF_MARIA} instances were copied." in demo.stdout


@pytest.mark.lab
def test_there_is_a_picture_of_every_screen_she_saw(
    demo: subprocess.CompletedProcess[str], folder: Path
) -> None:
    pictures = sorted((folder / "screens").iterdir())
    assert list(dict.fromkeys(path.stem[3:] for path in pictures)) == SCREENS
    for path in pictures:
        with Image.open(path) as picture:
            assert picture.size == (1080, 1920)
            assert len(picture.getcolors(1 << 20) or []) > 100, f"{path.name} is empty"


@pytest.mark.lab
def test_the_disc_passes_the_check_that_knows_nothing_of_its_making(
    handed_over: dict[str, Path],
) -> None:
    checked = kiosk("verify", handed_over["disc"])
    assert checked.returncode == 0, checked.stdout


@pytest.mark.lab
def test_form_and_receipt_name_the_patient_and_the_receipt_names_the_disc(
    demo: subprocess.CompletedProcess[str], handed_over: dict[str, Path]
) -> None:
    sha256 = re.search(r"SHA-256 ([0-9a-f]{64})", demo.stdout)
    assert sha256 is not None
    form, receipt = (text_of(handed_over[kind]) for kind in ("form", "receipt"))
    assert MARIA.printed_name in form
    assert MARIA.printed_name in receipt
    assert sha256[1] in re.sub(r"\s", "", receipt)


@pytest.mark.lab
def test_the_log_says_nothing_of_the_patients(
    demo: subprocess.CompletedProcess[str], folder: Path
) -> None:
    log = (folder / "appliance/kiosk.log").read_text()
    assert "stage-ended" in log
    for patient in (MARIA, NOAH):
        for private in (*patient.name.split("^"), patient.patient_id, str(patient.birth_date)):
            assert private not in log


@pytest.mark.lab
def test_the_audit_trail_of_the_demonstration_is_whole(
    demo: subprocess.CompletedProcess[str], folder: Path
) -> None:
    verified = kiosk("audit", "verify", "--config", folder / "appliance/kiosk.toml")
    assert verified.returncode == 0, verified.stderr
    assert "the chain is whole" in verified.stdout


def test_a_folder_with_something_else_in_it_ends_with_one_sentence(tmp_path: Path) -> None:
    tmp_path.joinpath("holiday.jpg").touch()
    refused = kiosk("demo", "--folder", tmp_path)
    assert refused.returncode != 0
    assert refused.stderr.count("\n") == 1
    assert "name a new folder" in refused.stderr


@pytest.mark.lab
def test_on_a_display_the_window_opens_and_says_who_one_is(tmp_path: Path) -> None:
    said = tmp_path / "said"
    with (
        virtual_display(600, 1000) as display,
        said.open("w") as out,
        subprocess.Popen(
            command("demo", "--folder", tmp_path / "demo"),
            cwd=ROOT,
            env=around(display),
            stdout=out,
        ) as running,
    ):
        until(lambda: has_window(running.pid, display), "the window")
        words = said.read_text()
        assert re.search(r"issues the code \d{4} \d{4}\.", words)
        assert "You are Maria Example, born 14 May 1948." in words
        running.terminate()  # SDL takes it as a window that is closed
        assert running.wait(60) == 0
    assert "Nothing was made to take home." in said.read_text()


def has_window(pid: int, display: str) -> bool:
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(pid)]
    found = subprocess.run(search, env=around(display), capture_output=True, check=False)
    return found.returncode == 0


def test_a_display_is_there_when_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    assert has_display()
    monkeypatch.setenv("DISPLAY", "")
    assert not has_display()


def test_a_virtual_display_that_cannot_be_says_so() -> None:
    with pytest.raises(DemoFailed, match="Xvfb did not start"), virtual_display(0, 0):
        pass


def text_of(path: Path) -> str:
    read = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    )
    return read.stdout
