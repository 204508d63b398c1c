"""Numbers of a header as they come: sometimes missing, sometimes no numbers."""

import math
from typing import Any


def whole_number(value: Any) -> int | None:
    """Return a whole number, or None where there is none."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def numbers(value: Any, count: int) -> list[float] | None:
    """Return exactly so many numbers, or None where a value is anything else."""
    if value is None or isinstance(value, str) or not hasattr(value, "__len__"):
        return None
    try:
        read = [float(each) for each in value]
    except (TypeError, ValueError):
        return None
    return read if len(read) == count and all(map(math.isfinite, read)) else None
