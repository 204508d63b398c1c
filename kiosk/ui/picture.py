"""A picture of what is on the screen."""

from typing import Any

from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from PIL import Image


def picture_of(window: Any) -> Image.Image:
    """Return what was drawn last, from the top."""
    width, height = window.size
    pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
    picture = Image.frombytes("RGB", (width, height), pixels)
    return picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
