"""Opens PDFs for reading, one at a time.

PDFium keeps one state for the whole process and must not be called from two threads at once
(pypdfium2: "PDFium is not thread-safe"), so everything is done inside ``opened``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from pypdfium2 import PdfDocument

_ONE_AT_A_TIME = Lock()


@contextmanager
def opened(pdf: bytes) -> Iterator[PdfDocument]:
    """Open a PDF of ours, while no other thread has one open."""
    with _ONE_AT_A_TIME:
        document = PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def attachment(document: PdfDocument, name: str) -> bytes | None:
    """Return a file that is attached inside a document, or None."""
    for index in range(document.count_attachments()):
        file = document.get_attachment(index)
        if file.get_name() == name:
            return bytes(file.get_data())
    return None
