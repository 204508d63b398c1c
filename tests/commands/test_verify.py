"""``kiosk verify MEDIUM --receipt FILE``: is it the medium that this receipt was printed for?"""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.job import Job, JobState
from kiosk.domain.release import TargetKind
from kiosk.media.reader import open_medium
from tests.builders import JOHN, MARIA, Place, StudyPlan, ct
from tests.journeys.kiosks import Kiosk, Kiosks
from tests.journeys.processes import Ended

THREE_DISCS = StudyPlan(Place(MARIA, "a"), series=5, instances=4, make=lambda at: ct(at, 256))


def made(kiosk: Kiosk, *, to: Path | None = None, kind: TargetKind = TargetKind.IMAGE) -> Job:
    """Let a worker make what Maria asks for, and lay her receipt beside it."""
    job = kiosk.appliance.worker.work(kiosk.sign(to=to, kind=kind))
    assert job.state is JobState.DONE
    receipt_of(kiosk).write_bytes(kiosk.document(job, "receipt"))
    return job


def receipt_of(kiosk: Kiosk) -> Path:
    return kiosk.folder / "receipt.pdf"


def verify(kiosk: Kiosk, medium: Path, *more: object, receipt: Path | None = None) -> Ended:
    named = receipt or receipt_of(kiosk)
    return kiosk.run("verify", medium, "--receipt", named, "--config", kiosk.config, *more)


def last_of(ended: Ended) -> dict[str, Any]:
    last: dict[str, Any] = json.loads(ended.out.splitlines()[-1])
    return last


def mounted(image: Path, folder: Path) -> Path:
    """Lay the files of an image out, as a mounted disc shows them."""
    with open_medium(image) as reader:
        for path, size in reader.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(reader.read(path, 0, size))
    return folder


def overwrite(path: Path, at: int, content: bytes = b"\xff\xff") -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


# The medium of the receipt


def test_the_image_of_the_receipt_is_known(kiosk: Kiosk) -> None:
    made(kiosk)
    verified = verify(kiosk, kiosk.image)
    assert verified.code == 0, verified.err
    assert verified.out.endswith(
        "Every rule holds.\nThis is disc 1 of 1 of receipt 1, as it was handed over.\n"
    )


def test_a_folder_is_known_too(kiosk: Kiosk) -> None:
    made(kiosk, to=kiosk.out / "copy", kind=TargetKind.FOLDER)
    verified = verify(kiosk, kiosk.out / "copy")
    assert verified.code == 0, verified.err
    assert "This is folder 1 of 1 of receipt 1, as it was handed over." in verified.out


def test_a_disc_that_is_mounted_is_known_by_its_files(kiosk: Kiosk) -> None:
    made(kiosk)
    verified = verify(kiosk, mounted(kiosk.image, kiosk.folder / "mnt"))
    assert verified.code == 0, verified.err
    assert "This is disc 1 of 1 of receipt 1, as it was handed over." in verified.out


@pytest.mark.parametrize("number", [1, 2, 3])
def test_of_several_discs_it_says_which_one_it_is(
    kiosks: Kiosks, tmp_path: Path, number: int
) -> None:
    kiosk = kiosks.make(tmp_path, [THREE_DISCS])
    kiosk.configure(media={"capacity_bytes": 1_300_000})
    made(kiosk)
    verified = verify(kiosk, kiosk.out / f"disc-{number}.iso", "--json")
    kiosk.close()
    assert verified.code == 0, verified.err
    last = last_of(verified)
    assert last["event"] == "done"
    assert last["receipt"] == {"number": 1, "medium": "same", "volume": f"{number} of 3"}


# Another one


def test_a_medium_of_somebody_else_is_another_one(kiosk: Kiosk) -> None:
    made(kiosk)
    kiosk.hold(StudyPlan(Place(JOHN, "j")))
    second = kiosk.sign(to=kiosk.out / "other.iso", person=JOHN)
    assert kiosk.appliance.worker.work(second).state is JobState.DONE
    verified = verify(kiosk, kiosk.out / "other.iso")
    assert verified.code == 5
    label = kiosk.appliance.store.jobs.get(kiosk.job().job_id).media[0].file_set_id
    assert "Every rule holds." in verified.out
    assert verified.out.splitlines()[-1].startswith(
        "This is another medium: receipt 1 was printed for "
    )
    assert label not in verified.out.splitlines()[-1]
    assert last_of(verify(kiosk, kiosk.out / "other.iso", "--json"))["receipt"] == {
        "number": 1,
        "medium": "other",
    }


# The one that it was


def changed_file(kiosk: Kiosk) -> Path:
    with open_medium(kiosk.image) as reader:
        image = next(path for path in reader.files if path.startswith("DICOM/"))
        content = reader.read(image, 0, reader.files[image])
    overwrite(kiosk.image, kiosk.image.read_bytes().index(content) + len(content) - 2)
    return kiosk.image


def changed_gap(kiosk: Kiosk) -> Path:
    overwrite(kiosk.image, 20)  # the system area, which no file and no list covers
    return kiosk.image


def lost_file(kiosk: Kiosk) -> Path:
    folder = mounted(kiosk.image, kiosk.folder / "mnt")
    next(path for path in folder.glob("DICOM/**/*") if path.is_file()).unlink()
    return folder


def forged_list(kiosk: Kiosk) -> Path:
    """Change a file and write its new hash into the list of hashes."""
    folder = mounted(kiosk.image, kiosk.folder / "mnt")
    readme = folder / "README.TXT"
    readme.write_bytes(readme.read_bytes() + b"Call another number.\r\n")
    kept = (folder / "SHA256.TXT").read_text().splitlines(keepends=True)
    new = subprocess.run(["sha256sum", readme], capture_output=True, check=True, text=True)
    line = f"{new.stdout.split()[0]}  README.TXT\n"
    forged = [line if each.endswith("  README.TXT\n") else each for each in kept]
    (folder / "SHA256.TXT").write_text("".join(forged))
    return folder


@pytest.mark.parametrize("alter", [changed_file, changed_gap, lost_file, forged_list])
def test_a_medium_that_was_changed_is_named_as_such(kiosk: Kiosk, alter: Any) -> None:
    made(kiosk)
    medium = alter(kiosk)
    verified = verify(kiosk, medium)
    assert verified.code == 5
    assert verified.out.splitlines()[-1] == (
        "This says that it is disc 1 of 1 of receipt 1, but it was changed:"
        " do not rely on it, make another."
    )
    last = last_of(verify(kiosk, medium, "--json"))
    assert (last["event"], last["receipt"]["medium"]) == ("ended", "altered")


# The receipt itself


def test_a_receipt_that_was_changed_is_not_believed_and_the_medium_not_read(kiosk: Kiosk) -> None:
    made(kiosk)
    sealed = bytearray(receipt_of(kiosk).read_bytes())
    sealed[len(sealed) // 2] ^= 1
    receipt_of(kiosk).write_bytes(sealed)
    verified = verify(kiosk, kiosk.folder / "no-such-medium.iso")
    assert verified.code == 6
    assert verified.err.startswith("kiosk: This receipt was changed, or sealed with another key")
    assert verified.out == ""


def test_a_receipt_of_another_hospital_is_not_believed(kiosk: Kiosk, tmp_path: Path) -> None:
    made(kiosk)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = Kiosk(elsewhere)
    other.archive.mkdir()
    other.out.mkdir()
    other.configure()
    other.hold(StudyPlan(Place(MARIA, "a")))
    made(other)
    other.close()
    assert verify(kiosk, kiosk.image, receipt=receipt_of(other)).code == 6


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF\n", b"a letter" * 1000])
def test_a_file_that_is_no_receipt_is_wrong_use(kiosk: Kiosk, content: bytes) -> None:
    made(kiosk)
    receipt_of(kiosk).write_bytes(content)
    verified = verify(kiosk, kiosk.image)
    assert verified.code == 2
    assert verified.err == (
        "kiosk: This file is no sealed receipt; name the receipt's PDF (no sealed PDF).\n"
    )


def test_the_signed_form_is_no_receipt(kiosk: Kiosk) -> None:
    job = made(kiosk)
    form = kiosk.folder / "form.pdf"
    form.write_bytes(kiosk.document(job, "form"))
    verified = verify(kiosk, kiosk.image, receipt=form)
    assert verified.code == 2
    assert "another sealed document" in verified.err


def test_a_receipt_that_is_not_there_is_wrong_use(kiosk: Kiosk) -> None:
    made(kiosk)
    verified = verify(kiosk, kiosk.image, receipt=kiosk.folder / "lost.pdf")
    assert verified.code == 2
    assert "No such file" in verified.err


def test_a_check_makes_no_seal_where_there_is_none(kiosk: Kiosk, tmp_path: Path) -> None:
    made(kiosk)
    empty = tmp_path / "empty"
    kiosk.configure(spool={"path": str(empty / "spool")})
    assert verify(kiosk, kiosk.image).code == 2
    assert not (empty / "seal").exists()


def test_without_a_receipt_no_configuration_is_needed(kiosk: Kiosk) -> None:
    made(kiosk)
    verified = kiosk.run("verify", kiosk.image)
    assert verified.code == 0, verified.err
    assert verified.out.endswith("Every rule holds.\n")
