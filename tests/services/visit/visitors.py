"""Who stands before the glass: asks as a session would, and hears what became of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from kiosk.bootstrap.front import open_attendant
from kiosk.domain.consent import (
    UNENCRYPTED_MEDIUM,
    Acknowledgement,
    Consent,
    Typed,
)
from kiosk.domain.session.asks import Ask, Identify, MakeForm, Seal
from kiosk.domain.session.events import Event, FormMade, Found, Sealed
from kiosk.domain.session.facts import (
    CodeTyped,
    Known,
    MediumKind,
    ShownForm,
    Wish,
    WristbandScanned,
)
from kiosk.media.thumbnail import thumbnail
from kiosk.services.identify import identify_at_desk
from tests.builders import MARIA, Invented
from tests.journeys.kiosks import Kiosk

PANEL = (540, 960)
WRONG = date(1970, 4, 2)
EventT = TypeVar("EventT")


class Visitor:
    """A person at one kiosk."""

    def __init__(
        self, kiosk: Kiosk, person: Invented = MARIA, **sections: dict[str, object]
    ) -> None:
        self.kiosk = kiosk
        self.person = person
        kiosk.configure(**devices(kiosk, **sections))
        self.restart()

    def restart(self) -> None:
        """Switch the screen off and on again."""
        attendant = open_attendant(self.kiosk.appliance, PANEL)
        lightbox = replace(attendant.lightbox, draw=thumbnail, second_look_after_s=0.2)
        self.attendant = replace(attendant, lightbox=lightbox)

    # Before the visit

    def fetch_code(self, *study_uids: str, hours: float = 24) -> str:
        """Show an ID at the desk; return the digits of the slip."""
        identified = identify_at_desk(self.kiosk.appliance.ways, self.person.patient_id)
        issued = self.kiosk.appliance.codes.issue(
            identified, study_uids, seen="photo ID", by="robin", hours=hours
        )
        return issued.digits

    # At the glass

    def answers(self, ask: Ask, wanted: Iterable[bool] | None = None) -> list[Event]:
        """Have an ask performed; return everything that was told."""
        told: list[Event] = []
        answers = iter(wanted) if wanted is not None else None
        self.attendant.perform(
            ask, told.append, lambda: True if answers is None else next(answers, False)
        )
        return told

    def answer(self, ask: Ask, kind: type[EventT]) -> EventT:
        """Have an ask performed that has one answer, of one kind."""
        (event,) = self.answers(ask)
        assert isinstance(event, kind), event
        return event

    def types(self, digits: str, birth_date: date | None = None) -> Event:
        """Type a code and a birth date, the right one unless told otherwise."""
        (event,) = self.answers(Identify(CodeTyped(digits), birth_date or self.person.birth_date))
        return event

    def scans(self, patient_id: str, birth_date: date | None = None) -> Event:
        """Hold a wristband under the scanner."""
        scanned = WristbandScanned(patient_id)
        (event,) = self.answers(Identify(scanned, birth_date or self.person.birth_date))
        return event

    def enters(self, *study_uids: str) -> Known:
        """Come in with a new code."""
        found = self.types(self.fetch_code(*study_uids))
        assert isinstance(found, Found), found
        return found.known

    def wishes(self, known: Known | None = None, **decided: object) -> Wish:
        """Choose every exam, on a disc unless told otherwise."""
        known = known or self.enters()
        chosen = frozenset(exam.study.study_uid for exam in known.exams)
        shelves = self.attendant.door.shelves.look()
        wish = Wish(known, chosen, shelves, MediumKind.DISC)
        return replace(wish, **decided)  # type: ignore[arg-type]  # named by the tests

    def reads(self, wish: Wish, language: str = "en") -> ShownForm:
        """Read the form."""
        return self.answer(MakeForm(wish, language), FormMade).form

    def signs(self, wish: Wish, form: ShownForm) -> Seal:
        """Sign what was read."""
        now = self.kiosk.clock()
        consent = Consent(
            signer=form.signer,
            language=form.language,
            recipient="self",
            purpose=wish.purpose,
            acknowledged=(Acknowledgement(UNENCRYPTED_MEDIUM, now),),
            signature=Typed(form.signer.name),
            signed_at=now,
        )
        return Seal(wish, consent, form.sha256)

    def orders(self, wish: Wish | None = None) -> str:
        """Go the whole way to the sealed form; return the job's id."""
        wish = wish or self.wishes()
        seal = self.signs(wish, self.reads(wish))
        return self.answer(seal, Sealed).glance.job_id

    def gets_it_made(self, job_id: str) -> None:
        """Wait until the worker has done all it can."""
        appliance = self.kiosk.appliance
        appliance.worker.work(appliance.store.jobs.get(job_id))


def devices(kiosk: Kiosk, **sections: dict[str, object]) -> dict[str, dict[str, object]]:
    """Return a configuration that has every device of a screen, made of folders."""
    plain: dict[str, dict[str, object]] = {
        "media": {
            "disc_folder": str(folder(kiosk, "discs")),
            "stick_folder": str(folder(kiosk, "stick")),
        },
        "print": {"receipt_folder": str(kiosk.folder / "printed")},
        "policy": {"wristbands": True},
        "policy__prices": {"disc": 6.5},
    }
    return plain | {name: plain.get(name, {}) | given for name, given in sections.items()}


def folder(kiosk: Kiosk, name: str) -> Path:
    made = kiosk.folder / name
    made.mkdir(exist_ok=True)
    return made
