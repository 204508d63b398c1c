"""The canvas that every document is drawn on: which side it is read from, and what it says.

reportlab writes no tags (PDF 32000-1, 14.8), so they are added here: each paragraph with its text
in the order of reading, and the rows and cells of tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas


class Page(Canvas):
    """A page; the flowables that are drawn on one that is read from the right mirror themselves."""

    right_to_left = False
    _doc: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._paragraphs = PDFArray([])
        self._pages = PDFArray([])
        parents = PDFDictionary({"Nums": self._pages})
        entries = {"Type": PDFName("StructTreeRoot"), "K": PDFArray([]), "ParentTree": parents}
        root = PDFDictionary(entries)
        self._doc.Catalog.StructTreeRoot = root
        self._doc.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        self._open = root
        self._open = self._element("Document")

    @contextmanager
    def part(self, kind: str) -> Iterator[None]:
        """Let what is drawn meanwhile belong together, as a row or as a cell does."""
        around, self._open = self._open, self._element(kind)
        yield
        self._open = around

    @contextmanager
    def says(self, text: str) -> Iterator[None]:
        """Say what the paragraph that is drawn meanwhile says, in the order of reading."""
        number = len(self._paragraphs.sequence)
        paragraph = self._element("P", Pg=self._doc.thisPageRef(), ActualText=PDFString(text))
        paragraph.dict["K"] = number
        self._paragraphs.sequence.append(self._doc.Reference(paragraph))
        self.addLiteral(f"/P <</MCID {number}>> BDC")
        yield
        self.addLiteral("EMC")

    def _element(self, kind: str, **entries: Any) -> PDFDictionary:
        """Return a new structure element inside the open one."""
        within = self._doc.Reference(self._open)
        place = {"Type": PDFName("StructElem"), "S": PDFName(kind), "P": within, "K": PDFArray([])}
        element = PDFDictionary(place | entries)
        self._open.dict["K"].sequence.append(self._doc.Reference(element))
        return element

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 - reportlab's, as a page is closed
        super()._setAnnotations(page)  # type: ignore[misc]  # the stub leaves it out
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._pages.sequence) // 2
        page.Tabs = PDFName("S")
        self._pages.sequence += [page.StructParents, self._paragraphs]
        self._paragraphs = PDFArray([])


def is_mirrored(canvas: Canvas) -> bool:
    """Return whether what is drawn is read from the right."""
    return isinstance(canvas, Page) and canvas.right_to_left
