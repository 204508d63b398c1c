"""Small media of invented patients, and ways to spoil them."""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from pydicom.dataset import Dataset

from kiosk.domain.medium import FileSet, FileSetEntry
from kiosk.domain.study import InstanceIdentity, Study
from kiosk.media.check import Report, check_medium
from kiosk.media.facts import MediumFacts
from kiosk.media.fileset import build
from kiosk.media.folder import write_folder
from kiosk.media.image import write_image
from kiosk.media.prepare import Prepared, prepare
from kiosk.media.profile import Profile
from kiosk.media.reader import open_medium
from tests import builders
from tests.builders import MARIA, Invented, Place

CREATED_AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
DVD = 4_700_000_000


def nobody_watches(_files: int, _size_bytes: int) -> None:
    """Take progress and do nothing with it."""


def everyone(_: InstanceIdentity) -> None:
    """Accept any patient."""


def facts(person: Invented = MARIA, studies: Iterable[str] = "a", **changed: object) -> MediumFacts:
    """What the medium tells of a person with studies of these names."""
    found = tuple(
        Study(
            Place(person, name).study_uid,
            person.patient,
            date(2026, 3, 12),
            f"Study {name}",
            ("CT",),
            f"ACC{name.upper()}",
        )
        for name in studies
    )
    values: dict[str, object] = {
        "patient": person.patient,
        "studies": found,
        "site_name": "Riverside Example Hospital",
        "site_address": "1 Example Road, Springfield",
        "site_phone": "555 0100",
        "product": "Imaging Release Kiosk",
        "product_version": "0.1.0",
        "created_at": CREATED_AT,
    }
    return MediumFacts(**(values | changed))  # type: ignore[arg-type] # typed above


def prepared(
    folder: Path, instances: Iterable[Dataset | Path], profile: Profile = Profile.CD
) -> list[Prepared]:
    """Prepare data sets and files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, instance in enumerate(instances):
        source = folder / f"source{number}"
        if isinstance(instance, Path):
            source = instance
        else:
            builders.write(instance, source)
        made.append(prepare(source, folder, profile, everyone))
    return made


def slices(
    count: int = 3,
    *,
    person: Invented = MARIA,
    study: str = "a",
    series: int = 1,
    make: Callable[[Place], Dataset] = builders.ct,
) -> list[Dataset]:
    """Make a series of small images."""
    return [make(Place(person, study, series, number)) for number in range(1, count + 1)]


def every_kind(person: Invented = MARIA) -> list[Dataset]:
    """One instance of everything that a study can hold."""
    makes = builders.KINDS.values()
    return [make(Place(person, "a", series)) for series, make in enumerate(makes, start=1)]


def file_set(folder: Path, person: Invented = MARIA) -> FileSet:
    """A medium with two series of one study and one series of another."""
    instances = [
        *slices(person=person),
        *slices(2, person=person, series=2),
        *slices(1, person=person, study="b", make=builders.cr),
    ]
    (made,) = build(facts(person, "ab"), prepared(folder, instances), DVD, Profile.CD)
    return made


def image(file_set: FileSet, path: Path) -> Path:
    """Write a file-set as an image."""
    write_image(file_set, path, CREATED_AT, nobody_watches)
    return path


def folder(file_set: FileSet, path: Path) -> Path:
    """Write a file-set into a folder."""
    write_folder(file_set, path, nobody_watches)
    return path


def check(path: Path) -> Report:
    """Check a medium."""
    with open_medium(path) as reader:
        return check_medium(reader, nobody_watches)


def broken_rules(path: Path) -> set[str]:
    """Return the rules that do not hold."""
    return {answer.id for answer in check(path).broken}


def findings(path: Path) -> str:
    """Return everything that is wrong, for a test's message."""
    return "\n".join(
        f"{answer.id}: {finding}" for answer in check(path).broken for finding in answer.findings
    )


def edited(file_set: FileSet, path: Path, edit: Callable[[Path], None]) -> Path:
    """Write a folder, spoil it, and make its checksums true again: one rule alone must notice."""
    folder(file_set, path)
    edit(path)
    seal_folder(path)
    return path


def seal_folder(path: Path) -> None:
    """Write SHA256.TXT anew for what is there."""
    manifest = path / "SHA256.TXT"
    manifest.unlink(missing_ok=True)
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(path).as_posix()}\n"
        for file in sorted(path.rglob("*"))
        if file.is_file()
    ]
    manifest.write_text("".join(lines), "ascii")


def as_file_set(path: Path, file_set_id: str) -> FileSet:
    """Take a folder as it is for a file-set, to write a sealed image of what was spoiled."""
    entries = tuple(
        FileSetEntry(file.relative_to(path).as_posix(), file, file.stat().st_size, "")
        for file in sorted(path.rglob("*"))
        if file.is_file()
    )
    return FileSet(file_set_id, entries, 1, 1)


def spoiled(source: Path, target: Path, changes: Sequence[tuple[int, bytes]]) -> Path:
    """Copy a file with other bytes in places."""
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        for offset, content in changes:
            file.seek(offset)
            file.write(content)
    return target
