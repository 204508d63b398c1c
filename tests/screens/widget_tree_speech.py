"""What ears need of a screen, in which language it speaks, and what every screen offers."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from kiosk.domain.session.places import Closed, Confirm
from kiosk.text.words import LANGUAGES, unfenced
from kiosk.ui.widgets.handwritten import LEFT_TO_RIGHT
from kiosk.ui.widgets.paper import Paper
from tests.screens.maria import SITE_NAME
from tests.screens.widget_tree import Tree

ALWAYS = {
    "Call staff": ("call-staff",),
    "languages": ("languages", "language-"),
    "See and hear": ("see-and-hear", "read-aloud"),
}
"""What every screen offers, and how the names of such buttons begin."""
OWN_NAMES = (SITE_NAME, *LANGUAGES.values(), "Maria Example", "Anna Example", "Maria Exa")
SAME_EVERYWHERE = frozenset(
    ("ABC", "Anna", "Exa", "Maria", "INDEX", "HTM", "DICOM", "USB", "CT", "MB", "GB", "US")
)
"""Names, and what is written so on machines and papers; US is the dollar's."""
SAME_AS_ENGLISH = {"es": ("Normal",)}
"""Words that two languages share."""
ENGLISH_ONLY = frozenset(("the", "your", "you", "our", "of", "is", "are", "this", "with", "and"))
"""Words that no other language here has, and hardly an English sentence lacks."""
SCRIPTS = {"zh": "CJK", "ar": "ARABIC", "ru": "CYRILLIC"}
"""Of the languages that are not written in Latin letters."""
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+|[\u3400-\u9fff]+")
"""Letters that stand together; Chinese ones apart from others, as they are set without space."""
_SAID = re.compile(r"\w")


def targets_speak(tree: Tree) -> Iterator[str]:
    """Whoever goes by keys and voice hears what they stand on; a sign alone is not said."""
    for part in tree.touchables:
        if not _SAID.search(part.speech):
            yield f"{part.name} says nothing"


def help_is_there(tree: Tree) -> Iterator[str]:
    """A person, another language and easier ways to see and hear are one touch away."""
    place = tree.session.place
    if isinstance(place, Closed) or (isinstance(place, Confirm) and place.is_sealing):
        return
    names = tuple(part.name for part in tree.touchables)
    for what, beginnings in ALWAYS.items():
        if not any(name.startswith(beginnings) for name in names):
            yield f"{what} is missing"


def sentences_are_translated(english: frozenset[str]) -> Callable[[Tree], Iterator[str]]:
    """Return the rule that nothing is said or shown in another language.

    Parameters
    ----------
    english
        Every sentence of the English screens.
    """

    def translated(tree: Tree) -> Iterator[str]:
        language = tree.look.words.language
        for sentence in set(sentences(tree)):
            words = _words(sentence)
            same = language == "en" or sentence in SAME_AS_ENGLISH.get(language, ())
            if words and sentence in english and not same:
                yield f"{sentence!r} is English"
            strange = [word for word in words if _is_strange(word, language)]
            if strange:
                yield f"{sentence!r} has words of another language: {', '.join(strange)}"

    return translated


def sentences(tree: Tree) -> Iterator[str]:
    """Yield what is said and what is shown.

    The form is in the language that it names, what one writes on a disc in the hospital's; a kiosk
    out of order speaks to everybody.
    """
    said = [part.speech for part in tree.parts if not isinstance(part, Paper)]
    if not isinstance(tree.session.place, Closed):
        said += [text.text for text in tree.texts]
    yield from (unfenced(each) for each in said if each and not each.startswith(LEFT_TO_RIGHT))


def _words(sentence: str) -> list[str]:
    for name in OWN_NAMES:
        sentence = sentence.replace(name, " ")
    words: list[str] = _WORD.findall(sentence)
    return [word for word in words if len(word) > 1 and word not in SAME_EVERYWHERE]


def _is_strange(word: str, language: str) -> bool:
    if language in SCRIPTS:
        return not all(_script(letter, SCRIPTS[language]) for letter in word)
    latin = all(_script(letter, "LATIN") for letter in word)
    return not latin or (language != "en" and word.lower() in ENGLISH_ONLY)


def _script(letter: str, script: str) -> bool:
    return unicodedata.combining(letter) > 0 or script in unicodedata.name(letter, "")
