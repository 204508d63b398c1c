"""Why a job rests, in words for who waits: few, since a patient does nothing about it."""

import pytest

from kiosk.errors import (
    ArchiveIncomplete,
    ArchiveRefused,
    ArchiveUnreachable,
    KioskError,
    SpoolFull,
    StudyStillGrowing,
    TargetUnusable,
)
from kiosk.text.resting import why_it_rests
from kiosk.text.words import LANGUAGES, words_for


@pytest.mark.parametrize(
    ("error", "beginning"),
    [
        (ArchiveUnreachable, "We cannot reach your images right now."),
        (ArchiveRefused, "We cannot reach your images right now."),
        (ArchiveIncomplete, "We cannot reach your images right now."),
        (StudyStillGrowing, "New images are still coming in."),
        (SpoolFull, "This takes longer than usual."),
        (TargetUnusable, "This takes longer than usual."),
    ],
)
def test_each_cause_is_told_as_the_patient_sees_it(error: type[KioskError], beginning: str) -> None:
    said = why_it_rests(words_for("en"), error.code)
    assert said.startswith(beginning)
    assert said.endswith("You do nothing.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_has_a_sentence_and_none_tells_its_code(language: str) -> None:
    for error in (KioskError, *KioskError.__subclasses__()):
        assert error.code not in why_it_rests(words_for(language), error.code)
