"""One wall of the gallery: all pictures of one language on one kind of panel."""

from pathlib import Path

from PIL import Image

from tests.screens.contact_sheet import sheet, thumbnail
from tests.screens.gallery import Painter, views_of

COLOURS = 256
"""Of a picture: enough to judge it, and a fourth of the bytes."""


def paint_wall(gallery: Path, language: str, orientation: str) -> list[Path]:
    """Paint all views, and a sheet with all of them; return where the pictures are."""
    painter, paths, thumbnails = Painter(), [], {}
    folder = gallery / language / orientation
    folder.mkdir(parents=True)
    for view in views_of(language, orientation):
        picture = painter.paint(view)
        paths.append(folder / f"{view.name}.{view.mode}.png")
        few = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(paths[-1])
        thumbnails[f"{view.name} {view.mode}"] = thumbnail(picture)
    sheet(thumbnails, orientation).save(gallery / f"sheet-{language}-{orientation}.png")
    return paths
