"""``kiosk code`` and ``kiosk audit``: what the desk types, and what it reads."""

import json
import re
import subprocess
from pathlib import Path

from tests.builders import MARIA, Place
from tests.journeys.kiosks import Kiosk
from tests.journeys.processes import Ended


def issue(kiosk: Kiosk, *more: object) -> Ended:
    words = ("code", "issue", "--patient-id", MARIA.patient_id, "--seen", "photo ID")
    return kiosk.run(*words, "--slip", kiosk.folder / "slip.pdf", "--by", "robin", *more)


def text_of(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return read.stdout.decode()


def test_a_code_is_printed_once_and_stands_on_its_slip(kiosk: Kiosk) -> None:
    issued = issue(kiosk, "--json")
    assert issued.code == 0, issued.err
    said = json.loads(issued.out)
    assert re.fullmatch(r"\d{8}", said["code"])
    slip = kiosk.folder / "slip.pdf"
    assert said["code"] in re.sub(r"\s", "", text_of(slip))
    assert slip.stat().st_mode & 0o777 == 0o600
    for private in ("Maria", "EX-1001", "1970"):
        assert private not in text_of(slip)


def test_a_code_can_be_made_void_as_it_is_printed(kiosk: Kiosk) -> None:
    printed = issue(kiosk).out.splitlines()[0]
    assert re.fullmatch(r"\d{4} \d{4}", printed)
    voided = kiosk.run("code", "void", printed)
    assert (voided.code, voided.out) == (0, "The code is void.\n")
    again = kiosk.run("code", "void", printed)
    assert again.code == 3
    assert again.err.count("\n") == 1


def test_no_code_is_issued_for_who_is_not_known(kiosk: Kiosk) -> None:
    assert issue(kiosk, "--patient-id", "EX-9999").code == 3
    assert issue(kiosk, "--study", "1.2.3").code == 3
    assert not (kiosk.folder / "slip.pdf").exists()
    assert kiosk.appliance.store.audit.verify() == 0


def test_a_code_is_issued_for_one_study(kiosk: Kiosk) -> None:
    assert issue(kiosk, "--study", Place(MARIA, "a").study_uid).code == 0


def test_a_slip_that_cannot_be_written_is_one_sentence(kiosk: Kiosk) -> None:
    refused = issue(kiosk, "--slip", kiosk.folder / "nowhere" / "slip.pdf")
    assert refused.code == 5
    assert refused.err.count("\n") == 1


def test_the_trail_is_shown_exported_and_verified_and_who_looked_is_in_it(kiosk: Kiosk) -> None:
    job = kiosk.appliance.worker.work(kiosk.sign())
    shown = kiosk.run("audit", "show", "--job", job.job_id)
    assert shown.code == 0
    assert len(shown.out.splitlines()) == 12
    assert "event=HandedOver" in shown.out.splitlines()[-1]
    export = kiosk.folder / "trail.jsonl"
    assert kiosk.run("audit", "export", "--to", export).code == 0
    rows = [json.loads(line) for line in export.read_text().splitlines()]
    assert [row["sequence"] for row in rows] == list(range(1, 15))
    assert export.stat().st_mode & 0o777 == 0o600
    assert [row["fields"]["action"] for row in rows[-2:]] == ["show", "export"]
    verified = kiosk.run("audit", "verify", "--json")
    assert json.loads(verified.out)["events"] == 14


def test_an_export_to_nowhere_is_one_sentence(kiosk: Kiosk) -> None:
    refused = kiosk.run("audit", "export", "--to", kiosk.folder / "nowhere" / "x.jsonl")
    assert refused.code == 5
    assert refused.err.count("\n") == 1


def test_a_trail_that_was_tampered_with_is_said_and_refused(kiosk: Kiosk) -> None:
    import sqlite3

    kiosk.sign()
    connection = sqlite3.connect(kiosk.database)
    with connection:
        connection.execute("DELETE FROM audit_events WHERE sequence = 2")
    connection.close()
    refused = kiosk.run("audit", "verify")
    assert refused.code == 1
    assert "tampered with" in refused.err
