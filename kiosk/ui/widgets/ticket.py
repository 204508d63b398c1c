"""The ticket's number, large enough to be remembered at a glance."""

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill
from kiosk.ui.look import Look
from kiosk.ui.widgets.layout import Column, Row, spring
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.text import Side, Text


class Ticket(Part):
    """White on teal.

    Parameters
    ----------
    label, number
        "Your ticket", and its number.
    below
        A sentence below both.
    line
        Whether label and number stand side by side.
    """

    def __init__(
        self, look: Look, label: str, number: str, below: str = "", *, line: bool = False
    ) -> None:
        kinds, ink, ground = look.theme.type, look.colour.on_primary, look.colour.primary
        side = Side.START if line else Side.CENTRE
        name = Text(look, label, kinds.body_strong, ink=ink, ground=ground, side=side)
        large = Text(look, number, kinds.number, ink=ink, ground=ground, side=side)
        more = Text(look, below, kinds.small, ink=ink, ground=ground, side=Side.CENTRE)
        if line:
            self.content: Part = Row(look, [name, large], shares=(1, 0), centred=True)
        else:
            words: list[Part] = [name, large, more] if below else [name, large]
            self.content = Column(look, [spring(look), *words, spring(look)], 0)
        super().__init__(look, [self.content])

    def wish(self, width: float) -> float:
        """Return the height of its words and the margins."""
        inner, above = self._margins()
        return self.content.wish(width - 2 * inner) + 2 * above

    def arrange(self, box: Box) -> None:
        """Place the words."""
        inner, _ = self._margins()
        self.content.place(box.inset(inner, 0))

    def draw(self, box: Box) -> None:
        """Draw the ground."""
        look = self.look
        radius = look.px(look.theme.radius.card)
        fill(box, look.colour.primary, radius)
        if look.theme.flat:
            edge(box, look.colour.edge, radius, look.px(look.theme.stroke.edge))

    def _margins(self) -> tuple[int, int]:
        return self.look.px(56 if isinstance(self.content, Row) else 24), self.look.px(20)
