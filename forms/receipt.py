"""The receipt: who received what, on which media, and how it was counted and checked."""

from reportlab.lib.pagesizes import A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table

from forms.facts import ReceiptFacts
from forms.furniture import page_furniture
from forms.letters import clean
from forms.look import HAIRLINE, INK_SOFT, LAID_OUT, LINE, PRIMARY, say, type_size
from forms.paper import Sheet, print_on
from forms.people import patient_name
from forms.square_code import SquareCode
from forms.study_table import exam_kind
from forms.words import Wording, wording_for
from kiosk.domain.job import Job
from kiosk.domain.medium import Medium

BODY = 8.5
SMALL = 6.8
CODE_SIDE = 25 * mm


def render_receipt(facts: ReceiptFacts) -> bytes:
    """Return the receipt as an A5 PDF, in the language of the form."""
    words = wording_for(facts.job.release.consent.language)
    number = words.say("receipt.number", number=facts.job.number)
    sheet = Sheet(
        size=A5,
        margin=13 * mm,
        top=24 * mm,
        bottom=8 * mm,
        title=number,
        author=clean(facts.site.name),
        language=words.language,
        made_at=facts.handed_over_at,
    )

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        which = words.say("page.number", page=page, pages=pages)
        page_furniture(canvas, sheet, facts.site, (number, which), 9)

    return print_on(sheet, lambda: _story(facts, words, sheet.width), furniture)


def _story(facts: ReceiptFacts, words: Wording, width: float) -> list[Flowable]:
    return [
        say(words.say("receipt.title"), type_size(16, after=3), bold=True),
        say(_handed(facts, words), type_size(BODY)),
        say(_for_whom(facts, words), type_size(BODY, after=3)),
        *_contents(facts, words, width),
        *_media(facts, words, width),
        *_opening(facts, words),
        KeepTogether(_for_staff(facts, words, width)),
    ]


def _handed(facts: ReceiptFacts, words: Wording) -> str:
    return words.say(
        "receipt.handed_over",
        signer=facts.job.release.consent.signer.name,
        at=words.moment(facts.handed_over_at, facts.site.zone),
    )


def _for_whom(facts: ReceiptFacts, words: Wording) -> str:
    patient = facts.job.release.patient
    return words.say(
        "receipt.for_patient",
        patient=patient_name(patient, words),
        birth_date=words.day(patient.birth_date),
    )


def _heading(words: Wording, name: str) -> list[Flowable]:
    style = type_size(BODY + 1, color=PRIMARY, after=2)
    style.spaceBefore = 5
    return [CondPageBreak(22 * mm), say(words.say(f"receipt.{name}"), style, bold=True)]


def _contents(facts: ReceiptFacts, words: Wording, width: float) -> list[Flowable]:
    job, text = facts.job, type_size(BODY, after=2)
    return [
        *_heading(words, "contents"),
        _exams(facts, words, width),
        Spacer(0, 4),
        say(_counted(job, words), text),
        say(_by_number(words, "not_importable", job.not_importable), text),
    ]


def _counted(job: Job, words: Wording) -> str:
    if job.instances != job.archive_instances:
        key = "counted_short"
    else:
        key = "counted_only" if job.counted_only else "counted_listed"
    return words.say(f"receipt.{key}", instances=job.instances, archive=job.archive_instances)


def _by_number(words: Wording, name: str, count: int) -> str:
    ending = {0: "none", 1: "one"}.get(count, "many")
    return words.say(f"receipt.{name}_{ending}", count=count)


def _exams(facts: ReceiptFacts, words: Wording, width: float) -> Table:
    cell = type_size(BODY)
    return Table(
        [
            [
                say(words.day(study.study_date), cell),
                say(clean(study.description), cell, lead=exam_kind(study, words)),
            ]
            for study in facts.job.release.studies
        ],
        colWidths=[31 * mm, width - 31 * mm],
        style=[
            *LAID_OUT,
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, LINE),
        ],
    )


def _media(facts: ReceiptFacts, words: Wording, width: float) -> list[Flowable]:
    return [
        *_heading(words, "media"),
        *(KeepTogether(_medium(medium, words)) for medium in facts.job.media),
    ]


def _medium(medium: Medium, words: Wording) -> list[Flowable]:
    kind = words.term("media", medium.kind.value) or medium.kind.value
    parts = [words.say("receipt.medium_images", count=medium.instances)]
    if medium.file_set_id:
        parts.insert(0, words.say("receipt.label", label=medium.file_set_id))
    volume = words.say("receipt.volume", kind=kind, volume=medium.volume, volumes=medium.volumes)
    checked = words.say("receipt.verified" if medium.verified else "receipt.not_verified")
    return [
        say(". ".join(parts) + ". " + checked, type_size(BODY), lead=f"{volume}."),
        say(
            medium.sha256,
            type_size(SMALL, color=INK_SOFT, after=4),
            lead=words.say("receipt.sha256"),
        ),
    ]


def _opening(facts: ReceiptFacts, words: Wording) -> list[Flowable]:
    text = type_size(BODY, after=1.5)
    phone = clean(facts.site.phone)
    call = words.say("receipt.call", phone=phone) if phone else words.say("receipt.call_desk")
    return [
        *_heading(words, "open"),
        *(
            say(step, text, lead=f"{number}.")
            for number, step in enumerate(words.steps("receipt.open_steps"), start=1)
        ),
        *_heading(words, "trouble"),
        say(words.say("receipt.trouble_is"), text),
        say(call, text, bold=True),
    ]


def _for_staff(facts: ReceiptFacts, words: Wording, width: float) -> list[Flowable]:
    """Return the code to scan, and what an auditor compares."""
    small = type_size(SMALL, color=INK_SOFT, after=1)
    beside = [
        say(words.say("receipt.scan"), small, bold=True),
        say(facts.form_sha256, small, lead=words.say("receipt.form_hash")),
        say(facts.audit_head, small, lead=words.say("receipt.anchor")),
        say(words.say("receipt.made_by", kiosk=facts.job.kiosk, software=facts.software), small),
    ]
    code = SquareCode(scanned_text(facts), CODE_SIDE)
    return [
        Spacer(0, 6),
        Table(
            [[code, beside]],
            colWidths=[CODE_SIDE + 3 * mm, width - CODE_SIDE - 3 * mm],
            style=[
                *LAID_OUT,
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LINEABOVE", (0, 0), (-1, 0), HAIRLINE, LINE),
            ],
        ),
    ]


def scanned_text(facts: ReceiptFacts) -> str:
    """Say what the QR code says: the receipt's number and the hash of the signed form."""
    return f"receipt:{facts.job.number} form-sha256:{facts.form_sha256}"
