"""A PDF of one word, sealed in no time."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas


def _small() -> bytes:
    page = BytesIO()
    canvas = Canvas(page, invariant=1)
    canvas.drawString(72, 720, "Sealed")
    canvas.save()
    return page.getvalue()


SMALL = _small()
