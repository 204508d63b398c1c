"""Makes SHA256.TXT, the checksums of every other file as ``sha256sum -c`` reads them."""

from collections.abc import Iterable

from kiosk.domain.medium import FileSetEntry

MANIFEST = "SHA256.TXT"


def encode_manifest(entries: Iterable[FileSetEntry]) -> bytes:
    """Return one line for each file, sorted by path."""
    lines = sorted((entry.path, entry.sha256) for entry in entries)
    return "".join(f"{sha256}  {path}\n" for path, sha256 in lines).encode("ascii")
