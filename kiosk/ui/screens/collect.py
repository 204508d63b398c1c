"""COLLECT: the copy is ready to be taken."""

from kiosk.domain.session.events import GoOn, NoDiscCame
from kiosk.domain.session.facts import Glance, Label, MediumKind
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
    slots, told = _slots(frame, glance), _told(frame, place)
    beside = look.wide and not look.comfort.large_text
    checked = frame.count("collect.checked", glance.instances)
    head: list[Part] = [good(look, checked)] if glance.kind in DIGITAL else []
    if beside:
        head += [*([Space(look, 28, 12)] if head else []), slots]
    return Page(
        look,
        frame.send,
        brand=frame.brand(5),
        rail=frame.rail(),
        title=say(f"media.{glance.kind}_take"),
        lead=Column(look, head) if head else "",
        content=[leaves(frame, place.page, told if beside else [slots, *told])],
        back=secondary(look, say(f"media.{glance.kind}_missing"), NoDiscCame(), name="no-disc"),
        primary=primary(look, say(f"media.{glance.kind}_have"), GoOn(), icon="check"),
    )


def _slots(frame: Frame, glance: Glance) -> Slots:
    label = frame.say(f"media.{glance.kind}_slot")
    if glance.volumes > 1 and glance.kind in DIGITAL:
        label = frame.count(f"media.{glance.kind}_amount", glance.volumes)
    receipt = frame.say("collect.receipt_slot") if glance.receipt_printed else ""
    return Slots(frame.look, glance.kind, label, receipt)


def _told(frame: Frame, place: Collect) -> list[Part]:
    look, glance = frame.look, place.glance
    parts: list[Part] = [] if glance.receipt_printed else [_no_receipt(frame)]
    if place.label and glance.kind is MediumKind.DISC:
        head = frame.say("collect.write_label")
        parts.append(handwritten(look, head, _label(frame, place.label)))
    more = " ".join(_more(frame, glance))
    small = [Text(look, more, look.theme.type.small, ink=look.colour.second)] if more else []
    return [*parts, _home(frame, glance), *small]


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


def _label(frame: Frame, label: Label) -> list[str]:
    """Return the lines; each disc of several has its own last one."""
    words = frame.look.words
    born, made = words.day(label.birth_date), words.day(label.made_on)
    return [
        frame.say("collect.label_who", name=label.patient_name, day=born),
        frame.say("collect.label_where", site=frame.site.name, day=made),
        *(
            frame.count("collect.label_what", label.exams, volume=volume, volumes=label.volumes)
            for volume in range(1, label.volumes + 1)
        ),
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
    sentence = " ".join(look.words.steps("errors.printer-empty"))
    line = fact(look, "receipt", sentence, look.colour.primary, ground)
    return Card(look, [line], ground=Ground.SUNK)
