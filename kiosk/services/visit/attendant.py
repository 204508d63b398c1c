"""The attendant behind the glass: does what a session asks for, and tells what became of it."""

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog

from kiosk.domain.audit import AuditKind
from kiosk.domain.session.asks import (
    Ask,
    CallDesk,
    Cancel,
    Collected,
    Forget,
    HandOver,
    Identify,
    LookAtExams,
    LookAtJob,
    LookAtQueue,
    MakeForm,
    PrintTicket,
    Seal,
)
from kiosk.domain.session.events import Event, JobSeen, OutOfService, QueueSeen, Troubled
from kiosk.domain.session.places import Reason
from kiosk.errors import (
    ArchiveRefused,
    ArchiveUnreachable,
    CodeRefused,
    ConsentRefused,
    FormChanged,
    FormNotSealed,
    IdentityAmbiguous,
    KioskError,
    StudyNotFound,
)
from kiosk.media.darkroom import Darkroom
from kiosk.ports import AuditLog
from kiosk.services.visit.door import Door
from kiosk.services.visit.handing_over import HandingOver
from kiosk.services.visit.lightbox import Lightbox
from kiosk.services.visit.paperwork import Paperwork
from kiosk.services.visit.waiting_room import WaitingRoom

log = structlog.get_logger()

Tell = Callable[[Event], None]
IsWanted = Callable[[], bool]

_ANSWERED = (Identify, MakeForm, Seal)
"""What the person stands and waits for: these alone are answered by a trouble."""
_REASONS = {
    ArchiveRefused.code: Reason.ARCHIVE_AWAY,
    ArchiveUnreachable.code: Reason.ARCHIVE_AWAY,
    CodeRefused.code: Reason.CODE_VOID,
    ConsentRefused.code: Reason.NOT_SEALED,
    FormChanged.code: Reason.NOT_SEALED,
    FormNotSealed.code: Reason.NOT_SEALED,
    IdentityAmbiguous.code: Reason.NEEDS_CHECK,
    StudyNotFound.code: Reason.NO_EXAMS,
}


@dataclass(frozen=True, slots=True)
class Attendant:
    """Performs asks, off the screen's thread.

    One ask at a time; ``LookAtExams`` alone may be performed on a second thread beside the others,
    because it shares nothing with them but the ways to the archive.
    """

    kiosk: str
    audit: AuditLog
    door: Door
    lightbox: Lightbox
    darkroom: Darkroom
    paperwork: Paperwork
    room: WaitingRoom
    counter: HandingOver

    def perform(self, ask: Ask, tell: Tell, is_wanted: IsWanted) -> None:
        """Do what is asked for and tell each answer; whatever fails becomes an answer too.

        Parameters
        ----------
        is_wanted : callable
            Whether anybody still waits for the answer; a long look ends early when not.
        """
        try:
            for event in self._events(ask, tell, is_wanted):
                tell(event)
        except KioskError as error:
            log.warning("ask-failed", ask=type(ask).__name__, code=error.code)
            self._trouble(ask, tell, _REASONS.get(error.code, Reason.KIOSK_FAILED))
        except Exception as error:  # noqa: BLE001 - one surprise must not leave the person waiting
            # Only where it happened: the text of an unknown exception may hold a patient's data.
            frame = traceback.extract_tb(error.__traceback__)[-1]
            log.error(  # noqa: TRY400 - nor may its traceback be printed
                "ask-broke",
                ask=type(ask).__name__,
                error=type(error).__name__,
                where=f"{Path(frame.filename).name}:{frame.lineno}",
            )
            self._trouble(ask, tell, Reason.KIOSK_FAILED)

    def _events(  # noqa: C901, PLR0911 - a table
        self, ask: Ask, tell: Tell, is_wanted: IsWanted
    ) -> Iterable[Event]:
        match ask:
            case Identify():
                return (self.door.identify(ask),)
            case LookAtExams(known=known):
                self.lightbox.look(known, tell, is_wanted)
            case MakeForm():
                return (self.paperwork.make_form(ask),)
            case Seal():
                return (self.paperwork.seal(ask),)
            case LookAtJob(job_id=job_id):
                return (JobSeen(self.room.glance(job_id)),)
            case Cancel(job_id=job_id):
                self.room.cancel(job_id)
                return (JobSeen(self.room.glance(job_id)),)
            case HandOver(job_id=job_id):
                return self.counter.hand_over(job_id)
            case Collected(job_id=job_id):
                self.room.collected(job_id)
            case LookAtQueue():
                return (OutOfService(closed=False), QueueSeen(self.room.tickets()))
            case CallDesk(where=where, job_id=job_id):
                fields = {"kiosk": self.kiosk, "where": str(where)}
                self.audit.append(AuditKind.STAFF_CALLED, fields, job_id)
            case PrintTicket(reason=reason, language=language):
                until = self.door.code_works_until
                self.counter.print_ticket(reason, until, language)
            case Forget():
                self.door.forget()
                self.darkroom.renew()
        return ()

    def _trouble(self, ask: Ask, tell: Tell, reason: Reason) -> None:
        if isinstance(ask, _ANSWERED):
            tell(Troubled(reason))
        if isinstance(ask, LookAtQueue):
            # Without its database the kiosk can promise nothing to anybody.
            tell(OutOfService(closed=True))
