"""The spool: a private folder for each job in hand, gone when the job ends."""

import fcntl
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

PRIVATE = 0o700
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_LOCK = "worker.lock"


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

    def remove_orphans(self, open_jobs: Collection[str]) -> int:
        """Remove the folders of jobs that are no longer open; return how many there were."""
        self.path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        orphans = [
            entry for entry in self.path.iterdir() if entry.is_dir() and entry.name not in open_jobs
        ]
        for orphan in orphans:
            shutil.rmtree(orphan)
        return len(orphans)

    @contextmanager
    def worker_lock(self) -> Iterator[bool]:
        """Yield whether this process is now the only worker on the spool.

        The kernel drops the lock with the process, however that ends.
        """
        self.path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        with (self.path / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True


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
        self._boot.write_text(_BOOT_ID.read_text())
        for half_written in self.incoming.iterdir():
            half_written.unlink()

    def is_safe(self) -> bool:
        """Whether everything in the folder was written since the machine started."""
        try:
            return self._boot.read_text() == _BOOT_ID.read_text()
        except FileNotFoundError:
            return False

    def remove(self) -> None:
        """Leave nothing of the job behind."""
        if self.folder.exists():
            shutil.rmtree(self.folder)
