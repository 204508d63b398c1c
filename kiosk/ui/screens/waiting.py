"""WAITING: how far the copy is; nothing here tells whose it is."""

from kiosk.domain.expectation import MAKING
from kiosk.domain.job import JobState
from kiosk.domain.progress import Progress
from kiosk.domain.session.events import GoOn
from kiosk.domain.session.facts import Glance, MediumKind
from kiosk.domain.session.places import Waiting
from kiosk.text.resting import why_it_rests
from kiosk.ui.look import Look
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.more import leaves
from kiosk.ui.widgets.button import primary, secondary
from kiosk.ui.widgets.card import Card, Ground, card_colour
from kiosk.ui.widgets.layout import Column, Row, Space, spring
from kiosk.ui.widgets.note import fact, note
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.progress import Ring, StageRow, StageState
from kiosk.ui.widgets.text import Side, Text
from kiosk.ui.widgets.ticket import Ticket

_STAGES = {
    JobState.RETRIEVING: "waiting.fetch",
    JobState.BUILDING: "prepare",
    JobState.WRITING: "write",
    JobState.VERIFYING: "waiting.check",
    JobState.HANDING_OVER: "waiting.print",
}
_AT = {JobState.AWAITING_MEDIA: JobState.WRITING}
"""A medium that is waited for is about to be written."""
TARGET_AWAY = "target-unusable"
"""A KioskError's code: what was written to is no longer there."""
STICKS = {MediumKind.OWN_STICK, MediumKind.NEW_STICK}
_BY_IMAGES = {JobState.RETRIEVING, JobState.VERIFYING}
"""The stages that are counted in images; the others in bytes."""


def waiting(frame: Frame, place: Waiting) -> Page:
    """Show ticket, minutes and stages; a job that staff must see first shows where to go."""
    look, glance = frame.look, place.glance
    title, lead = _title(frame, glance)
    large, *smaller = _how_long(frame, glance)
    state = _state(frame, glance)
    beside = look.wide and not look.comfort.large_text
    layouts = [state] if beside else [[each, *state] for each in (large, *smaller)]
    ready = glance.state is JobState.DONE
    leave = secondary(look, frame.say("waiting.leave"), GoOn(), name="leave", icon="users")
    return Page(
        look,
        frame.send,
        brand=frame.brand(5),
        rail=frame.rail(),
        title=title,
        lead=_beside(look, lead, (*smaller, large)[0]) if beside else lead,
        content=[leaves(frame, place.page, *layouts)],
        back=None if ready else leave,
        primary=primary(look, frame.say("waiting.ready_show"), GoOn()) if ready else None,
    )


def _title(frame: Frame, glance: Glance) -> tuple[str, str]:
    match glance.state:
        case JobState.HELD:
            return frame.say("waiting.held_title"), frame.say("waiting.held_lead")
        case JobState.DONE:
            return frame.say("waiting.ready_title"), frame.say("waiting.ready_lead")
        case _:
            return frame.say(f"media.{glance.kind}_making"), frame.say("waiting.lead")


def _beside(look: Look, lead: str, how_long: Part) -> Column:
    sentence = Text(look, lead, look.theme.type.body, ink=look.colour.second)
    return Column(look, [sentence, Space(look, 36, 12), how_long])


def _how_long(frame: Frame, glance: Glance) -> list[Part]:
    """Return minutes and ticket, large and less large; only the ticket where nothing is made."""
    look, words, minutes = frame.look, frame.look.words, glance.minutes_left
    if glance.state in {JobState.HELD, JobState.DONE}:
        return [_ticket(frame, glance)]
    kinds, share = look.theme.type, _share_of_all(glance)
    number, caption = words.number(minutes), frame.count("waiting.minutes_left", minutes)
    large = Ring(look, share, number, caption)
    ring = Ring(look, share, number, diameter_px=232, role=kinds.display)
    below = Text(look, caption, kinds.body_strong, side=Side.CENTRE)
    small = Column(look, [spring(look), ring, below, spring(look)], 8)
    for part in (*large.parts, *ring.parts, below):
        part.speech = ""
    large.speech = small.speech = f"{number} {caption}"
    return [
        Row(look, [large, _ticket(frame, glance)], gap_px=72),
        Row(look, [small, _ticket(frame, glance)], shares=(1, 1.4), gap_px=24),
    ]


def _ticket(frame: Frame, glance: Glance) -> Ticket:
    label, below = frame.say("waiting.ticket"), frame.say("waiting.remember")
    return Ticket(frame.look, label, glance.ticket, below)


def _state(frame: Frame, glance: Glance) -> list[Part]:
    look = frame.look
    private = note(look, "lock-key", frame.say("waiting.private"))
    if glance.state is JobState.HELD:
        return [note(look, "identification-card", frame.say("waiting.held_line")), private]
    if glance.state is JobState.DONE:
        return [private]
    ground = card_colour(look, Ground.SUNK)
    why = [
        Card(look, [fact(look, "info", sentence, look.colour.primary, ground)], ground=Ground.SUNK)
        for sentence in _troubles(frame, glance)
    ]
    stages = [_row(frame, glance, stage) for stage in MAKING]
    return [*why, Card(look, stages, gap_px=0), private]


def _troubles(frame: Frame, glance: Glance) -> list[str]:
    """Say why it takes longer; it goes on by itself."""
    words = frame.look.words
    if glance.waiting_code == TARGET_AWAY and glance.kind in STICKS:
        return [" ".join(words.steps("errors.stick-pulled"))]
    if glance.waiting_code:
        return [why_it_rests(words, glance.waiting_code)]
    if glance.spoiled and glance.kind is MediumKind.DISC:
        return [frame.say("waiting.again_disc")]
    return []


def _row(frame: Frame, glance: Glance, stage: JobState) -> StageRow:
    look, state = frame.look, _state_of(glance, stage)
    label = _name(frame, glance, stage, is_now=state is StageState.NOW)
    share = _share(glance) if state is StageState.NOW else None
    row = StageRow(look, label, state, _right(frame, glance, stage), share)
    if share is not None:
        # The voice tells every quarter; it would never come to an end with every image.
        row.at_end.speech = ""
        row.speech = frame.say("speech.progress", percent=look.words.percent(int(share * 4) / 4))
    return row


def _name(frame: Frame, glance: Glance, stage: JobState, *, is_now: bool) -> str:
    """Return what a stage is called; of several media, which one is being written."""
    if is_now and stage is JobState.WRITING and glance.volumes > 1:
        which = {"volume": glance.volume, "volumes": glance.volumes}
        return frame.say(f"media.{glance.kind}_volume", **which)
    name = _STAGES[stage]
    return frame.say(name if "." in name else f"media.{glance.kind}_{name}")


def _state_of(glance: Glance, stage: JobState) -> StageState:
    done = _stages_done(glance)
    if MAKING.index(stage) < done:
        return StageState.DONE
    now = _AT.get(glance.state, glance.state)
    return StageState.NOW if stage is now else StageState.LATER


def _stages_done(glance: Glance) -> int:
    now = _AT.get(glance.state, glance.state)
    return MAKING.index(now) if now in MAKING else 0


def _right(frame: Frame, glance: Glance, stage: JobState) -> str:
    """Return how far a stage is: in images, or in percent of its bytes."""
    words, progress = frame.look.words, glance.progress
    match _state_of(glance, stage):
        case StageState.DONE if stage in _BY_IMAGES:
            return frame.say("waiting.images_of", done=glance.instances, total=glance.instances)
        case StageState.DONE:
            return frame.say("waiting.done")
        case StageState.NOW if progress is not None:
            total = progress.total_instances
            if stage in _BY_IMAGES and total is not None:
                return frame.say("waiting.images_of", done=progress.instances, total=total)
            share = _share(glance)
            return "" if share is None else words.percent(share)
        case _:
            return ""


def _share(glance: Glance) -> float | None:
    return None if glance.progress is None else share_of(glance.progress)


def _share_of_all(glance: Glance) -> float:
    """Return how much of the whole is done; each stage counts as much as any other."""
    return (_stages_done(glance) + (_share(glance) or 0.0)) / len(MAKING)


def share_of(progress: Progress) -> float | None:
    """Return how much of a stage is done, 0 to 1; None while nobody knows how much it is."""
    done, total = progress.size_bytes, progress.total_bytes
    if not total:
        done, total = progress.instances, progress.total_instances
    return min(1.0, done / total) if total else None
