"""How people are named, and how they were known."""

from datetime import tzinfo

from forms.facts import FormFacts
from forms.words import Wording
from kiosk.domain.consent import Signer
from kiosk.domain.release import Approval
from kiosk.domain.study import Patient


def patient_name(patient: Patient, words: Wording) -> str:
    """Return the name in reading order, with its ideographic group where there is one."""
    groups = patient.name.split("=")
    ideographic = "".join(groups[1].split("^")[:2]) if len(groups) > 1 else ""
    names = [name for name in (patient.printed_name.strip(), ideographic.strip()) if name]
    match names:
        case [name, also]:
            return words.say("people.named_also", name=name, also=also)
        case [name]:
            return name
        case _:
            return words.say("people.unnamed")


def identity_sentence(facts: FormFacts, words: Wording) -> str:
    """Return how the identity was checked, by whom, when and against what."""
    check = facts.release.identity
    return words.say(
        f"form.identity_{check.method.value}",
        by=check.checked_by,
        at=words.moment(check.checked_at, facts.site.zone),
        seen=check.seen or words.say("form.identity_nothing_noted"),
    )


def approval_sentence(approval: Approval | None, zone: tzinfo, words: Wording) -> str:
    """Return which document showed a representative's right, or that it is still to be seen."""
    if approval is None:
        return words.say("form.document_due")
    return words.say(
        "form.document_seen",
        by=approval.by,
        at=words.moment(approval.at, zone),
        document=approval.document,
    )


def authority_of(signer: Signer, words: Wording) -> str:
    """Return in whose right a representative signs; nothing for a patient."""
    authority = signer.authority or ""
    return words.term("authorities", authority) or authority
