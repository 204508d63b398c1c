"""The drawing of WELCOME: what one takes home, on a dark ground."""

from functools import lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.ui.box import Box
from kiosk.ui.drawing import edge, fill, picture
from kiosk.ui.widgets.part import Part

# Middle of each picture from the left and the top, and its height; px of the design.
_TALL = (984, 490, {"chest": (186, 250, 452), "head": (418, 243, 462), "disc": (759, 250, 376)})
_WIDE = (700, 808, {"chest": (192, 240, 470), "head": (474, 280, 478), "disc": (337, 566, 424)})
_LEAST_PX = 200


class Hero(Part):
    """An X-ray, a scan and a disc; the X-ray and the disc are drawn by program."""

    grows = True

    def wish(self, width: float) -> float:
        """Return the height of the drawing."""
        return float(self.look.px((_WIDE if self.look.wide else _TALL)[1]))

    def least(self, width: float) -> float:
        """Return the height at which it still says something."""
        return float(self.look.px(_LEAST_PX))

    def draw(self, box: Box) -> None:
        """Draw the ground, and on it the pictures as large as they fit."""
        look = self.look
        radius = look.px(look.theme.radius.panel)
        fill(box, look.colour.art, radius)
        if look.theme.flat:
            edge(box, look.colour.edge, radius, look.px(look.theme.stroke.edge))
        width, height, pictures = _WIDE if look.wide else _TALL
        scale = min(box.width / width, box.height / height)
        left = box.x + (box.width - width * scale) / 2
        top = box.top - (box.height - height * scale) / 2
        for name, (x, y, high) in pictures.items():
            texture = drawn(name, round(high * scale))
            middle = left + x * scale, top - y * scale
            at = (round(middle[0] - texture.width / 2), round(middle[1] - texture.height / 2))
            picture(texture, Box(*at, *texture.size))


@lru_cache(maxsize=12)
def drawn(name: str, height: int) -> Texture:
    """Return one of our pictures, so many px high."""
    source = (files("kiosk.ui") / "assets" / "pictures" / f"{name}.png").read_bytes()
    with Image.open(BytesIO(source)) as opened:
        width = round(opened.width * height / opened.height)
        scaled = opened.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS)
    texture = Texture.create(size=scaled.size, colorfmt="rgba")
    texture.blit_buffer(np.array(scaled)[::-1].tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    return texture
