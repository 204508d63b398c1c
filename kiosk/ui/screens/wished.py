"""What was chosen, in words: the last screens before the signature repeat it."""

from kiosk.domain.expectation import discs_needed, expected_bytes, expected_minutes
from kiosk.domain.session.facts import MediumKind, Wish
from kiosk.text.exam import report_included
from kiosk.ui.screens.frame import Frame

COUNTED = (MediumKind.DISC, MediumKind.OWN_STICK, MediumKind.NEW_STICK)
"""Nobody knows beforehand how many sheets of paper or film it takes."""


def media_of(wish: Wish) -> int:
    """Return how many discs or sticks the chosen exams need."""
    size = expected_bytes(exam.study for exam in wish.exams)
    capacity = wish.shelf.capacity_bytes if wish.shelf else 0
    return discs_needed(size, capacity) if wish.medium in COUNTED else 1


def on_what(frame: Frame, wish: Wish) -> str:
    """Return what it is put on: "One disc"."""
    if wish.medium in COUNTED:
        return frame.count(f"media.{wish.medium}_amount", media_of(wish))
    return frame.say(f"media.{wish.medium}_name")


def minutes_of(wish: Wish, kind: MediumKind) -> int:
    """Return about how long the copy takes."""
    return expected_minutes([exam.study for exam in wish.exams], kind, media_of(wish))


def reports_of(wish: Wish) -> int:
    """Return how many of the chosen exams come with a report."""
    return sum(report_included(exam.study) for exam in wish.exams)
