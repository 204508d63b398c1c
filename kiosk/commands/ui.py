"""``kiosk ui``: the touch screen that the patient stands before."""

import argparse
import sys

from kiosk.commands.arguments import add_config, window_size
from kiosk.errors import ExitCode


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_config(parser)
    parser.add_argument(
        "--window",
        type=window_size,
        metavar="WxH",
        help="a window of that many pixels in place of the configured panel",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Show the walk until the window is closed."""
    from kiosk.bootstrap.front import open_front
    from kiosk.logs import log_to
    from kiosk.ui.app import run_kiosk

    log_to(sys.stdout)
    run_kiosk(open_front(arguments.config, window=arguments.window))
    return ExitCode.DONE
