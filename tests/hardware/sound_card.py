"""A sound card made of ALSA's own file device: it takes sound only as fast as someone listens."""

import os
import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

DEVICE = "card_of_the_test"
PATIENCE_S = 10.0
Sound = NDArray[np.int16]


class SoundCard:
    """What programs play on ``DEVICE``, in 16-bit samples; full after 64 KiB that nobody heard.

    espeak-ng plays here as it does on a real card, through its own library and ALSA; only the
    last step, the driver, is a pipe.
    """

    def __init__(self, folder: Path, environment: pytest.MonkeyPatch) -> None:
        pipe, settings = folder / "card", folder / "asound.conf"
        os.mkfifo(pipe)
        self._pipe = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
        settings.write_text(
            f'pcm.{DEVICE} {{ type file slave.pcm null file "{pipe}" format raw }}\n'
        )
        environment.setenv("ALSA_CONFIG_PATH", f"/usr/share/alsa/alsa.conf:{settings}")

    def heard(self) -> Sound:
        """Listen until something comes, and then until nothing has come for a quarter second."""
        sound, until = b"", time.monotonic() + PATIENCE_S
        while not sound and time.monotonic() < until:
            sound = self._listen(0.02)
        while more := self._listen(0.25):
            sound += more
        return np.frombuffer(sound, np.int16)

    def heard_within(self, seconds: float) -> Sound:
        """Listen to what there is after a time."""
        return np.frombuffer(self._listen(seconds), np.int16)

    def _listen(self, seconds: float) -> bytes:
        time.sleep(seconds)
        try:
            return os.read(self._pipe, 1 << 16)
        except BlockingIOError:
            return b""
