"""Rules about the image, the names, the folders and the checksums."""

import re

from kiosk.media.check.examined import Examined
from kiosk.media.check.rule import Rule
from kiosk.media.findings import Findings

_FOLDER = re.compile(r"[A-Z0-9_]{1,8}")
_FILE = re.compile(r"[A-Z0-9_]{1,8}(\.[A-Z0-9_]{1,3})?")
_ISO_FILE = re.compile(r"[A-Z0-9_]{1,8}\.[A-Z0-9_]{0,3};1")
_MOST_LEVELS = 8
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_MANIFEST = "SHA256.TXT"


def _structure(examined: Examined, findings: Findings) -> None:
    findings.add_all(examined.reader.findings)
    volume = examined.reader.volume
    if volume is not None:
        findings.add_all(volume.descriptors)


def _path_tables(examined: Examined, findings: Findings) -> None:
    volume = examined.reader.volume
    if volume is not None:
        findings.add_all(volume.path_tables)


def _volume_id(examined: Examined, findings: Findings) -> None:
    volume = examined.reader.volume
    if volume is None:
        return
    if volume.volume_id != examined.directory.file_set_id:
        findings.add("the Volume Identifier is not the File-set ID")
    if volume.system_id:
        findings.add("the System Identifier is not blank")


def _seal(examined: Examined, findings: Findings) -> None:
    volume, image = examined.reader.volume, examined.image
    if volume is None or image is None:
        return
    if volume.sealed_sha256 is None:
        findings.add("the image carries no checksum of itself")
    elif volume.sealed_sha256 != image.unsealed_sha256:
        findings.add("the image is not what its checksum was made from")


def _names(examined: Examined, findings: Findings) -> None:
    for path in examined.reader.folders:
        if not all(map(_FOLDER.fullmatch, path.split("/"))):
            findings.add(f"{path} is no name of at most 8 capitals, digits and _")
        if path.count("/") + 2 > _MOST_LEVELS:
            findings.add(f"{path} lies deeper than {_MOST_LEVELS} levels")
    for path in examined.reader.files:
        form = _FOLDER if path.startswith("DICOM/") else _FILE
        if not form.fullmatch(path.rpartition("/")[2]):
            findings.add(f"{path} is no name of the form 8.3 in capitals, digits and _")


def _level_1(examined: Examined, findings: Findings) -> None:
    volume = examined.reader.volume
    for raw in volume.tree.files if volume else ():
        if not _ISO_FILE.fullmatch(raw.rpartition("/")[2]):
            findings.add(f"{raw} is not of the form NAME.EXT;1")


def _same_names(examined: Examined, findings: Findings) -> None:
    volume = examined.reader.volume
    if volume is None:
        return
    if volume.joliet is not None:
        shown = {path[1:].removesuffix(";1") for path in volume.joliet.files}
        shown |= {path[1:] for path in volume.joliet.folders}
        for path in shown ^ {*examined.reader.files, *examined.reader.folders}:
            findings.add(f"{path} is not the same under ISO 9660 and Joliet")
    if not volume.tree.alternates:
        return
    for raw in (*volume.tree.files, *volume.tree.folders):
        plain = raw.removesuffix(";1").removesuffix(".")
        if volume.tree.alternates.get(raw) != plain:
            findings.add(f"{raw} is not the same under Rock Ridge")


def _root(examined: Examined, findings: Findings) -> None:
    for name in ("DICOMDIR", "README.TXT", "INDEX.HTM", _MANIFEST):
        if name not in examined.reader.files:
            findings.add(f"{name} is missing")


def _foreign(examined: Examined, findings: Findings) -> None:
    for path in examined.reader.files:
        top = path.split("/", 1)[0]
        if not _belongs(path, top, examined):
            findings.add(f"{path} does not belong there")


def _belongs(path: str, top: str, examined: Examined) -> bool:
    if path.startswith("DICOM/"):
        return path in examined.directory.references
    if path.startswith("ASSTORED/"):
        return path in examined.index.kept
    if path in examined.dicom_files:
        return False
    return top != "IHE_PDI" or path.endswith((".HTM", ".JPG"))


def _pictures(examined: Examined, findings: Findings) -> None:
    for path in examined.reader.files:
        if path.startswith("IHE_PDI/") and path.endswith(".JPG"):
            try:
                start = examined.reader.read(path, 0, 3)
            except OSError:
                start = b""
            if start != b"\xff\xd8\xff":
                findings.add(f"{path} is no JPEG")


def _manifest_lines(examined: Examined, findings: Findings) -> list[tuple[str, str]]:
    """Return checksum and path of each line; every other line is a finding."""
    if _MANIFEST not in examined.hashes:
        findings.add(f"{_MANIFEST} is missing or cannot be read")
        return []
    content = examined.reader.read(_MANIFEST, 0, examined.reader.files[_MANIFEST])
    lines = content.decode("ascii", "replace").removesuffix("\n").split("\n")
    matches = [_LINE.fullmatch(line) for line in lines]
    for number, match in enumerate(matches, start=1):
        if match is None:
            findings.add(f"{_MANIFEST}: line {number} is not of the form that sha256sum reads")
    if not content.endswith(b"\n"):
        findings.add(f"{_MANIFEST} does not end with a line")
    return [(match[1], match[2]) for match in matches if match]


def _manifest_complete(examined: Examined, findings: Findings) -> None:
    paths = [path for _, path in _manifest_lines(examined, findings)]
    if len(set(paths)) != len(paths):
        findings.add(f"{_MANIFEST} lists a file twice")
    for path in sorted(set(paths) - examined.reader.files.keys()):
        findings.add(f"{path} is missing")
    for path in sorted(examined.reader.files.keys() - set(paths) - {_MANIFEST}):
        findings.add(f"{path} is not listed in {_MANIFEST}")


def _hashes(examined: Examined, findings: Findings) -> None:
    for path, problem in examined.unreadable.items():
        findings.add(f"{path} {problem}")
    for sha256, path in _manifest_lines(examined, Findings()):
        if path in examined.hashes and examined.hashes[path] != sha256:
            findings.add(f"{path} is not what its checksum was made from")


MEDIUM_RULES = (
    Rule("structure", "ECMA-119 6 to 9", "The file system is whole and consistent", _structure),
    Rule(
        "path-tables",
        "ECMA-119 9.4",
        "The path tables agree with the directories",
        _path_tables,
        images_only=True,
    ),
    Rule(
        "volume-id",
        "PS3.12 F.1.2.2",
        "The Volume Identifier is the File-set ID, the System Identifier blank",
        _volume_id,
        images_only=True,
    ),
    Rule(
        "seal",
        "ECMA-119 8.4.32",
        "Every byte of the image is as it was when it was sealed",
        _seal,
        images_only=True,
    ),
    Rule(
        "names",
        "PS3.10 8.2, PS3.12 F.1.2.2",
        "Names have at most 8 capitals, digits and _, on at most 8 levels",
        _names,
    ),
    Rule(
        "level-1",
        "PS3.12 F.1.2.2, ECMA-119 10.1",
        "ISO 9660 writes every file as NAME.EXT;1",
        _level_1,
        images_only=True,
    ),
    Rule(
        "same-names",
        "PS3.12 F.1.2.2",
        "Joliet and Rock Ridge show the same names as ISO 9660",
        _same_names,
        images_only=True,
    ),
    Rule(
        "root",
        "PS3.10 8.6, IHE PDI",
        "DICOMDIR, README.TXT, INDEX.HTM and SHA256.TXT are in the root",
        _root,
    ),
    Rule(
        "foreign-files",
        "PS3.11 D.3.3, IHE PDI",
        "DICOM holds the file-set, IHE_PDI pages and pictures, ASSTORED what INDEX.HTM names",
        _foreign,
    ),
    Rule("pictures", "IHE PDI", "The pictures in IHE_PDI are JPEG", _pictures),
    Rule(
        "listed", "SHA256.TXT", "SHA256.TXT lists every file once and no other", _manifest_complete
    ),
    Rule("hashes", "SHA256.TXT", "Every file is what its checksum was made from", _hashes),
)
