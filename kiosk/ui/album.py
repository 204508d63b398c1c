"""Makes pictures out of bytes, and remembers them until told to forget; nothing is kept on disk."""

from dataclasses import dataclass, field
from io import BytesIO

import numpy as np
from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.ui.drawing import covered_box

REMEMBERED = 24
"""As many as a session shows; beyond it all are made again."""

_Key = tuple[bytes, int, int, int, bool]


@dataclass(slots=True)
class Album:
    """Pictures as they were last shown."""

    _textures: dict[_Key, Texture] = field(default_factory=dict)

    def texture(self, picture: bytes, width: int, height: int, radius: int, whole: bool) -> Texture:
        """Return a picture in the size of a box, with round corners.

        Parameters
        ----------
        picture
            A PNG or JPEG.
        whole
            Whether all of it is shown, else it fills the box and what stands out is cut off.
        """
        key = (picture, width, height, radius, whole)
        if key not in self._textures:
            if len(self._textures) >= REMEMBERED:
                self.forget()
            self._textures[key] = _made(*key)
        return self._textures[key]

    def forget(self) -> None:
        """Drop every picture."""
        self._textures.clear()


def _made(picture: bytes, width: int, height: int, radius: int, whole: bool) -> Texture:
    with Image.open(BytesIO(picture)) as opened:
        fitted = _fitted(opened.convert("RGBA"), width, height, whole)
    px = np.array(fitted)[::-1].copy()
    px[..., 3] = np.rint(px[..., 3] * covered_box(fitted.width, fitted.height, radius))
    texture = Texture.create(size=fitted.size, colorfmt="rgba")
    texture.blit_buffer(px.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    return texture


def _fitted(image: Image.Image, width: int, height: int, whole: bool) -> Image.Image:
    pick = min if whole else max
    scale = pick(width / image.width, height / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    scaled = image.resize(size, Image.Resampling.LANCZOS)
    if whole:
        return scaled
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return scaled.crop((left, top, left + width, top + height))
