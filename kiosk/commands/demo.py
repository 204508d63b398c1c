"""``kiosk demo``: the whole appliance on this machine, with real images and the touch window."""

import argparse
from pathlib import Path

from kiosk.commands.arguments import window_size
from kiosk.errors import ExitCode

PANEL = (1080, 1920)
HALF_A_PANEL = (540, 960)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--folder", type=Path, default=Path("build/demo"), help="default: build/demo"
    )
    parser.add_argument(
        "--window", type=window_size, metavar="WxH", default=HALF_A_PANEL, help="default: 540x960"
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Open the touch window; where there is no display, let a recorded patient walk alone."""
    from kiosk.bootstrap import open_appliance
    from kiosk.demo.appliance import demo_appliance
    from kiosk.demo.display import has_display, virtual_display
    from kiosk.demo.walk import issue_code, lay_out, walk_alone, walk_by_hand, worker
    from kiosk.logs import log_to

    with (
        demo_appliance(arguments.folder) as demo,
        demo.config.with_name("kiosk.log").open("w") as log,
    ):
        log_to(log)
        kiosk = open_appliance(demo.config)
        print(f"The archive holds {demo.instances} instances of two patients.")
        digits = issue_code(kiosk)
        with worker(demo, log):
            if has_display():
                walk_by_hand(demo, arguments.window)
            else:
                with virtual_display(*PANEL) as display:
                    walk_alone(demo, display, PANEL, digits)
        lay_out(kiosk, demo.handed_over)
    return ExitCode.DONE
