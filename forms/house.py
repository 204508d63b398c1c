"""What a hospital changes of the documents: its own words, and its logo."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Tables = Mapping[str, Mapping[str, Any]]
"""A sentence by its table and key: a text, a list of texts, or a text for each kind of number."""


@dataclass(frozen=True, slots=True)
class House:
    """The house style of one hospital."""

    words: Mapping[str, Tables] = field(default_factory=dict)
    """Only the sentences that it says otherwise than we do, by language."""
    logo: bytes | None = None
    """A PNG, which stands at the head of every page."""


PLAIN = House()
"""Of a hospital that changes nothing."""
