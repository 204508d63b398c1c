"""``kiosk audit``: show, verify or export the chain of events; looking is an event too."""

import argparse
import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import add_config, add_json
from kiosk.commands.paper import lay_down
from kiosk.errors import ExitCode

if TYPE_CHECKING:
    from kiosk.domain.audit import AuditEvent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help="one event a line")
    show.add_argument("--job", metavar="ID", help="only this job's events")
    verify = actions.add_parser("verify", help="find any changed, removed or inserted event")
    export = actions.add_parser("export", help="write every event as a JSON line")
    export.add_argument("--to", required=True, type=Path, metavar="FILE.jsonl")
    for action in (show, verify, export):
        add_config(action)
        add_json(action)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Show, verify or export."""
    from kiosk.bootstrap import open_audit_log
    from kiosk.domain.audit import AuditKind

    audit = open_audit_log(arguments.config)
    if arguments.action == "verify":
        count = audit.verify()
        fields = {"event": "verified", "events": count, "head": audit.head()}
        print(json.dumps(fields) if arguments.json else f"{count} events, the chain is whole.")
        return ExitCode.DONE
    audit.append(AuditKind.AUDIT_READ, {"by": getpass.getuser(), "action": arguments.action})
    if arguments.action == "show":
        for event in audit.events(arguments.job):
            print(json.dumps(_row(event)) if arguments.json else _line(event))
    else:
        rows = "".join(json.dumps(_row(event)) + "\n" for event in audit.events())
        lay_down(arguments.to, rows.encode())
    return ExitCode.DONE


def _row(event: "AuditEvent") -> dict[str, object]:
    return {
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "kind": event.kind,
        "job": event.job_id,
        "fields": event.fields,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def _line(event: "AuditEvent") -> str:
    fields = " ".join(f"{name}={value}" for name, value in sorted(event.fields.items()))
    when = event.at.isoformat(timespec="seconds")
    return f"{event.sequence:>6}  {when}  {event.kind:<17} {event.job_id or '-':<32}  {fields}"
