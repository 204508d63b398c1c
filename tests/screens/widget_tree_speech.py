"""What ears need of a screen, and what every screen must offer."""

import re
from collections.abc import Iterator

from kiosk.domain.session.places import Closed, Confirm, Session
from kiosk.text.words import LANGUAGES, unfenced
from tests.screens.maria import SITE_NAME
from tests.screens.widget_tree import Tree

ALWAYS = {
    "staff": ("call-staff",),
    "languages": ("languages", "language-"),
    "See and hear": ("see-and-hear", "read-aloud"),
}
"""What every screen offers, and how the names of such buttons begin."""
SCRIPTS = {
    "en": "LATIN",
    "es": "LATIN",
    "vi": "LATIN",
    "zh": "CJK",
    "ar": "ARABIC",
    "ru": "CYRILLIC",
}
