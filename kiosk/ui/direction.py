"""Puts the letters of a line in the order of the eye: Arabic joined, and from right to left."""

import re
import unicodedata

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from bidi.mirror import MIRRORED

_RIGHT = frozenset({"R", "AL", "AN"})
_STEERING = [0x200B, 0x200E, 0x200F, 0x2060, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_UNSEEN = dict.fromkeys(_STEERING)
"""Marks that steer the direction: once it is settled nothing of them is drawn."""
_MARK = "\x01"
"""Keeps to the bracket before it (UAX 9, 5.2): it stands before it where the order was turned."""
_BRACKET = f"[{re.escape(''.join(MIRRORED))}]"
_MARKED = re.compile(f"({_BRACKET}){_MARK}|{_MARK}({_BRACKET})")


def as_seen(text: str, rtl: bool, reshaper: ArabicReshaper) -> str:
    """Return the letters of one line from left to right.

    Parameters
    ----------
    rtl
        Whether the paragraph runs from the right.
    """
    if rtl or any(unicodedata.bidirectional(letter) in _RIGHT for letter in text):
        joined = "".join(
            letter + _MARK if letter in MIRRORED else letter for letter in reshaper.reshape(text)
        )
        text = _mirrored(get_display(joined, base_dir="R" if rtl else "L"))
    return text.translate(_UNSEEN)


def _mirrored(text: str) -> str:
    """Turn the brackets that are read from the right; `get_display` leaves that to the font."""
    return _MARKED.sub(lambda found: found[1] or MIRRORED[found[2]], text)
