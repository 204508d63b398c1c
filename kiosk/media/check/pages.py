"""Reads what INDEX.HTM, README.TXT and the pages of IHE_PDI tell and where they lead."""

import re
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from kiosk.media.findings import Findings
from kiosk.media.reader import MediumReader

LONGEST = 8 << 20
_STUDY_ROW = "study-"
_COUNTS = 2
"""The manifest's last two columns: series and images."""


@dataclass(slots=True)
class Index:
    """What INDEX.HTM tells."""

    text: str = ""
    institution: str = ""
    manifest: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Series and instances by StudyInstanceUID."""
    has_manifest: bool = False
    kept: set[str] = field(default_factory=set)
    """The files that are named as not importable."""
    links: set[str] = field(default_factory=set)
    """Paths on the medium."""
    findings: Findings = field(default_factory=Findings)


def read_index(reader: MediumReader) -> Index:
    """Read INDEX.HTM."""
    index = Index()
    root = _parse(reader, "INDEX.HTM", index.findings)
    if root is None:
        return index
    index.text = "".join(root.itertext())
    index.links = links_of(root, "INDEX.HTM", index.findings)
    for node in root.iter():
        match node.get("id"):
            case "institution":
                index.institution = "".join(node.itertext()).strip()
            case "manifest":
                index.has_manifest = True
                _read_manifest(node, index)
            case "kept-as-stored":
                index.kept = links_of(node, "INDEX.HTM", Findings())
    return index


def check_pages(reader: MediumReader, findings: Findings) -> None:
    """Every page is whole, without script, and leads only to files that are there."""
    pages = [path for path in reader.files if path.startswith("IHE_PDI/") and path.endswith(".HTM")]
    for path in ("INDEX.HTM", *pages):
        root = _parse(reader, path, findings)
        if root is None:
            continue
        for target in links_of(root, path, findings):
            if target not in reader.files:
                findings.add(f"{path}: the link to {target} leads nowhere")
        if any(_local(node) == "script" for node in root.iter()):
            findings.add(f"{path}: there is a script")


def links_of(root: ET.Element, page: str, findings: Findings) -> set[str]:
    """Return where a page leads, as paths on the medium; away from it is a finding."""
    paths = set()
    for node in root.iter():
        target = node.get("href") or node.get("src")
        if not target:
            continue
        path = normpath(join(dirname(page), unquote(target)))
        if ":" in target or path.startswith(("/", "..")):
            findings.add(f"{page}: a link leads away from the medium")
        else:
            paths.add(path)
    return paths


def _read_manifest(table: ET.Element, index: Index) -> None:
    for row in table.iter():
        name = row.get("id") or ""
        if not name.startswith(_STUDY_ROW):
            continue
        cells = ["".join(cell.itertext()).strip() for cell in row][-_COUNTS:]
        if len(cells) == _COUNTS and all(re.fullmatch("[0-9]{1,9}", cell) for cell in cells):
            index.manifest[name.removeprefix(_STUDY_ROW)] = (int(cells[0]), int(cells[1]))
        else:
            index.findings.add("INDEX.HTM: a row of the manifest has no counts")


def _parse(reader: MediumReader, path: str, findings: Findings) -> ET.Element | None:
    if path not in reader.files:
        findings.add(f"{path} is missing")
        return None
    try:
        content = reader.read(path, 0, LONGEST)
    except OSError as error:
        findings.add(f"{path} cannot be read: {error.strerror}")
        return None
    if b"<!ENTITY" in content:
        findings.add(f"{path}: entities have no place in a page")
        return None
    try:
        return ET.fromstring(content)  # noqa: S314 - without entities there is nothing to expand
    except (ET.ParseError, ValueError, LookupError) as error:
        findings.add(f"{path} is not well-formed XHTML: {error}")
        return None


def _local(node: ET.Element) -> str:
    return str(node.tag).rpartition("}")[2].lower()
