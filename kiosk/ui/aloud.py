"""Reads the screen aloud, to the person with the headphones and to nobody else."""

from kiosk.domain.session.facts import Comfort
from kiosk.domain.session.places import Session, StillThere, Welcome
from kiosk.ports import Voice
from kiosk.text.words import unfenced, words_for
from kiosk.ui.page import Page

PAUSE = "\n\n"


class Aloud:
    """Says a new screen whole, and of the same screen what has changed."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._where: object = None
        self._said: tuple[str, ...] = ()
        self._has_chimed = False

    def read(self, session: Session, page: Page) -> None:
        """Say what is on the screen, if this person asked for it and nobody else can hear it."""
        comfort = session.comfort
        self._voice.volume = comfort.volume
        if self._chimes(session):
            return  # the question counts its seconds, and is said at the next
        if not (comfort.read_aloud and session.headphones_in):
            self.forget()
            return
        where = (type(session.place), session.over.__class__, session.over, comfort.language)
        spoken = (*_greeting(session), *page.spoken)
        new = spoken if where != self._where else _changed(spoken, self._said)
        self._where, self._said = where, spoken
        if new:
            self._say(PAUSE.join(new), comfort)

    def _chimes(self, session: Session) -> bool:
        """Let the idle question be heard once, whoever has headphones (508 standards, 407.5)."""
        is_asked = isinstance(session.over, StillThere)
        begins = is_asked and not self._has_chimed
        self._has_chimed = is_asked
        if begins:
            self._voice.chime()
        return begins

    def say(self, session: Session, sentence: str) -> None:
        """Say one sentence, such as what the keys stand on."""
        if session.comfort.read_aloud and session.headphones_in:
            self._say(sentence, session.comfort)

    def repeat(self, session: Session) -> None:
        """Say the whole screen once more."""
        self.say(session, PAUSE.join(self._said))

    @property
    def is_speaking(self) -> bool:
        """Whether something is being said; a person who listens is there."""
        return self._voice.is_speaking

    def forget(self) -> None:
        """Be silent, and keep nothing of what was said."""
        if self._said:
            self._voice.stop()
        self._where, self._said = None, ()

    def _say(self, sentence: str, comfort: Comfort) -> None:
        self._voice.say(unfenced(sentence), comfort.language)


def _greeting(session: Session) -> tuple[str, ...]:
    """Return what a person who begins must know to go on without seeing the screen."""
    if not isinstance(session.place, Welcome):
        return ()
    words = words_for(session.comfort.language)
    return words.say("speech.welcome"), words.say("speech.keys")


def _changed(spoken: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sentence for sentence in spoken if sentence not in said)
