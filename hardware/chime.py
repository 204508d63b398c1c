"""Two soft tones, upwards, by which a kiosk asks for attention."""

import io
import math
import wave
from array import array
from collections.abc import Iterator

SAMPLES_A_SECOND = 22050
"""espeak-ng's own; sounds at another rate it hands to a program of the shell."""
TONES_HZ = (659.26, 880.0)
TONE_S = 0.35
_LOUDEST = 12000
"""Of 32767; about as loud as speech."""
_RISE_S = 0.02
_FADES = 7.0
"""How fast a tone dies away, as a struck bar does."""


def chime_wav() -> bytes:
    """Return the tones as a WAV file, 16 bits, one channel."""
    samples = array("h", (level for tone in TONES_HZ for level in _tone(tone)))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(samples.itemsize)
        sound.setframerate(SAMPLES_A_SECOND)
        sound.writeframes(samples.tobytes())
    return file.getvalue()


def _tone(hertz: float) -> Iterator[int]:
    for sample in range(round(TONE_S * SAMPLES_A_SECOND)):
        time_s = sample / SAMPLES_A_SECOND
        loud = min(1, time_s / _RISE_S, (TONE_S - time_s) / _RISE_S) * math.exp(-_FADES * time_s)
        yield round(_LOUDEST * loud * math.sin(2 * math.pi * hertz * time_s))
