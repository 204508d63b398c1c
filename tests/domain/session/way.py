"""The way from WELCOME to GOODBYE in pieces: the steps that lead to every place on it."""

from kiosk.domain.job import JobState
from kiosk.domain.session.events import (
    Acknowledge,
    Drew,
    ExamSeen,
    GoOn,
    PickAuthority,
    SignForSomeone,
    Troubled,
)
from kiosk.domain.session.facts import Authority
from kiosk.domain.session.places import Reason
from tests.domain.session.people import CODE, FOUND, GROWING, LABEL, job, sealed
from tests.domain.session.steps import Step, digits, letters, the_form

STROKE = ((1.0, 1.0, 0.0), (9.0, 4.0, 0.2, 0.5))
DOT = ((1.0, 1.0, 0.0), (1.0, 1.0, 0.9))

TO_CODE: list[Step] = [GoOn()]
TO_DATE: list[Step] = [*TO_CODE, *digits(CODE), GoOn()]
TO_SEARCH: list[Step] = [*TO_DATE, *digits("05141948"), GoOn()]
TO_EXAMS: list[Step] = [*TO_SEARCH, FOUND]
TO_MEDIA: list[Step] = [*TO_EXAMS, GoOn()]
TO_PURPOSE: list[Step] = [*TO_MEDIA, GoOn()]
TO_FORM: list[Step] = [*TO_PURPOSE, GoOn()]
TO_READ: list[Step] = [*TO_FORM, the_form]
TO_ITS_END: list[Step] = [*TO_READ, GoOn(), Acknowledge()]
TO_SIGN: list[Step] = [*TO_ITS_END, GoOn()]
TO_CONFIRM: list[Step] = [*TO_SIGN, Drew(STROKE), GoOn()]
TO_SEALING: list[Step] = [*TO_CONFIRM, GoOn()]
TO_WAITING: list[Step] = [*TO_SEALING, sealed()]
TO_COLLECT: list[Step] = [*TO_WAITING, job(JobState.DONE)]
TO_GOODBYE: list[Step] = [*TO_COLLECT, LABEL, GoOn()]

TO_AUTHORITY: list[Step] = [*TO_PURPOSE, SignForSomeone()]
TO_SIGNER: list[Step] = [*TO_AUTHORITY, PickAuthority(Authority.PARENT), GoOn()]
TO_THEIR_FORM: list[Step] = [*TO_SIGNER, *letters("Anna Example"), GoOn()]

TO_ARCHIVE_AWAY: list[Step] = [*TO_SEARCH, Troubled(Reason.ARCHIVE_AWAY)]
TO_GROWING: list[Step] = [*TO_EXAMS, ExamSeen(GROWING), GoOn()]
TO_NOT_SEALED: list[Step] = [*TO_SEALING, Troubled(Reason.NOT_SEALED)]
TO_JOB_FAILED: list[Step] = [*TO_WAITING, job(JobState.FAILED, failure_code="wrong-patient")]
