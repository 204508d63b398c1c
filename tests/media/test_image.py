import hashlib
import os
import shutil
import subprocess
import time
import tracemalloc
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom.fileset import FileSet as PydicomFileSet

from kiosk.domain.medium import FileSet, FileSetEntry
from kiosk.errors import SpoolChanged
from kiosk.media.image import write_image
from kiosk.media.image_size import image_bytes
from kiosk.media.seal import BLANK, SEAL_AT, SEAL_LENGTH, read_seal
from tests.media.media_builders import CREATED_AT, file_set, image, nobody_watches


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> FileSet:
    return file_set(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="module")
def path(made: FileSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return image(made, tmp_path_factory.mktemp("image") / "o.iso")


@pytest.fixture(scope="module")
def extracted(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    target = tmp_path_factory.mktemp("extracted") / "disc"
    ran("xorriso", "-osirrox", "on", "-indev", path, "-extract", "/", target)
    ran("chmod", "-R", "u+w", target)
    yield target
    shutil.rmtree(target)


def ran(*command: object, cwd: Path | None = None) -> str:
    """Run a program that must succeed; return what it printed."""
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def entries(files: dict[str, bytes]) -> FileSet:
    """Make a file-set of any content."""
    return FileSet(
        "KIOSK_TEST",
        tuple(
            FileSetEntry(name, content, len(content), hashlib.sha256(content).hexdigest())
            for name, content in files.items()
        ),
        1,
        1,
    )


# What other programs read


def test_isoinfo_lists_every_file_under_its_name_of_level_1(made: FileSet, path: Path) -> None:
    listed = set(ran("isoinfo", "-f", "-i", path).split())
    names = {
        f"/{entry.path};1" if "." in entry.path else f"/{entry.path}.;1" for entry in made.entries
    }
    assert {name for name in listed if ";" in name} == names


def test_isoinfo_lists_the_same_names_under_joliet_and_rock_ridge(
    made: FileSet, path: Path
) -> None:
    names = {f"/{entry.path}" for entry in made.entries}
    for option in ("-J", "-R"):
        listed = set(ran("isoinfo", option, "-f", "-i", path).split())
        assert names <= listed
        assert {each.rsplit("/", 1)[0] for each in names} - {""} == listed - names - {
            "/DICOM",
            "/DICOM/ST000001",
            "/DICOM/ST000002",
        }


def test_isoinfo_reads_the_descriptor(made: FileSet, path: Path) -> None:
    described = ran("isoinfo", "-d", "-i", path)
    assert f"Volume id: {made.file_set_id}\n" in described
    assert "System id: \n" in described
    assert "Joliet with UCS level 3 found" in described
    assert "Rock Ridge signatures version 1 found" in described


def test_xorriso_finds_every_file(made: FileSet, path: Path) -> None:
    found = ran("xorriso", "-indev", path, "-find", "/", "-type", "f", "--")
    assert {line.strip("'") for line in found.splitlines()} == {
        f"/{entry.path}" for entry in made.entries
    }


def test_the_extracted_files_pass_sha256sum(made: FileSet, extracted: Path) -> None:
    checked = ran("sha256sum", "-c", "--strict", "SHA256.TXT", cwd=extracted)
    assert len(checked.splitlines()) == len(made.entries) - 1


def test_dcmmkdir_accepts_the_extracted_instances(extracted: Path) -> None:
    """It builds a directory of its own for the CD profile, and refuses what breaks a rule."""
    ran(
        *("dcmmkdir", "-q", "-Pgp", "-a", "-w", "+r", "+id", "."),
        *("+F", "KIOSK", "+D", "/nonexistent", "DICOM"),
        cwd=extracted,
    )


def test_dcmdump_reads_the_directory_and_its_offsets(made: FileSet, extracted: Path) -> None:
    dumped = ran("dcmdump", "-q", "DICOMDIR", cwd=extracted)
    instances = [entry for entry in made.entries if entry.path.startswith("DICOM/")]
    assert dumped.count("ReferencedFileID") == len(instances)


def test_pydicom_loads_the_file_set_without_a_warning(made: FileSet, extracted: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loaded = PydicomFileSet(extracted / "DICOMDIR")
        paths = {Path(instance.path).relative_to(extracted).as_posix() for instance in loaded}
    assert paths == {entry.path for entry in made.entries if entry.path.startswith("DICOM/")}
    assert made.file_set_id == loaded.ID


# The same bytes every time


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/St_Johns", "Europe/Berlin"])
def test_the_image_is_the_same_in_every_time_zone(
    zone: str, made: FileSet, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as changed:
        changed.setenv("TZ", zone)
        time.tzset()
        again = image(made, tmp_path / "again.iso")
    time.tzset()
    assert again.read_bytes() == path.read_bytes()


def test_the_same_moment_in_another_zone_gives_the_same_image(
    made: FileSet, path: Path, tmp_path: Path
) -> None:
    moment = CREATED_AT.astimezone(timezone(timedelta(hours=9)))
    write_image(made, tmp_path / "again.iso", moment, nobody_watches)
    assert (tmp_path / "again.iso").read_bytes() == path.read_bytes()


def test_the_order_of_the_entries_does_not_matter(
    made: FileSet, path: Path, tmp_path: Path
) -> None:
    other = replace(made, entries=made.entries[::-1])
    assert image(other, tmp_path / "o.iso").read_bytes() == path.read_bytes()


def test_no_clock_stands_in_the_image(made: FileSet, tmp_path: Path) -> None:
    moment = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
    write_image(made, tmp_path / "o.iso", moment, nobody_watches)
    content = (tmp_path / "o.iso").read_bytes()
    this_year = bytes([datetime.now(tz=UTC).year - 1900])
    for sector in (16, 17):
        descriptor = content[sector * 2048 : (sector + 1) * 2048]
        for offset in (813, 830, 864):
            assert descriptor[offset : offset + 17] == b"2001020304050600\0"
        assert descriptor[847:864] == b"0" * 16 + b"\0"
    listing = ran("isoinfo", "-l", "-R", "-i", tmp_path / "o.iso")
    assert listing.count("Feb  3 2001") == len(
        [line for line in listing.split("\n") if "[" in line]
    )
    assert content.count(this_year + bytes([11, 24])) == 0


def test_another_moment_changes_only_dates_and_seal(
    made: FileSet, path: Path, tmp_path: Path
) -> None:
    write_image(made, tmp_path / "o.iso", CREATED_AT + timedelta(days=400), nobody_watches)
    other, first = (tmp_path / "o.iso").read_bytes(), path.read_bytes()
    assert len(other) == len(first)
    places = [at for at in range(len(first)) if first[at] != other[at]]
    files = first.index(b"DICM") - 128
    assert places
    assert all(at < files for at in places)


# The seal


def test_the_image_carries_the_checksum_of_itself(path: Path) -> None:
    content = path.read_bytes()
    area = content[SEAL_AT : SEAL_AT + SEAL_LENGTH]
    blank = content[:SEAL_AT] + BLANK + content[SEAL_AT + SEAL_LENGTH :]
    assert read_seal(area) == hashlib.sha256(blank).hexdigest()


def test_an_area_of_another_form_is_no_seal() -> None:
    digits = b"0" * 64
    assert read_seal((b"SHA256=" + digits).ljust(SEAL_LENGTH)) == digits.decode()
    for area in (b"", BLANK, b"SHA256=" + b"0" * 63, b"SHA256=" + b"G" * 64, b"MD5=" + digits):
        assert read_seal(area.ljust(SEAL_LENGTH)) is None
    assert read_seal((b"SHA256=" + digits).ljust(SEAL_LENGTH - 1) + b"x") is None


# Progress, and what may go wrong


def test_progress_counts_what_is_written(made: FileSet, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_image(
        made, tmp_path / "o.iso", CREATED_AT, lambda files, size: seen.append((files, size))
    )
    assert seen == sorted(seen)
    filled = [entry for entry in made.entries if entry.size_bytes]
    assert seen[-1] == (len(filled), made.size_bytes)
    assert len(seen) >= len(filled)


@pytest.mark.parametrize("change", [-1, 1])
def test_a_file_that_changed_its_length_is_noticed(
    change: int, made: FileSet, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x" * 5000)
    grown = FileSetEntry("DICOM/IM000001", source, 5000, "")
    os.truncate(source, 5000 + change)
    other = replace(made, entries=(*made.entries, grown))
    with pytest.raises(SpoolChanged, match="DICOM/IM000001"):
        image(other, tmp_path / "o.iso")


def test_a_file_that_vanished_is_an_error_of_the_system(made: FileSet, tmp_path: Path) -> None:
    gone = FileSetEntry("DICOM/IM000001", tmp_path / "gone", 5000, "")
    with pytest.raises(FileNotFoundError):
        image(replace(made, entries=(*made.entries, gone)), tmp_path / "o.iso")


def test_a_full_disk_is_an_error_of_the_system(made: FileSet) -> None:
    with pytest.raises(OSError, match="No space left"):
        image(made, Path("/dev/full"))


@pytest.mark.parametrize("name", ["lower.txt", "TOOLONGNAME.TXT", "A-B.TXT", "A.B.C"])
def test_a_name_that_no_disc_may_have_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"(?i)iso9660|level 1|deep|filename|name|Could not find"):
        image(entries({"DICOMDIR": b"x", name: b"y"}), tmp_path / "o.iso")


def test_an_image_that_is_there_is_replaced(made: FileSet, path: Path, tmp_path: Path) -> None:
    (tmp_path / "o.iso").write_bytes(b"x" * 5_000_000)
    assert image(made, tmp_path / "o.iso").read_bytes() == path.read_bytes()


def test_empty_files_are_there(tmp_path: Path) -> None:
    path = image(entries({"A": b"", "B": b"b", "D/C": b""}), tmp_path / "o.iso")
    assert set(ran("isoinfo", "-J", "-f", "-i", path).split()) == {"/A", "/B", "/D", "/D/C"}
    assert ran("isoinfo", "-J", "-x", "/B", "-i", path) == "b"


def test_memory_does_not_grow_with_the_image(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.touch()
    os.truncate(large, 200_000_000)
    whole = FileSet("K", (FileSetEntry("DICOM/IM000001", large, 200_000_000, ""),), 1, 1)
    tracemalloc.start()
    try:
        image(whole, tmp_path / "o.iso")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 32_000_000


# How large it becomes

NAME = st.text("ABCXYZ019_", min_size=1, max_size=7)
PATH = st.builds(
    lambda folders, name, extension: (
        "/".join((*(f"D{each}" for each in folders), f"F{name}")) + extension
    ),
    st.lists(NAME.map(lambda name: name[:6]), max_size=6),
    NAME.map(lambda name: name[:6]),
    st.sampled_from(["", ".T", ".TXT"]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paths=st.lists(PATH, min_size=1, max_size=60, unique=True), size=st.integers(1, 9000))
def test_the_size_is_known_to_the_byte(paths: list[str], size: int, tmp_path: Path) -> None:
    files = {path: bytes(size + number) for number, path in enumerate(paths)}
    path = image(entries(files), tmp_path / "o.iso")
    assert path.stat().st_size == image_bytes((name, len(data)) for name, data in files.items())


@pytest.mark.parametrize("folder", ["", "D/"])
def test_the_size_is_known_where_a_folder_just_fills_its_sectors(
    folder: str, tmp_path: Path
) -> None:
    for count in range(12, 19):
        for name in ("00", "00CDEFG.TXT", "00CDEFGH.TXT"):
            files = {f"{folder}{number:02}{name[2:]}": b"x" for number in range(count)}
            path = image(entries(files), tmp_path / "o.iso")
            assert path.stat().st_size == image_bytes((each, 1) for each in files)


@pytest.mark.lab
def test_the_size_of_very_many_small_files_is_known_to_the_byte(tmp_path: Path) -> None:
    files = {
        f"DICOM/ST{study:06}/SE{series:06}/IM{number:06}": b"x"
        for study in range(1, 8)
        for series in range(1, 41)
        for number in range(1, 21)
    }
    path = image(entries(files), tmp_path / "o.iso")
    assert path.stat().st_size == image_bytes((name, len(data)) for name, data in files.items())
