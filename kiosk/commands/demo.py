"""``kiosk demo``: the whole appliance on this machine, with real images and a recorded patient."""

import argparse
from pathlib import Path

from kiosk.errors import ExitCode


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--folder", type=Path, default=Path("build/demo"), help="default: build/demo"
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Set the appliance up, walk a patient through it, and name the folder with the results."""
    from kiosk.bootstrap import open_appliance
    from kiosk.commands.telling import telling
    from kiosk.demo.appliance import demo_appliance
    from kiosk.demo.walk import lay_out, sign, work
    from kiosk.logs import log_to

    with (
        demo_appliance(arguments.folder) as demo,
        demo.config.with_name("kiosk.log").open("w") as log,
    ):
        log_to(log)
        kiosk = open_appliance(demo.config)
        job = sign(demo, kiosk)
        with telling(as_json=False) as tell:
            job = work(kiosk, job, tell.progress)
        lay_out(kiosk, job, demo.handed_over)
    return ExitCode.DONE
