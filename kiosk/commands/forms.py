"""``kiosk forms``: say what a sealed form or receipt proves."""

import argparse
from pathlib import Path

from kiosk.commands.arguments import add_config, add_json
from kiosk.commands.findings import say_findings
from kiosk.errors import ConfigurationWrong, ExitCode


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="check seal, time, store and audit trail")
    verify.add_argument("file", type=Path, metavar="FILE.pdf")
    add_config(verify)
    add_json(verify)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Verify; only a document that nothing speaks against is good."""
    from kiosk.bootstrap import open_proof

    try:
        pdf = arguments.file.read_bytes()
    except OSError as error:
        raise ConfigurationWrong(f"{arguments.file}: {error.strerror}") from None
    findings = tuple(open_proof(arguments.config).findings(pdf))
    return say_findings(findings, "NO", as_json=arguments.json)
