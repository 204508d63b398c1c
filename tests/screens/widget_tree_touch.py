"""What fingers and keys need of a screen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from kiosk.ui.widgets.signature import SignatureBox
from kiosk.ui.widgets.touchable import Touchable
from tests.screens.widget_tree import ROUNDING_PX, Tree, apart, inside

FLOOR_MM, REACH_MM = 790.0, 1213.0
"""How high the lower edge of an upright panel may hang, and what is in reach."""
MOUNTED_INCH = 21.5


def targets_are_large(tree: Tree) -> Iterator[str]:
    """20 mm in both directions (standards.md E)."""
    least = tree.look.theme.floor_mm.target * tree.px_per_mm - ROUNDING_PX / 2
    for part in tree.touchables:
        if min(part.box.width, part.box.height) < least:
            width, height = (side / tree.px_per_mm for side in (part.box.width, part.box.height))
            yield f"{part.name} is {width:.1f} x {height:.1f} mm"


def targets_are_apart(tree: Tree) -> Iterator[str]:
    """3 mm between any two."""
    least = tree.look.theme.floor_mm.gap * tree.px_per_mm - ROUNDING_PX / 2
    for one, other in combinations(tree.touchables, 2):
        between = apart(one.box, other.box)
        if between < least:
            yield f"{one.name} and {other.name} are {between / tree.px_per_mm:.1f} mm apart"


def targets_are_on_the_glass(tree: Tree) -> Iterator[str]:
    """All of each, and none below the rail's upper edge but the rail's own."""
    rail = tree.page.rail
    for part in tree.touchables:
        if not inside(part.box, tree.page.box):
            yield f"{part.name} is outside of the screen"
        elif not tree.holds(rail, part) and part.box.y < rail.box.top - ROUNDING_PX:
            yield f"{part.name} lies on the rail"


def targets_are_in_reach(tree: Tree) -> Iterator[str]:
    """From a wheelchair: at most 1213 mm above the floor (look/README, principle 7)."""
    if not _is_mounted(tree):
        return
    for part in tree.touchables:
        height = FLOOR_MM + part.box.top / tree.px_per_mm
        if height > REACH_MM:
            yield f"{part.name} reaches up to {height:.0f} mm"


def lowered_targets_are_low(tree: Tree) -> Iterator[str]:
    """With lower buttons everything to touch lies in the lower half."""
    if not (tree.look.comfort.lower_buttons and _is_mounted(tree)):
        return
    middle = tree.page.box.height / 2
    for part in tree.touchables:
        if part.box.top > middle + ROUNDING_PX:
            yield f"{part.name} reaches {(part.box.top - middle) / tree.px_per_mm:.0f} mm too high"


def _is_mounted(tree: Tree) -> bool:
    """Tell whether the rule how high a panel hangs speaks of this one."""
    panel = tree.look.panel
    return panel.is_portrait and panel.diagonal_inch == MOUNTED_INCH


def names_are_unique(tree: Tree) -> Iterator[str]:
    """Keys and tests find each by its name."""
    seen: set[str] = set()
    for part in tree.touchables:
        if part.name in seen:
            yield f"two are called {part.name}"
        seen.add(part.name)


def keys_reach_everything(tree: Tree) -> Iterator[str]:
    """Up and down visit every target, in reading order and back."""
    page = tree.page
    for way in (1, -1):
        visited = [page.focus_by(way) for _ in tree.touchables]
        for part in tree.touchables:
            if part not in visited:
                yield f"no key leads to {part.name}"


def keys_do_what_touches_do(tree: Tree) -> Iterator[str]:
    """Select sends what a touch in the middle of the target sends.

    A finger draws in the box of a signature; keys type the name instead.
    """
    names = {part.name for part in tree.touchables}
    for part in tree.touchables:
        if isinstance(part, SignatureBox):
            if "type-instead" not in names:
                yield "who goes by keys cannot sign"
            continue
        by_touch, by_key = _sent(tree, part, _touch), _sent(tree, part, _select)
        if by_touch != by_key or len(by_key) != 1:
            yield f"{part.name} sends {by_touch} by touch and {by_key} by key"


def _sent(tree: Tree, part: Touchable, act: Any) -> list[Any]:
    heard: list[Any] = []
    for each in tree.touchables:
        each.send = heard.append
    act(tree, part)
    return heard


def _select(tree: Tree, part: Touchable) -> None:
    tree.page.focus_on(part.name)
    focused = tree.page.focused
    if focused is not None:
        tree.page.choose(focused.name)


def _touch(tree: Tree, part: Touchable) -> None:
    middle = part.box.centred(0, 0)
    touch = Fingertip((middle.x, middle.y))
    if tree.page.on_touch_down(touch):
        touch.grab_current = tree.page
        tree.page.on_touch_up(touch)


@dataclass(slots=True)
class Fingertip:
    """A touch, as Kivy hands it to the page."""

    pos: tuple[float, float]
    uid: int = 1
    is_mouse_scrolling: bool = False
    grab_current: Any = None
    ud: dict[str, Any] = field(default_factory=dict)

    def grab(self, page: Any) -> None:
        """Stay with the page until the finger is lifted."""

    def ungrab(self, page: Any) -> None:
        """Leave it."""
