"""``kiosk check``: whether this machine is ready, a line for each thing with what to do."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import add_config, add_json
from kiosk.commands.paper import lay_down
from kiosk.errors import ExitCode, error_of

if TYPE_CHECKING:
    from kiosk.domain.readiness import Finding

MARKS = {"ready": "ok", "warning": "look", "broken": "FIX"}


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
    for finding in facts.findings:
        print(json.dumps(_fields(finding)) if arguments.json else _line(finding))
    if arguments.pdf is not None:
        lay_down(arguments.pdf, render_readiness(facts))
    broken = [finding for finding in facts.findings if finding.level == "broken"]
    return error_of(broken[0].code).exit_code if broken else ExitCode.DONE


def _fields(finding: "Finding") -> dict[str, str]:
    return {
        "event": "checked",
        "name": finding.name,
        "level": finding.level,
        "found": finding.found,
        "to_do": finding.to_do,
    }


def _line(finding: "Finding") -> str:
    line = f"{MARKS[finding.level]:<5} {finding.name:<20} {finding.found}"
    return f"{line}: {finding.to_do}" if finding.to_do else line
