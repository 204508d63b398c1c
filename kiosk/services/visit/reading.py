"""A form laid out for the eyes of who stands before the screen."""

from dataclasses import dataclass

from forms.reading.aloud import page_texts
from forms.reading.pages import page_pictures
from kiosk.domain.session.facts import FormPage

# Of the panel's width and height, by the design's 1080x1920 and 1920x1080 pixels.
_PORTRAIT = (984 / 1080, 1040 / 1920, 860 / 1920)
_LANDSCAPE = (1040 / 1920, 752 / 1080, 572 / 1080)


@dataclass(frozen=True, slots=True)
class Reading:
    """Where on the panel a form is read."""

    width_px: int
    height_px: int
    last_height_px: int
    """Of the last piece: below it stands what one must have understood."""

    @classmethod
    def on_panel(cls, width_px: int, height_px: int) -> "Reading":
        """Return the place of the form on a panel of that many pixels."""
        across, down, last = _PORTRAIT if height_px > width_px else _LANDSCAPE
        return cls(round(width_px * across), round(height_px * down), round(height_px * last))

    def lay(self, pdf: bytes) -> tuple[FormPage, ...]:
        """Return a PDF in pieces that fit there."""
        texts = page_texts(pdf)
        return tuple(
            FormPage(piece.width_px, piece.height_px, piece.rgb, texts[piece.page - 1])
            for piece in page_pictures(pdf, self.width_px, self.height_px, self.last_height_px)
        )
