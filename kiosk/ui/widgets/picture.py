"""Pictures that come as bytes: thumbnails, a logo, a page of the form."""

from kiosk.ui.box import Box
from kiosk.ui.drawing import picture
from kiosk.ui.look import Look
from kiosk.ui.widgets.part import Part


class Picture(Part):
    """A picture, cut to its box and with round corners; it is kept in memory only.

    Parameters
    ----------
    picture
        A PNG or JPEG.
    height_px
        That it would like to have, of the design.
    whole
        Whether all of it is shown, with nothing cut off.
    speech
        What it shows, where that is not said beside it.
    """

    def __init__(
        self,
        look: Look,
        picture: bytes,
        *,
        height_px: float = 0,
        radius_px: float = 16,
        whole: bool = False,
        speech: str = "",
    ) -> None:
        super().__init__(look)
        self.source = picture
        self.height_px = look.px(height_px)
        self.radius = look.px(radius_px)
        self.whole = whole
        self.speech = speech

    def natural(self) -> float:
        """Return its height: thumbnails are square."""
        return float(self.height_px)

    def wish(self, width: float) -> float:
        """Return the height that it would like to have."""
        return float(self.height_px)

    def draw(self, box: Box) -> None:
        """Draw it."""
        if box.width < 1 or box.height < 1:
            return
        texture = self.look.album.texture(
            self.source, int(box.width), int(box.height), self.radius, self.whole
        )
        picture(texture, box.centred(*texture.size))
