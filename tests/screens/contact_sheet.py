"""All pictures at a glance: a page to scroll through, and a sheet for each language and panel."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kiosk.text.words import LANGUAGES
from kiosk.ui.faces import Face
from tests.screens.sessions import PANELS

SMALLER = 8
ACROSS = {"portrait": 24, "landscape": 12}
GAP_PX, LABEL_PX = 8, 26
GROUND, INK = (120, 120, 120), (255, 255, 255)
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Every screen</title>
<style>
body {{ font: 15px system-ui, sans-serif; background: #787878; color: #fff; margin: 16px }}
figure {{ display: inline-block; margin: 4px }} figcaption {{ font-size: 12px }}
img {{ display: block }} .portrait img {{ width: 216px; height: 384px }}
.landscape img {{ width: 384px; height: 216px }} a {{ color: #fff }}
</style>
<h1>Every screen</h1>
<p>{links}</p>
{sections}
</html>
"""


def thumbnail(picture: Image.Image) -> Image.Image:
    """Return a picture as small as it stands on a sheet."""
    return picture.reduce(SMALLER)


def sheet(thumbnails: Mapping[str, Image.Image], orientation: str) -> Image.Image:
    """Return one picture with all of a language on a panel, and their names."""
    width, height = (side // SMALLER for side in PANELS[orientation])
    across = ACROSS[orientation]
    step_x, step_y = width + GAP_PX, height + LABEL_PX + GAP_PX
    rows = -(-len(thumbnails) // across)
    whole = Image.new("RGB", (across * step_x + GAP_PX, rows * step_y + GAP_PX), GROUND)
    for number, (name, picture) in enumerate(thumbnails.items()):
        x, y = GAP_PX + number % across * step_x, GAP_PX + number // across * step_y
        whole.paste(_label(name, width), (x, y))
        whole.paste(picture, (x, y + LABEL_PX))
    return whole


def _label(name: str, width: int) -> Image.Image:
    """Return a name, what is too long of it cut off."""
    label = Image.new("RGB", (width, LABEL_PX), GROUND)
    font = ImageFont.truetype(Face("NotoSans", 400).path, 10)
    ImageDraw.Draw(label).text((0, 0), name.replace(" ", "\n"), INK, font, spacing=0)
    return label


def write_page(folder: Path, pictures: Mapping[tuple[str, str], Sequence[Path]]) -> Path:
    """Write a page with every picture; each is loaded when it comes into sight."""
    links = " • ".join(
        f'<a href="#{language}-{orientation}">{LANGUAGES[language]}, {orientation}</a>'
        for language, orientation in pictures
    )
    sections = "\n".join(
        _section(folder, language, orientation, paths)
        for (language, orientation), paths in pictures.items()
    )
    page = folder / "index.html"
    page.write_text(PAGE.format(links=links, sections=sections), encoding="utf-8")
    return page


def _section(folder: Path, language: str, orientation: str, paths: Sequence[Path]) -> str:
    figures = "\n".join(_figure(path.relative_to(folder).as_posix(), path.stem) for path in paths)
    title = f"{LANGUAGES[language]}, {orientation}"
    anchor = f'class="{orientation}" id="{language}-{orientation}"'
    return f"<section {anchor}><h2>{title}</h2>\n{figures}</section>"


def _figure(source: str, name: str) -> str:
    shown = f'<a href="{escape(source)}"><img loading="lazy" src="{escape(source)}" alt=""></a>'
    return f"<figure>{shown}<figcaption>{escape(name)}</figcaption></figure>"
