"""The text of a PDF's pages as it is read aloud: what its tags say, and the pauses between."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from forms.reading.pdfium import opened

_PAUSES = {"TD": ", ", "TR": ", "}
"""Between the parts of a cell, and the cells of a row; all else is a paragraph of its own."""


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page of a document of ours, in the order of reading.

    Blank lines stand between paragraphs, and commas between the cells of a table.
    """
    with opened(pdf) as document:
        return tuple(map(_text, document))


def _text(page: PdfPage) -> str:
    with _tags(page) as tree:
        parts = _children(
            tree, pdfium.FPDF_StructTree_CountChildren, pdfium.FPDF_StructTree_GetChildAtIndex
        )
        return "\n\n".join(filter(None, map(_said, parts)))


def _said(element: Any) -> str:
    own = _read(pdfium.FPDF_StructElement_GetActualText, element)
    if own:
        return own
    kind = _read(pdfium.FPDF_StructElement_GetType, element)
    parts = _children(
        element,
        pdfium.FPDF_StructElement_CountChildren,
        pdfium.FPDF_StructElement_GetChildAtIndex,
    )
    return _PAUSES.get(kind, "\n\n").join(filter(None, map(_said, parts)))


def _children(of: Any, count: Callable[..., int], child: Callable[..., Any]) -> Iterator[Any]:
    return (child(of, index) for index in range(count(of)))


def _read(get: Callable[..., int], element: Any) -> str:
    """Read a string in two calls: how long it is with its end, then what it is (UTF-16)."""
    length = get(element, None, 0)
    if length == 0:
        return ""
    buffer = ctypes.create_string_buffer(length)
    get(element, buffer, length)
    return buffer.raw[:-2].decode("utf-16-le")


@contextmanager
def _tags(page: PdfPage) -> Iterator[Any]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        yield tree
    finally:
        pdfium.FPDF_StructTree_Close(tree)
