"""The other side of each comparison: what hospitals use today, run as they would run it."""

import hashlib
import json
import shutil
import subprocess
import urllib.request
import zipfile
from pathlib import Path

import pycdlib
from pydicom.fileset import FileSet


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a program to its end; its failure is the benchmark's."""
    subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def getscu(port: int, study_uid: str, folder: Path) -> None:
    """Fetch a study by C-GET with dcmtk."""
    run(
        "getscu",
        "-S",
        "-k",
        "QueryRetrieveLevel=STUDY",
        "-k",
        f"StudyInstanceUID={study_uid}",
        "-aec",
        "ORTHANC",
        "-aet",
        "KIOSK",
        "-od",
        folder,
        "127.0.0.1",
        str(port),
    )


def dcmtk_image(files: list[Path], work: Path) -> Path:
    """Convert with dcmconv, index with dcmmkdir, write with xorriso."""
    dicom = work / "disc" / "DICOM"
    dicom.mkdir(parents=True)
    for number, file in enumerate(files):
        run("dcmconv", "+te", file, dicom / f"IM{number:06}")
    run("dcmmkdir", "-q", "-Pgp", "-a", "+r", "+id", ".", "DICOM", cwd=work / "disc")
    return xorriso(work / "disc", work / "disc.iso")


def xorriso(folder: Path, image: Path) -> Path:
    """Write a folder as an ISO 9660 image with Joliet."""
    run("xorriso", "-as", "mkisofs", "-iso-level", "1", "-J", "-o", image, folder)
    return image


def orthanc_media(url: str, study_uid: str, work: Path) -> Path:
    """Fetch Orthanc's own media archive, unpack it, write it with xorriso."""
    found = json.load(
        urllib.request.urlopen(
            urllib.request.Request(f"{url}/tools/lookup", data=study_uid.encode())
        )
    )
    archive = work / "media.zip"
    with (
        urllib.request.urlopen(f"{url}/studies/{found[0]['ID']}/media") as answer,
        archive.open("wb") as file,
    ):
        shutil.copyfileobj(answer, file, 1 << 20)
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(work / "disc")
    return xorriso(work / "disc", work / "disc.iso")


def floor(url: str, study_uid: str, work: Path) -> None:
    """Fetch by WADO-RS, a file an instance, copy each once, hash each once: the least there is."""
    request = urllib.request.Request(
        f"{url}/dicom-web/studies/{study_uid}",
        headers={"Accept": 'multipart/related; type="application/dicom"; transfer-syntax=*'},
    )
    with urllib.request.urlopen(request) as answer:
        boundary = answer.headers.get_boundary().encode()
        parts = answer.read().split(b"\r\n--" + boundary)
    fetched, copied = work / "fetched", work / "copied"
    fetched.mkdir()
    copied.mkdir()
    for number, part in enumerate(part for part in parts if b"\r\n\r\n" in part):
        (fetched / f"{number}").write_bytes(part.partition(b"\r\n\r\n")[2])
    del parts
    for file in fetched.iterdir():
        shutil.copyfile(file, copied / file.name)
    for file in copied.iterdir():
        with file.open("rb") as content:
            hashlib.file_digest(content, "sha256")


def fileset_image(files: list[Path], work: Path) -> Path:
    """Index with pydicom's FileSet, write with pycdlib; converts, hashes and checks nothing."""
    file_set = FileSet()
    for file in files:
        file_set.add(file)
    folder = work / "disc"
    file_set.write(folder)
    iso = pycdlib.PyCdlib()
    iso.new(interchange_level=1, joliet=3)
    for path in sorted(folder.rglob("*")):
        name = "/" + str(path.relative_to(folder))
        if path.is_dir():
            iso.add_directory(name, joliet_path=name)
        else:
            iso.add_file(str(path), f"{name}.;1", joliet_path=name)
    image = work / "disc.iso"
    iso.write(str(image))
    iso.close()
    return image
