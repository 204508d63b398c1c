"""The form of one release: shown as it will be sealed, then signed and sealed as it was shown."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from forms.words import wording_for
from kiosk.domain.consent import SELF, Consent, Signer, SignerRole, Typed
from kiosk.domain.release import Fee, Release, Target
from kiosk.domain.session.asks import MakeForm, Seal
from kiosk.domain.session.events import FormMade, Sealed
from kiosk.domain.session.facts import FormPage, ShownForm, Wish
from kiosk.errors import CodeRefused
from kiosk.ports import JobStore
from kiosk.services.codes import Codes
from kiosk.services.papers import Papers
from kiosk.services.release import ReleaseDesk
from kiosk.services.visit.shelves import Shelves
from kiosk.services.visit.waiting_room import WaitingRoom

Lay = Callable[[bytes], tuple[FormPage, ...]]
"""Lays a PDF out for the screen."""


@dataclass(frozen=True, slots=True)
class Paperwork:
    """Makes forms, and jobs of them."""

    papers: Papers
    desk: ReleaseDesk
    jobs: JobStore
    codes: Codes
    shelves: Shelves
    room: WaitingRoom
    lay: Lay

    def make_form(self, ask: MakeForm) -> FormMade:
        """Make the form as the person reads it."""
        consent = _unsigned(ask.wish, ask.language)
        release = _release(ask.wish, consent, self._target(ask.wish))
        pdf = self.papers.show_form(release)
        form = ShownForm(
            sha256=hashlib.sha256(pdf).hexdigest(),
            language=ask.language,
            written_in=wording_for(ask.language).language,
            signer=consent.signer,
            pages=self.lay(pdf),
            big_pages=self.lay(self.papers.show_form(release, large=True)),
        )
        return FormMade(ask.wish, form)

    def seal(self, ask: Seal) -> Sealed:
        """Seal the very form that was read, with its signature; its job is durable on return.

        Raises
        ------
        CodeRefused
            If the code was used up, made void or has expired meanwhile.
        ConsentRefused, FormChanged
            If what was signed cannot be sealed.
        """
        release = _release(ask.wish, ask.consent, self._target(ask.wish))
        code = ask.wish.known.code
        try:
            job_id = self.desk.sign(release, code, ask.shown_sha256).job_id
        except CodeRefused:
            sealed = self._sealed_before(ask)
            if sealed is None:
                raise
            job_id = sealed
        return Sealed(self.room.glance(job_id))

    def _sealed_before(self, ask: Seal) -> str | None:
        """Return the job of this very signature, if a first try came further than it could say."""
        code = ask.wish.known.code
        job_id = self.codes.job_of(code) if code is not None else None
        if job_id is None or self.jobs.get(job_id).release.consent != ask.consent:
            return None
        return job_id

    def _target(self, wish: Wish) -> Target:
        if wish.medium is None:
            raise AssertionError("nobody comes here without a medium")  # pragma: no cover
        return self.shelves.target(wish.medium)


def _release(wish: Wish, consent: Consent, target: Target) -> Release:
    return Release(
        patient=wish.known.patient,
        studies=tuple(exam.study for exam in wish.exams),
        consent=consent,
        identity=wish.known.identity,
        target=target,
        fee=_fee(wish),
    )


def _fee(wish: Wish) -> Fee | None:
    shelf = wish.shelf
    return Fee(shelf.price, shelf.currency) if shelf is not None and shelf.price else None


def _unsigned(wish: Wish, language: str) -> Consent:
    """Return what the form states before it is signed; nothing of the signature is shown."""
    return Consent(
        signer=_signer(wish),
        language=language,
        recipient=SELF,
        purpose=wish.purpose.value,
        acknowledged=(),
        signature=Typed(""),
        signed_at=wish.known.identity.checked_at,
    )


def _signer(wish: Wish) -> Signer:
    if wish.authority is not None:
        return Signer(SignerRole.REPRESENTATIVE, wish.signer_name, wish.authority.value)
    patient = wish.known.patient
    # An archive may hold images of somebody without a name; a form needs something to call them.
    return Signer(SignerRole.PATIENT, patient.printed_name or patient.patient_id)
