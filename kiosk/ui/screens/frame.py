"""What stands around every screen: the hospital's name, the step, and the rail."""

from dataclasses import dataclass, replace
from typing import Any

from kiosk.domain.session.events import CallStaff, OpenSheet, OtherLetters, SetComfort
from kiosk.domain.session.places import Closed, Confirm, Session, Sheet, Waiting, Welcome
from kiosk.domain.session.walk import MAY_START_OVER
from kiosk.ui.front import Site
from kiosk.ui.look import Look
from kiosk.ui.widgets.brand import Brand
from kiosk.ui.widgets.keyboard import Other
from kiosk.ui.widgets.rail import Rail, RailButton

STEPS = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """What every screen is made from."""

    session: Session
    look: Look
    site: Site
    send: Any

    def say(self, key: str, **values: str | int) -> str:
        """Return a sentence in the person's language."""
        return self.look.words.say(key, **values)

    def count(self, key: str, number: int, **values: str | int) -> str:
        """Return a sentence in the plural form of a number."""
        return self.look.words.count(key, number, **values)

    def brand(self, step: int | None = None) -> Brand:
        """Return the hospital's name, and which of the five steps this is."""
        brand = Brand(self.look, self.site.name, logo=self.site.logo, step=step)
        if step:
            name = self.look.words.steps("steps.names")[step - 1]
            brand.step_text.say(self.say("steps.step", n=step, total=STEPS))
            brand.step_text.speech = self.say("speech.step", n=step, total=STEPS, name=name)
        return brand

    def other_letters(self, latin: bool) -> Other:
        """Return the key to Latin letters and back."""
        speech = self.say("key.own_letters" if latin else "key.latin_letters")
        return Other(latin, OtherLetters(), speech)

    def rail(self) -> Rail:
        """Return the buttons along the bottom edge that fit the place."""
        return Rail(self.look, [self._call_staff(), *self._more()], self._staff_called())

    def _staff_called(self) -> str:
        called = self.session.staff_called_at
        if called is None:
            return ""
        if self.session.staff_just_called:
            return self.say("staff_called.line")
        return self.say(
            "staff_called.since", time=self.look.words.time(called.astimezone(self.site.zone))
        )

    def _more(self) -> list[RailButton]:
        match self.session.place:
            case Closed():
                return []
            case Welcome() if self.session.over is None:
                return self._see_and_hear_at_once()
            case _:
                return [self._languages(), self._see_and_hear(), *self._way_out()]

    def _call_staff(self) -> RailButton:
        label = self.say("rail.call_staff")
        return self._button("hand-waving", label, CallStaff(), "call-staff", person=True)

    def _languages(self) -> RailButton:
        label = self.look.words.name
        return self._button("globe-simple", label, OpenSheet(Sheet.LANGUAGES), "languages")

    def _see_and_hear(self) -> RailButton:
        label = self.say("rail.see_and_hear")
        return self._button("eye", label, OpenSheet(Sheet.SEE_AND_HEAR), "see-and-hear")

    def _see_and_hear_at_once(self) -> list[RailButton]:
        comfort = self.session.comfort
        larger = SetComfort(replace(comfort, large_text=not comfort.large_text))
        clearer = SetComfort(replace(comfort, high_contrast=not comfort.high_contrast))
        sheet = OpenSheet(Sheet.SEE_AND_HEAR)
        return [
            self._button("text-aa", self.say("rail.text_size"), larger, "text-size"),
            self._button("circle-half", self.say("rail.contrast"), clearer, "contrast"),
            self._button("speaker-high", self.say("rail.read_aloud"), sheet, "read-aloud"),
        ]

    def _way_out(self) -> list[RailButton]:
        match self.session.place:
            case Confirm(is_sealing=True):
                return []
            case Waiting(glance=glance):
                label = self.say(f"media.{glance.kind}_cancel")
                event = OpenSheet(Sheet.CANCEL_DISC)
                return [self._button("x-circle", label, event, "cancel-disc")]
            case place if isinstance(place, MAY_START_OVER):
                label, event = self.say("rail.start_over"), OpenSheet(Sheet.START_OVER)
                return [self._button("arrow-counter-clockwise", label, event, "start-over")]
            case _:
                return []

    def _button(
        self, icon: str, label: str, event: object, name: str, person: bool = False
    ) -> RailButton:
        return RailButton(self.look, icon, label, event, name=name, person=person)
