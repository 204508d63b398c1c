"""The touch screen: how soon it answers and is there, and what it keeps in memory."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.bootstrap import open_appliance
from kiosk.commands.worker import GIVES_WAY_BY
from kiosk.demo.display import virtual_display
from kiosk.services.identify import identify_at_desk
from tests.bench import ours
from tests.bench.table import Row, p99

STARTS = 5
EARLY, WALKS = 50, 1000


def at_the_glass(config: Path, archive: int) -> list[Row]:
    """Measure the window under a virtual display.

    Parameters
    ----------
    config : Path
        Of an appliance with a disc folder.
    archive : int
        The process of its archive, which elsewhere is a machine of its own.
    """
    for thread in Path(f"/proc/{archive}/task").iterdir():
        os.setpriority(os.PRIO_PROCESS, int(thread.name), GIVES_WAY_BY)
    with virtual_display(1080, 1920) as display:
        return [
            _start(config, display),
            *_touches(display),
            *_frames(config, display),
            _walks(display),
        ]


def _start(config: Path, display: str) -> Row:
    def seconds() -> float:
        began_s = time.monotonic()
        return float(_measured(display, "start", config)["at_s"]) - began_s

    seconds()  # the disk is warm from here on
    median = statistics.median(seconds() for _ in range(STARTS))
    return Row(
        f"kiosk ui to the first frame of WELCOME, median of {STARTS}; 3 s", "s", median, 3, 1
    )


def _touches(display: str) -> list[Row]:
    answers_s = _measured(display, "touches")["answers_s"]
    name = f"finger lifted to answer seen, p99 of {len(answers_s)} touches; 100 ms"
    return [Row(name, "ms", 1000 * p99(answers_s), 100, 1)]


def _frames(config: Path, display: str) -> list[Row]:
    """Measure while a worker releases everything that the patient has, at full speed."""
    kiosk = open_appliance(config)
    found = identify_at_desk(kiosk.ways, ours.PATIENT_ID)
    issued = kiosk.codes.issue(found, (), seen="bench", by="bench", hours=1)
    words = ("frames", config, issued.digits, f"{ours.BIRTH_DATE:%m%d%Y}")
    with (
        _running(display, *words) as window,
        ours.started(["worker", "--config", config]) as worker,
    ):
        figures = _last_line(window)
        worker.terminate()
    frames_s, answers_s = figures["frames_s"], figures["answers_s"]
    while_working = "while a job runs at full speed"
    return [
        Row(f"one frame {while_working}, p99 of {len(frames_s)}; 33 ms", "ms",
            1000 * p99(frames_s), 33, 1),
        Row(f"finger lifted to answer seen {while_working}, p99 of {len(answers_s)}; 100 ms", "ms",
            1000 * p99(answers_s), 100, 1),
    ]  # fmt: skip


def _walks(display: str) -> Row:
    resident = _measured(display, "walks", WALKS, EARLY)["resident"]
    early, late = resident[str(EARLY)] / 1e6, resident[str(WALKS)] / 1e6
    name = f"memory of the window after {WALKS:,} complete walks; after {EARLY}"
    return Row(name, "MB", late, early, 1.05)


def _measured(display: str, *words: object) -> Any:
    with _running(display, *words) as window:
        return _last_line(window)


def _last_line(window: "subprocess.Popen[str]") -> Any:
    said = window.communicate()[0].splitlines()
    assert window.returncode == 0, "the window ended badly; it said why"
    return json.loads(said[-1])


@contextmanager
def _running(display: str, *words: object) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.bench.at_the_glass", *map(str, words)]
    with subprocess.Popen(
        command, env=os.environ | {"DISPLAY": display}, stdout=subprocess.PIPE, text=True
    ) as window:
        yield window
