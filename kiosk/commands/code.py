"""``kiosk code``: issue a release code after an ID was seen, or make one void."""

import argparse
import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import add_config, add_json
from kiosk.commands.paper import lay_down
from kiosk.errors import ExitCode

if TYPE_CHECKING:
    from kiosk.bootstrap import Appliance


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    issue = actions.add_parser("issue", help="a new code and its slip")
    issue.add_argument("--patient-id", required=True, metavar="ID")
    issue.add_argument(
        "--study", action="append", default=[], metavar="UID", help="default: every study"
    )
    issue.add_argument("--seen", required=True, metavar="DOCUMENT", help='as in "photo ID"')
    issue.add_argument("--slip", type=Path, default=Path("release-slip.pdf"), metavar="FILE.pdf")
    void = actions.add_parser("void", help="make a code useless")
    void.add_argument("code", metavar="DIGITS")
    for action in (issue, void):
        action.add_argument("--by", default=getpass.getuser(), metavar="STAFF")
        add_config(action)
        add_json(action)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Issue or void."""
    from kiosk.bootstrap import open_appliance

    appliance = open_appliance(arguments.config)
    if arguments.action == "void":
        appliance.codes.void(_digits(arguments.code), by=arguments.by)
        print(json.dumps({"event": "voided"}) if arguments.json else "The code is void.")
    else:
        _issue(appliance, arguments)
    return ExitCode.DONE


def _issue(appliance: "Appliance", arguments: argparse.Namespace) -> None:
    """Print a new code and lay its slip down; the digits are nowhere kept."""
    from kiosk.services.identify import identify_at_desk

    issued = appliance.codes.issue(
        identify_at_desk(appliance.ways, arguments.patient_id),
        tuple(arguments.study),
        seen=arguments.seen,
        by=arguments.by,
        hours=appliance.settings.policy.code_hours,
    )
    lay_down(arguments.slip, appliance.papers.make_slip(issued))
    until = issued.code.expires_at.isoformat(timespec="minutes")
    if arguments.json:
        fields = {"code": issued.digits, "expires_at": until, "slip": str(arguments.slip)}
        print(json.dumps({"event": "issued"} | fields))
    else:
        print(f"{issued.digits[:4]} {issued.digits[4:]}")
        print(f"Good for one release until {until}; the slip is {arguments.slip}.")


def _digits(text: str) -> str:
    """Read a code as it is printed, with or without its space."""
    return text.replace(" ", "").replace("-", "")
