"""Speaks through the sound card with espeak-ng."""

import unicodedata

from hardware.chime import chime_wav
from hardware.command import Running
from kiosk.ports import NORMAL_VOLUME

VOICES = {"en": "en-us", "es": "es-419", "zh": "cmn"}
"""espeak-ng's names of a language, where they are not the language's own."""
WORDS_PER_MINUTE = 150
"""Slower than espeak-ng's 175, for people who hear a machine for the first time."""
_LOUDEST = 200
"""espeak-ng's amplitude at full volume."""
_CHIME = '<audio src="/dev/stdin"/>'
"""SSML: espeak-ng plays what it is given, so that voice and tones share one way to the card."""


class EspeakVoice:
    """A voice in a process of its own; one text at a time, and never in its arguments.

    Parameters
    ----------
    device : str, optional
        The ALSA device that the headphones hang on, such as ``plughw:CARD=PCH``; without one,
        whatever the machine calls its default.
    """

    def __init__(self, device: str | None = None) -> None:
        self.volume = NORMAL_VOLUME
        self._where = ("-d", device) if device else ()
        self._speaking: Running | None = None
        self._chiming: Running | None = None
        self._chime = chime_wav()

    @property
    def is_speaking(self) -> bool:
        """Whether something is being said at this moment."""
        return self._speaking is not None and self._speaking.goes_on

    def say(self, text: str, language: str) -> None:
        """Say a text from its beginning, instead of whatever is being said."""
        self.stop()
        self._speaking = self._running(("--stdin", *_manner(language)), _plain(text).encode())

    def chime(self) -> None:
        """Let two soft tones be heard, instead of whatever is being said."""
        self.stop()
        self._chiming = self._running(("-m", _CHIME), self._chime)

    def stop(self) -> None:
        """Be silent at once."""
        for sound in (self._speaking, self._chiming):
            if sound is not None:
                sound.stop()
        self._speaking = self._chiming = None

    def _running(self, what: tuple[str, ...], given: bytes) -> Running | None:
        amplitude = str(_LOUDEST * self.volume // 100)
        try:
            return Running(("espeak-ng", "-b", "1", "-a", amplitude, *self._where, *what), given)
        except OSError:
            # a kiosk without a voice still shows every word
            return None


def _manner(language: str) -> tuple[str, ...]:
    tag = language.lower().split("-")[0]
    return ("-v", VOICES.get(tag, tag), "-s", str(WORDS_PER_MINUTE))


def _plain(text: str) -> str:
    """Take out control characters, by which espeak-ng is told to change its voice or play files."""
    return "".join(
        " " if unicodedata.category(char) in {"Cc", "Cs"} and char != "\n" else char
        for char in text
    )
