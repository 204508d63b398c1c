"""The demonstration archive on loopback: reached from here, from nowhere else, and gone after."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.loopback import DemoArchive, demo_archive
from kiosk.demo.people import MARIA
from kiosk.demo.studies import write_demo_studies
from tests.peers.namespaces import needs_user_namespaces

pytestmark = pytest.mark.lab

ROOT = Path(__file__).parents[2]
LISTENING = "0A"  # /proc/net/tcp: st
HOLD = """
import sys, time
from pathlib import Path
from kiosk.demo.loopback import demo_archive
with demo_archive(Path(sys.argv[1]), Path(sys.argv[2])) as archive:
    print(archive.http_port, archive.dicom_port, flush=True)
    time.sleep(600)
"""
AS_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
WITHOUT_NETWORKS = "echo 0 > /proc/sys/user/max_net_namespaces; exec "


@pytest.fixture(scope="module")
def studies() -> Iterator[Path]:
    """A folder that every user of this machine may read."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        write_demo_studies(Path(folder))
        yield Path(folder)


def test_the_archive_serves_the_studies_over_the_web_and_over_dicom(
    tmp_path: Path, studies: Path
) -> None:
    with demo_archive(tmp_path, studies) as archive:
        assert len(studies_over_the_web(archive)) == 6
        assert findscu(archive).count("StudyInstanceUID") == 6


def test_the_archive_listens_on_loopback_only_and_on_nothing_afterwards(
    tmp_path: Path, studies: Path
) -> None:
    with demo_archive(tmp_path, studies) as archive:
        ports = {archive.http_port, archive.dicom_port}
        assert addresses_of(ports) == {("127.0.0.1", port) for port in ports}
        assert addresses_of({8042, 4242}) == set()  # Orthanc's own are in its own network
    assert addresses_of(ports) == set()
    assert processes_of(tmp_path) == []


def test_an_archive_whose_demonstration_is_killed_leaves_no_process(
    tmp_path: Path, studies: Path
) -> None:
    holder = hold(tmp_path, studies)
    assert len(processes_of(tmp_path)) >= 3
    holder.kill()
    holder.wait()
    wait_until_gone(tmp_path)


def test_an_archive_whose_demonstration_is_interrupted_stops_in_good_order(
    tmp_path: Path, studies: Path
) -> None:
    holder = hold(tmp_path, studies)
    holder.send_signal(signal.SIGINT)
    holder.wait(timeout=30)
    assert processes_of(tmp_path) == []
    assert "Orthanc has stopped" in (tmp_path / "orthanc.log").read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests run as a normal user already")
@needs_user_namespaces
def test_a_normal_user_may_run_the_archive_and_kill_it(studies: Path) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        shutil.chown(folder, 65534, 65534)
        holder = hold(folder / "archive", studies, AS_NOBODY)
        assert folder.joinpath("archive/orthanc.log").stat().st_uid == 65534
        holder.kill()
        holder.wait()
        wait_until_gone(folder)
    finally:
        shutil.rmtree(folder)


@needs_user_namespaces
def test_where_no_network_of_ones_own_is_allowed_the_sentence_says_what_to_do(
    tmp_path: Path, studies: Path
) -> None:
    command = " ".join([sys.executable, "-c", f"'{HOLD}'", str(tmp_path), str(studies)])
    ended = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c", WITHOUT_NETWORKS + command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode != 0
    assert "run as root, or allow user namespaces" in ended.stderr


def hold(folder: Path, studies: Path, prefix: list[str] | None = None) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [*(prefix or []), sys.executable, "-B", "-c", HOLD, str(folder), str(studies)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert len(holder.stdout.readline().split()) == 2
    return holder


def studies_over_the_web(archive: DemoArchive) -> list[object]:
    url = f"{archive.dicomweb_url}/studies?PatientID={MARIA.patient_id}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        found: list[object] = json.load(answer)
    return found


def findscu(archive: DemoArchive) -> str:
    keys = ["QueryRetrieveLevel=STUDY", f"PatientID={MARIA.patient_id}", "StudyInstanceUID"]
    asked = subprocess.run(
        ["findscu", "-S", "-aet", "KIOSK", "-aec", archive.ae_title]
        + [word for key in keys for word in ("-k", key)]
        + ["127.0.0.1", str(archive.dicom_port)],
        capture_output=True,
        text=True,
        check=True,
    )
    return asked.stderr


def addresses_of(ports: set[int]) -> set[tuple[str, int]]:
    return {(address, port) for address, port in listening_addresses() if port in ports}


def listening_addresses() -> set[tuple[str, int]]:
    found = set()
    for table, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        for line in Path("/proc/net", table).read_text().splitlines()[1:]:
            _, local, _, state = line.split()[:4]
            address, port = local.split(":")
            if state == LISTENING:
                packed = b"".join(
                    bytes.fromhex(address[start : start + 8])[::-1]
                    for start in range(0, len(address), 8)
                )
                found.add((socket.inet_ntop(family, packed), int(port, 16)))
    return found


def processes_of(folder: Path) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in words and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def wait_until_gone(folder: Path) -> None:
    end = time.monotonic() + 10
    while processes_of(folder) and time.monotonic() < end:
        time.sleep(0.05)
    assert processes_of(folder) == []
