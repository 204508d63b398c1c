"""A whole kiosk in a folder: an archive with studies, a configuration, commands and a worker."""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from kiosk.archive.faults import Faults, set_faults
from kiosk.bootstrap import Appliance, now_utc, open_appliance
from kiosk.consent_file import read_consent
from kiosk.domain.audit import AuditKind
from kiosk.domain.job import ENDED, Job, JobState
from kiosk.domain.release import IdentityCheck, IdentityMethod, Release, Target, TargetKind
from kiosk.media.check import check_medium
from kiosk.media.check.report import Report
from kiosk.media.reader import open_medium
from kiosk.ports import Clock
from kiosk.services.identify import identify
from tests.builders import MARIA, Invented, Place, StudyPlan
from tests.journeys.processes import Death, Ended, Running, Surroundings, started, until

SMALL = StudyPlan(Place(MARIA, "a"), series=2, instances=3)
CONSENT: dict[str, Any] = {
    "signer": {"role": "patient", "name": "Maria Example", "authority": None},
    "language": "en",
    "recipient": "self",
    "purpose": "personal-copy",
    "acknowledged": [{"id": "unencrypted-medium", "at": "2026-11-24T10:00:00+00:00"}],
    "signature": {"typed": "Maria Example"},
    "signed_at": "2026-11-24T10:01:00+00:00",
}
PARENT = {"role": "representative", "name": "Paula Example", "authority": "parent"}
WORKER = ("worker",)


class Kiosk:
    """One kiosk; everything of it lies under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.spool = folder / "var" / "spool"
        self.database = folder / "var" / "kiosk.db"
        self.clock: Clock = now_utc
        """Of what happens within the test's own process; commands have the machine's."""
        self._appliance: Appliance | None = None

    def close(self) -> None:
        """Let go of the database."""
        if self._appliance is not None:
            self._appliance.store.close()
        self._appliance = None

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @property
    def config(self) -> Path:
        return self.folder / "kiosk.toml"

    @property
    def out(self) -> Path:
        """Where media go."""
        return self.folder / "out"

    @property
    def image(self) -> Path:
        return self.out / "disc.iso"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.database}"

    def configure(self, **sections: dict[str, object]) -> None:
        """Write the configuration anew, with these values over the plain ones."""
        plain: dict[str, dict[str, object]] = {
            "archive": {"order": ["folder"]},
            "archive.folder": {"path": str(self.archive)},
            "store": {"url": self.url},
            "spool": {"path": str(self.spool)},
            "policy": {"archive_patience_s": 0.3},
        }
        names = dict.fromkeys([*plain, *(name.replace("__", ".") for name in sections)])
        given = {name.replace("__", "."): values for name, values in sections.items()}
        lines = ['kiosk = "lobby"']
        for name in names:
            lines.append(f"[{name}]")
            values = plain.get(name, {}) | given.get(name, {})
            lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
        self.config.write_text("\n".join(lines) + "\n")
        self.close()

    def hold(self, *plans: StudyPlan) -> None:
        """Put studies into the archive."""
        for plan in plans:
            plan.write(self.archive)

    def break_archive(self, **faults: Any) -> None:
        set_faults(self.archive, Faults(**faults))

    def mend_archive(self) -> None:
        set_faults(self.archive, Faults())

    # Commands

    @property
    def around(self) -> Surroundings:
        return Surroundings(self.folder)

    def run(self, *arguments: object, around: Surroundings | None = None) -> Ended:
        """Run one command to its end."""
        with self.start(*arguments, around=around) as running:
            return running.wait()

    @contextmanager
    def start(
        self, *arguments: object, around: Surroundings | None = None, dies: Death | None = None
    ) -> Iterator[Running]:
        """Start a command, with the kiosk's configuration where it takes one."""
        config = () if arguments[0] == "verify" else ("--config", self.config)
        words = tuple(map(str, (*arguments, *config)))
        with started(words, around or self.around, dies) as running:
            yield running

    def release(self, *more: object, around: Surroundings | None = None) -> Ended:
        """Release every study of Maria to the image, unless told otherwise."""
        return self.run(*self.release_words(*more), around=around)

    def release_words(
        self, *more: object, person: Invented = MARIA, to: str | None = None
    ) -> tuple[object, ...]:
        return (
            "release",
            "--patient-id", person.patient_id,
            "--birth-date", person.birth_date,
            "--consent", self.consent(),
            "--to", to or f"image:{self.image}",
            *more,
        )  # fmt: skip

    def consent(self, **changed: object) -> Path:
        """Write a consent file, with these fields over the plain ones."""
        path = self.folder / "consent.json"
        path.write_text(json.dumps(CONSENT | changed))
        return path

    @contextmanager
    def worker(self, dies: Death | None = None) -> Iterator[Running]:
        """Let a worker run."""
        with self.start(*WORKER, dies=dies) as running:
            yield running

    # What a test looks at

    @property
    def appliance(self) -> Appliance:
        """The same kiosk within the test's own process."""
        if self._appliance is None:
            self._appliance = open_appliance(self.config, self._now)
        return self._appliance

    def _now(self) -> datetime:
        return self.clock()

    def sign(
        self,
        to: Path | None = None,
        kind: TargetKind = TargetKind.IMAGE,
        person: Invented = MARIA,
        **changed: object,
    ) -> Job:
        """Let Maria sign; nobody works on it yet."""
        return self.appliance.desk.sign(self.wish(to, kind, person, **changed))

    def wish(
        self,
        to: Path | None = None,
        kind: TargetKind = TargetKind.IMAGE,
        person: Invented = MARIA,
        **changed: object,
    ) -> Release:
        """Return what Maria would sign: every study of hers."""
        found = identify(self.appliance.ways, person.patient_id, person.birth_date)
        return Release(
            patient=found.patient,
            studies=found.studies,
            consent=read_consent(self.consent(**changed)),
            identity=IdentityCheck(IdentityMethod.STAFF, "robin", self.clock(), "photo ID"),
            target=Target(kind, str(to or self.image)),
        )

    def job(self, job: Job | None = None) -> Job:
        """Return a job as it is now; the newest if none is named."""
        if job is not None:
            return self.appliance.store.jobs.get(job.job_id)
        ids = [event.job_id for event in self.appliance.store.audit.events() if event.job_id]
        return self.appliance.store.jobs.get(ids[-1])

    def moves(self, job: Job) -> list[str]:
        """Return the names of everything that happened to a job, in order."""
        events = self.appliance.store.audit.events(job.job_id)
        return [each.fields["event"] for each in events if each.kind is AuditKind.JOB_MOVED]

    def waits_for(self, job: Job, *states: JobState) -> Job:
        """Wait until a job has come to one of these states."""
        until(lambda: self.job(job).state in states, f"{states}, but {self.job(job)}")
        return self.job(job)

    def rests(self, job: Job, code: str) -> Job:
        """Wait until a job rests for this reason."""

        def found() -> str | None:
            now = self.job(job)
            return now.waiting.code if now.waiting else now.state

        until(lambda: found() == code, f"{code}, but {found()}")
        return self.job(job)

    def finish(self, job: Job) -> Job:
        """Let a new worker bring a job to its end and clean up behind it."""
        with self.worker() as running:
            ended = self.waits_for(job, *ENDED)
            until(lambda: not self.leftovers(), "a clean end")
            running.kill()
        return ended

    def document(self, job: Job, kind: str) -> bytes:
        content = self.appliance.store.jobs.document(job.job_id, kind)
        assert content is not None
        return content

    def leftovers(self) -> list[str]:
        """Return what lies in the spool and half-written at the target."""
        spool = [path.name for path in self.spool.iterdir() if path.name != "worker.lock"]
        return spool + [path.name for path in self.out.rglob(".*")]


def checked(image: Path) -> Report:
    """Check a medium with no knowledge of its making."""
    with open_medium(image) as reader:
        return check_medium(reader, lambda files, size: None)


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


class Kiosks:
    """Makes kiosks quickly, from one whose seal and database are made already."""

    def __init__(self, first: Path) -> None:
        self._first = first

    def make(self, folder: Path, plans: Iterable[StudyPlan] = (SMALL,)) -> Kiosk:
        shutil.copytree(self._first, folder / "var", dirs_exist_ok=True)
        kiosk = Kiosk(folder)
        kiosk.archive.mkdir()
        kiosk.out.mkdir()
        kiosk.configure()
        kiosk.hold(*plans)
        return kiosk


def first_kiosk(folder: Path) -> Kiosks:
    """Make the seal and the empty database that all kiosks of the tests begin with."""
    begun = Kiosk(folder)
    begun.archive.mkdir()
    begun.configure()
    assert begun.appliance.store.audit.verify() == 0
    begun.close()
    return Kiosks(folder / "var")


class HeldClock:
    """A clock that stands until it is told to go on."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC).replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.now
