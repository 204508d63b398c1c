"""``kiosk forms verify``: what a sealed form or receipt proves, a line for each point."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from forms.release.signed_form import EVIDENCE_NAME, SHOWN_NAME
from forms.seal.new_key import make_seal_key
from forms.seal.place import PemPair
from forms.seal.seal import load_seal
from kiosk.domain.audit import AuditKind
from kiosk.domain.job import Job
from tests.forms.flipping import flipped
from tests.forms.small import SMALL
from tests.journeys.kiosks import Kiosk
from tests.journeys.processes import Ended
from tests.peers.seal_authority import SealAuthority, pem
from tests.peers.time_stamps import Stamper
from tests.peers.web_server import web_server

FORM = ["seal", "key", "time", "store", "evidence", "audit trail"]
RECEIPT = ["seal", "key", "time", "store", "audit trail"]


@pytest.fixture
def done(kiosk: Kiosk) -> Job:
    job = kiosk.appliance.worker.work(kiosk.sign())
    return kiosk.job(job)


def paper(kiosk: Kiosk, job: Job, kind: str = "form") -> Path:
    path = kiosk.folder / f"{kind}.pdf"
    path.write_bytes(kiosk.document(job, kind))
    return path


def verify(kiosk: Kiosk, path: Path) -> tuple[Ended, dict[str, dict[str, Any]]]:
    ended = kiosk.run("forms", "verify", path, "--json")
    assert ended.err == ""
    return ended, {line["name"]: line for line in map(json.loads, ended.out.splitlines())}


@pytest.mark.parametrize(("kind", "points"), [("form", FORM), ("receipt", RECEIPT)])
def test_a_paper_of_this_kiosk_proves_every_point(
    kiosk: Kiosk, done: Job, kind: str, points: list[str]
) -> None:
    ended, found = verify(kiosk, paper(kiosk, done, kind))
    assert ended.code == 0
    assert list(found) == points
    assert {line["level"] for line in found.values()} == {"ready"}
    assert f"it is the {kind} of job {done.number}" in found["store"]["found"]
    assert "this kiosk's key: CN=" in found["key"]["found"]
    assert kiosk.appliance.papers.seal.fingerprint in found["key"]["found"]
    assert "by the kiosk's clock, without a time stamp" in found["time"]["found"]


def test_a_person_reads_a_sentence_for_each_point(kiosk: Kiosk, done: Job) -> None:
    ended = kiosk.run("forms", "verify", paper(kiosk, done))
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert len(lines) == len(FORM)
    assert all(line.startswith("ok    ") for line in lines)
    assert lines[0].endswith("nothing in the file has changed since it was sealed")


def test_nobody_s_name_is_told(kiosk: Kiosk, done: Job) -> None:
    said = kiosk.run("forms", "verify", paper(kiosk, done)).out
    assert "Maria" not in said
    assert done.release.patient.patient_id not in said


@pytest.mark.parametrize("kind", ["form", "receipt"])
def test_one_changed_bit_is_enough(kiosk: Kiosk, done: Job, kind: str) -> None:
    path = paper(kiosk, done, kind)
    pdf = path.read_bytes()
    path.write_bytes(flipped(pdf, len(pdf) // 2))
    ended, found = verify(kiosk, path)
    assert ended.code == 6
    assert list(found) == ["seal"]
    assert found["seal"]["found"] == "the file is not as it was sealed"
    assert "take the one that the kiosk has in its store" in found["seal"]["to_do"]


@pytest.mark.parametrize("content", [b"", b"no PDF at all", SMALL])
def test_what_has_no_seal_is_refused(kiosk: Kiosk, content: bytes) -> None:
    path = kiosk.folder / "some.pdf"
    path.write_bytes(content)
    ended, found = verify(kiosk, path)
    assert ended.code == 6
    assert found["seal"]["found"] == "there is no seal over the whole file"


def test_something_added_behind_is_found(kiosk: Kiosk, done: Job) -> None:
    path = paper(kiosk, done)
    path.write_bytes(path.read_bytes() + b"\n%%EOF\n")
    assert verify(kiosk, path)[0].code == 6


def foreign_seal(folder: Path) -> PemPair:
    files = PemPair.in_folder(folder)
    make_seal_key(files, "Imaging release desk", datetime.now(UTC))  # as the kiosk's own
    return files


def test_the_very_form_under_another_key_is_refused(kiosk: Kiosk, done: Job) -> None:
    papers = replace(kiosk.appliance.papers, seal=load_seal(foreign_seal(kiosk.folder / "foreign")))
    path = kiosk.folder / "forged.pdf"
    path.write_bytes(papers.make_form(done.job_id, done.release).sealed)
    ended, found = verify(kiosk, path)
    assert ended.code == 6
    assert list(found) == ["seal", "key", "time", "store"]
    assert found["seal"]["level"] == "ready"
    assert "not this kiosk's" in found["key"]["found"]
    assert found["store"]["level"] == "broken"


def test_a_form_that_was_never_kept_is_not_found(kiosk: Kiosk, done: Job) -> None:
    path = kiosk.folder / "never.pdf"
    path.write_bytes(kiosk.appliance.papers.make_form("ab" * 16, done.release).sealed)
    ended, found = verify(kiosk, path)
    assert ended.code == 3
    assert found["key"]["level"] == "ready"
    assert "ask the kiosk that sealed it" in found["store"]["to_do"]


def test_a_form_of_the_key_before_is_recognised(kiosk: Kiosk, done: Job) -> None:
    path = paper(kiosk, done)
    seal = kiosk.folder / "var" / "seal"
    shutil.rmtree(seal)
    foreign_seal(seal)
    ended, found = verify(kiosk, path)
    assert ended.code == 0
    assert found["key"]["level"] == "warning"
    assert "another key than this kiosk has now" in found["key"]["found"]


@contextmanager
def in_database(kiosk: Kiosk) -> Iterator[sqlite3.Connection]:
    """Give a way in behind the kiosk's back, as its administrator has one."""
    kiosk.close()
    connection = sqlite3.connect(kiosk.database)
    with connection:
        yield connection
    connection.close()


def form_is_removed(kiosk: Kiosk, job: Job) -> None:
    with in_database(kiosk) as database:
        database.execute("DELETE FROM documents WHERE kind = 'form'")


def form_is_replaced(kiosk: Kiosk, job: Job) -> None:
    with in_database(kiosk) as database:
        database.execute("UPDATE documents SET content = x'25504446' WHERE kind = 'form'")


def evidence_is_removed(kiosk: Kiosk, job: Job) -> None:
    with in_database(kiosk) as database:
        database.execute("DELETE FROM documents WHERE kind = 'evidence'")


def chain_is_cut(kiosk: Kiosk, job: Job) -> None:
    with in_database(kiosk) as database:
        database.execute(
            "DELETE FROM audit_events WHERE sequence = (SELECT max(sequence) FROM audit_events)"
        )


TAMPERED: dict[Callable[[Kiosk, Job], None], tuple[str, int]] = {
    form_is_removed: ("store", 3),
    form_is_replaced: ("store", 6),
    evidence_is_removed: ("evidence", 6),
    chain_is_cut: ("audit trail", 1),
}


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda deed: deed.__name__)
def test_a_store_that_was_tampered_with_is_named(
    kiosk: Kiosk, done: Job, tamper: Callable[[Kiosk, Job], None]
) -> None:
    path = paper(kiosk, done)
    tamper(kiosk, done)
    point, code = TAMPERED[tamper]
    ended, found = verify(kiosk, path)
    assert ended.code == code
    assert found["seal"]["level"] == "ready"
    assert found[point]["level"] == "broken"
    assert found[point]["to_do"]


SHOWN = b"%PDF-1.7 another form"
OTHER: dict[str, tuple[dict[str, str], bytes | None, str]] = {
    "form as shown": ({}, SHOWN, "another than the one inside the file"),
    "job": ({"job_id": "ab" * 16}, None, "it is of another job"),
    "event before": ({"previous_audit_hash": "ab" * 32}, None, "no event of the audit trail"),
}


@pytest.mark.parametrize("what", OTHER)
def test_evidence_that_does_not_fit_is_found_although_it_was_sealed_and_kept(
    kiosk: Kiosk, what: str
) -> None:
    changed, shown, sentence = OTHER[what]
    appliance, job_id, release = kiosk.appliance, "cd" * 16, kiosk.wish()
    made = appliance.papers.make_form(job_id, release)
    evidence = json.dumps(json.loads(made.evidence) | changed).encode()
    attached = {SHOWN_NAME: shown or made.shown, EVIDENCE_NAME: evidence}
    path = kiosk.folder / "form.pdf"
    path.write_bytes(appliance.papers.seal.seal(SMALL, kiosk.clock(), attached).pdf)
    appliance.store.jobs.add(release, "lobby", job_id, path.read_bytes(), evidence=evidence)
    ended, found = verify(kiosk, path)
    assert ended.code == 6
    assert {name for name, line in found.items() if line["level"] == "broken"} == {"evidence"}
    assert sentence in found["evidence"]["found"]


def test_a_file_that_is_not_there_is_one_sentence(kiosk: Kiosk) -> None:
    ended = kiosk.run("forms", "verify", kiosk.folder / "nowhere.pdf")
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "nowhere.pdf: No such file or directory" in ended.err


def with_time_stamps(kiosk: Kiosk, authority: SealAuthority, url: str) -> None:
    ca_file = kiosk.folder / "stamps.pem"
    ca_file.write_bytes(pem(*authority.chain))
    kiosk.configure(forms={"timestamp_url": url, "timestamp_ca_file": str(ca_file)})


def test_a_time_stamp_says_when_and_by_whom(kiosk: Kiosk) -> None:
    authority = SealAuthority()
    stamper = Stamper.of(authority, kiosk.folder / "tsa")
    with web_server(stamper.answer) as (url, _):
        with_time_stamps(kiosk, authority, url)
        path = paper(kiosk, kiosk.sign())
    ended, found = verify(kiosk, path)
    assert ended.code == 0
    assert "by CN=Example time stamps" in found["time"]["found"]
    events = kiosk.appliance.store.audit.events()
    assert AuditKind.TIME_STAMP_MISSED not in {each.kind for each in events}
    kiosk.configure()
    ended, found = verify(kiosk, path)
    assert ended.code == 6
    assert "timestamp_ca_file" in found["time"]["to_do"]


def test_a_clock_that_is_wrong_shows_beside_the_time_stamp(kiosk: Kiosk) -> None:
    authority = SealAuthority()
    stamper = Stamper.of(authority, kiosk.folder / "tsa")
    with web_server(stamper.answer) as (url, _):
        with_time_stamps(kiosk, authority, url)
        now = datetime.now(UTC)
        kiosk.clock = lambda: now.replace(hour=(now.hour + 12) % 24)
        path = paper(kiosk, kiosk.sign())
    found = verify(kiosk, path)[1]
    assert found["time"]["level"] == "warning"
    assert found["time"]["to_do"] == "the clocks disagree: believe the time stamp"


def test_a_form_without_the_time_stamp_it_should_have_is_in_the_audit_trail(kiosk: Kiosk) -> None:
    with_time_stamps(kiosk, SealAuthority(), "http://127.0.0.1:1/")
    done = kiosk.appliance.worker.work(kiosk.sign())
    assert kiosk.job(done).state == "DONE"
    missed = [
        (event.job_id, event.fields)
        for event in kiosk.appliance.store.audit.events()
        if event.kind is AuditKind.TIME_STAMP_MISSED
    ]
    assert missed == [
        (done.job_id, {"document": "form", "code": "no-answer"}),
        (done.job_id, {"document": "receipt", "code": "no-answer"}),
    ]
    kiosk.appliance.store.audit.verify()
    assert verify(kiosk, paper(kiosk, done))[0].code == 0
