"""How commands tell what they found: a line each, and the exit code that says the same."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.errors import ExitCode, error_of

if TYPE_CHECKING:
    from kiosk.domain.readiness import Finding


def say_findings(findings: "Sequence[Finding]", broken_mark: str, *, as_json: bool) -> ExitCode:
    """Print each finding; return the exit code of the first that is broken.

    Parameters
    ----------
    broken_mark
        What people read before a broken thing, in capitals.
    """
    marks = {"ready": "ok", "warning": "look", "broken": broken_mark}
    for finding in findings:
        print(json.dumps(_fields(finding)) if as_json else _line(finding, marks[finding.level]))
    broken = [finding for finding in findings if finding.level == "broken"]
    return error_of(broken[0].code).exit_code if broken else ExitCode.DONE


def _fields(finding: "Finding") -> dict[str, str]:
    return {
        "event": "checked",
        "name": finding.name,
        "level": finding.level,
        "found": finding.found,
        "to_do": finding.to_do,
    }


def _line(finding: "Finding", mark: str) -> str:
    line = f"{mark:<5} {finding.name:<20} {finding.found}"
    return f"{line}: {finding.to_do}" if finding.to_do else line
