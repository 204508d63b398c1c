"""The fonts that are embedded in the documents: our own, and those of Debian's packages."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from kiosk.errors import ConfigurationWrong

SHIPPED = Path(str(files("kiosk"))) / "ui" / "assets" / "fonts"
"""The fonts of the touch screen, which come with this program."""
NOTO = Path("/usr/share/fonts/truetype/noto")
DROID = Path("/usr/share/fonts-droid-fallback/truetype")


@dataclass(frozen=True, slots=True)
class Face:
    """One typeface, regular and bold, and the package that brings it."""

    name: str
    regular: Path
    bold: Path
    package: str

    @property
    def bold_name(self) -> str:
        """What the bold cut is registered as."""
        return f"{self.name}-Bold"


def _noto(name: str) -> Face:
    return Face(name, NOTO / f"{name}-Regular.ttf", NOTO / f"{name}-Bold.ttf", "fonts-noto-core")


TEXT = _noto("NotoSans")
CHINESE = Face(
    "NotoSansSC",
    SHIPPED / "NotoSansSC-400.ttf",
    SHIPPED / "NotoSansSC-700.ttf",
    "imaging-release-kiosk",
)
"""The letters of GB 2312, regular and bold."""
# The other letters of Chinese, Japanese and Korean names. Debian's Noto CJK fonts have PostScript
# outlines, which reportlab cannot embed; a reader's own font would then have to be trusted with
# a patient's name.
_DROID = DROID / "DroidSansFallback.ttf"
FACES = (
    TEXT,
    _noto("NotoSansArabic"),
    CHINESE,
    _noto("NotoSansHebrew"),
    _noto("NotoSansThai"),
    _noto("NotoSansArmenian"),
    _noto("NotoSansGeorgian"),
    _noto("NotoSansEthiopic"),
    Face("DroidSansFallback", _DROID, _DROID, "fonts-droid-fallback"),
)
"""In the order in which they are asked for a letter."""


def check_fonts() -> int:
    """Return how many typefaces are ready.

    Raises
    ------
    ConfigurationWrong
        If any font file is missing; its detail names the packages to install.
    """
    lacking = {
        face.package for face in FACES if not (face.regular.is_file() and face.bold.is_file())
    }
    if lacking:
        raise ConfigurationWrong(f"fonts are missing: apt install {' '.join(sorted(lacking))}")
    return len(FACES)


@cache
def letters_of(face: Face) -> frozenset[int]:
    """Register a typeface with reportlab on first need; return the code points that it can draw."""
    font = _open(face.name, face.regular, face)
    pdfmetrics.registerFont(font)
    pdfmetrics.registerFont(_open(face.bold_name, face.bold, face))
    for italic in (0, 1):
        addMapping(face.name, 0, italic, face.name)
        addMapping(face.name, 1, italic, face.bold_name)
    return frozenset(font.face.charToGlyph)


def _open(name: str, path: Path, face: Face) -> TTFont:
    try:
        return TTFont(name, str(path))
    except TTFError as error:
        raise ConfigurationWrong(
            f"font {path.name} is missing: apt install {face.package}"
        ) from error
