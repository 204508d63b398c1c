"""The release form: what the patient reads, and the same form with its signature."""

from dataclasses import replace
from datetime import datetime

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    Paragraph,
    Spacer,
    Table,
)

from forms.facts import FormFacts
from forms.furniture import readable_furniture, readable_top
from forms.letters import clean
from forms.look import INK_SOFT, LAID_OUT, NOTE, READ, WARN_BACK, say, type_size
from forms.paper import Sheet, print_on
from forms.people import authority_of, identity_sentence, patient_name
from forms.signing import NOTE_LINE, Signed, section, signature_block
from forms.study_table import study_table
from forms.tick import Tick
from forms.words import Wording, primary_tag, wording_for
from kiosk.domain.consent import SignerRole

MARGIN = 34 * mm
"""So narrow a column of this size of type is read easily on paper, and it can be shown on a 21.5
inch panel with capitals of 4.8 mm (Revised 508 standards, 402.4)."""
LARGE_MARGIN = 53 * mm
"""Of the large print: shown as wide, its letters are 1.34 times larger."""


def render_form(facts: FormFacts, signed: Signed | None = None, *, large: bool = False) -> bytes:
    """Return the form as a PDF: as shown before the signature, or with it.

    The form as shown does not depend on the signature, its time or the acknowledgements, so it
    can be rendered again from the signed facts and compared.

    Parameters
    ----------
    large
        The same words in a narrower column, which a screen shows larger; it says of itself that
        it is not what is signed.
    """
    words = wording_for(facts.release.consent.language)
    consent = facts.release.consent
    sheet = Sheet(
        size=A4,
        margin=LARGE_MARGIN if large else MARGIN,
        top=0,
        bottom=12 * mm,
        title=words.say("form.title"),
        author=clean(facts.site.name),
        language=words.language,
        made_at=consent.signed_at if signed else facts.release.identity.checked_at,
    )

    def right(page: int, pages: int) -> tuple[str, str]:
        head = words.say("form.head", id=words.say("form.id"), version=words.say("form.version"))
        return head, words.say("page.number", page=page, pages=pages)

    sheet = replace(sheet, top=readable_top(sheet, facts.site, right(99, 99)))

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        readable_furniture(canvas, sheet, facts.site, right(page, pages))

    def story() -> list[Flowable]:
        return [
            *_note(words, large),
            *_title(facts, words),
            *_answers(facts, words, sheet.width, signed),
        ]

    return print_on(sheet, story, furniture)


def _note(words: Wording, large: bool) -> list[Flowable]:
    """Return what a large print says of itself."""
    if not large:
        return []
    return [say(words.say("form.large_print"), type_size(READ, after=8), bold=True)]


def _answers(
    facts: FormFacts, words: Wording, width: float, signed: Signed | None
) -> list[Flowable]:
    return [
        section(words, "who", _who(facts, words)),
        CondPageBreak(45 * mm),
        section(words, "what", _what(facts, words)),
        study_table(facts.release.studies, words, width),
        Spacer(0, 8),
        *_how(facts, words),
        KeepTogether(_safe(facts, words, width, signed)),
        Spacer(0, 8),
        section(words, "choice", words.say("form.choice_is")),
        KeepTogether(signature_block(facts, words, width, signed)),
    ]


def _title(facts: FormFacts, words: Wording) -> list[Flowable]:
    lines: list[Flowable] = [say(words.say("form.title"), type_size(20, after=3), bold=True)]
    asked = primary_tag(facts.release.consent.language)
    if asked != words.language:
        language = words.term("languages", asked) or asked
        lines.append(say(words.say("form.instead", language=language), type_size(READ, after=2)))
    lines.append(say(words.say("form.law"), type_size(READ, color=INK_SOFT, after=12)))
    return lines


def _who(facts: FormFacts, words: Wording) -> str:
    signer, patient = facts.release.consent.signer, facts.release.patient
    key = "who_patient" if signer.role is SignerRole.PATIENT else "who_representative"
    who = words.say(
        f"form.{key}",
        signer=signer.name,
        authority=authority_of(signer, words),
        patient=patient_name(patient, words),
        birth_date=words.day(patient.birth_date),
        patient_id=patient.patient_id,
    )
    return f"{who} {identity_sentence(facts, words, 'identity')}"


def _what(facts: FormFacts, words: Wording) -> str:
    count = len(facts.release.studies)
    return words.say("form.what_one" if count == 1 else "form.what_many", count=count)


def _how(facts: FormFacts, words: Wording) -> list[Flowable]:
    consent = facts.release.consent
    medium = words.term("media", facts.release.target.kind.value) or facts.release.target.kind.value
    whom = "form.recipient_self" if consent.recipient == "self" else "form.recipient_other"
    purpose = words.term("purposes", consent.purpose) or clean(consent.purpose)
    return [
        section(words, "medium", words.say("form.medium_is", medium=medium)),
        section(words, "recipient", words.say(whom, recipient=consent.recipient)),
        section(words, "purpose", purpose),
    ]


def _safe(facts: FormFacts, words: Wording, width: float, signed: Signed | None) -> Table:
    """Return the warning and, once signed, when each of its sentences was touched."""
    text = type_size(READ)
    touched = {each.id: each.at for each in facts.release.consent.acknowledged} if signed else {}
    warning = say(words.say("form.safe_is"), text, lead=words.say("form.safe"))
    rows: list[list[object]] = [[warning, []]]
    for name, sentence in words.tables["acknowledgements"].items():
        cell: list[Flowable] = [say(sentence, text)]
        cell.append(
            _touched(touched[name], facts, words) if name in touched else Spacer(0, NOTE_LINE)
        )
        rows.append([Tick(ticked=name in touched), cell])
    return Table(
        rows,
        colWidths=[10 * mm, width - 10 * mm],
        style=[
            *LAID_OUT,
            ("SPAN", (0, 0), (1, 0)),
            ("BACKGROUND", (0, 0), (-1, -1), WARN_BACK),
            ("ROUNDEDCORNERS", [2 * mm] * 4),
            ("LEFTPADDING", (0, 0), (0, -1), 3.5 * mm),
            ("RIGHTPADDING", (0, 0), (0, 0), 3.5 * mm),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 3.5 * mm),
            ("TOPPADDING", (0, 0), (-1, -1), 2 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2 * mm),
        ],
    )


def _touched(at: datetime, facts: FormFacts, words: Wording) -> Paragraph:
    note = words.say("form.acknowledged_at", at=words.moment(at, facts.site.zone))
    return say(note, type_size(NOTE, color=INK_SOFT))
