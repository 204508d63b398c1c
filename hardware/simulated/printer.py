"""A printer made of a folder: each document comes out as a file in it."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from hardware.simulated import notes
from kiosk.errors import PrinterAway, PrinterEmpty

FAULTS = "faults.json"
"""Beside the documents, so that another process can take the paper out and put it back."""


@dataclass(frozen=True, slots=True)
class PrinterFaults:
    """Everything that can go wrong; nothing does by default."""

    empty: bool = False
    """There is no paper."""
    away: bool = False
    """It does not answer."""


def faults_of(folder: Path) -> PrinterFaults:
    """Read the faults of a printer as they are now."""
    return notes.read(folder / FAULTS, PrinterFaults())


def set_faults(folder: Path, faults: PrinterFaults) -> None:
    """Give a printer these faults, from its next document on."""
    notes.leave(folder / FAULTS, faults)


class FolderPrinter:
    """Puts each document into a folder as ``NNNN-title.pdf``, in the order of printing.

    What is no PDF is what a roll printer is sent, and comes out as ``NNNN-title.escpos``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def print(self, document: bytes, title: str) -> None:
        """Print a document, which lies in the folder whole or not at all."""
        faults = faults_of(self._folder)
        if faults.away:
            raise PrinterAway
        if faults.empty:
            raise PrinterEmpty
        try:
            self._lay_out(document, title)
        except OSError as error:
            raise PrinterAway(f"{self._folder}: {error.strerror}") from error

    def _lay_out(self, document: bytes, title: str) -> None:
        with (
            _alone(self._folder),
            NamedTemporaryFile(dir=self._folder, prefix=".", suffix=".new") as sheet,
        ):
            sheet.write(document)
            sheet.flush()
            os.link(sheet.name, self._folder / self._next_name(document, title))

    def _next_name(self, document: bytes, title: str) -> str:
        last = max((int(path.name[:4]) for path in self._folder.glob("[0-9]*-*.*")), default=0)
        words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        suffix = "pdf" if document.startswith(b"%PDF") else "escpos"
        return f"{last + 1:04d}-{words}.{suffix}"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait for a sheet that another process prints."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)
