"""The release form of each basis: what the signer reads, and the same with the signature."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from forms.facts import FormFacts
from forms.printing.furniture import readable_bottom, readable_furniture, readable_top
from forms.printing.paper import Sheet, print_on
from forms.release import answers
from forms.release.acknowledged import agreement, warning
from forms.release.signing import Signed, section, signature_block
from forms.study_table import study_table
from forms.typography.letters import clean
from forms.typography.look import INK_SOFT, READ, say, type_size
from forms.words import Wording, primary_tag, wording_for
from kiosk.domain.consent import ELECTRONIC_SIGNATURE, FEE, Basis

MARGIN = 34 * mm
"""So narrow a column of this size of type is read easily on paper, and it can be shown on a 21.5
inch panel with capitals of 4.8 mm (Revised 508 standards, 402.4)."""
LARGE_MARGIN = 53 * mm
"""Of the large print: shown as wide, its letters are 1.34 times larger."""

REQUEST: dict[str, answers.Answer] = {
    "medium": answers.medium,
    "recipient": answers.recipient,
    "purpose": answers.purpose,
}
AUTHORIZATION: dict[str, answers.Answer] = {
    "discloser": answers.discloser,
    "recipient": answers.recipient,
    "purpose": answers.purpose,
    "medium": answers.medium,
    "expiry": answers.expiry,
    "revocation": answers.revocation,
    "conditions": answers.conditions,
    "redisclosure": answers.redisclosure,
}
ANSWERS = {Basis.ACCESS: REQUEST, Basis.AUTHORIZATION: AUTHORIZATION}
"""What each form says between the list of exams and the warning, in this order."""


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
    words = wording_for(facts.release.consent.language, facts.site.house)
    consent = facts.release.consent
    basis = consent.basis.value
    sheet = Sheet(
        size=A4,
        margin=LARGE_MARGIN if large else MARGIN,
        top=0,
        bottom=11 * mm,
        title=words.say(f"{basis}.title"),
        author=clean(facts.site.name),
        language=words.language,
        made_at=consent.signed_at if signed else facts.release.identity.checked_at,
    )

    def right(page: int, pages: int) -> tuple[str, str]:
        of = {name: words.say(f"{basis}.{name}") for name in ("id", "version")}
        head = words.say("form.head", **of)
        return head, words.say("page.number", page=page, pages=pages)

    sheet = replace(
        sheet,
        top=readable_top(sheet, facts.site, right(99, 99)),
        bottom=readable_bottom(sheet, facts.site),
    )

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        readable_furniture(canvas, sheet, facts.site, right(page, pages))

    story = [
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
) -> Iterator[Flowable]:
    """Yield the numbered answers; what the law wants side by side stays on one page."""
    number = count(1)

    def heading(name: str) -> str:
        return words.say("form.heading", number=next(number), name=words.say(f"form.{name}"))

    consent, is_signed = facts.release.consent, signed is not None
    yield section(heading("who"), answers.who(facts, words))
    yield CondPageBreak(45 * mm)
    yield section(heading("what"), answers.what(facts, words))
    yield study_table(facts.release.studies, words, width)
    yield Spacer(0, 8)
    for name, answer in ANSWERS[consent.basis].items():
        yield section(heading(name), answer(facts, words))
    if facts.release.fee is not None:
        cost = section(heading("cost"), words.say("form.cost_is", fee=facts.release.fee))
        yield KeepTogether(agreement(FEE, cost, facts, words, width, is_signed=is_signed))
        yield Spacer(0, 6)
    yield KeepTogether(warning(heading("safe"), facts, words, width, is_signed=is_signed))
    yield Spacer(0, 8)
    choice = section(heading("choice"), words.say(f"{consent.basis.value}.choice_is"))
    yield KeepTogether(
        agreement(ELECTRONIC_SIGNATURE, choice, facts, words, width, is_signed=is_signed)
    )
    yield KeepTogether(signature_block(heading("signature"), facts, words, width, signed))


def _title(facts: FormFacts, words: Wording) -> list[Flowable]:
    consent = facts.release.consent
    basis, role = consent.basis.value, consent.signer.role.value
    lines: list[Flowable] = [say(words.say(f"{basis}.title"), type_size(20, after=3), bold=True)]
    asked = primary_tag(consent.language)
    if asked != words.language:
        language = words.term("languages", asked) or asked
        instead = words.say("fallback.instead", language=language)
        lines.append(say(instead, type_size(READ, after=2)))
    law = words.say(f"{basis}.law_{role}")
    lines.append(say(law, type_size(READ, color=INK_SOFT, after=12)))
    return lines
