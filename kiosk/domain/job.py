"""The job: the durable promise to hand over, and every move that it may make."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.medium import Medium
from kiosk.domain.release import Release


class JobState(StrEnum):
    """Where a job stands; it ends in exactly one of DONE, FAILED and CANCELLED."""

    SIGNED = "SIGNED"
    HELD = "HELD"
    READY = "READY"
    RETRIEVING = "RETRIEVING"
    BUILDING = "BUILDING"
    AWAITING_MEDIA = "AWAITING_MEDIA"
    WRITING = "WRITING"
    VERIFYING = "VERIFYING"
    HANDING_OVER = "HANDING_OVER"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
ACTIVE = frozenset(
    {
        JobState.RETRIEVING,
        JobState.BUILDING,
        JobState.AWAITING_MEDIA,
        JobState.WRITING,
        JobState.VERIFYING,
        JobState.HANDING_OVER,
    }
)
"""The states in which a worker has its hands on the job."""


# Events


@dataclass(frozen=True, slots=True)
class Accept:
    """The sealed form needs nobody's approval."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Staff must look at it first."""

    reason: str


@dataclass(frozen=True, slots=True)
class Approve:
    """Staff saw the document that gives the authority, and let it go on."""

    by: str
    seen: str
    """The document, as staff name it; never its number."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker takes the job in hand."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Everything that the archive holds is safe in the spool."""

    instances: int
    archive_instances: int
    counted_only: bool
    """The archive could not list its instances, only count them."""


@dataclass(frozen=True, slots=True)
class Built:
    """The file-sets are ready to be written."""

    volumes: int
    not_importable: int


@dataclass(frozen=True, slots=True)
class MediumReady:
    """A blank medium is in place."""


@dataclass(frozen=True, slots=True)
class Written:
    """Every byte is on the medium."""


@dataclass(frozen=True, slots=True)
class Verified:
    """The medium was read back and holds what it should."""

    medium: Medium


@dataclass(frozen=True, slots=True)
class Spoiled:
    """The medium cannot be used; another one is needed."""

    code: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Media and receipt are with the person."""


@dataclass(frozen=True, slots=True)
class Postpone:
    """Nothing is wrong with the job; it goes on by itself when the cause is gone."""

    code: str
    until: datetime
    detail: str = ""
    """What staff need to know beyond the code's sentence; never a person's data."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The worker died with the job in hand; a new one found it."""

    spool_is_safe: bool
    """What the spool holds was written since the machine started (no power cut in between)."""


@dataclass(frozen=True, slots=True)
class Fail:
    """The job cannot go on by itself."""

    code: str
    detail: str = ""
    """As in ``Postpone``."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Staff mended the cause of a failure."""

    by: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """The patient or staff want no copy any more."""

    by: str


Event = (
    Accept
    | Hold
    | Approve
    | Claim
    | Retrieved
    | Built
    | MediumReady
    | Written
    | Verified
    | Spoiled
    | HandedOver
    | Postpone
    | Interrupted
    | Fail
    | Retry
    | Cancel
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job failed: the stage it was in, the error's code and what staff need beyond it."""

    stage: JobState
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why a job rests, and until when."""

    code: str
    until: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A durable release, as stored."""

    job_id: str
    """Random, 32 hexadecimal digits; names the spool folder."""
    number: int
    """Counts up within a store; what receipt and desk call the job."""
    kiosk: str
    release: Release
    created_at: datetime
    changed_at: datetime
    state: JobState = JobState.SIGNED
    version: int = 0
    """Counts the moves; two processes that both hold version n cannot both win."""
    instances: int = 0
    archive_instances: int = 0
    counted_only: bool = False
    not_importable: int = 0
    volumes: int = 1
    media: tuple[Medium, ...] = ()
    """The verified media, first volume first."""
    spoiled: int = 0
    """Since staff last looked at it."""
    attempts: int = 0
    """How often the job was postponed since a medium was last finished."""
    waiting: Waiting | None = None
    failure: Failure | None = None

    @property
    def volume(self) -> int:
        """Which of the media is being made, from 1."""
        return len(self.media) + 1

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen without staff."""
        return self.state in ENDED


class Refused(Exception):
    """The event does not fit the job's state; nothing was changed."""

    def __init__(self, state: JobState, event: Event) -> None:
        super().__init__(f"{type(event).__name__} in {state}")
        self.state = state
        self.event = event


# An interrupted stage starts again: (state found, is the spool safe) -> the state to go on from.
# Everything from BUILDING on needs only the spool. HANDING_OVER of a file is the same done twice;
# media that a hand can take out will ask the desk instead, since paper may lie in the tray.
RESTART: dict[tuple[JobState, bool], JobState] = {
    (state, spool_is_safe): JobState.BUILDING if spool_is_safe else JobState.READY
    for state in ACTIVE - {JobState.RETRIEVING, JobState.HANDING_OVER}
    for spool_is_safe in (True, False)
} | {
    (JobState.RETRIEVING, True): JobState.READY,
    (JobState.RETRIEVING, False): JobState.READY,
    (JobState.HANDING_OVER, True): JobState.HANDING_OVER,
    (JobState.HANDING_OVER, False): JobState.HANDING_OVER,
}

MOVES: dict[type[Event], dict[JobState, JobState]] = {
    Accept: {JobState.SIGNED: JobState.READY},
    Hold: {JobState.SIGNED: JobState.HELD, JobState.READY: JobState.HELD},
    Approve: {JobState.HELD: JobState.READY},
    Claim: {JobState.READY: JobState.RETRIEVING},
    Retrieved: {JobState.RETRIEVING: JobState.BUILDING},
    Built: {JobState.BUILDING: JobState.AWAITING_MEDIA},
    MediumReady: {JobState.AWAITING_MEDIA: JobState.WRITING},
    Written: {JobState.WRITING: JobState.VERIFYING},
    Verified: {JobState.VERIFYING: JobState.HANDING_OVER},
    Spoiled: {
        JobState.WRITING: JobState.AWAITING_MEDIA,
        JobState.VERIFYING: JobState.AWAITING_MEDIA,
    },
    HandedOver: {JobState.HANDING_OVER: JobState.DONE},
    Postpone: dict.fromkeys(ACTIVE, JobState.READY)
    | {JobState.HANDING_OVER: JobState.HANDING_OVER},
    Interrupted: dict.fromkeys(ACTIVE, JobState.READY),
    Fail: dict.fromkeys(set(JobState) - ENDED, JobState.FAILED),
    Retry: {JobState.FAILED: JobState.READY},
    Cancel: dict.fromkeys(
        set(JobState) - {JobState.HANDING_OVER, JobState.DONE, JobState.CANCELLED},
        JobState.CANCELLED,
    ),
}
"""Every move: what an event makes of each state it fits; all other pairs are refused.

``Verified`` goes back to AWAITING_MEDIA while volumes are left, ``Interrupted`` follows RESTART.
"""

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)


def back_off(attempts: int) -> timedelta:
    """How long a job rests before it asks again: doubling from 2 s to 5 minutes."""
    return min(FIRST_WAIT * (1 << min(attempts, 16)), LONGEST_WAIT)


def step(job: Job, event: Event) -> Job:
    """Return the job after an event, with its version counted up.

    Raises
    ------
    Refused
        If the event does not fit the job's state.
    """
    if job.state not in MOVES[type(event)]:
        raise Refused(job.state, event)
    moved = replace(job, state=MOVES[type(event)][job.state], version=job.version + 1, waiting=None)
    return _with_facts(moved, job.state, event)


def _with_facts(job: Job, before: JobState, event: Event) -> Job:  # noqa: C901, PLR0911 - a table
    """Add what the event brought to a job that has moved."""
    match event:
        case Retrieved(instances=instances, archive_instances=held, counted_only=counted):
            # Media of an earlier retrieval may lack what has arrived since.
            return replace(
                job,
                instances=instances,
                archive_instances=held,
                counted_only=counted,
                media=(),
            )
        case Built(volumes=volumes, not_importable=not_importable):
            # Media of another split would overlap with the rest, or leave a gap.
            media = job.media if volumes == job.volumes else ()
            return replace(job, volumes=volumes, not_importable=not_importable, media=media)
        case Verified(medium=medium):
            media = (*job.media, medium)
            more = len(media) < job.volumes
            state = JobState.AWAITING_MEDIA if more else job.state
            return replace(job, media=media, state=state, attempts=0)
        case Spoiled():
            return replace(job, spoiled=job.spoiled + 1)
        case Postpone(code=code, until=until, detail=detail):
            return replace(job, attempts=job.attempts + 1, waiting=Waiting(code, until, detail))
        case Interrupted(spool_is_safe=safe):
            return replace(job, state=RESTART[before, safe])
        case Fail(code=code, detail=detail):
            return replace(job, failure=Failure(before, code, detail))
        case Retry():
            # The spoiled media were the cause that staff have mended.
            return replace(job, failure=None, attempts=0, spoiled=0)
        case _:
            return job
