"""The end of the release form: the signature, what it means, and how it was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, KeepInFrame, Paragraph, Spacer

from forms.facts import FormFacts
from forms.people import authority_of
from forms.printing.table import Table
from forms.release.signature import Box, SignatureBox
from forms.typography.letters import clean
from forms.typography.look import HAIRLINE, INK_SOFT, LAID_OUT, LINE, NOTE, READ, say, type_size
from forms.words import Wording
from kiosk.domain.clock import ClockState
from kiosk.domain.consent import Typed

BOX_SHARE = 0.465
"""Of the width of the column."""
BOX_HEIGHT = 32 * mm
BESIDE_BOX = 6 * mm
HIGHEST = 120 * mm
"""Of what stands beside the box; a name that would need more is made smaller."""
_LONGEST_MONTH = 9


@dataclass(frozen=True, slots=True)
class Signed:
    """What turns the form as shown into the signed form."""

    shown_sha256: str
    """Of the form as it was shown, byte for byte."""
    clock: ClockState = ClockState.UNKNOWN
    """Whether the moment of the signature can be relied on."""


def section(heading: str, text: str) -> Paragraph:
    """Return one answer of the form, after its bold heading."""
    return say(text, type_size(READ, after=7), lead=heading)


def signature_block(
    heading: str, facts: FormFacts, words: Wording, width: float, signed: Signed | None
) -> list[Flowable]:
    """Return the box with what belongs to a signature (21 CFR 11.50 as model), and its record.

    A form without a signature keeps the room of all that is added by signing: the signed form
    turns its pages where the form as shown did.
    """
    consent = facts.release.consent
    signature = consent.signature if signed else None
    place = Box(width * BOX_SHARE, BOX_HEIGHT)
    box = SignatureBox(signature, place, words.say("form.not_signed"))
    typed = []
    if isinstance(signature, Typed):
        typed = [say(words.say("form.typed"), type_size(NOTE, color=INK_SOFT))]
    meaning = words.say(
        f"{consent.basis.value}.meaning", site=facts.site.name, recipient=consent.recipient
    )
    beside = width - place.width - BESIDE_BOX
    return [
        Spacer(0, 2),
        section(heading, meaning),
        Table(
            [[[box, *typed], _beside(facts, words, beside, signed)]],
            colWidths=[place.width + BESIDE_BOX, beside],
            style=[
                *LAID_OUT,
                ("TOPPADDING", (0, 0), (-1, -1), 0),
            ],
        ),
        _recorded(facts, words, width, signed),
    ]


def _beside(facts: FormFacts, words: Wording, width: float, signed: Signed | None) -> KeepInFrame:
    consent = facts.release.consent
    role = consent.signer.role.value
    rows = {
        "label_name": say(clean(consent.signer.name), type_size(READ, after=4)),
        "label_role": say(
            words.say(f"roles.{role}", authority=authority_of(consent.signer, words)),
            type_size(READ, after=4),
        ),
        "label_signed_at": _signed_at(facts, words, width, signed),
    }
    label = type_size(READ, color=INK_SOFT)
    lines = [
        line
        for name, value in rows.items()
        for line in (say(words.say(f"form.{name}"), label), value)
    ]
    return KeepInFrame(width, HIGHEST, lines, mode="shrink")


def _signed_at(facts: FormFacts, words: Wording, width: float, signed: Signed | None) -> Table:
    """Return the moment, or that there is none yet in the room of the longest one."""
    checked_at = facts.release.identity.checked_at
    longest = checked_at.replace(month=_LONGEST_MONTH, day=28, hour=20)
    moment = facts.release.consent.signed_at
    said = (
        _moment(moment, facts, words)
        if signed
        else say(words.say("form.not_signed"), type_size(READ))
    )
    return _in_room_of(said, [_moment(longest, facts, words)], width)


def _moment(moment: datetime, facts: FormFacts, words: Wording) -> Paragraph:
    return say(words.moment(moment, facts.site.zone), type_size(READ))


def _recorded(facts: FormFacts, words: Wording, width: float, signed: Signed | None) -> Table:
    """Return how the signature was recorded, or its room."""
    longest = max(ClockState, key=lambda state: len(_clock(state, words)))
    blank = _record(facts, words, Signed("0" * 64, longest), job_id="0" * 32)
    said = _record(facts, words, signed, facts.job_id) if signed else Spacer(0, 0)
    return _in_room_of(said, blank, width)


def _record(facts: FormFacts, words: Wording, signed: Signed, job_id: str) -> list[Flowable]:
    """Return how the signature was recorded, and the hash of the form that it was given to."""
    small = type_size(NOTE, color=INK_SOFT)
    basis = facts.release.consent.basis.value
    how = words.say(
        "form.record_is",
        kiosk=facts.kiosk,
        software=facts.software,
        job_id=job_id,
        clock=_clock(signed.clock, words),
        id=words.say(f"{basis}.id"),
        version=words.say(f"{basis}.version"),
        wording_version=words.say("about.version"),
        language=words.language,
    )
    return [
        Spacer(0, 5),
        HRFlowable(width="100%", thickness=HAIRLINE, color=LINE, spaceBefore=0),
        say(words.say("form.record"), small, bold=True),
        say(how, small),
        say(signed.shown_sha256, small, lead=words.say("form.record_hash")),
    ]


def _clock(state: ClockState, words: Wording) -> str:
    return words.say(f"form.clock_{state.value}")


def _in_room_of(
    said: Flowable | Sequence[Flowable], longest: Sequence[Flowable], width: float
) -> Table:
    """Return something at the top of a room that also holds the longest that may stand there."""
    height = sum(each.wrap(width, HIGHEST)[1] for each in longest)
    return Table(
        [[said]],
        colWidths=[width],
        rowHeights=[height],
        style=[
            *LAID_OUT,
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
    )
