"""Our side of each comparison: releases through the same appliance that patients use."""

import re
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from kiosk.bootstrap import Appliance
from kiosk.consent_file import read_consent
from kiosk.domain.audit import AuditKind
from kiosk.domain.job import Job, JobState
from kiosk.domain.medium import FileSet
from kiosk.domain.release import IdentityCheck, IdentityMethod, Release, Target, TargetKind
from kiosk.media.facts import MediumFacts
from kiosk.media.fileset import build
from kiosk.media.image import write_image
from kiosk.media.prepare import prepare
from kiosk.media.profile import Profile
from kiosk.services.identify import identify

CONSENT = Path(__file__).parents[2] / "examples" / "consent.json"
PATIENT_ID, BIRTH_DATE = "02", date(1966, 1, 1)
STUDY_UID = "1.2.826.0.1.3680043.2.1143.2592092611698916978113112155415165916"
"""Of the MR series that is released, which its authors made anonymous."""

DVD_BYTES = 4_700_000_000
_HEAD_BYTES = 4096
_OWN_UID = re.compile(rb"(?<=1\.2\.826\.0\.1\.3680043\.2\.1143\.)\d{4}(?=\d{30,}\x00?)")


def appliance(folder: Path, archive: str) -> Path:
    """Write the configuration of an appliance of its own, on the archive that a TOML text names."""
    discs = folder / "discs"
    discs.mkdir(parents=True)
    config = folder / "kiosk.toml"
    config.write_text(
        f'{archive}\n[store]\nurl = "sqlite:///{folder}/kiosk.db"\n'
        f'[spool]\npath = "{folder}/spool"\n[media]\ndisc_folder = "{discs}"\n'
    )
    return config


def sign(kiosk: Appliance, study_uid: str, image: Path) -> Job:
    """Sign the release of a study to an image."""
    found = identify(kiosk.ways, PATIENT_ID, BIRTH_DATE)
    signed = Release(
        found.patient,
        found.choose([study_uid]),
        read_consent(CONSENT),
        IdentityCheck(IdentityMethod.STAFF, "bench", datetime.now(UTC)),
        Target(TargetKind.IMAGE, str(image)),
    )
    return kiosk.desk.sign(signed)


def release(kiosk: Appliance, study_uid: str, image: Path) -> float:
    """Release a study to an image; return the seconds from the job claimed to verified."""
    job = kiosk.worker.work(sign(kiosk, study_uid, image))
    assert job.state is JobState.DONE, job.failure
    moves = {
        event.fields["after"]: event.at
        for event in kiosk.store.audit.events(job.job_id)
        if event.kind is AuditKind.JOB_MOVED
    }
    return (moves[JobState.HANDING_OVER] - moves[JobState.RETRIEVING]).total_seconds()


def peak_memory_of_worker(kiosk: Appliance, config: Path, study_uid: str, image: Path) -> int:
    """Have ``kiosk worker`` perform a release; return the most memory that it held, in bytes.

    Asked from outside while it runs: what the system reports of an ended process counts the
    moment in which it still was a copy of this one.
    """
    job = sign(kiosk, study_uid, image)
    worker = started(["worker", "--config", config])
    status = Path(f"/proc/{worker.pid}/status")
    peak_kb = 0
    while not kiosk.store.jobs.get(job.job_id).has_ended:
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        peak_kb = max(peak_kb, int(found[1]) if found else 0)
        time.sleep(0.1)
    worker.terminate()
    worker.wait()
    assert kiosk.store.jobs.get(job.job_id).state is JobState.DONE
    return peak_kb * 1024


def sealed_image(kiosk: Appliance, files: Sequence[Path], study_uid: str, work: Path) -> Path:
    """Make an image of files on disk, as the stages from BUILDING to WRITING do."""
    found = identify(kiosk.ways, PATIENT_ID, BIRTH_DATE)
    profile = Profile.CD
    facts = MediumFacts(
        found.patient, found.choose([study_uid]), "Bench", "", "", "Kiosk", "0", datetime.now(UTC)
    )
    prepared = [prepare(file, work, profile, lambda identity: None) for file in files]
    image = work / "disc.iso"
    file_set: FileSet = build(facts, prepared, DVD_BYTES, profile)[0]
    write_image(file_set, image, facts.created_at, lambda files, size: None)
    return image


def kiosk_command(*words: str | Path) -> float:
    """Run ``kiosk`` in a process of its own; return its seconds."""
    start = time.perf_counter()
    started(words).wait()
    return time.perf_counter() - start


def started(words: Sequence[str | Path]) -> "subprocess.Popen[bytes]":
    """Start ``kiosk`` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "kiosk", *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def many_instances(series: Sequence[Path], count: int, folder: Path) -> tuple[str, list[Path]]:
    """Copy a series again and again, each time as a series of its own, into one new study."""
    folder.mkdir(parents=True)
    # As long as before, so that no length in the file changes.
    study_uid = f"{STUDY_UID[:-5]}{count:05}"
    files = []
    for n in range(count):
        content = series[n % len(series)].read_bytes()
        head = content[:_HEAD_BYTES].replace(STUDY_UID.encode(), b"STUDY")
        head = _OWN_UID.sub(b"%04d" % (1000 + n // len(series)), head)
        files.append(folder / f"{n:06}")
        files[-1].write_bytes(head.replace(b"STUDY", study_uid.encode()) + content[_HEAD_BYTES:])
    return study_uid, files
