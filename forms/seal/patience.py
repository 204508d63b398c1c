"""Waits for the network no longer than somebody who stands before the screen can."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def within(limit_s: float, ask: Callable[[], T]) -> T:
    """Return an answer that comes in time; one that is late is dropped when it comes.

    No socket's own time-out does this: it begins anew with every byte.

    Raises
    ------
    TimeoutError
        If the limit has passed.
    OSError, ValueError
        What the question itself ends with; anything else must not happen.
    """
    answers: SimpleQueue[T | OSError | ValueError] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except (OSError, ValueError) as error:
            answers.put(error)

    Thread(target=run, daemon=True).start()
    try:
        answer = answers.get(timeout=limit_s)
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError | ValueError):
        raise answer
    return answer
