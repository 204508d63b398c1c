import os
import random
import subprocess
import time
from pathlib import Path

import pytest

from kiosk.domain.medium import FileSet
from kiosk.errors import MediumUnreadable
from kiosk.media.findings import MOST_KEPT, Findings
from kiosk.media.iso import IsoReader
from kiosk.media.iso_records import read_path_table, read_record, read_records, rock_ridge_name
from kiosk.media.reader import FolderReader, open_medium
from tests.media.media_builders import file_set, folder, image, spoiled

SECTOR = 2048


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> FileSet:
    return file_set(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="module")
def path(made: FileSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return image(made, tmp_path_factory.mktemp("image") / "o.iso")


def structure(path: Path) -> list[str]:
    with IsoReader(path) as reader:
        volume = reader.volume
        return [*reader.findings.kept, *volume.descriptors.kept, *volume.path_tables.kept]


def content(made: FileSet, name: str) -> bytes:
    (source,) = [entry.source for entry in made.entries if entry.path == name]
    return source if isinstance(source, bytes) else source.read_bytes()


# What it reads


def test_an_image_shows_every_file_with_its_content(made: FileSet, path: Path) -> None:
    with open_medium(path) as reader:
        assert dict(reader.files) == {entry.path: entry.size_bytes for entry in made.entries}
        for name, size in reader.files.items():
            assert reader.read(name, 0, size) == content(made, name)
            with reader.mapped(name) as view:
                assert bytes(view) == content(made, name)


def test_a_folder_shows_every_file_with_its_content(made: FileSet, tmp_path: Path) -> None:
    with open_medium(folder(made, tmp_path / "stick")) as reader:
        assert dict(reader.files) == {entry.path: entry.size_bytes for entry in made.entries}
        for name, size in reader.files.items():
            assert reader.read(name, 0, size) == content(made, name)
            with reader.mapped(name) as view:
                assert bytes(view) == content(made, name)
        assert reader.volume is None
        assert reader.read_raw(0, 100) == b""


def test_a_part_of_a_file_ends_where_the_file_ends(path: Path) -> None:
    with open_medium(path) as reader:
        size = reader.files["README.TXT"]
        assert len(reader.read("README.TXT", size - 5, 100)) == 5
        assert reader.read("README.TXT", size, 100) == b""
        assert reader.read("README.TXT", size + 100, 100) == b""


def test_folders_are_listed(path: Path, made: FileSet, tmp_path: Path) -> None:
    wanted = {"DICOM", "DICOM/ST000001", "DICOM/ST000002", "IHE_PDI"}
    for medium in (path, folder(made, tmp_path / "stick")):
        with open_medium(medium) as reader:
            assert wanted < set(reader.folders)


def test_the_volume_says_who_it_is(made: FileSet, path: Path) -> None:
    with IsoReader(path) as reader:
        assert reader.volume.volume_id == made.file_set_id
        assert reader.volume.system_id == ""
        assert reader.volume.size_bytes == path.stat().st_size == reader.size_bytes
        assert reader.volume.sealed_sha256
        assert reader.volume.joliet is not None
        assert structure(path) == []


@pytest.mark.parametrize(
    "command",
    [
        ("xorriso", "-as", "mkisofs", "-J", "-r"),
        ("xorriso", "-as", "mkisofs", "--norock"),
        ("genisoimage", "-J", "-R"),
        ("genisoimage",),
    ],
    ids=" ".join,
)
def test_images_of_other_programs_are_read_without_a_finding(
    command: tuple[str, ...], made: FileSet, tmp_path: Path
) -> None:
    stick = folder(made, tmp_path / "stick")
    target = tmp_path / "o.iso"
    subprocess.run([*command, "-o", target, stick], check=True, capture_output=True)
    assert structure(target) == []
    with open_medium(target) as reader:
        assert dict(reader.files) == {entry.path: entry.size_bytes for entry in made.entries}


def test_long_rock_ridge_names_go_on_in_other_sectors(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    name = "a" * 240
    (tmp_path / "in" / name).write_text("x")
    target = tmp_path / "o.iso"
    command = ["genisoimage", "-R", "-o", target, tmp_path / "in"]
    subprocess.run(command, check=True, capture_output=True)
    with IsoReader(target) as reader:
        assert list(reader.volume.tree.alternates.values()) == [f"/{name}"]


# What is no medium


@pytest.mark.parametrize("size", [0, 100, 40_000, 100_000])
def test_bytes_that_are_no_volume_are_refused(size: int, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(random.Random(size).randbytes(size))
    with pytest.raises(MediumUnreadable):
        open_medium(tmp_path / "x")


def test_nothing_is_no_medium(tmp_path: Path) -> None:
    with pytest.raises(MediumUnreadable):
        open_medium(tmp_path / "nothing")


def test_a_pipe_is_no_medium_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(MediumUnreadable):
        open_medium(tmp_path / "pipe")


def test_a_refused_image_leaves_no_file_open(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(bytes(50_000))
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        with pytest.raises(MediumUnreadable):
            open_medium(tmp_path / "x")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


# Lies


def directory_at(path: Path) -> int:
    """Return the sector of the root directory."""
    raw = path.read_bytes()
    return int.from_bytes(raw[16 * SECTOR + 158 : 16 * SECTOR + 162], "little")


def record_at(path: Path, identifier: bytes) -> int:
    """Return where a record with a name stands in the first directory that has it."""
    raw = path.read_bytes()
    start = directory_at(path) * SECTOR
    return raw.index(bytes([len(identifier)]) + identifier, start) - 32


def both(number: int) -> bytes:
    return number.to_bytes(4, "little") + number.to_bytes(4, "big")


def test_a_folder_that_holds_itself_is_a_finding(path: Path, tmp_path: Path) -> None:
    at = record_at(path, b"ST000001")
    loop = spoiled(path, tmp_path / "o.iso", [(at + 2, both(directory_at(path)))])
    assert any("leads back" in finding for finding in structure(loop))


def test_a_file_beyond_the_end_is_a_finding(path: Path, tmp_path: Path) -> None:
    at = record_at(path, b"README.TXT;1")
    far = spoiled(path, tmp_path / "o.iso", [(at + 2, both(0xFFFFFFF0))])
    assert any("outside the image" in finding for finding in structure(far))


def test_a_file_of_four_gigabytes_costs_nothing(path: Path, tmp_path: Path) -> None:
    at = record_at(path, b"README.TXT;1")
    large = spoiled(path, tmp_path / "o.iso", [(at + 10, both(0xFFFFFFFF))])
    with IsoReader(large) as reader:
        assert len(reader.read("README.TXT", 0, 1 << 20)) <= 1 << 20


def test_a_folder_of_four_gigabytes_costs_nothing(path: Path, tmp_path: Path) -> None:
    at = record_at(path, b"IHE_PDI")
    large = spoiled(path, tmp_path / "o.iso", [(at + 10, both(0xFFFFF800))])
    began = time.monotonic()
    assert structure(large)
    assert time.monotonic() - began < 10


def test_two_files_in_one_place_are_a_finding(path: Path, tmp_path: Path) -> None:
    raw = path.read_bytes()
    one, two = record_at(path, b"README.TXT;1"), record_at(path, b"INDEX.HTM;1")
    same = spoiled(path, tmp_path / "o.iso", [(one + 2, raw[two + 2 : two + 10])])
    assert any("share the sector" in finding for finding in structure(same))


def test_byte_orders_that_differ_are_a_finding(path: Path, tmp_path: Path) -> None:
    at = record_at(path, b"README.TXT;1")
    other = spoiled(path, tmp_path / "o.iso", [(at + 9, b"\xff")])
    assert any("byte orders" in finding for finding in structure(other))


def test_a_hidden_flag_is_allowed_and_an_extended_attribute_not(path: Path, tmp_path: Path) -> None:
    at = record_at(path, b"README.TXT;1")
    assert structure(spoiled(path, tmp_path / "a.iso", [(at + 1, b"\x01")]))
    assert structure(spoiled(path, tmp_path / "b.iso", [(at + 25, b"\x08")]))
    assert structure(spoiled(path, tmp_path / "c.iso", [(at + 25, b"\x80")]))


def test_descriptors_without_an_end_are_a_finding(path: Path, tmp_path: Path) -> None:
    endless = spoiled(path, tmp_path / "o.iso", [(18 * SECTOR, b"\x07")])
    assert structure(endless)


# The small readers


def doubts() -> tuple[list[str], object]:
    found: list[str] = []
    return found, found.append


def test_a_record_that_leaves_its_sector_is_a_finding() -> None:
    found: list[str] = []
    raw = bytearray(SECTOR)
    raw[0] = 34
    raw[32] = 1
    raw[34] = 255
    list(read_records(bytes(raw[:40]), "/X", found.append))
    assert found


def test_a_record_without_name_is_none() -> None:
    found: list[str] = []
    assert read_record(bytes([40] + [0] * 39), "/X", found.append) is None
    assert read_record(bytes([40] + [0] * 31 + [200] + [0] * 7), "/X", found.append) is None
    assert len(found) == 2


def test_a_path_table_cut_anywhere_is_a_finding_or_shorter() -> None:
    whole = b"\x01\x00\x14\x00\x00\x00\x01\x00\x00\x00\x05\x00\x15\x00\x00\x00\x01\x00DICOM\x00"
    found: list[str] = []
    assert len(read_path_table(whole, "little", found.append)) == 2
    assert not found
    for cut in range(1, len(whole)):
        shorter = read_path_table(whole[:cut], "little", found.append)
        assert len(shorter) < 2 or cut == len(whole) - 1


def test_system_use_of_rubbish_has_no_name() -> None:
    def nothing(_sector: int, _offset: int, _length: int) -> bytes:
        return b""

    assert rock_ridge_name(b"", nothing) is None
    assert rock_ridge_name(b"NM\x00\x01\x00", nothing) is None
    assert rock_ridge_name(b"NM\xff\x01\x00abc", nothing) is None
    assert rock_ridge_name(b"NM\x08\x01\x00ABC", nothing) == "ABC"


def test_continuation_areas_that_loop_end() -> None:
    forever = b"CE\x1c\x01" + bytes(24)
    calls: list[int] = []

    def again(sector: int, _offset: int, _length: int) -> bytes:
        calls.append(sector)
        return forever

    assert rock_ridge_name(forever, again) is None
    assert len(calls) < 20


def test_findings_are_counted_beyond_those_kept() -> None:
    findings = Findings()
    for number in range(100):
        findings.add(str(number))
    more = Findings()
    more.add("one")
    more.add_all(findings)
    assert (findings.count, len(findings.kept)) == (100, MOST_KEPT)
    assert (more.count, len(more.kept)) == (101, MOST_KEPT)
    assert more.kept[:2] == ["one", "0"]


# Folders


def test_links_and_special_files_are_findings(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    (stick / "LINK").symlink_to("/etc/hostname")
    (stick / "FOLDER").symlink_to("/etc")
    os.mkfifo(stick / "PIPE")
    reader = FolderReader(stick)
    assert reader.findings.count == 3
    assert not {"LINK", "FOLDER", "PIPE"} & reader.files.keys()


def test_hidden_files_and_empty_folders_are_seen(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "EMPTY").mkdir()
    reader = FolderReader(tmp_path)
    assert ".hidden" in reader.files
    assert reader.folders == ("EMPTY",)


def test_a_link_that_takes_a_files_place_is_not_followed(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    with open_medium(stick) as reader:
        (stick / "README.TXT").unlink()
        (stick / "README.TXT").symlink_to("/etc/hostname")
        with pytest.raises(OSError, match="symbolic links"):
            reader.read("README.TXT", 0, 10)
