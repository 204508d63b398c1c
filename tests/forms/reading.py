"""Reads documents back with poppler, which shares no code with what made them."""

import os
import subprocess
import tempfile
import unicodedata
from pathlib import Path

import numpy as np
from lxml import etree
from PIL import Image


def text_of(pdf: bytes, order: str = "-raw") -> str:
    """Return the text on one line, letters in their plain form, in the order of drawing."""
    raw = _run("pdftotext", order, "{pdf}", "-", pdf=pdf).decode("utf-8")
    marks = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u200e\u200f"))
    plain = unicodedata.normalize("NFKC", raw).translate(marks)
    return " ".join(plain.split())


def text_as_laid_out(pdf: bytes) -> str:
    """Return the text as it stands on paper, a form feed behind each page."""
    return _run("pdftotext", "-layout", "{pdf}", "-", pdf=pdf).decode("utf-8")


def lines_of(pdf: bytes) -> list[str]:
    """Return the lines as they stand on paper."""
    return text_as_laid_out(pdf).splitlines()


def pages_of(pdf: bytes) -> int:
    """Return how many pages there are."""
    lines = _run("pdfinfo", "{pdf}", pdf=pdf).decode("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pages:"))


def seal_text_of(pdf: bytes) -> str:
    """Return what pdfsig says, in words: its exit code is 0 even for a changed file."""
    return _run("pdfsig", "-nocert", "{pdf}", pdf=pdf).decode("utf-8")


def fonts_of(pdf: bytes) -> list[tuple[str, bool]]:
    """Return each font's name and whether it is embedded."""
    lines = _run("pdffonts", "{pdf}", pdf=pdf).decode("utf-8").splitlines()[2:]
    return [(line.split()[0], line.split()[-5] == "yes") for line in lines]


def attachment_of(pdf: bytes, name: str) -> bytes:
    """Return a file that is attached inside a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "document.pdf")
        path.write_bytes(pdf)
        subprocess.run(["pdfdetach", "-saveall", "-o", folder, path], check=True)
        return Path(folder, name).read_bytes()


def places_of(pdf: bytes) -> list[tuple[str, float, float]]:
    """Return each word and its middle, in points from the upper left corner of its page."""
    page = etree.HTML(_run("pdftotext", "-bbox", "{pdf}", "-", pdf=pdf))
    return [
        (
            word.text or "",
            (float(word.get("xmin")) + float(word.get("xmax"))) / 2,
            (float(word.get("ymin")) + float(word.get("ymax"))) / 2,
        )
        for word in page.iter("word")
    ]


def picture_of(pdf: bytes, page: int = 1, dpi: int = 100) -> np.ndarray:
    """Return a page as grey levels, row by row."""
    return np.asarray(colours_of(pdf, page, dpi).convert("L"))


def colours_of(pdf: bytes, page: int = 1, dpi: int = 100) -> Image.Image:
    """Return a page as it looks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "document.pdf")
        path.write_bytes(pdf)
        which = ["-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", "-png"]
        subprocess.run(["pdftoppm", *which, path, Path(folder, "page")], check=True)
        return Image.open(Path(folder, "page.png")).convert("RGB")


def _run(*command: str, pdf: bytes) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        filled = [part.format(pdf=file.name) for part in command]
        utc = os.environ | {"TZ": "UTC"}
        return subprocess.run(filled, capture_output=True, check=False, env=utc).stdout
