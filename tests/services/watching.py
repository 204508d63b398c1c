"""Looks over a worker's shoulder: what its target is asked, and who acts in between."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kiosk.domain.job import Job
from kiosk.services.targets import FileTarget, file_target
from kiosk.services.worker import Worker
from tests.journeys.kiosks import Kiosk


@dataclass
class Watched:
    """A worker whose target tells what is asked of it, and lets a test act in between."""

    kiosk: Kiosk
    meanwhile: Callable[[str], None] = lambda asked: None
    asked: list[str] = field(default_factory=list)

    @property
    def worker(self) -> Worker:
        worker = self.kiosk.appliance.worker
        return replace(worker, bench=replace(worker.bench, target=self._target))

    def tell(self, asked: str) -> None:
        self.asked.append(asked)
        self.meanwhile(asked)

    def _target(self, job: Job) -> FileTarget:
        tell, capacity = self.tell, self.kiosk.appliance.settings.media.capacity_bytes
        plain = file_target(job.release.target, job.job_id, capacity)

        class Telling(FileTarget):
            def ready(self, volumes: int) -> None:
                FileTarget.ready(self, volumes)
                tell("ready")

            def write(self, *arguments: object) -> None:
                tell("write")
                FileTarget.write(self, *arguments)  # type: ignore[arg-type]  # handed on

            def hand_over(self, volumes: int) -> object:
                tell("hand over")
                return FileTarget.hand_over(self, volumes)

        return Telling(plain.path, plain.job_id, plain.kind, plain.capacity_bytes)


def in_database(kiosk: Kiosk, statement: str, *values: object) -> None:
    """Change the database behind the kiosk's back, as its administrator could."""
    connection = sqlite3.connect(kiosk.database)
    with connection:
        assert connection.execute(statement, values).rowcount == 1
    connection.close()
