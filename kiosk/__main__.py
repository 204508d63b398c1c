"""The command line: ``kiosk COMMAND``."""

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from kiosk import __version__
from kiosk.errors import ExitCode, KioskError
from kiosk.logs import log_to

COMMANDS = {
    "demo": "run the whole appliance on this machine, with real images",
    "ui": "open the touch screen of this kiosk",
    "worker": "perform the jobs of this kiosk",
    "release": "make one release without a screen",
    "verify": "check a disc, image, folder or stick",
    "forms": "say what a sealed form or receipt proves",
    "check": "say whether this machine is ready",
    "code": "issue or void a release code",
    "audit": "show, verify or export the chain of events",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; every failure is one sentence on standard error and an exit code."""
    arguments = _parser().parse_args(argv)
    log_to(sys.stderr, logging.WARNING)
    try:
        return int(import_module(f"kiosk.commands.{arguments.command}").run(arguments))
    except KioskError as error:
        print(f"kiosk: {error}", file=sys.stderr)  # noqa: T201 - the command's own voice
        return int(error.exit_code)
    except KeyboardInterrupt:
        print("kiosk: stopped; a signed job goes on when a worker runs.", file=sys.stderr)  # noqa: T201
        return int(ExitCode.OTHER)
    except BrokenPipeError:
        # Who read has read enough; nor may the interpreter complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.OTHER)
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a user
        print(f"kiosk: {_unknown(error)}", file=sys.stderr)  # noqa: T201
        return int(ExitCode.OTHER)


def _unknown(error: Exception) -> KioskError:
    """Say where an unknown failure happened; its own text may hold a patient's data."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return KioskError(f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="The imaging release kiosk.")
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose.capitalize() + ".")
        import_module(f"kiosk.commands.{name}").add_arguments(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
