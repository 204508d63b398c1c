"""Small notes in a device's folder, by which another process looks on and interferes."""

from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

Note = TypeVar("Note")


def read(path: Path, usual: Note) -> Note:
    """Return what a note says now, or what is usual where there is none."""
    if not path.exists():
        return usual
    return TypeAdapter(type(usual)).validate_json(path.read_bytes())


def leave(path: Path, note: object) -> None:
    """Replace a note at once, so that nobody reads half of it."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(TypeAdapter(type(note)).dump_json(note))
    fresh.replace(path)
