"""When the kiosk sounds, and for whom."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hardware.simulated.voice import FILE_NAME, WrittenVoice
from kiosk.domain.session.facts import Comfort, Rules
from kiosk.domain.session.places import EnterCode, Session, StillThere, Welcome
from kiosk.ui.aloud import Aloud
from kiosk.ui.page import Page
from kiosk.ui.widgets.brand import Brand
from kiosk.ui.widgets.rail import Rail, RailButton
from kiosk.ui.widgets.text import Text
from tests.ui.conftest import ENGLISH, PORTRAIT, LookOf

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CHIME = {"chime": True, "volume": 50}


class Kiosk:
    """A kiosk with a page, of which a test hears what sounds."""

    def __init__(self, folder: Path, page: Page) -> None:
        self.voice, self._file, self._page = WrittenVoice(folder), folder / FILE_NAME, page
        self._aloud = Aloud(self.voice)

    def shows(self, session: Session) -> list[Any]:
        """Show a session; return all that has sounded until now."""
        self._aloud.read(session, self._page)
        lines = self._file.read_text().splitlines() if self._file.exists() else []
        return [json.loads(line) for line in lines]


@pytest.fixture
def kiosk(tmp_path: Path, look_of: LookOf) -> Kiosk:
    look = look_of(PORTRAIT, ENGLISH)
    page = Page(
        look,
        lambda event: None,
        brand=Brand(look, "Example Hospital"),
        rail=Rail(look, [RailButton(look, "eye", "Call staff", "Call staff", name="call-staff")]),
        title="Are you still there?",
        content=[Text(look, "We close this.", look.theme.type.body)],
    )
    return Kiosk(tmp_path, page)


def session(*, listens: bool = False) -> Session:
    comfort = Comfort(read_aloud=listens)
    return Session(1, Rules(comfort), EnterCode(), NOW, NOW, comfort, headphones_in=listens)


def asked(of: Session, seconds: int = 0) -> Session:
    """Return a session in which the idle question has been there for some seconds."""
    return replace(
        of, over=StillThere(NOW + timedelta(seconds=30)), now=NOW + timedelta(seconds=seconds)
    )


def test_the_idle_question_is_heard_without_headphones(kiosk: Kiosk) -> None:
    assert kiosk.shows(session()) == []
    assert kiosk.shows(asked(session())) == [CHIME]


def test_it_is_heard_once_while_its_seconds_are_counted(kiosk: Kiosk) -> None:
    for second in range(5):
        heard = kiosk.shows(asked(session(), second))
    assert heard == [CHIME]


def test_it_is_heard_again_when_it_is_asked_again(kiosk: Kiosk) -> None:
    kiosk.shows(asked(session()))
    kiosk.shows(session())
    assert kiosk.shows(asked(session())) == [CHIME, CHIME]


def test_who_listens_hears_the_tones_and_a_second_later_the_question(kiosk: Kiosk) -> None:
    assert kiosk.shows(asked(session(listens=True))) == [CHIME]
    tones, question = kiosk.shows(asked(session(listens=True), 1))
    assert tones == CHIME
    assert "Are you still there?" in question["text"]


def test_the_tones_say_nothing_about_anybody(kiosk: Kiosk) -> None:
    assert kiosk.shows(asked(session()))[0].keys() == {"chime", "volume"}


def test_who_begins_is_greeted_and_told_of_the_keys(kiosk: Kiosk) -> None:
    (begins,) = kiosk.shows(replace(session(listens=True), place=Welcome()))
    greeting, keys, *_ = begins["text"].split("\n\n")
    assert greeting.startswith("Hello.")
    assert "The middle key chooses." in keys


def test_who_has_begun_is_not_greeted_again(kiosk: Kiosk) -> None:
    (goes_on,) = kiosk.shows(session(listens=True))
    assert "Hello." not in goes_on["text"]
