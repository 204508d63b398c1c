"""Invented releases, jobs and codes, and the events of a job's life."""

from datetime import UTC, date, datetime, timedelta

from kiosk.domain.code import ReleaseCode
from kiosk.domain.consent import (
    UNENCRYPTED_MEDIUM,
    Acknowledgement,
    Consent,
    Drawn,
    Signer,
    SignerRole,
    Typed,
)
from kiosk.domain.job import (
    Accept,
    Approve,
    Built,
    Cancel,
    Claim,
    Event,
    Fail,
    HandedOver,
    Hold,
    Interrupted,
    Job,
    MediumReady,
    Postpone,
    Retrieved,
    Retry,
    Spoiled,
    Verified,
    Written,
)
from kiosk.domain.medium import Medium
from kiosk.domain.release import IdentityCheck, IdentityMethod, Release, Target, TargetKind
from kiosk.domain.study import Patient, Study

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MARIA = Patient("EX-1001", date(1970, 4, 1), "Example^Maria", "", "F")
SECRETS = ("Maria", "Example", "EX-1001", "1970-04-01", "19700401")
"""What must never be read in a message or a log."""


class HeldClock:
    """A clock that stands until it is told to go on."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


TYPED = Typed("Maria Example")


def consent(signature: Drawn | Typed = TYPED) -> Consent:
    return Consent(
        signer=Signer(SignerRole.PATIENT, "Maria Example"),
        language="en",
        recipient="self",
        purpose="personal-copy",
        acknowledged=(Acknowledgement(UNENCRYPTED_MEDIUM, NOON),),
        signature=signature,
        signed_at=NOON,
    )


def release() -> Release:
    return Release(
        patient=MARIA,
        studies=(Study("1.2.3", MARIA, date(2026, 3, 12), "CT head", ("CT", "SR"), "ACC1", 108),),
        consent=consent(),
        identity=IdentityCheck(IdentityMethod.CODE, "desk.one", NOON, "photo ID"),
        target=Target(TargetKind.IMAGE, "/srv/out/copy.iso"),
    )


def job(**facts: object) -> Job:
    plain: dict[str, object] = {
        "job_id": "0" * 32,
        "number": 1,
        "kiosk": "kiosk-1",
        "release": release(),
        "created_at": NOON,
        "changed_at": NOON,
    }
    return Job(**{**plain, **facts})  # type: ignore[arg-type]  # facts are named by the tests


def medium(volume: int = 1, volumes: int = 1) -> Medium:
    return Medium(
        TargetKind.IMAGE, "/srv/out/copy.iso", volume, volumes, 1000, f"{volume:064x}", 3, 0, True
    )


def code(**facts: object) -> ReleaseCode:
    plain: dict[str, object] = {
        "digest": "d" * 64,
        "patient_id": "EX-1001",
        "birth_date": MARIA.birth_date,
        "study_uids": ("1.2.3",),
        "seen": "photo ID",
        "issued_by": "desk.one",
        "issued_at": NOON,
        "expires_at": NOON + timedelta(hours=24),
    }
    return ReleaseCode(**{**plain, **facts})  # type: ignore[arg-type]  # as above


# One event of every kind

LATER = NOON + timedelta(seconds=2)
EVENTS: tuple[Event, ...] = (
    Accept(),
    Hold("approval-needed"),
    Approve("desk.one", "birth certificate"),
    Claim(),
    Retrieved(3, 3, counted_only=False),
    Built(1, 0),
    MediumReady(),
    Written(),
    Verified(medium()),
    Spoiled("medium-failed-check"),
    HandedOver(),
    Postpone("archive-unreachable", LATER),
    Interrupted(spool_is_safe=True),
    Interrupted(spool_is_safe=False),
    Fail("wrong-patient"),
    Retry("desk.one"),
    Cancel("desk.one"),
)
WHOLE_WAY: tuple[Event, ...] = (
    Accept(),
    Claim(),
    Retrieved(3, 3, counted_only=False),
    Built(1, 0),
    MediumReady(),
    Written(),
    Verified(medium()),
    HandedOver(),
)
