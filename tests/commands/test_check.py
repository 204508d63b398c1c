"""``kiosk check``: every line is printed although others are broken, each with what to do."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from forms.seal.new_key import make_seal_key
from forms.seal.place import PemPair
from tests.journeys.kiosks import Kiosk
from tests.journeys.processes import Ended

LINES = [
    "configuration", "archive folder", "database", "audit trail", "spool", "seal", "fonts", "words",
    "clock", "drive", "stick port", "printers",
]  # fmt: skip


def found(ended: Ended) -> dict[str, dict[str, Any]]:
    return {line["name"]: line for line in map(json.loads, ended.out.splitlines())}


def test_a_machine_that_is_ready_says_so_line_by_line(kiosk: Kiosk) -> None:
    checked = kiosk.run("check", "--json")
    assert (checked.code, checked.err) == (0, "")
    assert list(found(checked)) == LINES
    assert {line["level"] for line in found(checked).values()} <= {"ready", "warning"}


def archive_is_away(kiosk: Kiosk) -> None:
    kiosk.break_archive(away=True)


def archive_refuses(kiosk: Kiosk) -> None:
    kiosk.break_archive(refuses=True)


def database_is_a_folder(kiosk: Kiosk) -> None:
    kiosk.configure(store={"url": f"sqlite:///{kiosk.archive}"})


def database_is_damaged(kiosk: Kiosk) -> None:
    kiosk.close()
    kiosk.database.write_bytes(b"no database at all" * 1000)


def history_was_changed(kiosk: Kiosk) -> None:
    import sqlite3

    kiosk.sign()
    connection = sqlite3.connect(kiosk.database)
    with connection:
        connection.execute("UPDATE audit_events SET kind = 'audit-read' WHERE sequence = 1")
    connection.close()


def spool_is_a_file(kiosk: Kiosk) -> None:
    shutil.rmtree(kiosk.spool, ignore_errors=True)
    kiosk.spool.touch()


def seal_has_expired(kiosk: Kiosk) -> None:
    files = PemPair.in_folder(kiosk.folder / "var" / "seal")
    files.key.unlink()
    make_seal_key(files, "Old", datetime.now(UTC) - timedelta(days=4000))


def seal_lost_its_certificate(kiosk: Kiosk) -> None:
    (kiosk.folder / "var" / "seal" / "seal.cert.pem").unlink()


def words_are_mistyped(kiosk: Kiosk) -> None:
    house = kiosk.folder / "house"
    house.mkdir()
    (house / "en.toml").write_text('[access]\ntitel = "Request"\n')
    (house / "logo.png").write_bytes(b"red")
    kiosk.configure(forms={"folder": str(house)})


BROKEN = {
    archive_is_away: ("archive folder", 4),
    archive_refuses: ("archive folder", 4),
    database_is_a_folder: ("database", 1),
    database_is_damaged: ("database", 1),
    history_was_changed: ("audit trail", 1),
    spool_is_a_file: ("spool", 5),
    seal_has_expired: ("seal", 2),
    seal_lost_its_certificate: ("seal", 2),
    words_are_mistyped: ("words", 2),
}


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda deed: deed.__name__)
def test_a_broken_thing_is_named_with_what_to_do_and_the_rest_is_looked_at(
    kiosk: Kiosk, break_it: Any
) -> None:
    name, code = BROKEN[break_it]
    break_it(kiosk)
    checked = kiosk.run("check", "--json")
    assert checked.code == code
    assert checked.err == ""
    assert list(found(checked)) == LINES
    line = found(checked)[name]
    assert line["level"] == "broken"
    assert line["to_do"]
    assert line["found"]


def test_the_hospitals_own_words_are_checked_key_by_key(kiosk: Kiosk) -> None:
    words_are_mistyped(kiosk)
    line = found(kiosk.run("check", "--json"))["words"]
    assert "en.toml: access.titel is no key; do you mean title?" in line["found"]
    assert "logo.png cannot be read" in line["found"]


def test_the_hospitals_own_words_are_counted(kiosk: Kiosk) -> None:
    house = kiosk.folder / "house"
    house.mkdir()
    (house / "es.toml").write_text('[access]\ntitle = "Solicitud"\n')
    kiosk.configure(forms={"folder": str(house)})
    line = found(kiosk.run("check", "--json"))["words"]
    assert line["level"] == "ready"
    assert line["found"] == f"{house}: 1 sentences of the hospital's own, no logo"


def test_a_person_reads_marks_and_what_to_do(kiosk: Kiosk) -> None:
    kiosk.break_archive(away=True)
    lines = kiosk.run("check").out.splitlines()
    assert len(lines) == len(LINES)
    assert lines[0].startswith("ok    configuration")
    assert lines[1].startswith("FIX   archive folder       it is away: The archive does not answer")


def test_a_spool_that_others_may_read_is_a_warning(kiosk: Kiosk) -> None:
    kiosk.spool.mkdir(exist_ok=True)
    kiosk.spool.chmod(0o755)
    checked = kiosk.run("check", "--json")
    assert checked.code == 0
    spool = found(checked)["spool"]
    assert spool["level"] == "warning"


def test_a_wrong_configuration_is_one_sentence(kiosk: Kiosk) -> None:
    kiosk.config.write_text("[archive]\norder = []\n")
    checked = kiosk.run("check")
    assert checked.code == 2
    assert checked.err.count("\n") == 1


def test_the_page_says_the_same(kiosk: Kiosk) -> None:
    kiosk.break_archive(away=True)
    page = kiosk.folder / "ready.pdf"
    assert kiosk.run("check", "--pdf", page).code == 4
    text = subprocess.run(["pdftotext", "-layout", page, "-"], capture_output=True, check=True)
    said = text.stdout.decode()
    assert all(name in said for name in LINES)
    assert "it is away" in said.lower()


def test_a_page_that_cannot_be_written_is_one_sentence(kiosk: Kiosk) -> None:
    checked = kiosk.run("check", "--pdf", kiosk.folder / "nowhere" / "ready.pdf")
    assert checked.code == 5
    assert len(checked.out.splitlines()) == len(LINES)
    assert checked.err.count("\n") == 1
    assert "ready.pdf: No such file or directory" in checked.err
