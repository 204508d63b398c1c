"""The sentences that a signer touches, each with its box and, once signed, its time."""

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Spacer

from forms.facts import FormFacts
from forms.printing.table import Table
from forms.printing.tick import Tick
from forms.typography.look import INK_SOFT, LAID_OUT, LEADING, NOTE, READ, WARN_BACK, say, type_size
from forms.words import Wording
from kiosk.domain.consent import UNENCRYPTED_MEDIUM

NOTE_LINE = NOTE * LEADING
TICK_WIDTH = 6.5 * mm
PADDING = 3.5 * mm


def warning(
    heading: str, facts: FormFacts, words: Wording, width: float, *, is_signed: bool
) -> Table:
    """Return the warning of the medium without a password, on a ground of its own."""
    said = say(words.say("form.safe_is"), type_size(READ), lead=heading)
    row = _row(UNENCRYPTED_MEDIUM, facts, words, is_signed=is_signed)
    return _table([[said, []], row], width, WARN_BACK)


def agreement(
    name: str,
    paragraph: Paragraph,
    facts: FormFacts,
    words: Wording,
    width: float,
    *,
    is_signed: bool,
) -> Table:
    """Return an answer with the sentence below it that the signer agrees to."""
    row = _row(name, facts, words, is_signed=is_signed)
    return _table([[paragraph, []], row], width, None)


def _row(name: str, facts: FormFacts, words: Wording, *, is_signed: bool) -> list[object]:
    sentence = say(words.tables["acknowledgements"][name], type_size(READ))
    # A form that is not signed yet keeps the room of the time: both turn their pages alike.
    note = _note(name, facts, words) if is_signed else Spacer(0, NOTE_LINE)
    return [Tick(ticked=is_signed), [sentence, note]]


def _note(name: str, facts: FormFacts, words: Wording) -> Paragraph:
    """Return when a sentence was touched; what was not is agreed to by the signature."""
    consent = facts.release.consent
    touched = consent.touched_at(name)
    how = "given_with_signature" if touched is None else "acknowledged_at"
    at = words.moment(touched or consent.signed_at, facts.site.zone)
    return say(words.say(f"form.{how}", at=at), type_size(NOTE, color=INK_SOFT))


def _table(rows: list[list[object]], width: float, ground: Color | None) -> Table:
    inset, above = (PADDING, 2 * mm) if ground else (0.0, 0.0)
    # Round corners cut through what stands at the edge, such as half the line of a box to tick.
    corners = [2 * mm] * 4 if ground else None
    return Table(
        rows,
        colWidths=[TICK_WIDTH + inset, width - TICK_WIDTH - inset],
        style=[
            *LAID_OUT,
            ("SPAN", (0, 0), (1, 0)),
            ("BACKGROUND", (0, 0), (-1, -1), ground),
            ("ROUNDEDCORNERS", corners),
            ("LEFTPADDING", (0, 0), (0, -1), inset),
            ("RIGHTPADDING", (0, 0), (0, 0), inset),
            ("RIGHTPADDING", (-1, 0), (-1, -1), inset),
            ("TOPPADDING", (0, 0), (-1, -1), above),
            ("BOTTOMPADDING", (0, 0), (-1, -1), above or 5),
        ],
    )
