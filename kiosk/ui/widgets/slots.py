"""The drawing of where things come out: the slot of the medium, and that of the receipt."""

from kiosk.domain.session.facts import MediumKind
from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill, picture
from kiosk.ui.look import Look
from kiosk.ui.theme import Colour
from kiosk.ui.widgets.hero import drawn
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Side, Text

# Of the drawing's width: where the middle of a slot is, and half a disc.
_MEDIUM_AT, _ALONE_AT, _RECEIPT_AT = 0.345, 0.5, 0.826
_RADIUS = 0.231
_HEIGHT = 0.396
"""Of the width."""
_LEAST_PX, _ABOVE_PX, _SLOT_PX, _BELOW_PX = 240, 18, 34, 30
_DISC = 680 / 616
"""The picture of the disc with the shadow around it, in diameters."""
_BLACK = Colour(0, 0, 0)


class Slots(Part):
    """A light stands at both ends of the slot that one shall look at.

    Parameters
    ----------
    kind
        What hangs out of the slot.
    label, receipt_label
        Above the slots; without a receipt its slot is not drawn.
    """

    def __init__(self, look: Look, kind: MediumKind, label: str, receipt_label: str = "") -> None:
        role, ink, ground = look.theme.type.small_strong, look.colour.on_art, look.colour.art
        words = [
            Text(look, each, role, ink=ink, ground=ground, side=Side.CENTRE)
            for each in (label, receipt_label)
            if each
        ]
        super().__init__(look, words)
        self.kind = kind

    def wish(self, width: float) -> float:
        """Return the height at which the drawing fills the width."""
        return max(float(round(width * _HEIGHT)), self.least(width))

    def least(self, width: float) -> float:
        """Return the height at which it still says something."""
        return float(self.look.px(_LEAST_PX))

    def arrange(self, box: Box) -> None:
        """Place the words above their slots."""
        margin = self.look.px(8)
        medium, *receipt = self._middles(box)
        rooms = [2 * min(at - box.x, box.right - at) - 2 * margin for at in (medium, *receipt)]
        if receipt:
            between = abs(receipt[0] - medium) - rooms[1] / 2 - margin
            rooms[0] = min(rooms[0], 2 * between)
        for words, middle, room in zip(self.parts, (medium, *receipt), rooms, strict=True):
            line = box.from_top(self.look.px(_ABOVE_PX), words.wish(room))
            words.place(Box(middle - room / 2, line.y, room, line.height))

    def draw(self, box: Box) -> None:
        """Draw the ground, the slots, and what hangs out of them."""
        look = self.look
        radius = look.px(look.theme.radius.card)
        fill(box, look.colour.art, radius)
        if look.theme.flat:
            edge(box, look.colour.edge, radius, look.px(look.theme.stroke.edge))
        slot = look.px(_SLOT_PX)
        words = self.parts[0].box if self.parts else box
        line = words.y - look.px(12) - slot / 2
        size = min(box.width * _RADIUS, line - box.y - look.px(_BELOW_PX))
        middle, *receipt = self._middles(box)
        width = _WIDTHS[self.kind] * size
        self._hanging(middle, line, size)
        self._slot(Box(middle - width, line - slot / 2, 2 * width, slot), lit=True)
        for at in receipt:
            self._sheet(Box(at - 0.4 * size, line - 0.84 * size, 0.8 * size, 0.84 * size), lines=4)
            self._slot(Box(at - 0.5 * size, line - slot / 2, size, slot), lit=False)

    def _middles(self, box: Box) -> list[float]:
        alone = len(self.parts) < 2  # noqa: PLR2004 - medium and receipt
        places = (_ALONE_AT,) if alone else (_MEDIUM_AT, _RECEIPT_AT)
        rtl = self.look.rtl
        return [box.x + box.width * (1 - place if rtl else place) for place in places]

    def _slot(self, box: Box, *, lit: bool) -> None:
        look, colour = self.look, self.look.colour
        half = box.height / 2
        fill(box.inset(-look.px(6)), _between(colour.art, colour.on_art, 0.2), half + look.px(6))
        fill(box, _between(colour.art, _BLACK, 0.7), half)
        if not lit:
            return
        glow = _between(colour.art, colour.slot_light, 0.4)
        for x in (box.x - half, box.right + half):
            for side, shade in ((look.px(42), glow), (look.px(26), colour.slot_light)):
                fill(
                    Box(x - side / 2, box.y + (box.height - side) / 2, side, side), shade, side / 2
                )

    def _hanging(self, middle: float, top: float, size: float) -> None:
        match self.kind:
            case MediumKind.DISC:
                self._disc(middle, top, size)
            case MediumKind.OWN_STICK | MediumKind.NEW_STICK:
                self._stick(Box(middle - 0.24 * size, top - size, 0.48 * size, size))
            case MediumKind.PAPER:
                self._page(Box(middle - 0.8 * size, top - size, 1.6 * size, size))
            case MediumKind.FILM:
                self._film(Box(middle - 0.8 * size, top - size, 1.6 * size, size))

    def _disc(self, middle: float, top: float, radius: float) -> None:
        whole = drawn("disc", round(2 * radius * _DISC))
        lower = whole.get_region(0, 0, whole.width, whole.height // 2)
        at = Box(round(middle - lower.width / 2), round(top) - lower.height, *lower.size)
        picture(lower, at)

    def _stick(self, box: Box) -> None:
        colour = self.look.colour
        metal = box.inset(box.width * 0.16, 0)
        fill(metal, _between(colour.paper, colour.art, 0.3))
        body = Box(box.x, box.y, box.width, box.height * 0.68)
        fill(body, colour.paper, box.width * 0.18)
        band = Box(body.x, body.top - box.height * 0.2, body.width, box.height * 0.05)
        fill(band, _between(colour.paper, colour.art, 0.2))
        hole = box.width * 0.3
        fill(
            Box(body.x + (body.width - hole) / 2, body.y + hole * 0.6, hole, hole),
            colour.art,
            hole / 2,
        )

    def _sheet(self, box: Box, lines: int) -> None:
        colour = self.look.colour
        fill(box, colour.paper, self.look.px(6))
        ink = _between(colour.paper, colour.art, 0.25)
        for number, share in enumerate((0.7, 1.0, 0.85, 0.4)[:lines]):
            y = box.top - box.height * (0.34 + 0.15 * number)
            line = box.inset(box.width * 0.13, 0)
            strip = line.from_start(0, line.width * share, self.look.rtl)
            fill(Box(strip.x, y, strip.width, self.look.px(10)), ink, self.look.px(5))

    def _page(self, box: Box) -> None:
        self._sheet(box, lines=0)
        inner = box.inset(box.width * 0.08, box.height * 0.12)
        dark = _between(self.look.colour.art, _BLACK, 0.4)
        for at in (0.0, 0.52):
            frame = inner.from_start(inner.width * at, inner.width * 0.48, self.look.rtl)
            fill(Box(frame.x, frame.y, frame.width, frame.height * 0.72), dark, self.look.px(6))

    def _film(self, box: Box) -> None:
        colour = self.look.colour
        radius = self.look.px(16)
        fill(box, _between(colour.art, colour.on_art, 0.16), radius)
        edge(box, _between(colour.art, colour.on_art, 0.6), radius, self.look.px(3))
        inner = box.inset(box.width * 0.05, box.height * 0.08)
        light = _between(colour.art, colour.on_art, 0.34)
        for at in (0.0, 0.34, 0.68):
            frame = inner.from_start(inner.width * at, inner.width * 0.32, self.look.rtl)
            fill(Box(frame.x, frame.y, frame.width, frame.height * 0.76), light, self.look.px(8))


_WIDTHS = {
    MediumKind.DISC: 1.2,
    MediumKind.OWN_STICK: 0.6,
    MediumKind.NEW_STICK: 0.6,
    MediumKind.PAPER: 1.0,
    MediumKind.FILM: 1.0,
}
"""Half a slot, in radii of a disc."""


def _between(one: Colour, other: Colour, share: float) -> Colour:
    """Return the colour that lies so far on the way from one to the other."""
    return Colour(
        *(
            round(a + (b - a) * share)
            for a, b in (
                (one.red, other.red),
                (one.green, other.green),
                (one.blue, other.blue),
            )
        )
    )
