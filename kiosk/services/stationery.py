"""What the papers of one site are printed on."""

from dataclasses import dataclass
from enum import Enum

from forms.facts import LabelShows
from forms.label.disc_face import Ring
from forms.receipt.page import ReceiptPage


class ReceiptPrinter(Enum):
    """What the receipt printer understands."""

    PAGE = "page"
    """PDF."""
    ROLL = "roll-80mm"
    """ESC/POS, on a roll of 80 mm."""


class DiscLabel(Enum):
    """What carries the label of a disc."""

    DISC_FACE = "disc-face"
    SLEEVE = "sleeve"


@dataclass(frozen=True, slots=True)
class Stationery:
    """The papers and labels that a site has bought, and what it lets stand on them."""

    receipt_page: ReceiptPage
    """Of the sealed receipt, whatever the printer takes."""
    receipt_printer: ReceiptPrinter
    disc_label: DiscLabel
    disc_ring: Ring
    label_shows: LabelShows
