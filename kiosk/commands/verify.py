"""``kiosk verify``: check a disc, image, folder or stick, rule by rule."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.arguments import add_config, add_json
from kiosk.commands.telling import say_json, telling
from kiosk.domain.job import JobState
from kiosk.domain.progress import Progress
from kiosk.domain.release import TargetKind
from kiosk.errors import ExitCode, NotAReceipt

if TYPE_CHECKING:
    from forms.receipt.record import ReceiptRecord, RecordedMedium
    from kiosk.media.check.report import Answer, Report
    from kiosk.services.recognise import Recognised

NAMES = {TargetKind.IMAGE.value: "disc", TargetKind.FOLDER.value: "folder"}
"""What staff call each kind of medium."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("medium", type=Path, metavar="MEDIUM", help="image file, drive or folder")
    parser.add_argument(
        "--receipt",
        type=Path,
        metavar="FILE",
        help="also say whether it is the medium of this receipt, sealed by the kiosk of --config",
    )
    add_config(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Check every rule, and the receipt if one is named; only what keeps them all is good."""
    from kiosk.services.recognise import Same, recognise

    receipt = _read_receipt(arguments) if arguments.receipt else None
    report = _check(arguments)
    found = recognise(report, receipt) if receipt else None
    holds = report.holds and (found is None or isinstance(found, Same))
    if arguments.json:
        told = {"receipt": _as_json(found)} if found else {}
        say_json(event="done" if holds else "ended", **report.as_json() | told)
    else:
        _say(report)
        if found is not None:
            print(_sentence(found))
    return ExitCode.DONE if holds else ExitCode.MEDIUM


def _read_receipt(arguments: argparse.Namespace) -> "ReceiptRecord":
    """Read the receipt before the medium, which takes long: its seal must hold first.

    Raises
    ------
    NotAReceipt, ReceiptChanged
        As ``read_record`` does, or if there is no such file.
    """
    from forms.receipt.record import read_record
    from kiosk.bootstrap.seal import seal_trust
    from kiosk.config import read_settings

    try:
        pdf = arguments.receipt.read_bytes()
    except OSError as error:
        raise NotAReceipt(f"{arguments.receipt}: {error.strerror}") from None
    return read_record(pdf, seal_trust(read_settings(arguments.config)))


def _check(arguments: argparse.Namespace) -> "Report":
    from kiosk.media.check import check_medium
    from kiosk.media.reader import open_medium

    with open_medium(arguments.medium) as reader, telling(as_json=arguments.json) as tell:
        total = len(reader.files)
        return check_medium(
            reader,
            lambda files, size: tell.progress(
                Progress(JobState.VERIFYING, files, total, size, None)
            ),
        )


def _as_json(found: "Recognised") -> dict[str, object]:
    told: dict[str, object] = {
        "number": found.receipt.number,
        "medium": type(found).__name__.lower(),
    }
    medium = getattr(found, "medium", None)
    return told | ({"volume": f"{medium.volume} of {medium.volumes}"} if medium else {})


def _sentence(found: "Recognised") -> str:
    from kiosk.services.recognise import Altered, Other, Same

    number = found.receipt.number
    match found:
        case Same(medium=medium):
            return f"This is {_which(medium)} of receipt {number}, as it was handed over."
        case Altered(medium=medium):
            return (
                f"This says that it is {_which(medium)} of receipt {number}, but it was changed:"
                " do not rely on it, make another."
            )
        case Other(receipt=receipt):
            labels = ", ".join(medium.label for medium in receipt.media)
            return f"This is another medium: receipt {number} was printed for {labels}."


def _which(medium: "RecordedMedium") -> str:
    return f"{NAMES.get(medium.kind, medium.kind)} {medium.volume} of {medium.volumes}"


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
