"""The end of the release form: the signature, what it means, and how it was recorded."""

from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer, Table

from forms.facts import FormFacts
from forms.letters import clean
from forms.look import HAIRLINE, INK_SOFT, LAID_OUT, LEADING, LINE, NOTE, READ, say, type_size
from forms.people import authority_of, identity_sentence
from forms.signature import Box, SignatureBox
from forms.words import Wording
from kiosk.domain.consent import Typed

BOX_SHARE = 0.465
"""Of the width of the column."""
BOX_HEIGHT = 32 * mm
BESIDE_BOX = 6 * mm
NOTE_LINE = NOTE * LEADING
_RECORD_ROOM = 5 * NOTE_LINE + 8
"""Its lines, and the rule above them."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What turns the form as shown into the signed form."""

    shown_sha256: str
    """Of the form as it was shown, byte for byte."""


def section(words: Wording, name: str, text: str) -> Paragraph:
    """Return one numbered answer of the form, after its bold name."""
    return say(text, type_size(READ, after=7), lead=words.say(f"form.{name}"))


def signature_block(
    facts: FormFacts, words: Wording, width: float, signed: Signed | None
) -> list[Flowable]:
    """Return the box with what belongs to a signature (21 CFR 11.50 as model), and its record.

    A form without a signature keeps the record's room free: the signed form turns its pages where
    the form as shown did.
    """
    signature = facts.release.consent.signature if signed else None
    place = Box(width * BOX_SHARE, BOX_HEIGHT)
    box = SignatureBox(signature, place, words.say("form.not_signed"))
    identity = identity_sentence(facts, words, "identity_line")
    typed = []
    if isinstance(signature, Typed):
        typed = [say(words.say("form.typed"), type_size(NOTE, color=INK_SOFT))]
    return [
        Spacer(0, 2),
        section(words, "signature", words.say("form.meaning", site=facts.site.name)),
        Table(
            [[[box, *typed], _beside(facts, words, signed)]],
            colWidths=[place.width + BESIDE_BOX, width - place.width - BESIDE_BOX],
            style=[
                *LAID_OUT,
                ("TOPPADDING", (0, 0), (-1, -1), 0),
            ],
        ),
        say(identity, type_size(READ), lead=words.say("form.label_identity")),
        *(_record(facts, words, signed) if signed else [Spacer(0, _RECORD_ROOM)]),
    ]


def _beside(facts: FormFacts, words: Wording, signed: Signed | None) -> list[Flowable]:
    consent = facts.release.consent
    moment = words.moment(consent.signed_at, facts.site.zone)
    rows = {
        "label_name": clean(consent.signer.name),
        "label_role": words.say(
            f"roles.{consent.signer.role.value}", authority=authority_of(consent.signer, words)
        ),
        "label_signed_at": moment if signed else words.say("form.not_signed"),
    }
    small, label = type_size(READ, after=4), type_size(READ, color=INK_SOFT)
    return [
        paragraph
        for name, value in rows.items()
        for paragraph in (say(words.say(f"form.{name}"), label), say(value, small))
    ]


def _record(facts: FormFacts, words: Wording, signed: Signed) -> list[Flowable]:
    """Return how the signature was recorded, and the hash of the form that it was given to."""
    small = type_size(NOTE, color=INK_SOFT)
    how = words.say(
        "form.record_is",
        kiosk=facts.kiosk,
        software=facts.software,
        job_id=facts.job_id,
        id=words.say("form.id"),
        version=words.say("form.version"),
        wording_version=words.say("about.version"),
        language=words.language,
    )
    return [
        HRFlowable(width="100%", thickness=HAIRLINE, color=LINE, spaceBefore=6),
        say(words.say("form.record"), small, bold=True),
        say(how, small),
        say(signed.shown_sha256, small, lead=words.say("form.record_hash")),
    ]
