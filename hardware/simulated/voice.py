"""A voice that writes down what it would say."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.ports import NORMAL_VOLUME

FILE_NAME = "spoken.jsonl"
LETTERS_A_SECOND = 13
"""As espeak-ng reads English at its pace here."""


class WrittenVoice:
    """Adds a line to a file for each text: ``text``, ``language``, ``volume``.

    Two tones are a line without a text: ``chime``, ``volume``.

    Parameters
    ----------
    now : callable
        Seconds on a clock that only goes forward, by which a text takes its time.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.monotonic) -> None:
        self.volume = NORMAL_VOLUME
        self._file = folder / FILE_NAME
        self._now = now
        self._until = now()
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def is_speaking(self) -> bool:
        """Whether a text has not had its time yet."""
        return self._now() < self._until

    def say(self, text: str, language: str) -> None:
        """Write a text down, instead of saying it from its beginning."""
        self._write({"text": text, "language": language, "volume": self.volume})
        self._until = self._now() + len(text) / LETTERS_A_SECOND

    def chime(self) -> None:
        """Write down that two tones would be heard, instead of whatever is being said."""
        self.stop()
        self._write({"chime": True, "volume": self.volume})

    def stop(self) -> None:
        """Be silent at once."""
        self._until = self._now()

    def _write(self, line: dict[str, object]) -> None:
        # what is spoken can be about a patient
        private = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(private, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
