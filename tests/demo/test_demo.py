"""``kiosk demo``: one release from the archive to what the patient takes home."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.demo.people import MARIA, NOAH

ROOT = Path(__file__).parents[2]
INSTANCES_OF_MARIA = 116


def kiosk(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, arguments)],
        cwd=ROOT,
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
    return kiosk("demo", "--folder", folder)


@pytest.mark.lab
def test_the_patient_takes_home_a_disc_a_form_and_a_receipt(
    demo: subprocess.CompletedProcess[str], folder: Path
) -> None:
    assert demo.returncode == 0, demo.stderr
    handed_over = folder / "handed-over"
    assert sorted(path.name for path in handed_over.iterdir()) == [
        "disc.iso",
        "form.pdf",
        "receipt.pdf",
    ]
    assert str(handed_over) in demo.stdout


@pytest.mark.lab
def test_the_counts_that_are_told_are_those_of_the_archive(
    demo: subprocess.CompletedProcess[str],
) -> None:
    assert "The archive holds 117 instances of two patients." in demo.stdout
    assert f"{INSTANCES_OF_MARIA} of {INSTANCES_OF_MARIA} instances" in demo.stdout
    told = [int(count) for count in re.findall(r"^    20.* (\d+) instances?$", demo.stdout, re.M)]
    assert sum(told) == INSTANCES_OF_MARIA
    assert len(told) == 6


@pytest.mark.lab
def test_the_disc_passes_the_check_that_knows_nothing_of_its_making(
    demo: subprocess.CompletedProcess[str], folder: Path
) -> None:
    checked = kiosk("verify", folder / "handed-over/disc.iso")
    assert checked.returncode == 0, checked.stdout


@pytest.mark.lab
def test_form_and_receipt_name_the_patient_and_the_receipt_names_the_disc(
    demo: subprocess.CompletedProcess[str], folder: Path
) -> None:
    sha256 = re.search(r"SHA-256 ([0-9a-f]{64})", demo.stdout)
    assert sha256 is not None
    form, receipt = (text_of(folder / f"handed-over/{kind}.pdf") for kind in ("form", "receipt"))
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


def text_of(path: Path) -> str:
    read = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    )
    return read.stdout
