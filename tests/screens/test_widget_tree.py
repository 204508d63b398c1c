"""Every screen in every language, as fingers, eyes, ears and keys need it (standards.md E).

Each rule is also shown a page that breaks it, so that none sleeps.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from kiosk.text.words import LANGUAGES, words_for
from kiosk.ui.box import Box
from kiosk.ui.typesetting import Font
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.touchable import Touchable
from tests.screens.gallery import Painter, one_of_each
from tests.screens.sessions import NAMES, PANELS
from tests.screens.views import Mode, Studio, View, WithOneForm, let_go
from tests.screens.widget_tree import Tree, nothing_drawn
from tests.screens.widget_tree_picture import edges_stand_out, grounds_are_true
from tests.screens.widget_tree_sight import (
    letters_are_apart,
    letters_are_in_place,
    letters_are_large,
    letters_are_whole,
    letters_stand_out,
    nothing_overflows,
    words_are_whole,
)
from tests.screens.widget_tree_speech import (
    help_is_there,
    sentences,
    sentences_are_translated,
    targets_speak,
)
from tests.screens.widget_tree_touch import (
    keys_do_what_touches_do,
    keys_reach_everything,
    lowered_targets_are_low,
    names_are_unique,
    targets_are_apart,
    targets_are_in_reach,
    targets_are_large,
    targets_are_on_the_glass,
)

RULES = (
    targets_are_large,
    targets_are_apart,
    targets_are_on_the_glass,
    targets_are_in_reach,
    lowered_targets_are_low,
    names_are_unique,
    letters_are_large,
    letters_stand_out,
    letters_are_whole,
    words_are_whole,
    letters_are_in_place,
    letters_are_apart,
    nothing_overflows,
    targets_speak,
    help_is_there,
)
KEYS = (keys_reach_everything, keys_do_what_touches_do)
IN_PICTURES = (grounds_are_true, edges_stand_out)
LONGEST = "es"
"""The language whose sentences take the most room."""
OTHER_PANELS = [(15.0, Mode.PLAIN), (15.0, Mode.LARGE), (32.0, Mode.PLAIN)]
MOST_SHOWN = 40

Rule = Callable[[Tree], Iterable[str]]


@pytest.fixture(scope="module")
def english(studio: Studio) -> frozenset[str]:
    """Every sentence of the English screens."""
    with nothing_drawn():
        views = [
            View(name, orientation=panel, at=WithOneForm) for name in NAMES for panel in PANELS
        ]
        trees = (Tree(page, view.session) for each in views for view, page in studio.leaves(each))
        return frozenset(sentence for tree in trees for sentence in sentences(tree))


def _walked(studio: Studio, views: Iterable[View], rules: Iterable[Rule]) -> list[str]:
    """Return what the rules say of views; the first line tells how often they were asked."""
    said: dict[str, list[str]] = {}
    pages = 0
    rules = tuple(rules)
    with nothing_drawn():
        for view, page in chain.from_iterable(map(studio.leaves, views)):
            pages += 1
            tree = Tree(page, view.session)
            for rule in rules:
                for what in rule(tree):
                    said.setdefault(f"{rule.__name__}: {what}", []).append(str(view))
    let_go()
    print(f"{pages} pages, {pages * len(rules)} checks")  # noqa: T201 - shown by pytest -rP
    return [f"{what} [{len(where)}] {where[0]}" for what, where in said.items()][:MOST_SHOWN]


@pytest.mark.parametrize("orientation", PANELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_keeps_every_rule(
    studio: Studio, english: frozenset[str], language: str, orientation: str
) -> None:
    views = (
        View(name, language, orientation, mode, at=WithOneForm) for mode in Mode for name in NAMES
    )
    problems = _walked(studio, views, [*RULES, sentences_are_translated(english)])
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(("inch", "mode"), OTHER_PANELS)
@pytest.mark.parametrize("orientation", PANELS)
@pytest.mark.parametrize("language", ["en", LONGEST])
def test_every_screen_keeps_every_rule_on_panels_of_other_sizes(
    studio: Studio, language: str, orientation: str, inch: float, mode: Mode
) -> None:
    views = (View(name, language, orientation, mode, inch, at=WithOneForm) for name in NAMES)
    problems = _walked(studio, views, RULES)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(
    ("language", "orientation", "mode"),
    [
        ("en", "portrait", Mode.PLAIN),
        ("en", "portrait", Mode.LOWER),
        ("en", "landscape", Mode.PLAIN),
        ("ar", "portrait", Mode.PLAIN),
    ],
)
def test_keys_reach_everything_and_do_what_touches_do(
    studio: Studio, language: str, orientation: str, mode: Mode
) -> None:
    views = (View(name, language, orientation, mode, at=WithOneForm) for name in NAMES)
    problems = _walked(studio, views, KEYS)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("mode", [Mode.PLAIN, Mode.CONTRAST])
def test_grounds_are_as_told_and_edges_can_be_seen(painter: Painter, mode: Mode) -> None:
    said = []
    for name in one_of_each():
        view = View(name, mode=mode)
        page = painter.studio.page(view)
        tree, picture = Tree(page, view.session), painter.paint_page(page)
        said += [f"{view}: {what}" for rule in IN_PICTURES for what in rule(tree, picture)]
    assert not said, "\n".join(said)


def test_the_longest_language_is_tried_on_other_panels(studio: Studio) -> None:
    font = Font(38, 400, 1.34)

    def room(language: str) -> float:
        return sum(
            studio.typesetter.width(sentence, font)
            for sentence in words_for(language).sentences.values()
        )

    assert max(LANGUAGES, key=room) == LONGEST


# Each rule finds what breaks it


def _broken(studio: Studio, spoil: Callable[[Tree], None], view: View) -> Tree:
    """Return a true screen with one thing spoiled."""
    with nothing_drawn():
        tree = Tree(studio.page(view), view.session)
        spoil(tree)
        return Tree(tree.page, view.session)


def _target(tree: Tree, name: str) -> Touchable:
    return next(part for part in tree.touchables if part.name == name)


def _title(tree: Tree) -> Text:
    assert tree.page.title is not None
    return tree.page.title


def _moved(part: Any, x: float = 0, y: float = 0, wider: float = 0, higher: float = 0) -> None:
    box = part.box
    part.box = Box(box.x + x, box.y + y, box.width + wider, box.height + higher)


def _overfull(tree: Tree) -> None:
    content = tree.page.content
    content.place(content.box.from_top(0, 100))


def _over_another(tree: Tree) -> None:
    _target(tree, "call-staff").box = _target(tree, "back").box


BREACHES: list[tuple[Any, Callable[[Tree], None], Mode]] = [
    (targets_are_large, lambda tree: _moved(_target(tree, "back"), higher=-50), Mode.PLAIN),
    (targets_are_large, lambda tree: _moved(_target(tree, "exam-1"), wider=-910), Mode.PLAIN),
    (targets_are_apart, lambda tree: _moved(_target(tree, "exam-2"), y=5), Mode.PLAIN),
    (targets_are_apart, lambda tree: _moved(_target(tree, "exam-2"), y=60), Mode.PLAIN),
    (targets_are_on_the_glass, lambda tree: _moved(_target(tree, "back"), x=-60), Mode.PLAIN),
    (targets_are_on_the_glass, lambda tree: _moved(_target(tree, "back"), y=-60), Mode.PLAIN),
    (targets_are_in_reach, lambda tree: _moved(_target(tree, "exam-1"), y=240), Mode.PLAIN),
    (lowered_targets_are_low, lambda tree: _moved(_target(tree, "back"), y=720), Mode.LOWER),
    (names_are_unique, lambda tree: setattr(_target(tree, "exam-2"), "name", "back"), Mode.PLAIN),
    (
        keys_reach_everything,
        lambda tree: setattr(_target(tree, "exam-2"), "name", "back"),
        Mode.PLAIN,
    ),
    (keys_do_what_touches_do, _over_another, Mode.PLAIN),
    (letters_are_large, lambda tree: setattr(_title(tree), "font", Font(27, 400, 1.3)), Mode.PLAIN),
    (
        letters_stand_out,
        lambda tree: setattr(_title(tree), "ink", tree.look.colour.edge),
        Mode.PLAIN,
    ),
    (letters_are_whole, lambda tree: _moved(_title(tree), higher=-10), Mode.PLAIN),
    (letters_are_whole, lambda tree: setattr(_title(tree), "text", "More words " * 9), Mode.PLAIN),
    (words_are_whole, lambda tree: setattr(_title(tree), "text", "Röntgen" * 9), Mode.PLAIN),
    (letters_are_in_place, lambda tree: _moved(_title(tree), y=40), Mode.PLAIN),
    (letters_are_apart, lambda tree: _moved(_title(tree), y=-50), Mode.PLAIN),
    (letters_are_apart, lambda tree: _moved(_title(tree), y=-300), Mode.PLAIN),
    (nothing_overflows, _overfull, Mode.PLAIN),
    (targets_speak, lambda tree: setattr(_target(tree, "back"), "speech", " - "), Mode.PLAIN),
    (help_is_there, lambda tree: tree.page.rail.parts.pop(0), Mode.PLAIN),
    (help_is_there, lambda tree: tree.page.rail.parts.pop(1), Mode.PLAIN),
    (help_is_there, lambda tree: tree.page.rail.parts.pop(2), Mode.PLAIN),
]


@pytest.mark.parametrize(("rule", "spoil", "mode"), BREACHES)
def test_a_rule_finds_what_breaks_it(
    studio: Studio, rule: Rule, spoil: Callable[[Tree], None], mode: Mode
) -> None:
    view = View("enter-code" if mode is Mode.LOWER else "choose-studies", mode=mode)
    whole = _broken(studio, lambda tree: None, view)
    with nothing_drawn():
        assert not list(rule(whole))
        assert list(rule(_broken(studio, spoil, view)))


def test_every_rule_was_seen_to_find_something() -> None:
    assert {rule for rule, *_ in BREACHES} == {*RULES, *KEYS}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "Choose your images"),  # left in English
        ("es", "Vea the images"),
        ("vi", "Read the form"),
        ("zh", "请选择 images"),
        ("ar", "اختر images"),
        ("ru", "Выберите снимkи"),  # noqa: RUF001 - a Latin k
        ("en", "Выберите"),
    ],
)
def test_a_sentence_in_another_language_is_found(
    studio: Studio, english: frozenset[str], language: str, sentence: str
) -> None:
    translated = sentences_are_translated(english)
    view = View("choose-studies", language)
    assert not list(translated(_broken(studio, lambda tree: None, view)))
    assert list(
        translated(_broken(studio, lambda tree: setattr(_title(tree), "speech", sentence), view))
    )


def _pale(tree: Tree) -> None:
    button: Any = _target(tree, "back")
    button.style = replace(button.style, edge=tree.look.colour.line)
    button.redraw()


def _untrue(tree: Tree) -> None:
    _title(tree).ground = tree.look.colour.card


@pytest.mark.parametrize(("rule", "spoil"), [(edges_stand_out, _pale), (grounds_are_true, _untrue)])
def test_a_pale_edge_and_an_untrue_ground_are_found(
    painter: Painter, rule: Any, spoil: Callable[[Tree], None]
) -> None:
    view = View("choose-studies")
    tree = Tree(painter.studio.page(view), view.session)
    assert not list(rule(tree, painter.paint_page(tree.page)))
    spoil(tree)
    assert list(rule(tree, painter.paint_page(tree.page)))
