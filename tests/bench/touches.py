"""Touches everything on whole walks, each in another look."""

from dataclasses import replace

from kiosk.domain.job import JobState
from kiosk.domain.session.events import GoOn
from kiosk.domain.session.facts import Comfort, DatePart
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Collect,
    Confirm,
    Goodbye,
    ReadForm,
    Sign,
    Waiting,
    Welcome,
    WhoFor,
)
from tests.bench.finger import Finger, watched
from tests.bench.stand_in import StandIn

PANEL = (1080, 1920)
LOOKS = (
    Comfort(),
    Comfort(large_text=True),
    Comfort("ar"),
    Comfort("zh", high_contrast=True),
    Comfort("vi"),
    Comfort("es", lower_buttons=True),
)
BORN = {DatePart.DAY: "14", DatePart.MONTH: "05", DatePart.YEAR: "1948"}
LETTERS = 10


def touches() -> dict[str, object]:
    """Return how long the answer to each touch took to be seen."""
    stand_in = StandIn(PANEL)

    def walk(finger: Finger) -> None:
        for look in LOOKS:
            stand_in.person, stand_in.job = stand_in.person + 1, JobState.RETRIEVING
            _turn_to(finger, look)
            _identify(finger)
            _choose(finger)
            _read_and_sign(finger)
            _wait_and_collect(finger, stand_in)

    finger = watched(stand_in.front(), walk)
    return {"answers_s": finger.answers_s, "slowest": finger.slowest}


def _turn_to(finger: Finger, look: Comfort) -> None:
    """Let the kiosk of another site stand there, which looks so from the start."""
    bridge = finger.kiosk.bridge
    rules = replace(bridge.session.rules, home=look)
    bridge.session = replace(bridge.session, rules=rules, comfort=look)
    finger.kiosk._later(finger.kiosk._again)
    finger.stands_at(Welcome)


def _identify(finger: Finger) -> None:
    finger.touch("go-on")
    for digit in "48271593":
        finger.touch(f"digit-{digit}")
    finger.touch("delete")
    finger.touch("digit-3")
    finger.touch("go-on")
    for part in finger.place.typed.order:
        for digit in BORN[part]:
            finger.touch(f"digit-{digit}")
    finger.touch("go-on")


def _choose(finger: Finger) -> None:
    finger.stands_at(ChooseStudies, lambda at: all(e.thumbnail for e in at.wish.known.exams))
    finger.touch_if_there("exam-1", "choose-all", "older", "newer")
    finger.touch_until("go-on", ChooseMedia)
    if "medium-own-stick" in finger.names():
        finger.touch("medium-own-stick")
        finger.touch("medium-disc")
    finger.touch_until("go-on", WhoFor)
    finger.touch_if_there("purpose-new-doctor")
    finger.touch("go-on")


def _read_and_sign(finger: Finger) -> None:
    finger.stands_at(ReadForm, lambda at: at.form)
    while not finger.place.is_last_page:
        finger.touch("go-on")
    finger.touch("back")
    finger.touch("go-on")
    finger.touch("acknowledge")
    finger.touch_until("go-on", Sign)
    finger.touch("type-instead")
    for name in finger.names("letter-")[:LETTERS]:
        finger.touch(name)
    finger.touch_until("go-on", Confirm)
    for sheet in ("languages", "see-and-hear"):
        finger.touch(sheet)
        finger.touch("close")
    finger.touch("go-on")


def _wait_and_collect(finger: Finger, stand_in: StandIn) -> None:
    finger.stands_at(Waiting, lambda at: at.glance.state is JobState.RETRIEVING)
    finger.touch("cancel-disc")
    finger.touch("keep")
    stand_in.job = JobState.DONE
    finger.stands_at(Collect, lambda at: at.label)
    finger.touch("go-on")
    finger.stands_at(Goodbye)
    finger.kiosk._later(lambda: finger.kiosk.bridge.send(GoOn()))
    finger.stands_at(Welcome)
