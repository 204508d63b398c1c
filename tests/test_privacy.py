"""Everything is run; then every word and every leftover is searched for the patient."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.job import Cancel, JobState
from tests.builders import JOHN, Invented, Place, StudyPlan, ct, write
from tests.journeys.kiosks import Kiosk, Kiosks, first_kiosk
from tests.journeys.processes import Death, Ended, Surroundings, until

pytestmark = pytest.mark.lab

ZELDA = Invented(
    "ZQ-77190", "Quillfeather^Zelda^Wren=齐德^然", date(1948, 5, 14), "F", "ISO_IR 192"
)
PLAN = StudyPlan(Place(ZELDA, "a"), series=2, instances=3)
OTHER = StudyPlan(Place(ZELDA, "b"), instances=2)
SECRETS = re.compile(
    r"quillfeather|zelda|\bwren\b|齐德|zq-?77190"
    r"|1948-05-14|19480514|14[ .]?(may|05|5)[ .]?1948|may 14,? 1948|5/14/1948|14/05/1948",
    re.IGNORECASE,
)


class Watched:
    """One kiosk whose every word is kept."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk = kiosk
        self.said: list[str] = []
        self.reasons: list[str] = []
        for name in ("home", "tmp", "cwd"):
            (kiosk.folder / name).mkdir()
        self.around = Surroundings(
            kiosk.folder / "cwd",
            {"HOME": str(kiosk.folder / "home"), "TMPDIR": str(kiosk.folder / "tmp")},
        )

    def run(self, *words: object) -> Ended:
        ended = self.kiosk.run(*words, around=self.around)
        self.said += [ended.out, ended.err]
        return ended

    def release(self, *more: object, **consent: object) -> Ended:
        words = self.kiosk.release_words(*more, person=ZELDA)
        self.kiosk.consent(
            **{
                "signer": {"role": "patient", "name": "Zelda Quillfeather", "authority": None},
                "signature": {"typed": "Zelda Quillfeather"},
                **consent,
            }
        )
        ended = self.run(*words)
        for path in self.kiosk.out.iterdir():
            path.rename(self.kiosk.folder / "taken-home" / f"{len(self.said)}-{path.name}")
        return ended

    def give_up_what_rests(self) -> None:
        """Keep the reasons for which jobs failed or rest, and cancel those that rest."""
        jobs = self.kiosk.appliance.store.jobs
        events = self.kiosk.appliance.store.audit.events()
        for job_id in sorted({event.job_id for event in events if event.job_id}):
            job = jobs.get(job_id)
            self.reasons += [each.detail for each in (job.failure, job.waiting) if each]
            if not job.has_ended:
                jobs.advance(job, Cancel("robin"))

    def worker(self, dies: Death | None = None) -> None:
        """Let a worker do one more job, and all that were left; or die at it."""
        job = self.kiosk.sign(person=ZELDA, to=self.kiosk.folder / "taken-home" / f"{dies}.iso")
        with self.kiosk.start("worker", around=self.around, dies=dies) as running:
            if dies is None:
                self.kiosk.waits_for(job, JobState.DONE)
                until(lambda: not self.kiosk.leftovers())
            else:
                running.wait()
            self.said += [running.out.read_text(), running.err.read_text()]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Everything that a kiosk does, and all that it said meanwhile."""
    shared = set(Path("/dev/shm").iterdir())
    folder = tmp_path_factory.mktemp("watched")
    begun: Kiosks = first_kiosk(tmp_path_factory.mktemp("first"))
    watched = Watched(begun.make(folder, [PLAN]))
    (folder / "taken-home").mkdir()
    yield run_everything(watched)
    watched.kiosk.close()
    for left in set(Path("/dev/shm").iterdir()) - shared:  # others put things there as well
        assert not SECRETS.search(left.read_bytes().decode("utf-8", "replace")), left.name


def run_everything(watched: Watched) -> Watched:
    kiosk = watched.kiosk
    assert watched.run("check", "--pdf", kiosk.folder / "tmp" / "ready.pdf").code == 0
    assert watched.release("--json").code == 0
    assert watched.release().code == 0
    image = next((kiosk.folder / "taken-home").glob("*.iso"))
    assert watched.run("verify", image, "--json").code == 0
    issue_and_void(watched)
    fail_in_every_way(watched)
    watched.give_up_what_rests()
    for stage in ("RETRIEVING", "WRITING", "HANDING_OVER"):
        watched.worker(Death(of=f'"stage": "{stage}", "event": "stage-started"', line=True))
    watched.worker()
    for action in ("show", "verify"):
        assert watched.run("audit", action).code == 0
    export = kiosk.folder / "tmp" / "trail.jsonl"
    assert watched.run("audit", "export", "--to", export).code == 0
    return watched


def issue_and_void(watched: Watched) -> None:
    slip = watched.kiosk.folder / "tmp" / "slip.pdf"
    words = ("code", "issue", "--patient-id", ZELDA.patient_id, "--seen", "photo ID")
    issued = watched.run(*words, "--slip", slip, "--json")
    assert issued.code == 0
    assert watched.run("code", "void", json.loads(issued.out)["code"]).code == 0


def fail_in_every_way(watched: Watched) -> None:
    kiosk = watched.kiosk
    stranger = write(ct(Place(JOHN, "z")), kiosk.folder / "stranger.dcm")
    twin = replace(ZELDA, name="Quillfeather^Zora", birth_date=date(1948, 5, 15))
    other = write(ct(Place(twin, "a", number=9)), kiosk.folder / "twin.dcm")
    troubles: list[tuple[dict[str, object], int]] = [
        ({"away": True}, 4),
        ({"refuses": True}, 4),
        ({"cannot_fetch": True}, 4),
        ({"vanishes_after": 2}, 4),
        ({"sends_also": str(stranger)}, 4),
        ({"sends_also": str(other)}, 4),
        ({"truncates": 1}, 4),
        ({"garbles": 1}, 4),
        ({"loses": 1}, 4),
        ({"grows_by": 1}, 4),
        ({"cannot_list": True}, 0),
    ]
    for faults, code in troubles:
        kiosk.break_archive(**faults)
        assert watched.release("--json").code == code, faults
    kiosk.mend_archive()
    assert watched.release("--patient-id", "ZQ-77191").code == 3
    assert watched.release("--birth-date", "1948-05-15").code == 3
    assert watched.release("--study", "1.2.3").code == 3
    assert watched.release(recipient="").code == 6
    assert watched.release(signed_at="14 May 1948").code == 2
    assert watched.release(signature={"strokes": "Zelda"}).code == 2
    assert watched.release("--to", "image:/nowhere/x.iso").code == 5
    assert watched.release("--study", "Zelda").code == 3
    parent = {"role": "representative", "name": "Zora Quillfeather", "authority": "parent"}
    assert watched.release(signer=parent).code == 6


def test_no_output_names_the_patient(watched: Watched) -> None:
    assert len(watched.said) > 50
    for said in watched.said:
        assert not SECRETS.search(said), f"...{around(said)}..."


def around(text: str) -> str:
    found = SECRETS.search(text)
    assert found is not None
    return text[max(0, found.start() - 60) : found.end() + 60]


def test_the_search_would_find_the_patient(watched: Watched) -> None:
    for spelling in ("Zelda", "QUILLFEATHER", "ZQ-77190", "1948-05-14", "19480514", "14 May 1948"):
        assert SECRETS.search(f"x {spelling} y")
    form = next((watched.kiosk.folder / "taken-home").glob("*.iso")).read_bytes()
    assert SECRETS.search(form.decode("latin-1"))


def test_no_leftover_names_the_patient(watched: Watched) -> None:
    kiosk = watched.kiosk
    searched = []
    for root in ("home", "tmp", "cwd", "var"):
        for path in (kiosk.folder / root).rglob("*"):
            if path.is_dir() or path.name.startswith("kiosk.db"):
                continue
            searched.append(path.name)
            assert not SECRETS.search(str(path.relative_to(kiosk.folder)))
            assert not SECRETS.search(path.read_bytes().decode("latin-1")), path
            assert not SECRETS.search(words_of(path)), path
    assert {"ready.pdf", "slip.pdf", "trail.jsonl", "worker.lock"} <= set(searched)


def words_of(path: Path) -> str:
    """Return the words of a PDF, which stand packed in the file."""
    if path.suffix != ".pdf":
        return ""
    read = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    return read.stdout.decode()


def test_the_spool_is_empty_in_the_end(watched: Watched) -> None:
    assert [path.name for path in watched.kiosk.spool.iterdir()] == ["worker.lock"]


def test_no_reason_that_a_job_keeps_names_the_patient(watched: Watched) -> None:
    assert len(watched.reasons) == 8
    for reason in watched.reasons:
        assert not SECRETS.search(reason), reason


def test_the_history_names_nobody(watched: Watched) -> None:
    for event in watched.kiosk.appliance.store.audit.events():
        assert not SECRETS.search(json.dumps(event.fields, ensure_ascii=False))
