"""What several commands take on the command line."""

import argparse
import re
from datetime import date
from pathlib import Path

from kiosk.config import DEFAULT_PATH
from kiosk.domain.release import Target, TargetKind


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add ``--config FILE``."""
    parser.add_argument(
        "--config", type=Path, default=DEFAULT_PATH, help=f"default: {DEFAULT_PATH}"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def iso_date(text: str) -> date:
    """Read ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a date is written YYYY-MM-DD") from None


def target(text: str) -> Target:
    """Read ``image:PATH.iso`` or ``folder:PATH``."""
    kind, _, path = text.partition(":")
    if kind not in set(TargetKind) or not path:
        raise argparse.ArgumentTypeError("write to image:PATH.iso or folder:PATH")
    return Target(TargetKind(kind), str(Path(path).absolute()))


def window_size(text: str) -> tuple[int, int]:
    """Read the width and height of a window: ``1080x1920``."""
    if re.fullmatch(r"[1-9][0-9]{2,4}x[1-9][0-9]{2,4}", text) is None:
        raise argparse.ArgumentTypeError("a size is written WIDTHxHEIGHT, as in 540x960")
    width, height = text.split("x")
    return int(width), int(height)
