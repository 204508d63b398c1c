"""Reads an ISO 9660 image or disc without trusting it: every inconsistency is a finding.

This is a reader of its own, so that the check does not share the faults of the library that
wrote the image. It reads with ``pread``: a disc that fails in the middle then raises an
``OSError``, where a mapped file would end the process. Mapping is for files too large to be read
whole, after they were read once from end to end.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from struct import Struct
from typing import Self

from kiosk.errors import MediumUnreadable
from kiosk.media.findings import Findings
from kiosk.media.iso_records import SECTOR, Record, read_path_table, read_record
from kiosk.media.iso_tree import Extent, Tree, walk_tree
from kiosk.media.mapped import map_file
from kiosk.media.seal import SEAL_AT, SEAL_LENGTH, read_seal

_FIRST_DESCRIPTOR = 16
_MOST_DESCRIPTORS = 64
_PRIMARY, _SUPPLEMENTARY, _TERMINATOR = 1, 2, 255
_JOLIET_ESCAPES = (b"%/@", b"%/C", b"%/E")
_LONGEST_PATH_TABLE = 16 << 20

# ECMA-119 8.4, from byte position 9 on; numbers in both byte orders are read in both.
_DESCRIPTOR = Struct("<32s32s8sL4s32sH2sH2sH2sL4sLL4s4s34s")


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A primary or supplementary volume descriptor."""

    system_id: str
    volume_id: str
    sectors: int
    path_table_length: int
    little_path_table: int
    big_path_table: int
    root: Record


@dataclass(slots=True)
class Volume:
    """What an image says of itself, beside its files."""

    volume_id: str
    system_id: str
    size_bytes: int
    """By the descriptor; the image or disc may be longer."""
    sealed_sha256: str | None
    """The checksum that the image carries of itself."""
    tree: Tree
    joliet: Tree | None
    descriptors: Findings = field(default_factory=Findings)
    path_tables: Findings = field(default_factory=Findings)
    structure: Findings = field(default_factory=Findings)


class IsoReader:
    """An image file or a block device."""

    def __init__(self, path: Path) -> None:
        try:
            self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise MediumUnreadable(f"{path}: {error.strerror}") from error
        self._path = path
        try:
            self.size_bytes = os.lseek(self._fd, 0, os.SEEK_END)
            self._is_device = stat.S_ISBLK(os.fstat(self._fd).st_mode)
            self.volume = self._read_volume()
        except BaseException:
            os.close(self._fd)
            raise
        self._places = {_plain_path(path): at for path, at in self.volume.tree.files.items()}
        self.files: Mapping[str, int] = {path: at.length for path, at in self._places.items()}
        self.folders = tuple(path[1:] for path in self.volume.tree.folders)
        self.findings = self.volume.structure

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)

    def read(self, path: str, offset: int, length: int) -> bytes:
        """Read part of a file; short where the image ends."""
        place = self._places[path]
        length = max(0, min(length, place.length - offset))
        return self.read_raw(place.sector * SECTOR + offset, length)

    def read_raw(self, offset: int, length: int) -> bytes:
        """Read part of the image itself; short where it ends."""
        return os.pread(self._fd, length, offset) if length else b""

    @contextmanager
    def mapped(self, path: str) -> Iterator[memoryview]:
        """Map a file into memory, for those too large to be read whole."""
        place = self._places[path]
        with map_file(self._fd, place.sector * SECTOR, place.length) as view:
            yield view

    def _read_sectors(self, sector: int, length: int) -> bytes:
        offset = sector * SECTOR
        return self.read_raw(offset, min(length, max(0, self.size_bytes - offset)))

    def _read_volume(self) -> Volume:
        findings = Findings()
        primary, joliet = self._read_descriptors(findings)
        if primary is None:
            raise MediumUnreadable(f"{self._path} holds no ISO 9660 volume")
        volume = Volume(
            volume_id=primary.volume_id,
            system_id=primary.system_id,
            size_bytes=primary.sectors * SECTOR,
            sealed_sha256=read_seal(self.read_raw(SEAL_AT, SEAL_LENGTH)),
            tree=walk_tree(primary.root, self._read_sectors, "ascii"),
            joliet=walk_tree(joliet.root, self._read_sectors, "utf-16-be") if joliet else None,
            descriptors=findings,
        )
        if joliet is not None and joliet.sectors != primary.sectors:
            findings.add("the two volume descriptors state different sizes")
        self._check_places(volume)
        for descriptor, tree in ((primary, volume.tree), (joliet, volume.joliet)):
            if descriptor is not None and tree is not None:
                volume.structure.add_all(tree.findings)
                self._check_path_tables(descriptor, tree, volume.path_tables)
        return volume

    def _read_descriptors(self, findings: Findings) -> tuple[Descriptor | None, Descriptor | None]:
        """Return the primary and the Joliet descriptor."""
        primary = joliet = None
        for number in range(_FIRST_DESCRIPTOR, _FIRST_DESCRIPTOR + _MOST_DESCRIPTORS):
            raw = self._read_sectors(number, SECTOR)
            if len(raw) < SECTOR or raw[1:7] != b"CD001\x01":
                findings.add("the volume descriptors have no end")
                break
            if raw[0] == _TERMINATOR:
                break
            if raw[0] == _PRIMARY and primary is None:
                primary = _read_descriptor(raw, "ascii", findings)
            elif raw[0] == _SUPPLEMENTARY and raw[88:91] in _JOLIET_ESCAPES and joliet is None:
                joliet = _read_descriptor(raw, "utf-16-be", findings)
            else:
                findings.add(f"there is a volume descriptor of a kind not known: {raw[0]}")
        return primary, joliet

    def _check_places(self, volume: Volume) -> None:
        """Every file lies within the volume, and no two share bytes."""
        if self.size_bytes < volume.size_bytes:
            volume.structure.add("the image is shorter than its descriptor says")
        # A drive shows what it appends to a disc, an image file has nothing to append.
        if self.size_bytes > volume.size_bytes and not self._is_device:
            volume.structure.add("the image goes on after the end of its volume")
        trees = [tree for tree in (volume.tree, volume.joliet) if tree is not None]
        for tree in trees:
            for path, place in tree.files.items():
                if place.sector * SECTOR + place.length > min(volume.size_bytes, self.size_bytes):
                    volume.structure.add(f"{path}: the file lies outside the image")
        _check_overlaps(volume.tree, volume.structure)
        if volume.joliet is not None and set(volume.joliet.files.values()) != set(
            volume.tree.files.values()
        ):
            volume.structure.add("Joliet leads to other content than ISO 9660")

    def _check_path_tables(self, descriptor: Descriptor, tree: Tree, findings: Findings) -> None:
        length = min(descriptor.path_table_length, _LONGEST_PATH_TABLE)
        for order, sector in (
            ("little", descriptor.little_path_table),
            ("big", descriptor.big_path_table),
        ):
            content = self._read_sectors(sector, length)
            if read_path_table(content, order, findings.add) != tree.path_entries:
                findings.add(f"the {order}-endian path table differs from the directories")


def _read_descriptor(raw: bytes, encoding: str, findings: Findings) -> Descriptor | None:
    fields = _DESCRIPTOR.unpack_from(raw, 8)
    system_id, volume_id, _, sectors, *_ = fields
    path_table_length, _, little, _, big, _, root = fields[12:19]
    for number, reverse in ((3, 4), (6, 7), (8, 9), (10, 11), (12, 13)):
        if int.from_bytes(fields[reverse], "big") != fields[number]:
            findings.add("a volume descriptor differs between its byte orders")
    if fields[10] != SECTOR:
        findings.add(f"the logical block size is {fields[10]}, not {SECTOR}")
    if fields[6] != 1 or fields[8] != 1:
        findings.add("the volume is one of a set; a file-set has one volume")
    root_record = read_record(root, "/", findings.add)
    if root_record is None:
        return None
    return Descriptor(
        system_id.decode(encoding, "replace").rstrip(" \0"),
        volume_id.decode(encoding, "replace").rstrip(" \0"),
        sectors,
        path_table_length,
        little,
        int.from_bytes(big, "big"),
        root_record,
    )


def _check_overlaps(tree: Tree, findings: Findings) -> None:
    places = sorted(
        (place.sector, place.sector * SECTOR + place.length)
        for place in tree.files.values()
        if place.length
    )
    for (_, end), (sector, _) in pairwise(places):
        if sector * SECTOR < end:
            findings.add(f"two files share the sector {sector}")


def _plain_path(path: str) -> str:
    """Return a path as systems show it: without version, without the dot of no extension."""
    return path[1:].removesuffix(";1").removesuffix(".")


__all__ = ["Extent", "IsoReader", "Volume"]
