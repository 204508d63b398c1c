"""Small disks of a test's own, to be filled and made read-only."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")


class Disk:
    """A file system in memory, mounted over a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def become(self, options: str) -> None:
        """Change it: ``ro``, ``rw``, ``size=20m``."""
        run("mount", "-o", f"remount,{options}", str(self.folder))

    def fill(self) -> None:
        """Leave no room on it."""
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4096)):
                    pass
            except OSError:
                return

    def make_room(self) -> None:
        (self.folder / "filler").unlink()


@contextmanager
def disk_over(folder: Path, size: str = "20m") -> Iterator[Disk]:
    """Mount an empty disk over a folder until the block ends."""
    folder.mkdir(exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "none", str(folder))
    try:
        yield Disk(folder)
    finally:
        run("umount", "--lazy", str(folder))


def run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
