"""The spool: a private folder for each job in hand, gone when the job ends."""

import fcntl
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kiosk.errors import SpoolUnwritable

PRIVATE = 0o700
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_LOCK = "worker.lock"
_LOOK = "look-"
_JOB_ID = re.compile(r"[0-9a-f]{32}")


class Spool:
    """The folder under which every job has its own.

    Parameters
    ----------
    path : Path
        Made when absent; only its owner may look inside.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def job(self, job_id: str) -> "JobSpool":
        """Return the folder of one job, which need not exist yet."""
        return JobSpool(self.path / job_id)

    def job_ids(self) -> set[str]:
        """Return the jobs that have a folder here; whatever else lies here is not ours."""
        return {entry.name for entry in self.path.iterdir() if _JOB_ID.fullmatch(entry.name)}

    @contextmanager
    def look(self) -> Iterator[Path]:
        """Give a private folder for a single look at something, gone when the look ends.

        Raises
        ------
        SpoolUnwritable
            If it cannot be made.
        """
        try:
            self.path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=_LOOK, dir=self.path))
        except OSError as error:
            raise SpoolUnwritable(f"{self.path}: {error.strerror}") from None
        try:
            yield folder
        finally:
            shutil.rmtree(folder)

    def clear_looks(self) -> None:
        """Remove what looks have left that were cut short by the end of their process."""
        for folder in self.path.glob(f"{_LOOK}*"):
            shutil.rmtree(folder)

    @contextmanager
    def worker_lock(self) -> Iterator[bool]:
        """Yield whether this process is now the only worker on the spool.

        The kernel drops the lock with the process, however that ends.

        Raises
        ------
        SpoolUnwritable
            If the lock cannot even be tried.
        """
        with self._open_lock() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def _open_lock(self) -> TextIO:
        try:
            self.path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            return (self.path / _LOCK).open("w")
        except OSError as error:
            raise SpoolUnwritable(f"{self.path}: {error.strerror}") from None


class JobSpool:
    """The folder of one job: instances as they arrive, and instances prepared."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.incoming = folder / "incoming"
        self.prepared = folder / "prepared"
        self._boot = folder / "boot_id"

    def open(self) -> None:
        """Make the folder, keeping what is safe in it from an earlier run.

        A file is safe once it has its name under ``prepared``, unless the machine lost power since:
        without a flush for each file such a file may be empty, so everything is fetched again.
        """
        if self.folder.exists() and not self.is_safe():
            self.remove()
        for folder in (self.folder, self.incoming, self.prepared):
            folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        # Once only: a full disk would leave the file empty, and all that is safe would be lost.
        if not self.is_safe():
            self._boot.write_text(_BOOT_ID.read_text())
        for half_written in self.incoming.iterdir():
            half_written.unlink()

    def is_safe(self) -> bool:
        """Whether everything in the folder was written since the machine started."""
        try:
            return self._boot.read_text() == _BOOT_ID.read_text()
        except OSError:
            return False

    def remove(self) -> None:
        """Leave nothing of the job behind."""
        if self.folder.exists():
            shutil.rmtree(self.folder)
