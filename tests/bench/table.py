"""The benchmark's rows: ours against another, as a ratio with both sides in one run."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison."""

    name: str
    unit: str
    ours: float
    other: float
    must: float
    """The largest ratio of ours to the other that is good enough."""

    @property
    def ratio(self) -> float:
        return self.ours / self.other

    @property
    def holds(self) -> bool:
        return self.ratio <= self.must


def best_of(times: int, *sides: Callable[[], float]) -> list[float]:
    """Run the sides in turn, A B A B, and return the best figure of each."""
    figures = [[side() for side in sides] for _ in range(times)]
    return [min(column) for column in zip(*figures, strict=True)]


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def p99(values: list[float]) -> float:
    """Return the value that one in a hundred exceeds."""
    return sorted(values)[-(-len(values) * 99 // 100) - 1]


def write(rows: list[Row], path: Path) -> None:
    """Print the table as Markdown and keep it as JSON."""
    print("| work | unit | ours | other | ratio | must be at most | holds |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row.name} | {row.unit} | {row.ours:.3g} | {row.other:.3g} | {row.ratio:.3f}"
            f" | {row.must:.3f} | {'yes' if row.holds else 'NO'} |"
        )
    path.parent.mkdir(exist_ok=True)
    table = [asdict(row) | {"ratio": row.ratio, "holds": row.holds} for row in rows]
    path.write_text(json.dumps(table, indent=2) + "\n")
