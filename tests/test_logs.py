"""Logs: JSON lines with ids and codes; nothing that libraries say reaches them."""

import io
import json
import logging
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from kiosk.domain.job import JobState
from kiosk.logs import log_to
from tests.journeys.conftest import kiosk, kiosks
from tests.journeys.kiosks import Kiosk

__all__ = ["kiosk", "kiosks"]

ALLOWED = {
    "event", "level", "timestamp", "job", "stage", "by", "now", "code", "orphans", "interrupted",
    "way", "missing",
}  # fmt: skip
"""What a release's log lines may carry."""


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """A log of this process, which is put back afterwards."""
    with warnings.catch_warnings():
        stream = io.StringIO()
        log_to(stream)
        yield stream
    logging.disable(logging.NOTSET)
    structlog.reset_defaults()


def test_a_line_is_one_json_object(stream: io.StringIO) -> None:
    structlog.get_logger().info("stage-started", job="0" * 32, stage=JobState.BUILDING)
    line = json.loads(stream.getvalue())
    assert line["event"] == "stage-started"
    assert line["stage"] == "BUILDING"
    assert line["timestamp"].endswith("Z")


def test_lines_below_the_level_are_not_written(stream: io.StringIO) -> None:
    log_to(stream, logging.WARNING)
    structlog.get_logger().info("stage-started")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("name", ["pydicom", "pynetdicom", "sqlalchemy", "root"])
def test_a_library_s_words_are_dropped(
    stream: io.StringIO, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger(name).error("PatientName is Example^Maria")
    warnings.warn("Example^Maria", stacklevel=1)
    assert stream.getvalue() == ""
    assert capfd.readouterr() == ("", "")


@pytest.mark.lab
def test_a_worker_s_log_carries_ids_and_codes_only(kiosk: Kiosk) -> None:
    kiosk.break_archive(vanishes_after=3)
    job = kiosk.sign()
    with kiosk.worker() as running:
        kiosk.rests(job, "archive-unreachable")
        kiosk.mend_archive()
        kiosk.waits_for(job, JobState.DONE)
        running.interrupt()
        lines = [json.loads(line) for line in running.wait().out.splitlines()]
    assert len(lines) > 20
    assert set().union(*lines) <= ALLOWED
    started = [line["stage"] for line in lines if line["event"] == "stage-started"]
    ended = [line for line in lines if line["event"] == "stage-ended"]
    assert len(started) == len(ended), "every start has its end, which says how it went"
    assert all({"by", "now"} <= line.keys() for line in ended)


@pytest.mark.lab
def test_a_new_seal_is_said_once(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path)
    kiosk.archive.mkdir()
    kiosk.configure()
    words = [sys.executable, "-m", "kiosk", "check", "--config", str(kiosk.config)]
    said = [
        subprocess.run(
            words, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
        ).stderr
        for _ in range(2)
    ]
    assert [text.count("seal-made") for text in said] == [1, 0]
