"""What runs in the window's own process while it is measured; prints its figures as JSON."""

import json
import sys
from pathlib import Path

import kiosk.ui  # noqa: F401 - quiets Kivy before it is imported


def figures(words: list[str]) -> dict[str, object]:
    """Measure what the words name."""
    match words:
        case ["start", config]:
            from tests.bench.start import start

            return start(Path(config))
        case ["touches"]:
            from tests.bench.touches import touches

            return touches()
        case ["frames", config, digits, born]:
            from tests.bench.frames import frames

            return frames(Path(config), digits, born)
        case ["walks", count, early]:
            from tests.bench.walks import walks

            return walks(int(count), int(early))
        case _:
            raise ValueError(words)


if __name__ == "__main__":
    print(json.dumps(figures(sys.argv[1:])), flush=True)
