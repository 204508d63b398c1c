"""The part of the body, and its side, that a study's description names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

from kiosk.text.phrases import Hit, Phrasebook, terms


class Side(StrEnum):
    """Of a part that everybody has twice."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class BodyPart:
    """One part of the body, or several that have a phrase together."""

    name: str
    """As in ``terms.toml``: ``lower-back``."""
    side: Side | None = None


def body_part_in(description: str) -> BodyPart | None:
    """Return the part that a description names; None where it names none, or some at odds.

    A wrong part or side would frighten or mislead; no part is merely less helpful.
    """
    hits = list(_phrasebook().find(description))
    name = _one(_outermost(_named(hits, _parts())))
    if name is None:
        return None
    return BodyPart(name, _side(hits) if name in terms()["sided_parts"] else None)


def _named(hits: Sequence[Hit], names: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(hit.names for hit in hits)) & names


def _outermost(parts: frozenset[str]) -> frozenset[str]:
    within = terms()["within"]
    return frozenset(part for part in parts if parts.isdisjoint(within.get(part, ())))


def _one(parts: frozenset[str]) -> str | None:
    if len(parts) == 1:
        return next(iter(parts))
    together = terms()["together"].items()
    return next((name for name, sets in together if any(parts == set(each) for each in sets)), None)


def _side(hits: Sequence[Hit]) -> Side | None:
    sides = {Side(side) for side in _side_names(hits)}
    if len(sides) > 1:
        return Side.BOTH
    return next(iter(sides), None)


def _side_names(hits: Sequence[Hit]) -> Iterator[str]:
    yield from _named(hits, frozenset(Side))
    for part, after in pairwise(hits):
        if part.names & _parts() and part.end == after.start:
            yield from (name.removeprefix("after ") for name in after.names if "after " in name)


@cache
def _parts() -> frozenset[str]:
    return frozenset(terms()["parts"]) | frozenset(terms()["sided_parts"])


@cache
def _phrasebook() -> Phrasebook:
    after = {f"after {side}": words for side, words in terms()["sides_after"].items()}
    tables = (terms()[table] for table in ("parts", "sided_parts", "sides", "no_sides"))
    return Phrasebook.of(*tables, after)
