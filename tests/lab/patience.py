"""Waiting for something to be so, never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

PATIENCE_S = 600
"""More than anything takes on a busy machine under emulation."""


def wait_for(what: str, answer: Callable[[], Answer | None], every_s: float = 0.1) -> Answer:
    """Ask until there is an answer, and return it."""
    end = time.monotonic() + PATIENCE_S
    while not (found := answer()):
        assert time.monotonic() < end, f"no {what} within {PATIENCE_S} s"
        time.sleep(every_s)
    return found
