"""What the tests ask of every language's words: all of them, however they are kept."""

from collections.abc import Iterator
from string import Formatter

from kiosk.text.words import Words


def keys(words: Words) -> set[str]:
    return {*words.sentences, *words.plurals, *words.lists}


def texts(words: Words) -> Iterator[tuple[str, str]]:
    """Yield every single text with the key that it stands under."""
    yield from words.sentences.items()
    for key, forms in words.plurals.items():
        yield from ((key, form) for form in forms.values())
    for key, lines in words.lists.items():
        yield from ((key, line) for line in lines)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def spoken(text: str) -> str:
    """Return a text with its placeholders left out."""
    return "".join(literal for literal, *_ in Formatter().parse(text))


NO_SENTENCES = {"date.day"}
"""A pattern of CLDR."""

BUTTONS = (
    "welcome.start",
    "language.keep",
    "*.check",
    "searching.later",
    "choose_studies.all",
    "choose_studies.older",
    "choose_studies.newer",
    "choose_studies.take",
    "choose_media.more",
    "choose_media.first",
    "media.*_put",
    "media.*_make",
    "media.*_have",
    "media.*_missing",
    "media.*_cancel",
    "who_for.read",
    "authority.enter_name",
    "name.use",
    "name.draw",
    "read_form.read_aloud",
    "read_form.stop_reading",
    "read_form.bigger",
    "read_form.smaller",
    "read_form.see_part",
    "read_form.sign",
    "sign.clear",
    "sign.type",
    "sign.finish",
    "waiting.leave",
    "idle.keep",
    "idle.close",
    "start_over.yes",
    "start_over.keep",
    "cancel_disc.keep",
    "see_and_hear.use",
    "rail.*",
    "way.*",
)
LONGEST_BUTTON = 28
