"""The door: who stands before the glass, and what may be released to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.domain.attempts import Attempts
from kiosk.domain.audit import AuditKind
from kiosk.domain.code import CodeState, ReleaseCode
from kiosk.domain.release import IdentityCheck, IdentityMethod
from kiosk.domain.session.asks import Identify
from kiosk.domain.session.events import Event, Found, JobFound, MustWait, NoMatch, Troubled
from kiosk.domain.session.facts import CodeTyped, Exam, Known, WristbandScanned
from kiosk.domain.session.places import Reason
from kiosk.domain.study import Patient, Study
from kiosk.errors import (
    CodeMustWait,
    CodeRefused,
    CodeVoid,
    IdentityNotFound,
    KioskError,
    StudyNotFound,
)
from kiosk.ports import Archive, AuditLog, Clock
from kiosk.services.codes import Codes, identity_check
from kiosk.services.identify import identify
from kiosk.services.visit.shelves import Shelves
from kiosk.services.visit.waiting_room import WaitingRoom

_WRONG = (NoMatch, MustWait, Troubled)
_RESULTS: dict[type[Event], str] = {
    Found: "found",
    JobFound: "came-back",
    NoMatch: "no-match",
    MustWait: "must-wait",
    Troubled: "code-void",
}
"""What the chain of events calls each answer."""


@dataclass(slots=True)
class Door:
    """Lets in who is known, and bears only so many wrong tries; asked by one thread at a time."""

    kiosk: str
    codes: Codes
    ways: Sequence[Archive]
    room: WaitingRoom
    shelves: Shelves
    audit: AuditLog
    clock: Clock
    wristbands: bool
    attempts: Attempts = field(default_factory=Attempts)
    code_works_until: datetime | None = None
    """Of the code that was accepted last, for the ticket of who leaves without images."""

    def identify(self, ask: Identify) -> Event:
        """Check a credential with a birth date, and find what belongs to it.

        Raises
        ------
        IdentityAmbiguous, StudyNotFound, ArchiveUnreachable, ArchiveRefused
            If the person is who they say, but nothing can be offered.
        """
        until = self.attempts.closed_until(self.clock())
        if until is not None:
            return MustWait(until)
        self.forget()
        try:
            answer = self._answer(ask)
        except KioskError as error:
            self._note(ask, error.code)
            raise
        self._note(ask, _RESULTS[type(answer)])
        if isinstance(answer, _WRONG):
            self._count()
        return answer

    def forget(self) -> None:
        """Keep nothing of who stood here; wrong tries still count."""
        self.code_works_until = None

    def _answer(self, ask: Identify) -> Event:
        """Say the same whichever of the two is wrong, and if there is no such code."""
        try:
            match ask.credential:
                case CodeTyped(digits=digits):
                    return self._bearer(self.codes.recognise(digits, ask.birth_date))
                case WristbandScanned(patient_id=patient_id) if self.wristbands:
                    return self._wearer(patient_id, ask)
                case _:
                    return NoMatch()
        except CodeRefused:
            return NoMatch()
        except CodeMustWait as error:
            return MustWait(error.until)
        except CodeVoid:
            return Troubled(Reason.CODE_VOID)

    def _bearer(self, code: ReleaseCode) -> Event:
        if code.state is CodeState.USED:
            return self._comes_back(code)
        self.code_works_until = code.expires_at
        try:
            found = identify(self.ways, code.patient_id, code.birth_date)
        except IdentityNotFound:
            raise StudyNotFound from None
        studies = [
            study
            for study in found.studies
            if not code.study_uids or study.study_uid in code.study_uids
        ]
        if not studies:
            raise StudyNotFound
        return self._found(found.patient, studies, identity_check(code, self.clock()), code)

    def _comes_back(self, code: ReleaseCode) -> Event:
        """Bring the bearer of a used code to their job, as long as its medium lies here."""
        job_id = self.codes.job_of(code)
        if job_id is None or not self.room.is_here(job_id):
            return NoMatch()
        return JobFound(self.room.glance(job_id))

    def _wearer(self, patient_id: str, ask: Identify) -> Event:
        try:
            found = identify(self.ways, patient_id, ask.birth_date)
        except IdentityNotFound:
            return NoMatch()
        check = IdentityCheck(IdentityMethod.WRISTBAND, self.kiosk, self.clock())
        return self._found(found.patient, found.studies, check, None)

    def _found(
        self,
        patient: Patient,
        studies: Sequence[Study],
        check: IdentityCheck,
        code: ReleaseCode | None,
    ) -> Found:
        exams = tuple(Exam(study) for study in studies)
        return Found(Known(patient, check, code, exams), self.shelves.look())

    def _note(self, ask: Identify, result: str) -> None:
        by_code = isinstance(ask.credential, CodeTyped)
        method = IdentityMethod.CODE if by_code else IdentityMethod.WRISTBAND
        fields = {"method": method.value, "result": result, "kiosk": self.kiosk}
        self.audit.append(AuditKind.IDENTITY_CHECKED, fields)

    def _count(self) -> None:
        self.attempts = self.attempts.after_wrong(self.clock())
        until = self.attempts.closed_until(self.clock())
        if until is not None:
            fields = {"kiosk": self.kiosk, "until": until.isoformat()}
            self.audit.append(AuditKind.KIOSK_LOCKED, fields)
