"""What fingers and keys need of a screen."""

from collections.abc import Iterator
from itertools import combinations

from tests.screens.widget_tree import ROUNDING_PX, Tree, apart, inside

FLOOR_MM, REACH_MM = 790.0, 1213.0
"""How high the lower edge of an upright 21.5 inch panel may hang, and what is in reach."""


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
    panel = tree.look.panel
    if not panel.is_portrait or round(panel.diagonal_inch, 1) != 21.5:
        return
    for part in tree.touchables:
        height = FLOOR_MM + part.box.top / tree.px_per_mm
        if height > REACH_MM:
            yield f"{part.name} reaches up to {height:.0f} mm"


def lowered_targets_are_low(tree: Tree) -> Iterator[str]:
    """With lower buttons everything to touch lies in the lower half of an upright panel."""
    if not (tree.look.comfort.lower_buttons and tree.look.panel.is_portrait):
        return
    middle = tree.page.box.height / 2
    for part in tree.touchables:
        if part.box.top > middle + ROUNDING_PX:
            yield f"{part.name} reaches {(part.box.top - middle) / tree.px_per_mm:.0f} mm too high"


def names_are_unique(tree: Tree) -> Iterator[str]:
    """Keys and tests find each by its name."""
    seen: set[str] = set()
    for part in tree.touchables:
        if part.name in seen:
            yield f"two are called {part.name}"
        seen.add(part.name)
