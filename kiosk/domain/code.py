"""Release codes: proof that staff saw an ID, good for one release within a day."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from kiosk.domain.study import Patient

DIGITS = 8
LONGEST_VALIDITY = timedelta(hours=24)
TRIES_BEFORE_REST = 3
TRIES_BEFORE_VOID = 5
REST = timedelta(seconds=60)


class CodeState(StrEnum):
    """Whether a code still opens anything."""

    OPEN = "open"
    USED = "used"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class ReleaseCode:
    """What stands behind a code; the digits themselves are on the slip only."""

    digest: str
    """Keyed hash of the digits."""
    patient_id: str
    birth_date: date
    study_uids: tuple[str, ...]
    """The studies that may be released, or empty for all of the patient's."""
    seen: str
    issued_by: str
    issued_at: datetime
    expires_at: datetime
    state: CodeState = CodeState.OPEN
    wrong_tries: int = 0
    rests_until: datetime | None = None


class TryResult(StrEnum):
    """What became of a try."""

    ACCEPTED = "accepted"
    RETURNING = "returning"
    """The right date for a used code: its bearer comes back for what was signed."""
    WRONG = "wrong"
    """Wrong date, or the code has expired: said in the same words."""
    MUST_WAIT = "must-wait"
    VOID = "void"


def new_digits() -> str:
    """Eight digits from the operating system's random source (10^8 values)."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def validity(hours: float) -> timedelta:
    """How long a code may live: what was asked for, at most 24 hours."""
    return min(timedelta(hours=hours), LONGEST_VALIDITY)


def try_code(code: ReleaseCode, birth_date: date, now: datetime) -> tuple[ReleaseCode, TryResult]:
    """Try a code with a birth date; return the code after the try and what became of it."""
    if code.state is CodeState.VOID:
        return code, TryResult.VOID
    if code.rests_until is not None and now < code.rests_until:
        return code, TryResult.MUST_WAIT
    if birth_date != code.birth_date:
        return _after_wrong_try(code, now)
    if code.state is CodeState.USED:
        return replace(code, wrong_tries=0, rests_until=None), TryResult.RETURNING
    if now >= code.expires_at:
        return code, TryResult.WRONG
    return replace(code, wrong_tries=0, rests_until=None), TryResult.ACCEPTED


def _after_wrong_try(code: ReleaseCode, now: datetime) -> tuple[ReleaseCode, TryResult]:
    tries = code.wrong_tries + 1
    if tries >= TRIES_BEFORE_VOID:
        return replace(code, wrong_tries=tries, state=CodeState.VOID), TryResult.VOID
    if tries >= TRIES_BEFORE_REST:
        return replace(code, wrong_tries=tries, rests_until=now + REST), TryResult.MUST_WAIT
    return replace(code, wrong_tries=tries), TryResult.WRONG


def allows(code: ReleaseCode, patient: Patient, study_uids: Collection[str], now: datetime) -> bool:
    """Tell whether a code still opens the way to all of these studies of this patient."""
    return (
        code.state is CodeState.OPEN
        and now < code.expires_at
        and (code.patient_id, code.birth_date) == (patient.patient_id, patient.birth_date)
        and (not code.study_uids or set(study_uids) <= set(code.study_uids))
    )


def use_up(code: ReleaseCode) -> ReleaseCode:
    """Mark a code used, when its bearer has signed; until then a patient may come back."""
    return replace(code, state=CodeState.USED)


def void(code: ReleaseCode) -> ReleaseCode:
    """Make a code useless for good."""
    return replace(code, state=CodeState.VOID)
