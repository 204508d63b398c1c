"""Who sat down and waits: how each job stands, and for how long still."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.domain.audit import AuditKind
from kiosk.domain.expectation import expected_instances
from kiosk.domain.job import Cancel, Job, JobState
from kiosk.domain.progress import Progress
from kiosk.domain.remaining import Standing, minutes_left, steady
from kiosk.domain.session.facts import Glance, TicketLine, ticket_of
from kiosk.errors import JobChangedMeanwhile, MoveRefused
from kiosk.ports import AuditLog, Clock, JobStore
from kiosk.services.visit.shelves import kind_of

TICKET_LASTS = timedelta(hours=1)
"""Then a medium that nobody said to have taken is the desk's business."""
TICKETS = 4
PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """The jobs of one kiosk that somebody waits for; asked by one thread at a time."""

    kiosk: str
    jobs: JobStore
    audit: AuditLog
    clock: Clock
    told: dict[str, int] = field(default_factory=dict)
    """The minutes that each open job was last said to need."""

    def glance(self, job_id: str) -> Glance:
        """Return how a job stands."""
        standings = self._standings()
        mine = next((each for each in standings if each.job.job_id == job_id), None)
        mine = mine or _standing(self.jobs.get(job_id), self.jobs.progress(job_id))
        job = mine.job
        return Glance(
            job_id=job_id,
            ticket=ticket_of(job),
            kind=mine.kind,
            state=job.state,
            progress=_of_stage(job, mine.progress),
            instances=job.instances or expected_instances(job.release.studies),
            minutes_left=self._minutes(mine, standings),
            volume=min(job.volume, job.volumes),
            volumes=job.volumes,
            spoiled=job.spoiled,
            waiting_code=job.waiting.code if job.waiting else "",
            failure_code=job.failure.code if job.failure else "",
        )

    def tickets(self) -> tuple[TicketLine, ...]:
        """Return the first few that wait or are ready, oldest first."""
        standings = self._standings()
        still_open = {each.job.job_id for each in standings}
        for job_id in self.told.keys() - still_open:
            del self.told[job_id]
        return tuple(
            TicketLine(
                ticket_of(each.job),
                self._minutes(each, standings),
                needs_staff=each.job.state in {JobState.HELD, JobState.FAILED},
            )
            for each in standings[:TICKETS]
        )

    def cancel(self, job_id: str) -> None:
        """Give a job up, unless it has come too far meanwhile."""
        while True:
            job = self.jobs.get(job_id)
            try:
                self.jobs.advance(job, Cancel(by=PATIENT))
            except JobChangedMeanwhile:
                continue
            except MoveRefused:
                pass
            return

    def collected(self, job_id: str) -> None:
        """Note that the person has the medium, which ends their ticket on every screen."""
        if not self._is_collected(job_id):
            self.audit.append(AuditKind.COLLECTED, {"kiosk": self.kiosk}, job_id)

    def is_here(self, job_id: str) -> bool:
        """Whether a job is this kiosk's, and nobody has taken its medium yet."""
        return self.jobs.get(job_id).kiosk == self.kiosk and not self._is_collected(job_id)

    def _is_collected(self, job_id: str) -> bool:
        return any(event.kind is AuditKind.COLLECTED for event in self.audit.events(job_id))

    def _standings(self) -> Sequence[Standing]:
        found = self.jobs.waited_for(self.kiosk, self.clock() - TICKET_LASTS)
        return [_standing(job, progress) for job, progress in found]

    def _minutes(self, mine: Standing, standings: Sequence[Standing]) -> int:
        job_id = mine.job.job_id
        minutes = minutes_left(mine, standings, self.clock())
        if mine.job.has_ended:
            self.told.pop(job_id, None)
            return minutes
        self.told[job_id] = steady(self.told.get(job_id), minutes)
        return self.told[job_id]


def _standing(job: Job, progress: Progress | None) -> Standing:
    return Standing(job, progress, kind_of(job.release.target))


def _of_stage(job: Job, progress: Progress | None) -> Progress | None:
    """Leave out what was noted of an earlier stage."""
    return progress if progress is not None and progress.stage is job.state else None
