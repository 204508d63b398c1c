"""What ears need of a screen, in which language it speaks, and what every screen offers."""

import re
import unicodedata
from collections.abc import Iterator

from kiosk.domain.session.places import Closed, Confirm, Session
from kiosk.text.words import LANGUAGES, unfenced
from kiosk.ui.widgets.paper import Paper
from tests.screens.maria import LABEL, MARIA, SITE_NAME
from tests.screens.widget_tree import Tree

ALWAYS = {
    "Call staff": ("call-staff",),
    "languages": ("languages", "language-"),
    "See and hear": ("see-and-hear", "read-aloud"),
}
"""What every screen offers, and how the names of such buttons begin."""
SCRIPTS = {"zh": "CJK", "ar": "ARABIC", "ru": "CYRILLIC"}
"""Of the languages that are not written in Latin letters."""
OWN_NAMES = (
    SITE_NAME,
    *LANGUAGES.values(),
    LABEL.patient_name,
    MARIA.printed_name,
    "Anna Example",
    "Maria",
    "Example",
    "INDEX.HTM",
    "A-17",
)
"""What is the same in every language."""
ENGLISH = frozenset("the your you we our and of is are this with from to".split())
"""Words of which no other language here has any, and English almost no sentence none."""
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
