"""What the receipt says, as one list that the page and the paper roll both draw."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms.facts import ReceiptFacts
from forms.people import approval_sentence, authority_of, patient_name
from forms.study_table import exam_kind
from forms.typography.letters import clean, isolate
from forms.words import Wording
from kiosk.domain.consent import SignerRole
from kiosk.domain.job import Job
from kiosk.domain.medium import Medium
from kiosk.domain.study import Study


@dataclass(frozen=True, slots=True)
class Title:
    """What the paper is."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What the next lines are about."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One or two sentences."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One of several things to do, in order."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Exam:
    """One exam that was copied."""

    day: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class Exams:
    """Everything that was copied."""

    exams: tuple[Exam, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One medium that the person holds, with what it can be known again by."""

    name: str
    text: str
    digest_name: str
    digest: str


@dataclass(frozen=True, slots=True)
class ForStaff:
    """The code that the desk scans, and what an auditor compares: a name and a value each."""

    scanned: str
    title: str
    fields: tuple[tuple[str, str], ...]
    note: str


Said = Title | Heading | Line | Step | Exams | Held | ForStaff


def said(facts: ReceiptFacts, words: Wording) -> Iterator[Said]:
    """Yield everything that the receipt says, in the order of reading."""
    yield Title(words.say("receipt.title"))
    yield Line(_handed(facts, words))
    yield Line(_for_whom(facts, words))
    yield from _in_whose_right(facts, words)
    yield from _contents(facts.job, words)
    yield Heading(words.say("receipt.media"))
    yield from (_held(medium, words) for medium in facts.job.media)
    yield from _opening(facts, words)
    yield _for_staff(facts, words)


def scanned_text(facts: ReceiptFacts) -> str:
    """Say what the QR code says: the receipt's number and the hash of the signed form."""
    return f"receipt:{facts.job.number} form-sha256:{facts.form_sha256}"


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


def _in_whose_right(facts: ReceiptFacts, words: Wording) -> Iterator[Line]:
    signer = facts.job.release.consent.signer
    if signer.role is SignerRole.REPRESENTATIVE:
        yield Line(words.say("roles.representative", authority=authority_of(signer, words)))
        yield Line(approval_sentence(facts.approval, facts.site.zone, words))


def _contents(job: Job, words: Wording) -> Iterator[Said]:
    yield Heading(words.say("receipt.contents"))
    yield Exams(tuple(_exam(study, words) for study in job.release.studies))
    yield Line(_counted(job, words))
    yield Line(words.count("receipt.not_importable", job.not_importable))


def _exam(study: Study, words: Wording) -> Exam:
    return Exam(words.day(study.study_date), exam_kind(study, words), isolate(study.description))


def _counted(job: Job, words: Wording) -> str:
    if job.instances != job.archive_instances:
        key = "counted_short"
    else:
        key = "counted_only" if job.counted_only else "counted_listed"
    exams = words.count("receipt.exams", len(job.release.studies))
    counted = words.say(f"receipt.{key}", instances=job.instances, archive=job.archive_instances)
    return f"{exams} {counted}"


def _held(medium: Medium, words: Wording) -> Held:
    kind = words.term("media", medium.kind.value) or medium.kind.value
    parts = [words.count("receipt.medium_images", medium.instances)]
    if medium.serial:
        parts.insert(0, words.say("receipt.serial", serial=medium.serial))
    if medium.file_set_id:
        parts.insert(0, words.say("receipt.label", label=medium.file_set_id))
    parts.append(words.say("receipt.verified" if medium.verified else "receipt.not_verified"))
    volume = words.say("receipt.volume", kind=kind, volume=medium.volume, volumes=medium.volumes)
    return Held(volume, " ".join(parts), words.say("receipt.sha256"), medium.sha256)


def _opening(facts: ReceiptFacts, words: Wording) -> Iterator[Said]:
    phone = clean(facts.site.phone)
    yield Heading(words.say("receipt.open"))
    for number, step in enumerate(words.steps("receipt.open_steps"), start=1):
        yield Step(number, step)
    yield Heading(words.say("receipt.trouble"))
    yield Line(words.say("receipt.trouble_is"))
    call = words.say("receipt.call", phone=phone) if phone else words.say("receipt.call_desk")
    yield Line(call, strong=True)


def _for_staff(facts: ReceiptFacts, words: Wording) -> ForStaff:
    return ForStaff(
        scanned=scanned_text(facts),
        title=words.say("receipt.scan"),
        fields=(
            (words.say("receipt.form_hash"), facts.form_sha256),
            (words.say("receipt.anchor"), facts.audit_head),
        ),
        note=words.say("receipt.made_by", kiosk=facts.job.kiosk, software=facts.software),
    )
