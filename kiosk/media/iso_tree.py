"""One directory tree of an ISO 9660 volume, walked from its root against its path tables."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.media.findings import Findings
from kiosk.media.iso_records import (
    SECTOR,
    PathEntry,
    Record,
    is_plain,
    read_records,
    rock_ridge_name,
)

_MOST_RECORDS = 1_000_000
_LONGEST_FOLDER = 64 << 20
_DEEPEST = 32

ReadSectors = Callable[[int, int], bytes]
"""Reads bytes from a sector on; short where the image ends."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the content of a file stands."""

    sector: int
    length: int


@dataclass(frozen=True, slots=True)
class Folder:
    """A directory on the way through the tree."""

    path: str
    alternate_path: str
    extent: int
    length: int
    parent_extent: int
    depth: int


@dataclass(slots=True)
class Tree:
    """What a walk from the root found."""

    files: dict[str, Extent] = field(default_factory=dict)
    """Path as the volume writes it (``/DICOM/IM000001.;1``) and place."""
    folders: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    """Rock Ridge path of each path; absent where a record on the way has no Rock Ridge name."""
    path_entries: list[PathEntry] = field(default_factory=list)
    """What the path tables must say."""
    findings: Findings = field(default_factory=Findings)


def walk_tree(root: Record, read: ReadSectors, encoding: str) -> Tree:
    """Walk a tree level by level; loops, lies and excess end up as findings.

    Parameters
    ----------
    root : Record
        The root's record, from the volume descriptor.
    read : callable
        Reads the image.
    encoding : str
        Of the identifiers: ``ascii``, or ``utf-16-be`` under Joliet.
    """
    tree = Tree()
    tree.path_entries.append(PathEntry(b"\0", root.extent, 1))
    seen = {root.extent}
    waiting = deque([(1, Folder("", "", root.extent, root.length, root.extent, 1))])
    records = 0
    while waiting and records < _MOST_RECORDS:
        number, folder = waiting.popleft()
        for record in _children(folder, read, tree.findings):
            records += 1
            child = _place(record, folder, read, encoding, tree)
            if child is None:
                continue
            if child.extent in seen or child.depth > _DEEPEST:
                tree.findings.add(f"{child.path}: the folder leads back to one that holds it")
                continue
            seen.add(child.extent)
            tree.folders.append(child.path)
            tree.path_entries.append(PathEntry(record.identifier, record.extent, number))
            waiting.append((len(tree.path_entries), child))
    if waiting:
        tree.findings.add("there are more directory records than any medium holds")
    return tree


def _children(folder: Folder, read: ReadSectors, findings: Findings) -> list[Record]:
    """Return what a folder holds, without the two records for itself and its parent."""
    where = folder.path or "/"
    if folder.length % SECTOR or not 0 < folder.length <= _LONGEST_FOLDER:
        findings.add(f"{where}: the folder's length is not one of whole sectors")
    content = read(folder.extent, min(folder.length, _LONGEST_FOLDER))
    if len(content) < min(folder.length, _LONGEST_FOLDER):
        findings.add(f"{where}: the folder lies outside the image")
    records = list(read_records(content, where, findings.add))
    itself, parent, *children = [*records, None, None][: max(2, len(records))]
    if itself is None or (itself.identifier, itself.extent) != (b"\0", folder.extent):
        findings.add(f"{where}: the first record is not the folder itself")
    # libisofs writes the folder itself under Joliet, where nobody looks.
    above = {folder.parent_extent, folder.extent}
    if parent is None or parent.identifier != b"\1" or parent.extent not in above:
        findings.add(f"{where}: the second record is not the parent folder")
    names = [record.identifier for record in children if record is not None]
    if len(set(names)) != len(names):
        findings.add(f"{where}: two records have the same name")
    return [record for record in children if record is not None]


def _place(
    record: Record, folder: Folder, read: ReadSectors, encoding: str, tree: Tree
) -> Folder | None:
    """Note a file; return a folder to go on with."""

    def read_more(sector: int, offset: int, length: int) -> bytes:
        return read(sector, offset + min(length, SECTOR))[offset:]

    name = record.identifier.decode(encoding, "replace")
    path = f"{folder.path}/{name}"
    alternate = rock_ridge_name(record.system_use, read_more)
    alternate_path = f"{folder.alternate_path}/{alternate or name}"
    if alternate is not None:
        tree.alternates[path] = alternate_path
    if not is_plain(record.system_use, read_more):
        tree.findings.add(f"{path}: this is a symbolic link or was relocated")
    if not record.is_folder:
        tree.files[path] = Extent(record.extent, record.length)
        return None
    return Folder(
        path, alternate_path, record.extent, record.length, folder.extent, folder.depth + 1
    )
