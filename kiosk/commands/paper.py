"""Lays a document down as a file that only its owner may read."""

import os
from pathlib import Path

from kiosk.errors import TargetUnusable


def lay_down(path: Path, content: bytes) -> None:
    """Write a whole file, replacing what is there; nobody else can read it at any time.

    Raises
    ------
    TargetUnusable
        If there is no such folder, or it cannot be written.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.touch(mode=0o600, exist_ok=False)
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise TargetUnusable(f"{path}: {error.strerror}") from None
