"""Several processes on one store, some of which are killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.domain.job import Accept, Job, JobState
from kiosk.store.job_rows import job_of
from kiosk.store.opening import Store, open_store
from kiosk.store.tables import JobRow
from tests.domain.releases import WHOLE_WAY, HeldClock, release

pytestmark = pytest.mark.lab

ROOT = Path(__file__).parents[2]
FORM = b"form"


@contextmanager
def child(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run ``tests/store/child.py`` until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.child", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_of_two_processes_that_move_the_same_job_exactly_one_wins(url: str, store: Store) -> None:
    winners = []
    with child("race", url) as one, child("race", url) as other:
        both = (one, other)
        assert [hear(process) for process in both] == ["ready", "ready"]
        for number in range(30):
            job = store.jobs.add(release(), "kiosk-1", f"{number:032x}", FORM)
            for process in both:
                tell(process, job.job_id)
            assert [hear(process) for process in both] == ["holding", "holding"]
            for process in random.sample(both, 2):
                tell(process, "go")
            results = [hear(process) for process in both]
            assert sorted(results) == ["lost", "won"]
            winners.append(results.index("won"))
            moved = store.jobs.get(job.job_id)
            assert (moved.state, moved.version) == (JobState.READY, 1)
    assert set(winners) == {0, 1}, "the race was none: always the same process won"
    assert store.audit.verify() == 30 * 3


def test_four_processes_append_one_after_the_other(url: str, store: Store) -> None:
    with (
        child("append", url, "200") as a,
        child("append", url, "200") as b,
        child("append", url, "200") as c,
        child("append", url, "200") as d,
    ):
        four = (a, b, c, d)
        assert {hear(process) for process in four} == {"ready"}
        for process in four:
            tell(process, "go")
        assert [process.wait(timeout=120) for process in four] == [0, 0, 0, 0]
    assert store.audit.verify() == 800
    numbers = [int(event.fields["by"]) for event in store.audit.events()]
    assert sorted(numbers) == sorted([*range(200)] * 4)
    assert numbers != sorted(numbers), "they did not run at the same time"


def test_two_processes_that_add_jobs_count_to_different_numbers(url: str, store: Store) -> None:
    with child("sign", url, "50") as one, child("sign", url, "50") as other:
        both = (one, other)
        assert {hear(process) for process in both} == {"ready"}
        for process in both:
            tell(process, "go")
        assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert [job.number for job in store.jobs.open_jobs("kiosk-1")] == [*range(1, 101)]
    assert store.audit.verify() == 200


def test_six_processes_open_a_new_store_at_once(url: str, clock: HeldClock) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.store.child", "look", url],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    said = [process.communicate(timeout=60)[0] for process in started]
    assert all(words.startswith("length") for words in said), said
    with open_store(url, clock) as store:
        assert store.audit.verify() == 6


@pytest.mark.timeout(900)
def test_a_killed_process_leaves_no_half_job_and_loses_nothing_it_reported(
    url: str, store: Store, clock: HeldClock
) -> None:
    reported: dict[str, int] = {}
    dice = random.Random(20)
    for _ in range(20):
        reported |= killed_while_churning(url, dice.uniform(0.0, 0.3))
        with open_store(url, clock) as opened:
            jobs = all_jobs(opened)
            assert opened.audit.verify() == events_of(jobs)
            assert_nothing_is_lost(jobs, reported)
            for job in jobs:
                assert opened.jobs.document(job.job_id, "form") == b"form" * 5000
    assert sum(version == len(WHOLE_WAY) for version in reported.values()) > 3


def killed_while_churning(url: str, after_s: float) -> dict[str, int]:
    """Kill a process that adds and moves jobs; return the last version of each it reported."""
    with child("churn", url) as process:
        assert hear(process) == "ready"
        time.sleep(after_s)
        os.kill(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
    # The last line may be torn: only whole ones were reported.
    lines = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
    return {job_id: int(version) for job_id, version in lines}


def all_jobs(store: Store) -> list[Job]:
    with store.database.reading() as session:
        return [job_of(row) for row in session.query(JobRow).order_by(JobRow.number)]


def events_of(jobs: list[Job]) -> int:
    """How many events the jobs must have: form and signing, then one for each move."""
    return sum(2 + job.version for job in jobs)


def assert_nothing_is_lost(jobs: list[Job], reported: dict[str, int]) -> None:
    stored = {job.job_id: job.version for job in jobs}
    for job_id, version in reported.items():
        assert stored[job_id] >= version
    assert [job.number for job in jobs] == list(range(1, len(jobs) + 1))


def test_a_move_that_was_returned_is_there_for_every_other_process(url: str, store: Store) -> None:
    job = store.jobs.add(release(), "kiosk-1", "1" * 32, FORM)
    moved = store.jobs.advance(job, Accept())
    with child("look", url) as process:
        assert hear(process) == "length 3"
    assert store.jobs.get(job.job_id) == moved
