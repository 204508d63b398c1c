"""What is shown leaf by leaf where large letters leave no room for all of it at once."""

from collections.abc import Sequence

from kiosk.domain.session.events import TurnPage
from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.button import Button, small
from kiosk.ui.widgets.leaves import Leaves
from kiosk.ui.widgets.part import Part


def leaves(frame: Frame, page: int, *layouts: Sequence[Part]) -> Leaves:
    """Return the first layout that fits, or the last one cut into leaves."""

    def foot(leaf: int, count: int) -> tuple[str, Button]:
        which = frame.say("more.part", n=leaf + 1, total=count)
        if leaf + 1 < count:
            event, label, icon = TurnPage(leaf + 1 - page), "more.more", "arrow-down"
        else:
            event, label, icon = TurnPage(-page), "more.first", "arrow-up"
        return which, small(frame.look, frame.say(label), event, name="more", icon=icon)

    return Leaves(frame.look, layouts, page=page, foot=foot)
