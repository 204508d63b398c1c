"""Our side of each comparison: releases through the same appliance that patients use."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from kiosk.bootstrap import Appliance, open_appliance
from kiosk.consent_file import read_consent
from kiosk.domain.audit import AuditKind
from kiosk.domain.job import JobState
from kiosk.domain.release import IdentityCheck, IdentityMethod, Release, Target, TargetKind
from kiosk.services.identify import identify

CONSENT = Path(__file__).parents[2] / "examples" / "consent.json"


@dataclass(frozen=True, slots=True)
class Whose:
    """The patient of the series that is released."""

    patient_id: str
    birth_date: date


def appliance(folder: Path, archive: str) -> Appliance:
    """Set up an appliance of its own under a folder, on the archive that a TOML text describes."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "kiosk.toml"
    config.write_text(
        f'{archive}\n[store]\nurl = "sqlite:///{folder}/kiosk.db"\n'
        f'[spool]\npath = "{folder}/spool"\n'
    )
    return open_appliance(config)


def release(kiosk: Appliance, whose: Whose, image: Path) -> float:
    """Release every study to an image; return the seconds from claimed to verified."""
    found = identify(kiosk.ways, whose.patient_id, whose.birth_date)
    now = datetime.now(UTC)
    job = kiosk.desk.sign(
        Release(
            found.patient,
            found.studies,
            read_consent(CONSENT),
            IdentityCheck(IdentityMethod.STAFF, "bench", now),
            Target(TargetKind.IMAGE, str(image)),
        )
    )
    job = kiosk.worker.work(job)
    assert job.state is JobState.DONE, job.failure
    moves = {
        event.fields["after"]: event.at
        for event in kiosk.store.audit.events(job.job_id)
        if event.kind is AuditKind.JOB_MOVED
    }
    image.unlink()
    return (moves[JobState.HANDING_OVER] - moves[JobState.RETRIEVING]).total_seconds()


def kiosk_command(*words: str | Path) -> tuple[float, int]:
    """Run ``kiosk`` in a process of its own; return its seconds and its peak memory in bytes."""
    start = datetime.now(UTC)
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", *map(str, words)], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, f"kiosk {words[0]} ended with {status}"
    return (datetime.now(UTC) - start).total_seconds(), usage.ru_maxrss * 1024


def many_instances(series: Sequence[Path], count: int, folder: Path) -> None:
    """Copy a series again and again, each time as a series of its own, until there are so many."""
    folder.mkdir(parents=True)
    for number in range(count):
        copy, of_series = divmod(number, len(series))
        content = series[of_series].read_bytes()
        head, pixels = content[:HEAD_BYTES], content[HEAD_BYTES:]
        # Four digits of every series and instance UID, so that all lengths stay.
        for uid in set(UID.findall(head)):
            if uid.startswith(OWN_ROOT) and uid not in _same_for_all(head):
                new = OWN_ROOT + b"%04d" % (1000 + copy) + uid[len(OWN_ROOT) + 4 :]
                head = head.replace(uid, new)
        (folder / f"{number:06}").write_bytes(head + pixels)
