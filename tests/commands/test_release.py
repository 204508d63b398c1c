"""``kiosk release``: what it takes, what it tells and what it ends with."""

import importlib.util
import json
import os
import socket
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from kiosk.consent_file import consent_schema
from kiosk.domain.job import JobState
from tests.builders import JOHN, MARIA, Place, StudyPlan
from tests.journeys.kiosks import CONSENT, PARENT, Kiosk, checked, digest
from tests.journeys.processes import Ended
from tests.journeys.test_machine_trouble import held_locked

ROOT = Path(__file__).parents[2]
SECOND = StudyPlan(Place(MARIA, "b"), instances=2)

APPROVED = ("--approved-by", "robin", "--document-seen", "birth certificate")


def lines(ended: Ended) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.out.splitlines()]


# What it tells


def test_the_last_line_holds_what_scripts_rely_on(kiosk: Kiosk) -> None:
    released = kiosk.release("--json")
    assert released.code == 0, released.err
    assert released.err == ""
    last = lines(released)[-1]
    form, receipt = kiosk.out / "disc-form.pdf", kiosk.out / "disc-receipt.pdf"
    assert last == {
        "event": "done",
        "job": kiosk.job().job_id,
        "state": "DONE",
        "studies": [Place(MARIA, "a").study_uid],
        "instances": 6,
        "archive_instances": 6,
        "not_importable": 0,
        "media": [
            {
                "kind": "image",
                "path": str(kiosk.image),
                "volume": "1 of 1",
                "bytes": kiosk.image.stat().st_size,
                "sha256": digest(kiosk.image),
                "verified": True,
            }
        ],
        "form": str(form),
        "receipt": str(receipt),
    }
    assert list(last) == [
        "event", "job", "state", "studies", "instances", "archive_instances", "not_importable",
        "media", "form", "receipt",
    ]  # fmt: skip
    assert form.read_bytes() == kiosk.document(kiosk.job(), "form")
    assert receipt.read_bytes() == kiosk.document(kiosk.job(), "receipt")
    assert {path.stat().st_mode & 0o777 for path in (form, receipt, kiosk.image)} == {0o600}


def test_progress_counts_what_is_done_and_only_grows(kiosk: Kiosk) -> None:
    kiosk.hold(SECOND)
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines(kiosk.release("--json")):
        if line["event"] == "progress":
            told[line["stage"]].append(line)
    assert set(told) == {"RETRIEVING", "WRITING", "VERIFYING"}
    for stage in told.values():
        for counted in ("instances", "bytes"):
            counts = [line[counted] for line in stage]
            assert counts == sorted(counts)
        assert stage[-1]["instances"] == stage[-1]["total_instances"]
        assert {tuple(line) for line in stage} == {
            ("event", "stage", "instances", "total_instances", "bytes", "total_bytes")
        }
    assert told["RETRIEVING"][-1]["instances"] == 8


def test_a_person_reads_what_was_made_and_where_it_lies(kiosk: Kiosk) -> None:
    released = kiosk.release()
    assert released.code == 0
    assert released.out.startswith("Done: 6 of 6 instances, checked file by file.\n")
    for said in (kiosk.image, digest(kiosk.image), kiosk.out / "disc-form.pdf"):
        assert str(said) in released.out


def test_a_job_that_rests_ends_with_a_line_that_says_so(kiosk: Kiosk) -> None:
    kiosk.break_archive(cannot_fetch=True)
    rested = kiosk.release("--json")
    assert rested.code == 4
    last = lines(rested)[-1]
    assert (last["event"], last["state"], last["code"]) == ("ended", "READY", "archive-refused")
    assert last["job"] == kiosk.job().job_id
    assert last["staff"] in rested.err


@pytest.mark.lab
def test_who_stops_reading_does_not_stop_the_job(kiosk: Kiosk) -> None:
    words = [sys.executable, "-m", "kiosk", *map(str, kiosk.release_words("--json"))]
    with subprocess.Popen(
        [*words, "--config", str(kiosk.config)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait() == 0, said
    assert (said, kiosk.job().state) == ("", JobState.DONE)
    assert checked(kiosk.image).holds


# What is released


def test_only_the_named_studies_are_released(kiosk: Kiosk) -> None:
    kiosk.hold(SECOND)
    released = kiosk.release("--json", "--study", SECOND.study_uid)
    assert lines(released)[-1]["studies"] == [SECOND.study_uid]
    assert checked(kiosk.image).instances == 2


def test_every_study_is_released_when_none_is_named(kiosk: Kiosk) -> None:
    kiosk.hold(SECOND, StudyPlan(Place(JOHN, "j")))
    released = lines(kiosk.release("--json"))[-1]
    assert set(released["studies"]) == {Place(MARIA, "a").study_uid, SECOND.study_uid}


@pytest.mark.parametrize("uid", ["1.2.3", Place(JOHN, "j").study_uid, "", "../../etc/passwd"])
def test_a_study_that_is_not_hers_is_not_found(kiosk: Kiosk, uid: str) -> None:
    kiosk.hold(StudyPlan(Place(JOHN, "j")))
    refused = kiosk.release("--study", uid)
    assert refused.code == 3
    assert "holds no such study of this patient" in refused.err
    assert kiosk.appliance.store.audit.verify() == 0


def test_a_wrong_birth_date_and_an_unknown_id_are_refused_in_the_same_words(kiosk: Kiosk) -> None:
    wrong_date = kiosk.release("--birth-date", "1970-04-02")
    unknown_id = kiosk.release("--patient-id", "EX-9999")
    assert (wrong_date.code, unknown_id.code) == (3, 3)
    assert wrong_date.err == unknown_id.err
    assert wrong_date.err.startswith("kiosk: No patient with this ID and birth date is known")
    assert wrong_date.out == unknown_id.out == ""


@pytest.mark.parametrize("wildcard", ["*", "EX-*", "EX-100?", "EX-1001\\EX-1002"])
def test_a_wildcard_finds_nobody(kiosk: Kiosk, wildcard: str) -> None:
    assert kiosk.release("--patient-id", wildcard).code == 3


# The consent file

WRONG_FIELDS: dict[str, tuple[int, dict[str, object]]] = {
    "signer.role": (2, {"signer": {"role": "robot", "name": "x"}}),
    "signer.name": (6, {"signer": {"role": "patient", "name": " "}}),
    "signer.authority": (6, {"signer": PARENT | {"authority": ""}}),
    "language": (2, {"language": 7}),
    "recipient": (6, {"recipient": ""}),
    "purpose": (6, {"purpose": ""}),
    "acknowledged: unencrypted-medium": (6, {"acknowledged": []}),
    "acknowledged.0.at": (2, {"acknowledged": [{"id": "unencrypted-medium", "at": "noon"}]}),
    "signature": (6, {"signature": {"typed": ""}}),
    "signature.Drawn.strokes": (2, {"signature": {"strokes": [[["a", 1, 2]]]}}),
    "signed_at": (2, {"signed_at": "yesterday"}),
    "zone": (2, {"signed_at": "2026-11-24T10:01:00"}),
}


@pytest.mark.parametrize("field", WRONG_FIELDS)
def test_a_wrong_field_of_the_consent_is_named_and_nothing_is_signed(
    kiosk: Kiosk, field: str
) -> None:
    code, changed = WRONG_FIELDS[field]
    words = kiosk.release_words()
    kiosk.consent(**changed)
    refused = kiosk.run(*words)
    assert refused.code == code
    assert field in refused.err
    assert refused.err.count("\n") == 1
    assert kiosk.appliance.store.audit.verify() == 0


@pytest.mark.parametrize("missing", CONSENT)
def test_a_field_that_is_missing_is_named(kiosk: Kiosk, missing: str) -> None:
    words = kiosk.release_words()
    left = {name: value for name, value in CONSENT.items() if name != missing}
    (kiosk.folder / "consent.json").write_text(json.dumps(left))
    refused = kiosk.run(*words)
    assert refused.code == 2
    assert f"{missing}: Field required" in refused.err


@pytest.mark.parametrize(
    "strokes",
    ["[]", "[[]]", "[[[1,1,0]]]", "[[[NaN,1,0],[2,2,1]]]", "[[[1e999,1,0],[2,2,1]]]"],
)
def test_strokes_that_are_no_signature_are_refused(kiosk: Kiosk, strokes: str) -> None:
    words = kiosk.release_words()
    text = json.dumps(CONSENT | {"signature": {"strokes": "HERE"}}).replace('"HERE"', strokes)
    (kiosk.folder / "consent.json").write_text(text)
    refused = kiosk.run(*words)
    assert refused.code in {2, 6}
    assert "signature" in refused.err
    assert "Traceback" not in refused.err


LONG = "x" * 301
TOO_LONG: dict[str, dict[str, object]] = {
    "signer.name": {"signer": {"role": "patient", "name": LONG}},
    "signer.authority": {"signer": PARENT | {"authority": LONG}},
    "language": {"language": LONG},
    "recipient": {"recipient": LONG},
    "purpose": {"purpose": LONG},
    "acknowledged": {"acknowledged": [{"id": LONG, "at": CONSENT["signed_at"]}]},
    "signature.typed": {"signature": {"typed": LONG}},
}


@pytest.mark.parametrize("field", TOO_LONG)
def test_a_text_that_no_form_could_show_is_refused(kiosk: Kiosk, field: str) -> None:
    words = kiosk.release_words()
    kiosk.consent(**TOO_LONG[field])
    refused = kiosk.run(*words)
    assert refused.code == 2
    assert f"{field}: too long" in refused.err
    assert LONG not in refused.err


def test_the_longest_texts_have_their_place_on_the_form(kiosk: Kiosk) -> None:
    words = kiosk.release_words("--approved-by", "robin", "--document-seen", "a letter")
    text = "x" * 300
    kiosk.consent(
        signer={"role": "representative", "name": text, "authority": text},
        recipient=text,
        purpose=text,
        signature={"typed": text},
    )
    released = kiosk.run(*words)
    assert released.code == 0, released.err


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'"' + b"x" * 5_000_000])
def test_a_file_that_is_no_consent_is_one_sentence(kiosk: Kiosk, content: bytes) -> None:
    words = kiosk.release_words()
    (kiosk.folder / "consent.json").write_bytes(content)
    refused = kiosk.run(*words)
    assert refused.code == 2
    assert refused.err.count("\n") == 1
    assert str(kiosk.folder / "consent.json") in refused.err


def test_the_schema_in_the_repository_is_the_program_s_own() -> None:
    stored = json.loads((ROOT / "examples/consent.schema.json").read_text())
    assert stored == consent_schema()


@pytest.mark.parametrize("example", ["consent.json", "consent-authorization.json"])
def test_each_example_is_a_consent_that_is_released(kiosk: Kiosk, example: str) -> None:
    released = kiosk.release("--consent", ROOT / "examples" / example, *APPROVED)
    assert released.code == 0, released.err


@pytest.mark.skipif(
    importlib.util.find_spec("jsonschema") is None, reason="no JSON schema validator is installed"
)
def test_the_example_keeps_the_schema() -> None:
    import jsonschema

    example = json.loads((ROOT / "examples/consent.json").read_text())
    jsonschema.validate(example, consent_schema())


# Who must approve


def test_a_parent_s_request_is_held_until_staff_approve(kiosk: Kiosk) -> None:
    words = kiosk.release_words("--json")
    kiosk.consent(signer=PARENT)
    held = kiosk.run(*words)
    assert held.code == 6
    assert lines(held)[-1]["state"] == "HELD"
    assert "a staff member must see the authority" in held.err
    assert not kiosk.image.exists()
    kiosk.appliance.worker.take_up()
    assert kiosk.job().state is JobState.HELD


def test_a_parent_s_request_that_staff_approved_is_done(kiosk: Kiosk) -> None:
    words = kiosk.release_words("--json", *APPROVED)
    kiosk.consent(signer=PARENT)
    released = kiosk.run(*words)
    assert released.code == 0, released.err
    approval = kiosk.job().release.approval
    assert approval is not None
    assert (approval.by, approval.document) == ("robin", "birth certificate")
    assert kiosk.moves(kiosk.job())[1:3] == ["Hold", "Approve"]
    events = kiosk.appliance.store.audit.events(kiosk.job().job_id)
    approved = [event.fields for event in events if "by" in event.fields]
    assert [(each["by"], each["seen"]) for each in approved] == [("robin", "birth certificate")]


@pytest.mark.parametrize("half", [APPROVED[:2], APPROVED[2:]], ids=["by", "document"])
def test_who_approves_says_which_document_was_seen(kiosk: Kiosk, half: tuple[str, ...]) -> None:
    words = kiosk.release_words(*half)
    kiosk.consent(signer=PARENT)
    refused = kiosk.run(*words)
    assert refused.code == 2
    assert "--approved-by and --document-seen go together" in refused.err


def test_an_approval_that_names_no_document_is_refused_with_a_sentence(kiosk: Kiosk) -> None:
    words = kiosk.release_words("--approved-by", "robin", "--document-seen", " ")
    kiosk.consent(signer=PARENT)
    refused = kiosk.run(*words)
    assert refused.code == 6
    assert "name the document that shows the representative's right" in refused.err
    assert not kiosk.image.exists()


def test_a_price_stands_on_the_form(kiosk: Kiosk) -> None:
    kiosk.configure(policy__prices={"currency": "USD", "disc": 6.5})
    assert kiosk.release().code == 0
    assert str(kiosk.job().release.fee) == "USD 6.50"


# Wrong use


@pytest.mark.parametrize("to", ["disc.iso", "image:", "optical:/dev/sr0", "IMAGE:/x.iso", ""])
def test_a_target_of_no_known_kind_is_wrong_use(kiosk: Kiosk, to: str) -> None:
    refused = kiosk.run(*kiosk.release_words("--to", to))
    assert refused.code == 2
    assert "write to image:PATH.iso or folder:PATH" in refused.err


@pytest.mark.parametrize("day", ["01.04.1970", "1970-4-1", "1970-02-30", ""])
def test_a_date_in_another_form_is_wrong_use_and_not_repeated(kiosk: Kiosk, day: str) -> None:
    refused = kiosk.release("--birth-date", day)
    assert refused.code == 2
    assert "YYYY-MM-DD" in refused.err
    assert not day or day not in refused.err


def test_a_name_that_is_taken_is_refused_before_anyone_signs(kiosk: Kiosk) -> None:
    kiosk.image.write_text("a letter")
    refused = kiosk.release()
    assert refused.code == 5
    assert f"exists already: {kiosk.image}" in refused.err
    assert kiosk.appliance.store.audit.verify() == 0


@pytest.mark.parametrize("paper", ["disc-form.pdf", "disc-receipt.pdf"])
def test_the_papers_of_another_release_are_not_written_over(kiosk: Kiosk, paper: str) -> None:
    (kiosk.out / paper).write_text("of somebody else")
    refused = kiosk.release()
    assert refused.code == 5
    assert (kiosk.out / paper).read_text() == "of somebody else"
    assert kiosk.appliance.store.audit.verify() == 0


def test_a_target_in_no_folder_is_refused_before_anyone_signs(kiosk: Kiosk) -> None:
    refused = kiosk.release("--to", f"image:{kiosk.folder}/nowhere/disc.iso")
    assert refused.code == 5
    assert "no such folder" in refused.err
    assert kiosk.appliance.store.audit.verify() == 0


def test_every_wrong_key_of_the_configuration_is_named(kiosk: Kiosk) -> None:
    kiosk.configure(media={"colour": "red"}, spool={"deep": True})
    refused = kiosk.release()
    assert refused.code == 2
    assert "media.colour" in refused.err
    assert "spool.deep" in refused.err


# Exit codes


@pytest.mark.lab
def test_each_exit_code_has_its_cause(kiosk: Kiosk, tmp_path: Path) -> None:
    codes = {kiosk.release("--to", f"folder:{kiosk.out / 'copy'}").code}
    codes.add(kiosk.release("--to", "x").code)
    codes.add(kiosk.release("--birth-date", "1970-04-02").code)
    codes.add(kiosk.release("--to", "image:/nowhere/disc.iso").code)
    kiosk.break_archive(away=True)
    codes.add(kiosk.release().code)
    kiosk.mend_archive()
    words = kiosk.release_words()
    kiosk.consent(recipient="")
    codes.add(kiosk.run(*words).code)
    kiosk.configure(store={"url": f"sqlite:///{kiosk.folder}"})
    unusable = kiosk.release()
    codes.add(unusable.code)
    assert unusable.err.startswith("kiosk: The database cannot be used; check its path")
    assert sorted(codes) == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.lab
def test_the_installed_command_does_the_same(kiosk: Kiosk) -> None:
    words = [str(Path(sys.executable).with_name("kiosk")), *map(str, kiosk.release_words())]
    ran = subprocess.run(
        [*words, "--config", str(kiosk.config)],
        cwd=kiosk.folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    assert ran.returncode == 0, ran.stderr
    assert checked(kiosk.image).holds


@pytest.mark.lab
def test_a_database_that_another_program_holds_while_it_works_ends_well(kiosk: Kiosk) -> None:
    with kiosk.start(*kiosk.release_words("--json")) as running:
        running.says("SIGNED")
        with held_locked(kiosk):
            running.says("store-away")
        released = running.wait()
    assert released.code == 0, released.err
    assert "Traceback" not in released.err


def test_an_archive_whose_address_is_wrong_is_one_sentence(kiosk: Kiosk) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        kiosk.configure(
            archive={"order": ["dicomweb"]},
            archive__dicomweb={"url": f"http://127.0.0.1:{port}/dicom-web", "timeout_s": 2},
        )
        refused = kiosk.release()
    assert refused.code == 4
    assert refused.err.startswith("kiosk: The archive does not answer; check network")
    assert refused.err.count("\n") == 1
