"""COLLECT: the copy is ready to be taken."""

from collections.abc import Sequence

from kiosk.domain.session.events import GoOn, NoDiscCame
from kiosk.domain.session.facts import Glance, MediumKind
from kiosk.domain.session.places import Collect
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.more import leaves
from kiosk.ui.widgets.button import primary, secondary
from kiosk.ui.widgets.card import Card, Ground, card_colour
from kiosk.ui.widgets.handwritten import handwritten
from kiosk.ui.widgets.layout import Column, Space
from kiosk.ui.widgets.note import fact, good
from kiosk.ui.widgets.numbered import numbered
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.slots import Slots
from kiosk.ui.widgets.text import Text

DIGITAL = (MediumKind.DISC, MediumKind.OWN_STICK, MediumKind.NEW_STICK)
"""What holds every image, and is read back; paper and film only show some."""
INDEX = "INDEX.HTM"


def collect(frame: Frame, place: Collect) -> Page:
    """Show where it comes out, what to write on it, and how to open it."""
    look, say, glance = frame.look, frame.say, place.glance
    slots = _slots(frame, glance)
    beside = look.wide and not look.comfort.large_text
    above = [] if beside else [slots]
    layouts = [[*above, *_told(frame, place, labels)] for labels in _labels(frame, place)]
    checked = frame.count("collect.checked", glance.instances)
    head: list[Part] = [good(look, checked)] if glance.kind in DIGITAL else []
    if beside:
        head += [*([Space(look, 28, 12)] if head else []), slots]
    return Page(
        look,
        frame.send,
        brand=frame.brand(5),
        rail=frame.rail(),
        title=say(f"media.{glance.kind}_{'take' if glance.receipt_printed else 'take_alone'}"),
        lead=Column(look, head) if head else "",
        content=[leaves(frame, place.page, *layouts)],
        back=secondary(look, say(f"media.{glance.kind}_missing"), NoDiscCame(), name="no-disc"),
        primary=primary(look, say(f"media.{glance.kind}_have"), GoOn(), icon="check"),
    )


def _slots(frame: Frame, glance: Glance) -> Slots:
    label = frame.say(f"media.{glance.kind}_slot")
    if glance.volumes > 1 and glance.kind in DIGITAL:
        label = frame.count(f"media.{glance.kind}_amount", glance.volumes)
    receipt = frame.say("collect.receipt_slot") if glance.receipt_printed else ""
    return Slots(frame.look, glance.kind, label, receipt)


def _told(frame: Frame, place: Collect, labels: Sequence[Part]) -> list[Part]:
    look, glance = frame.look, place.glance
    receipt = [] if glance.receipt_printed else [_no_receipt(frame)]
    sentences = _more(frame, glance)
    ink, role = look.colour.second, look.theme.type.small
    more = [Text(look, _in_a_row(frame, sentences), role, ink=ink)] if sentences else []
    return [*receipt, *labels, _home(frame, glance), *more]


def _home(frame: Frame, glance: Glance) -> Column:
    look = frame.look
    heading = frame.say("collect.home" if glance.kind in DIGITAL else "collect.home_paper")
    steps = look.words.steps(f"media.{glance.kind}_home")
    return Column(
        look,
        [
            Text(look, heading, look.theme.type.item),
            Space(look, 20, 8),
            numbered(look, steps, strong=(INDEX,)),
        ],
    )


def _labels(frame: Frame, place: Collect) -> list[list[Part]]:
    """Return what to write on the discs in one card, and in a card for each disc."""
    label = place.label
    if label is None or place.glance.kind is not MediumKind.DISC:
        return [[]]
    head = frame.say("collect.write_label")
    return [
        [handwritten(frame.look, head, [*label.shared, *label.own])],
        [handwritten(frame.look, head, [*label.shared, own]) for own in label.own],
    ]


def _more(frame: Frame, glance: Glance) -> list[str]:
    sentences = []
    if glance.kind is MediumKind.OWN_STICK:
        sentences.append("collect.stick_out")
    if glance.kind in DIGITAL:
        sentences.append("collect.home_browser")
    if glance.receipt_printed:
        sentences.append("collect.on_receipt")
    if glance.kind in DIGITAL:
        sentences.append("collect.keep_safe")
    return [frame.say(sentence) for sentence in sentences]


def _no_receipt(frame: Frame) -> Card:
    look, ground = frame.look, card_colour(frame.look, Ground.SUNK)
    sentence = _in_a_row(frame, look.words.steps("errors.printer-empty"))
    line = fact(look, "receipt", sentence, look.colour.primary, ground)
    return Card(look, [line], ground=Ground.SUNK)


def _in_a_row(frame: Frame, sentences: Sequence[str]) -> str:
    """Return sentences one after the other; Chinese sets no space between them."""
    return ("" if frame.look.words.language == "zh" else " ").join(sentences)
