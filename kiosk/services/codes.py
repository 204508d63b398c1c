"""Release codes: issued after an ID was seen, tried at the kiosk, made void at will."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.domain.audit import AuditKind
from kiosk.domain.code import (
    CodeState,
    ReleaseCode,
    TryResult,
    new_digits,
    try_code,
    validity,
    void,
)
from kiosk.domain.release import IdentityCheck, IdentityMethod
from kiosk.errors import CodeMustWait, CodeRefused, CodeVoid, JobChangedMeanwhile
from kiosk.ports import Clock, CodeStore
from kiosk.services.identify import Identified

# Slow on purpose: who steals the database would need years for the 10^8 codes, which live a day.
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
_SALT = b"kiosk release code"
_STRANGERS = 1000
"""Far more than can be tried at one kiosk while a code rests."""


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A new code with its digits, which are nowhere kept."""

    digits: str
    code: ReleaseCode


@dataclass(frozen=True, slots=True)
class Codes:
    """What staff and patients do with release codes."""

    store: CodeStore
    clock: Clock
    strangers: dict[str, ReleaseCode] = field(default_factory=dict)
    """Digits that were tried and never issued, by their digest, so that they rest as codes do."""

    def issue(
        self,
        identified: Identified,
        study_uids: tuple[str, ...],
        *,
        seen: str,
        by: str,
        hours: float,
    ) -> IssuedCode:
        """Issue a code for a patient whose ID was seen, for the named studies or for all."""
        identified.choose(study_uids)
        now = self.clock()
        digits = new_digits()
        while self.store.find(digest(digits)) is not None:
            digits = new_digits()
        code = ReleaseCode(
            digest=digest(digits),
            patient_id=identified.patient.patient_id,
            birth_date=identified.patient.birth_date,
            study_uids=study_uids,
            seen=seen,
            issued_by=by,
            issued_at=now,
            expires_at=now + validity(hours),
        )
        self.store.add(code)
        return IssuedCode(digits, code)

    def redeem(self, digits: str, birth_date: date) -> ReleaseCode:
        """Try a code with a birth date; it is used up only when its bearer signs.

        Raises
        ------
        CodeRefused
            If code or date is wrong, in the same words, or the code was used or has expired.
        CodeMustWait
            After three wrong tries, for a minute.
        CodeVoid
            After five, or when staff made it void.
        """
        code = self.recognise(digits, birth_date)
        if code.state is CodeState.USED:
            raise CodeRefused
        return code

    def recognise(self, digits: str, birth_date: date) -> ReleaseCode:
        """Try a code as ``redeem`` does, and let the bearer of a used one come back for its job."""
        hashed = digest(digits)
        issued = self.store.find(hashed)
        before = issued or self.strangers.get(hashed) or _stranger(hashed, self.clock())
        after, result = try_code(before, birth_date, self.clock())
        if issued is None:
            self._remember(after)
        elif not self._changed(before, after, result):
            return self.recognise(digits, birth_date)
        match result:
            case TryResult.ACCEPTED | TryResult.RETURNING:
                return after
            case TryResult.MUST_WAIT if after.rests_until is not None:
                raise CodeMustWait(after.rests_until)
            case TryResult.VOID:
                raise CodeVoid
            case _:
                raise CodeRefused

    def job_of(self, code: ReleaseCode) -> str | None:
        """Return the id of the job that used a code up, or None."""
        return self.store.job_of(code.digest)

    def _changed(self, before: ReleaseCode, after: ReleaseCode, result: TryResult) -> bool:
        """Store what became of a try, unless another kiosk was faster with the same code."""
        try:
            self.store.change(before, after, AuditKind.CODE_TRIED, result)
        except JobChangedMeanwhile:
            return False
        return True

    def _remember(self, stranger: ReleaseCode) -> None:
        self.strangers[stranger.digest] = stranger
        if len(self.strangers) > _STRANGERS:
            del self.strangers[next(iter(self.strangers))]

    def void(self, digits: str, *, by: str) -> None:
        """Make a code useless; ``CodeRefused`` if there is no such code."""
        before = self.store.find(digest(digits))
        if before is None or before.state is not CodeState.OPEN:
            raise CodeRefused
        self.store.change(before, void(before), AuditKind.CODE_VOIDED, by)


def identity_check(code: ReleaseCode, now: datetime) -> IdentityCheck:
    """Say on form and audit trail how a redeemed code proved who its bearer is."""
    return IdentityCheck(IdentityMethod.CODE, code.issued_by, now, code.seen)


def digest(digits: str) -> str:
    """Return what the store knows a code by."""
    return hashlib.scrypt(digits.encode(), salt=_SALT, **_SCRYPT).hex()


def _stranger(hashed: str, now: datetime) -> ReleaseCode:
    """Return what stands in for a code that nobody issued: it opens nothing, on any date."""
    return ReleaseCode(hashed, "", date.max, (), "", "", now, now)
