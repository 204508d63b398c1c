"""Makes README.TXT: who made the medium, where what is, to what it conforms (IHE PDI)."""

import textwrap
import unicodedata

from kiosk.media.facts import Contents
from kiosk.media.wording import in_words

_WIDTH = 76
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"})


def readme(contents: Contents) -> bytes:
    """Return README.TXT: ASCII, CRLF, at most 80 columns, nothing about the patient."""
    paragraphs = [
        *_made_by(contents),
        *_where(contents),
        f"This medium conforms to the IHE Portable Data for Imaging (PDI) profile with the Web"
        f" Content option and to the DICOM media profile {contents.profile} (PS3.11)."
        f" Its file-set is called {contents.file_set_id}.",
        "SHA256.TXT holds the checksum of every other file. To check them: sha256sum -c SHA256.TXT",
        "The images are released to the patient, for the patient's own use and for further"
        " treatment. They are not encrypted. Keep the medium in a safe place.",
        "The JPEG pictures in IHE_PDI are for viewing only and NOT FOR DIAGNOSIS. For diagnosis,"
        " import the DICOM images into a system that is approved for it. No viewer program is on"
        " this medium; the pages open in any browser.",
    ]
    lines = ["README", "======", ""]
    for paragraph in paragraphs:
        lines += [
            *textwrap.wrap(_ascii(paragraph), _WIDTH, subsequent_indent=_indent(paragraph)),
            "",
        ]
    return "\r\n".join(lines).encode("ascii")


def _made_by(contents: Contents) -> list[str]:
    facts = contents.facts
    made_on = in_words(facts.created_at.date())
    which = f", {contents.volume} of {contents.volumes}" if contents.volumes > 1 else ""
    contact = ", ".join(part for part in (facts.site_phone, facts.site_address) if part)
    institution = ", ".join(part for part in (facts.site_name, facts.site_address) if part)
    return [
        f"Institution: {institution}",
        f"Questions: {contact or facts.site_name}",
        f"Made by: {facts.product} {facts.product_version}, {made_on}{which}",
    ]


def _where(contents: Contents) -> list[str]:
    places = [
        "Start here: INDEX.HTM - open it in any browser; it lists everything on this medium.",
        "DICOM data: DICOMDIR and the folder DICOM - for import into another system.",
        "Web content: IHE_PDI/INDEX.HTM - pictures of the key images.",
    ]
    if contents.kept_as_stored:
        places.append(
            "Other data: the folder ASSTORED - images exactly as the hospital stores them, which"
            " cannot be imported by every system; INDEX.HTM lists them."
        )
    return [*places, "Other files: SHA256.TXT - checksums. STYLE.CSS - how the pages look."]


def _indent(paragraph: str) -> str:
    return "  " if ": " in paragraph[:14] else ""


def _ascii(text: str) -> str:
    """Write letters with accents without them; what has no Latin form becomes a question mark."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return letters.encode("ascii", "replace").decode("ascii")
