"""How the documents look: colours of the kiosk used sparingly, and a few sizes of type."""

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle

from forms.typography.fonts import TEXT, letters_of
from forms.typography.letters import in_fonts
from forms.typography.text import Text

INK = HexColor("#15262B")
INK_SOFT = HexColor("#43555A")
PRIMARY = HexColor("#0A5663")
LINE = HexColor("#D9D4C8")
EDGE = HexColor("#71817F")
TINT = HexColor("#DDECEC")
WARN = HexColor("#6E3C00")
WARN_BACK = HexColor("#FFF0D4")
PEN = HexColor("#16264A")

READ = 12.0
"""Points; nothing that is read before signing is smaller."""
NOTE = 7.5
"""Points; what was recorded beside a signature."""
HAIRLINE = 0.6
LEADING = 1.38

LAID_OUT = [
    ("FONTNAME", (0, 0), (-1, -1), TEXT.name),  # else every table brings Helvetica, not embedded
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
]
"""What every table begins with."""


def type_size(
    size: float, *, color: Color = INK, after: float = 0, right: bool = False
) -> ParagraphStyle:
    """Return a paragraph style of a size in points, with ``after`` points of space below."""
    letters_of(TEXT)  # registers the font that every style names
    return ParagraphStyle(
        f"type-{size}",
        fontName=TEXT.name,
        fontSize=size,
        leading=size * LEADING,
        textColor=color,
        spaceAfter=after,
        alignment=2 if right else 0,
        allowWidows=0,
        allowOrphans=0,
    )


def say(text: str, style: ParagraphStyle, *, bold: bool = False, lead: str = "") -> Text:
    """Return a paragraph of ``text``, after a bold lead-in if there is one."""
    runs = in_fonts(text, bold=bold)
    return Text([*in_fonts(lead, bold=True), *in_fonts(" "), *runs] if lead else runs, style)
