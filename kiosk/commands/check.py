"""``kiosk check``: whether this machine is ready, a line for each thing with what to do."""

import argparse
from pathlib import Path

from kiosk.commands.arguments import add_config, add_json
from kiosk.commands.findings import say_findings
from kiosk.commands.paper import lay_down
from kiosk.errors import ExitCode


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_config(parser)
    add_json(parser)
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="also as a page to file")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Look at everything; the exit code is that of the first thing that is broken."""
    from forms.readiness import render_readiness
    from kiosk.bootstrap import look_at_everything

    facts = look_at_everything(arguments.config)
    code = say_findings(facts.findings, "FIX", as_json=arguments.json)
    if arguments.pdf is not None:
        lay_down(arguments.pdf, render_readiness(facts))
    return code
