"""What each numbered answer of the release form says, by its basis."""

from collections.abc import Callable

from forms.facts import FormFacts
from forms.people import approval_sentence, authority_of, identity_sentence, patient_name
from forms.typography.letters import clean
from forms.words import Wording
from kiosk.domain.consent import SELF, Basis, SignerRole, UntilDay, UntilEvent
from kiosk.domain.elements import Element

REPORTS = {"SR", "DOC"}
"""Modalities whose studies hold a report."""

Answer = Callable[[FormFacts, Wording], str]


def who(facts: FormFacts, words: Wording) -> str:
    """Return who signs, for whom, in which right, and how all that was checked."""
    signer, patient = facts.release.consent.signer, facts.release.patient
    sentences = [
        words.say(
            f"form.who_{signer.role.value}",
            signer=signer.name,
            authority=authority_of(signer, words),
            patient=patient_name(patient, words),
            birth_date=words.day(patient.birth_date),
            patient_id=patient.patient_id,
        )
    ]
    if signer.role is SignerRole.REPRESENTATIVE:
        sentences.append(approval_sentence(facts.release.approval, facts.site.zone, words))
    sentences.append(identity_sentence(facts, words))
    return " ".join(sentences)


def what(facts: FormFacts, words: Wording) -> str:
    """Return what the table below lists, and whether reports belong to it."""
    studies = facts.release.studies
    reports = sum(not REPORTS.isdisjoint(study.modalities) for study in studies)
    return f"{words.count('form.what_is', len(studies))} {words.count('form.reports', reports)}"


def medium(facts: FormFacts, words: Wording) -> str:
    """Return what the copy is put on, in which format, and how many there are."""
    kind = facts.release.target.kind.value
    return words.say(
        "form.medium_is", medium=words.term("media", kind) or kind, copies=facts.release.copies
    )


def discloser(facts: FormFacts, words: Wording) -> str:
    """Return who may give the images out (45 CFR 164.508(c)(1)(ii))."""
    return words.say("authorization.discloser_is", site=facts.site.name)


def recipient(facts: FormFacts, words: Wording) -> str:
    """Return to whom the images are given (45 CFR 164.508(c)(1)(iii))."""
    consent = facts.release.consent
    is_self = (consent.basis, consent.recipient) == (Basis.ACCESS, SELF)
    whom = "recipient_self" if is_self else "recipient_other"
    return words.say(f"{consent.basis.value}.{whom}", recipient=consent.recipient)


def purpose(facts: FormFacts, words: Wording) -> str:
    """Return what the copy is for (45 CFR 164.508(c)(1)(iv))."""
    given = facts.release.consent.purpose
    return words.term("purposes", given) or clean(given)


def expiry(facts: FormFacts, words: Wording) -> str:
    """Return until when the authorization counts (45 CFR 164.508(c)(1)(v))."""
    match facts.release.consent.expires:
        case UntilDay(day=day):
            return words.say("authorization.until_day", day=words.day(day))
        case UntilEvent(event=event):
            return words.say("authorization.until_event", event=event)
        case None:
            return words.say("date.unknown")


def revocation(facts: FormFacts, words: Wording) -> str:
    """Return how the authorization is taken back (45 CFR 164.508(c)(2)(i))."""
    return words.say(STATEMENTS[Element.REVOCATION], site=facts.site.name)


def conditions(_: FormFacts, words: Wording) -> str:
    """Return that care does not depend on it (45 CFR 164.508(c)(2)(ii))."""
    return words.say(STATEMENTS[Element.CONDITIONS])


def redisclosure(_: FormFacts, words: Wording) -> str:
    """Return that it may be passed on (45 CFR 164.508(c)(2)(iii))."""
    return words.say(STATEMENTS[Element.REDISCLOSURE])


STATEMENTS = {
    Element.REVOCATION: "authorization.revocation",
    Element.CONDITIONS: "authorization.conditions",
    Element.REDISCLOSURE: "authorization.redisclosure",
}
"""The sentence of each statement that an authorization must make (45 CFR 164.508(c)(2))."""


def missing_on_form(facts: FormFacts, words: Wording) -> list[Element]:
    """Name what the form itself must say and does not."""
    if facts.release.consent.basis is Basis.ACCESS:
        return []
    missing = [
        element for element, key in STATEMENTS.items() if not words.say(key, site="").strip()
    ]
    return missing if facts.site.name.strip() else [Element.DISCLOSER, *missing]
