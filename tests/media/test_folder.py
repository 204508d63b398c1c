import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.medium import FileSet, FileSetEntry
from kiosk.errors import SpoolChanged, TargetUnusable
from kiosk.media.folder import write_folder
from tests.media.media_builders import file_set, folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> FileSet:
    return file_set(tmp_path_factory.mktemp("prepared"))


def test_a_folder_holds_exactly_the_file_set(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    found = {
        path.relative_to(stick).as_posix(): path.stat().st_size
        for path in stick.rglob("*")
        if path.is_file()
    }
    assert found == {entry.path: entry.size_bytes for entry in made.entries}


def test_sha256sum_accepts_the_folder(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    subprocess.run(
        ["sha256sum", "-c", "--strict", "--quiet", "SHA256.TXT"],
        cwd=stick,
        check=True,
        capture_output=True,
    )


def test_an_empty_folder_may_be_there(made: FileSet, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    folder(made, tmp_path / "stick")
    assert (tmp_path / "stick/DICOMDIR").exists()


@pytest.mark.parametrize("name", ["DICOMDIR", ".hidden"])
def test_a_folder_that_holds_something_is_left_alone(
    name: str, made: FileSet, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / name).write_text("mine")
    with pytest.raises(TargetUnusable):
        folder(made, tmp_path / "stick")
    assert [path.name for path in (tmp_path / "stick").iterdir()] == [name]


def test_a_file_in_the_way_is_left_alone(made: FileSet, tmp_path: Path) -> None:
    (tmp_path / "stick").write_text("mine")
    with pytest.raises(FileExistsError):
        folder(made, tmp_path / "stick")


def test_a_missing_parent_is_an_error_of_the_system(made: FileSet, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        folder(made, tmp_path / "nowhere/stick")


def test_progress_counts_files_and_bytes(made: FileSet, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_folder(made, tmp_path / "stick", lambda files, size: seen.append((files, size)))
    assert [files for files, _ in seen] == list(range(1, len(made.entries) + 1))
    assert seen[-1][1] == made.size_bytes


@pytest.mark.parametrize("change", [-1, 1])
def test_a_file_that_changed_its_length_is_noticed(
    change: int, made: FileSet, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x" * 5000)
    entry = FileSetEntry("DICOM/IM000001", source, 5000, "")
    os.truncate(source, 5000 + change)
    with pytest.raises(SpoolChanged):
        folder(replace(made, entries=(*made.entries, entry)), tmp_path / "stick")
