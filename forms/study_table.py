"""The table of the studies that a form asks for, as long as it must be."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from forms.printing.table import DataTable
from forms.typography.letters import clean, isolate
from forms.typography.look import (
    HAIRLINE,
    INK,
    INK_SOFT,
    LAID_OUT,
    LINE,
    PRIMARY,
    READ,
    say,
    type_size,
)
from forms.words import Wording
from kiosk.domain.study import Study

WIDEST_DATES = 0.38
"""Of the column; dates that would need more are broken."""
IMAGES_WIDTH = 22 * mm
COLUMN_GAP = 4 * mm


def study_table(studies: Sequence[Study], words: Wording, width: float) -> DataTable:
    """Return one row a study; the head is repeated on every page."""
    date_width = _date_width(studies, words, width)
    exam_width = width - date_width - IMAGES_WIDTH
    head = type_size(READ, color=INK_SOFT)
    return DataTable(
        [
            [
                say(words.say("form.column_date"), head),
                say(words.say("form.column_exam"), head),
                say(words.say("form.column_images"), type_size(READ, color=INK_SOFT, right=True)),
            ],
            *(_row(study, words) for study in studies),
        ],
        colWidths=[date_width, exam_width, IMAGES_WIDTH],
        repeatRows=1,
        style=[
            *LAID_OUT,
            ("RIGHTPADDING", (0, 0), (-2, -1), COLUMN_GAP),
            ("TOPPADDING", (0, 0), (-1, -1), 3.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("LINEBELOW", (0, 0), (-1, 0), 1, PRIMARY),
            ("LINEBELOW", (0, 1), (-1, -1), HAIRLINE, LINE),
        ],
    )


def _date_width(studies: Sequence[Study], words: Wording, width: float) -> float:
    """Return how wide the first column is, so that each date stands in one line."""
    texts = {words.say("form.column_date"), *(words.day(study.study_date) for study in studies)}
    widest = max(say(text, type_size(READ)).length() for text in texts)
    return min(widest + COLUMN_GAP + 1, width * WIDEST_DATES)


def _row(study: Study, words: Wording) -> list[object]:
    cell, soft = type_size(READ), type_size(READ, color=INK_SOFT)
    accession = clean(study.accession) or words.say("exam.no_accession")
    images = words.say("exam.images_unknown") if study.instances is None else str(study.instances)
    return [
        say(words.day(study.study_date), cell),
        [
            say(isolate(study.description), cell, lead=exam_kind(study, words)),
            say(words.say("form.accession", number=accession), soft),
        ],
        say(images, type_size(READ, color=INK, right=True)),
    ]


def exam_kind(study: Study, words: Wording) -> str:
    """Return what kind of exam it was in plain words: ``MRI scan``, ``PET scan and CT scan``."""
    kinds = [words.term("modalities", code) or isolate(code) for code in study.modalities]
    return words.say("exam.kinds_joined").join(dict.fromkeys(kinds)) or words.say("exam.unnamed")
