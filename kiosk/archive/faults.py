"""What the archive made of a folder does wrong on request, for tests and demonstrations."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

FILE_NAME = "faults.json"
"""Beside the DICOM files, so that another process can break and mend the archive."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Everything that can go wrong; nothing does by default. Instances are counted from 0."""

    away: bool = False
    """It does not answer."""
    refuses: bool = False
    """It answers and serves nothing."""
    cannot_list: bool = False
    """It only counts."""
    cannot_fetch: bool = False
    """It answers queries, and sends nothing in this way."""
    vanishes_after: int | None = None
    """The connection breaks after so many instances of a fetch."""
    sends_also: str | None = None
    """A file of another patient or study, by its path, which comes second."""
    truncates: int | None = None
    """The file of this instance ends in its middle."""
    garbles: int | None = None
    """This instance arrives as noise."""
    loses: int | None = None
    """This instance is listed and never sent."""
    duplicates: bool = False
    """Every instance comes twice."""
    grows_by: int = 0
    """So many instances more are there at each time of asking what the archive holds ..."""
    grows_times: int = 3
    """... until it has been asked so often, and everything is there."""


_json = TypeAdapter(Faults)


def faults_of(folder: Path) -> Faults:
    """Read the faults of an archive as they are now."""
    path = folder / FILE_NAME
    return _json.validate_json(path.read_bytes()) if path.exists() else Faults()


def set_faults(folder: Path, faults: Faults) -> None:
    """Give an archive these faults, from its next call on."""
    path = folder / FILE_NAME
    fresh = path.with_suffix(".new")
    fresh.write_bytes(_json.dump_json(faults))
    fresh.replace(path)
