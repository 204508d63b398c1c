"""The end of the release form: the signature, what it means, and how it was recorded."""

from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph, Spacer, Table

from forms.facts import FormFacts
from forms.letters import clean
from forms.look import HAIRLINE, INK_SOFT, LAID_OUT, LINE, NOTE, READ, say, type_size
from forms.people import authority_of, identity_sentence
from forms.signature import Box, SignatureBox
from forms.words import Wording
from kiosk.domain.consent import Typed

SIGNATURE_BOX = Box(66 * mm, 32 * mm)


@dataclass(frozen=True, slots=True)
class Signed:
    """What turns the form as shown into the signed form."""

    shown_sha256: str
    """Of the form as it was shown, byte for byte."""


def section(words: Wording, name: str, text: str) -> Paragraph:
    """Return one numbered answer of the form, after its bold name."""
    return say(text, type_size(READ, after=8), lead=words.say(f"form.{name}"))


def signature_block(
    facts: FormFacts, words: Wording, width: float, signed: Signed | None
) -> list[Flowable]:
    """Return the box with what belongs to a signature beside it (21 CFR 11.50 as model)."""
    signature = facts.release.consent.signature if signed else None
    box = SignatureBox(signature, SIGNATURE_BOX, words.say("form.not_signed"))
    typed = []
    if isinstance(signature, Typed):
        typed = [say(words.say("form.typed"), type_size(NOTE, color=INK_SOFT))]
    return [
        Spacer(0, 4),
        section(words, "signature", words.say("form.meaning", site=facts.site.name)),
        Table(
            [[[box, *typed], _beside(facts, words, signed)]],
            colWidths=[SIGNATURE_BOX.width + 6 * mm, width - SIGNATURE_BOX.width - 6 * mm],
            style=[
                *LAID_OUT,
                ("TOPPADDING", (0, 0), (-1, -1), 0),
            ],
        ),
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
        "label_identity": identity_sentence(facts, words, "identity_line"),
    }
    small, label = type_size(READ, after=4), type_size(READ, color=INK_SOFT)
    return [
        paragraph
        for name, value in rows.items()
        for paragraph in (say(words.say(f"form.{name}"), label), say(value, small))
    ]


def record(facts: FormFacts, words: Wording, signed: Signed) -> list[Flowable]:
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
        KeepTogether(
            [
                HRFlowable(width="100%", thickness=HAIRLINE, color=LINE, spaceBefore=8),
                say(words.say("form.record"), small, bold=True),
                say(how, small),
                say(signed.shown_sha256, small, lead=words.say("form.record_hash")),
            ]
        )
    ]
