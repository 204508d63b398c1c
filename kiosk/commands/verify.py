"""``kiosk verify``: check a disc, image, folder or stick, rule by rule."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import add_json
from kiosk.commands.telling import say_json, telling
from kiosk.domain.job import JobState
from kiosk.domain.progress import Progress
from kiosk.errors import ExitCode

if TYPE_CHECKING:
    from kiosk.media.check.report import Answer, Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("medium", type=Path, metavar="MEDIUM", help="image file, drive or folder")
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Check every rule; only a medium that keeps them all is good."""
    from kiosk.media.check import check_medium
    from kiosk.media.reader import open_medium

    with open_medium(arguments.medium) as reader, telling(as_json=arguments.json) as tell:
        total = len(reader.files)
        report = check_medium(
            reader,
            lambda files, size: tell.progress(
                Progress(JobState.VERIFYING, files, total, size, None)
            ),
        )
    if arguments.json:
        say_json(event="done" if report.holds else "ended", **report.as_json())
    else:
        _say(report)
    return ExitCode.DONE if report.holds else ExitCode.MEDIUM


def _say(report: "Report") -> None:
    for answer in report.answers:
        _say_answer(answer)
    counts = f"{report.instances} instances, {report.files} files, {report.size_bytes} bytes"
    print(f"{report.file_set_id}: {counts}, SHA-256 {report.sha256}")
    if report.holds:
        print("Every rule holds.")
    else:
        print(f"{len(report.broken)} rules do not hold: do not hand this medium out, make another.")


def _say_answer(answer: "Answer") -> None:
    if not answer.applies:
        return
    print(f"{'ok' if answer.holds else 'NO':<3} {answer.id:<22} {answer.title} ({answer.clause})")
    for finding in answer.findings:
        print(f"      {finding}")
    if answer.count > len(answer.findings):
        print(f"      and {answer.count - len(answer.findings)} more")
