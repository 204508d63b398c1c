"""How large an image becomes: ISO 9660, Joliet and Rock Ridge around the files, exactly."""

from collections import defaultdict
from collections.abc import Iterable

SECTOR = 2048

_DESCRIPTORS = 20
"""System area, primary and Joliet descriptor, terminator, version."""
_ROCK_RIDGE_EXTENSION = 1
_ROCK_RIDGE = 72
"""RR, PX, TF and NM without its name."""
_DOT = 102
_ROOT_DOT = 136
_JOLIET_DOT = 34


def image_bytes(sizes: Iterable[tuple[str, int]]) -> int:
    """Return the size of the image that holds files with these paths and sizes."""
    files = list(sizes)
    folders = _folders(path for path, _ in files)
    content = sum(_sectors(size) for _, size in files)
    directories = sum(
        _packed(_records(path, names)) + _packed(_joliet_records(names))
        for path, names in folders.items()
    )
    tables = 2 * (_path_table(folders, 1) + _path_table(folders, 2))
    return SECTOR * (_DESCRIPTORS + tables + directories + _ROCK_RIDGE_EXTENSION + content)


def iso_name(name: str, *, is_folder: bool = False) -> str:
    """Return the identifier: a file without extension is ``NAME.;1`` (PS3.12 F.1.2.2)."""
    if is_folder:
        return name
    return f"{name};1" if "." in name else f"{name}.;1"


def _folders(paths: Iterable[str]) -> dict[str, dict[str, bool]]:
    """Return what each folder holds, by name, and whether that is a folder itself."""
    folders: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for path in paths:
        rest, is_folder = path, False
        while rest:
            parent, _, name = rest.rpartition("/")
            folders[parent][name] = is_folder
            rest, is_folder = parent, True
    return folders


def _records(path: str, names: dict[str, bool]) -> list[int]:
    identifiers = sorted(
        (iso_name(name, is_folder=is_folder), name) for name, is_folder in names.items()
    )
    lengths = [_even(_even(33 + len(long)) + _ROCK_RIDGE + len(name)) for long, name in identifiers]
    return [_DOT if path else _ROOT_DOT, _DOT, *lengths]


def _joliet_records(names: dict[str, bool]) -> list[int]:
    return [_JOLIET_DOT, _JOLIET_DOT, *(_even(33 + 2 * len(name)) for name in sorted(names))]


def _packed(records: list[int]) -> int:
    """Return the sectors that records fill, none of them across a border (ECMA-119 6.8.1.1)."""
    sectors, used = 1, 0
    for length in records:
        if used + length > SECTOR:
            sectors, used = sectors + 1, 0
        used += length
    return sectors


def _path_table(folders: Iterable[str], bytes_a_letter: int) -> int:
    """Return the sectors of one path table; pycdlib counts them in pairs."""
    names = [path.rpartition("/")[2] for path in folders]
    length = sum(_even(8 + max(1, len(name) * bytes_a_letter)) for name in names)
    return 2 * -(-_sectors(length) // 2)


def _sectors(size: int) -> int:
    return -(-size // SECTOR)


def _even(length: int) -> int:
    return length + length % 2
