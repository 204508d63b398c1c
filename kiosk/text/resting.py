"""Why a job rests, in words for the person who waits for it."""

from kiosk.text.words import Words

_ARCHIVE = {"archive-unreachable", "archive-refused", "archive-incomplete"}
_GROWING = {"study-still-growing"}


def why_it_rests(words: Words, code: str) -> str:
    """Return the sentence for a KioskError's code; few, since a patient does nothing about it."""
    if code in _ARCHIVE:
        return words.say("waiting.again_archive")
    if code in _GROWING:
        return words.say("waiting.again_growing")
    return words.say("waiting.again_kiosk")
