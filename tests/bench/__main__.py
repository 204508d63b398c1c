"""``make bench``: what a release costs beside what hospitals use today, on this machine, now."""

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from kiosk.bootstrap import open_appliance
from kiosk.demo.orthanc import Orthanc
from kiosk.errors import ExitCode
from kiosk.logs import log_to
from tests.bench import ours, peers
from tests.bench.documents import documents
from tests.bench.glass import at_the_glass
from tests.bench.sheets import contact_sheet
from tests.bench.table import Row, best_of, seconds, write
from tests.peers.ports import free_port

SERIES = Path(os.environ.get("KIOSK_T1", "../shared/studies/t1"))
ROUNDS = 3
FEW, MANY = 400, 10_000

ARCHIVE = """
[archive]
order = ["{way}"]
[archive.dicomweb]
url = "{url}"
[archive.dimse]
host = "127.0.0.1"
port = {port}
called_ae_title = "ORTHANC"
"""


class Bench:
    """One Orthanc that serves both sides, and a new folder for each piece of work."""

    def __init__(self, orthanc: Orthanc, folder: Path, series: list[Path]) -> None:
        self.orthanc = orthanc
        self.folder = folder
        self.series = series
        self._works = 0

    def in_new_folder(self, work: Callable[[Path], object]) -> Callable[[], float]:
        """Return a timed run of a piece of work that leaves nothing behind."""

        def run() -> float:
            folder = self._new_folder()
            spent = seconds(lambda: work(folder))
            shutil.rmtree(folder)
            return spent

        return run

    def release(self, way: str, study_uid: str = ours.STUDY_UID) -> Callable[[], float]:
        """Return a release in a running worker, timed from claimed to verified."""
        kiosk = open_appliance(self.configure(way))

        def run() -> float:
            folder = self._new_folder()
            spent = ours.release(kiosk, study_uid, folder / "disc.iso")
            shutil.rmtree(folder)
            return spent

        return run

    def configure(self, way: str) -> Path:
        """Write the configuration of an appliance that fetches in one way."""
        archive = ARCHIVE.format(way=way, url=self.orthanc.url, port=self.orthanc.dicom_port)
        return ours.appliance(self._new_folder() / "kiosk", archive)

    def _new_folder(self) -> Path:
        self._works += 1
        folder = self.folder / f"{self._works}"
        folder.mkdir()
        return folder


def from_archive(bench: Bench) -> list[Row]:
    """Compare whole releases of the MR series with the chains that stand in for one."""
    root = f"http://127.0.0.1:{bench.orthanc.http_port}"

    def dcmtk(work: Path) -> None:
        fetched = work / "fetched"
        fetched.mkdir()
        peers.getscu(bench.orthanc.dicom_port, ours.STUDY_UID, fetched)
        peers.dcmtk_image(sorted(fetched.iterdir()), work)

    web, get, chain, media, floor = best_of(
        ROUNDS,
        bench.release("dicomweb"),
        bench.release("dimse-get"),
        bench.in_new_folder(dcmtk),
        bench.in_new_folder(lambda work: peers.orthanc_media(root, ours.STUDY_UID, work)),
        bench.in_new_folder(lambda work: peers.floor(root, ours.STUDY_UID, work)),
    )
    return [
        Row(
            "384 MR images over DICOMweb, sealed and verified; dcmtk chain", "s", web, chain, 1 / 12
        ),
        Row("the same; Orthanc /media, unzip, xorriso", "s", web, media, 0.4),
        Row("the same; WADO-RS to 384 files, copied once, hashed once", "s", web, floor, 3),
        Row("384 MR images over C-GET, sealed and verified; dcmtk chain", "s", get, chain, 1 / 8),
    ]


def from_files(bench: Bench) -> list[Row]:
    """Compare making an image of files on disk."""
    kiosk = open_appliance(bench.configure("dicomweb"))
    sealed, dcmtk, file_set = best_of(
        ROUNDS,
        bench.in_new_folder(
            lambda work: ours.sealed_image(kiosk, bench.series, ours.STUDY_UID, work)
        ),
        bench.in_new_folder(lambda work: peers.dcmtk_image(bench.series, work)),
        bench.in_new_folder(lambda work: peers.fileset_image(bench.series, work)),
    )
    return [
        Row("384 files to a sealed image; dcmconv, dcmmkdir, xorriso", "s", sealed, dcmtk, 1 / 5),
        Row("the same; FileSet and pycdlib", "s", sealed, file_set, 1 / 2),
    ]


def large(bench: Bench) -> list[Row]:
    """Compare a release of 10,000 instances with one of 400, and checks with hashing alone."""
    few_uid, few_files = ours.many_instances(bench.series, FEW, bench.folder / "few")
    many_uid, many_files = ours.many_instances(bench.series, MANY, bench.folder / "many")
    bench.orthanc.load([*few_files, *many_files])
    for files in (few_files, many_files):
        shutil.rmtree(files[0].parent)
    few, many = best_of(2, bench.release("dicomweb", few_uid), bench.release("dicomweb", many_uid))
    image = bench.folder / "many.iso"
    config = bench.configure("dicomweb")
    memory = ours.peak_memory_of_worker(open_appliance(config), config, many_uid, image)
    verify, sums = best_of(
        2,
        lambda: ours.kiosk_command("verify", image),
        lambda: seconds(lambda: peers.run("sha256sum", image)),
    )
    return [
        Row(
            f"cost of an instance at {MANY:,}; at {FEW}",
            "ms",
            1000 * many / MANY,
            1000 * few / FEW,
            1.2,
        ),
        Row(f"peak memory of a worker at {MANY:,} instances; 250 MB", "MB", memory / 1e6, 250, 1),
        Row(f"kiosk verify of {MANY:,} instances; sha256sum", "s", verify, sums, 1.5),
    ]


def main() -> int:
    """Run every comparison; the exit code says whether all hold."""
    log_to(sys.stderr, logging.WARNING)
    series = sorted(SERIES.iterdir()) if SERIES.is_dir() else []
    if not series:
        print(f"No MR series in {SERIES}; name one in KIOSK_T1.", file=sys.stderr)
        return ExitCode.USAGE
    with tempfile.TemporaryDirectory(prefix="bench-", dir="build") as name:
        folder = Path(name).absolute()
        with Orthanc(folder / "orthanc", free_port(), free_port()) as orthanc:
            orthanc.load(series)
            bench = Bench(orthanc, folder, series)
            rows = [
                *from_archive(bench),
                *from_files(bench),
                *large(bench),
                *documents(folder / "seal"),
                *contact_sheet(folder / "slices"),
                *at_the_glass(bench.configure("dicomweb"), orthanc.pid or 0),
            ]
    write(rows, Path("build/bench.json"))
    return ExitCode.DONE if all(row.holds for row in rows) else ExitCode.OTHER


if __name__ == "__main__":
    sys.exit(main())
