"""Targets that are plain files: a disc image and a folder."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.domain.medium import FileSet
from kiosk.domain.release import Target, TargetKind
from kiosk.errors import MediumFailedCheck, TargetUnusable
from kiosk.media.folder import write_folder
from kiosk.media.image import write_image
from kiosk.ports import FilesAndBytes


@dataclass(frozen=True, slots=True)
class FileTarget:
    """Media beside each other under one path: ``PATH`` alone, or ``PATH-1`` to ``PATH-n``.

    Until the hand-over each is a hidden file or folder named for the job, so that nobody takes a
    half-written copy for a whole one and a second try finds the first.
    """

    path: Path
    job_id: str
    kind: TargetKind
    capacity_bytes: int

    def ready(self, volumes: int) -> None:
        """Make sure that the folder is there and none of the names is taken."""
        if not self.path.parent.is_dir():
            raise TargetUnusable(f"no such folder: {self.path.parent}")
        for final in self._finals(volumes):
            if final.exists():
                raise TargetUnusable(f"exists already: {final}")

    def write(self, file_set: FileSet, created_at: datetime, progress: FilesAndBytes) -> None:
        """Write one file-set under its hidden name, replacing an earlier try."""
        partial = self.written(file_set.volume, file_set.volumes)
        _remove(partial)
        match self.kind:
            case TargetKind.IMAGE:
                partial.touch(mode=0o600)
                write_image(file_set, partial, created_at, progress)
            case TargetKind.FOLDER:
                partial.mkdir(mode=0o700)
                write_folder(file_set, partial, progress)

    def name(self, volume: int, volumes: int) -> str:
        """Return what a volume will be called when it is handed over."""
        return str(self._finals(volumes)[volume - 1])

    def written(self, volume: int, volumes: int) -> Path:
        """Return the hidden name of a volume."""
        final = self._finals(volumes)[volume - 1]
        return final.with_name(f".{final.name}.{self.job_id}.partial")

    def require_finished(self, volumes: int) -> None:
        """Make sure that every volume is there, and that its name is free or its own."""
        if not self.path.parent.is_dir():
            raise TargetUnusable(f"no such folder: {self.path.parent}")
        for volume, final in enumerate(self._finals(volumes), start=1):
            is_partial = self.written(volume, volumes).exists()
            if is_partial and final.exists():
                raise TargetUnusable(f"exists already: {final}")
            if not is_partial and not final.exists():
                raise MediumFailedCheck(f"it has vanished: {final}")

    def hand_over(self, volumes: int) -> Sequence[Path]:
        """Give every volume its final name, unless it has it already; durable on return."""
        self.require_finished(volumes)
        finals = self._finals(volumes)
        for volume, final in enumerate(finals, start=1):
            partial = self.written(volume, volumes)
            if partial.exists():
                partial.rename(final)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return finals

    def discard(self) -> None:
        """Remove every hidden file or folder of this job."""
        if self.path.parent.is_dir():
            for partial in self.path.parent.glob(f".*.{self.job_id}.partial"):
                _remove(partial)

    def _finals(self, volumes: int) -> list[Path]:
        if volumes == 1:
            return [self.path]
        stem, suffix = self.path.stem, self.path.suffix
        return [self.path.with_name(f"{stem}-{n}{suffix}") for n in range(1, volumes + 1)]


def file_target(target: Target, job_id: str, capacity_bytes: int) -> FileTarget:
    """Return the target that a release names."""
    return FileTarget(Path(target.path), job_id, target.kind, capacity_bytes)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
