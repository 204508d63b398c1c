"""Invented people and the facts of their documents."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from forms.facts import FormFacts, ReceiptFacts, Site, SlipFacts
from kiosk.domain.consent import (
    ELECTRONIC_SIGNATURE,
    UNENCRYPTED_MEDIUM,
    Acknowledgement,
    Basis,
    Consent,
    Drawn,
    Signature,
    Signer,
    SignerRole,
    UntilDay,
)
from kiosk.domain.job import Job, JobState
from kiosk.domain.medium import Medium
from kiosk.domain.release import (
    Approval,
    Fee,
    IdentityCheck,
    IdentityMethod,
    Release,
    Target,
    TargetKind,
)
from kiosk.domain.study import Patient, Study

SIGNED_AT = datetime(2026, 11, 24, 10, 1, 0, tzinfo=UTC)
SITE = Site(
    "Riverside Example Hospital", "Image release desk, 1 River Road, Springfield", "555 0100"
)
JOB_ID = "0123456789abcdef0123456789abcdef"
STROKES = (
    (
        (12.1, 14.0, 0.0),
        (12.9, 4.4, 0.016),
        (16.0, 22.0, 0.05),
        (20.0, 3.0, 0.09),
        (24.0, 18.0, 0.1),
    ),
    ((28.0, 12.0, 0.4), (31.0, 9.0, 0.45), (33.5, 16.0, 0.5), (38.0, 10.0, 0.6), (52.0, 12.0, 0.8)),
    ((31.0, 4.0, 1.2),),
)
SEEN = Approval("Desk clerk D. Sample", "power of attorney", SIGNED_AT - timedelta(minutes=5))
MARIA = Patient("MRN-0042", date(1948, 5, 14), "Example^Maria")

EXAMS = (
    (date(2026, 3, 12), ("MR",), "HEAD W/O CONTRAST", "ACC-1001", 384),
    (date(2026, 2, 3), ("DX",), "CHEST PA AND LATERAL", "ACC-1002", 2),
    (date(2025, 6, 6), ("US",), "ABDOMEN COMPLETE", "ACC-1003", 41),
    (date(2024, 1, 30), ("PT", "CT"), "", "", None),
    (
        None,
        ("XX",),
        "Knee after fall, long text that the radiology system cut at 64 ch",
        "ACC-1005",
        6,
    ),
)


def a_study(number: int = 0, patient: Patient = MARIA) -> Study:
    """Return one of five kinds of study."""
    day, modalities, description, accession, instances = EXAMS[number % len(EXAMS)]
    return Study(
        f"1.2.826.0.1.3680043.8.498.{number + 1}",
        patient,
        day,
        description,
        modalities,
        accession,
        instances,
    )


def a_consent(
    signature: Signature | None = None,
    *,
    role: SignerRole = SignerRole.PATIENT,
    name: str = "Maria Example",
    authority: str | None = None,
    language: str = "en",
    recipient: str = "self",
    purpose: str = "personal-copy",
) -> Consent:
    """Return a complete consent."""
    return Consent(
        Signer(role, name, authority),
        language,
        recipient,
        purpose,
        (
            Acknowledgement(UNENCRYPTED_MEDIUM, SIGNED_AT - timedelta(seconds=60)),
            Acknowledgement(ELECTRONIC_SIGNATURE, SIGNED_AT - timedelta(seconds=40)),
        ),
        signature or Drawn(STROKES),
        SIGNED_AT,
    )


def authorization_facts(**changed: object) -> FormFacts:
    """Return the facts of an authorization that a representative signs for two studies."""
    signer = Signer(SignerRole.REPRESENTATIVE, "Robert Example", "power-of-attorney")
    plain: dict[str, object] = {
        "basis": Basis.AUTHORIZATION,
        "signer": signer,
        "recipient": "Dr. Ana Sample, Hillside Clinic",
        "purpose": "new-doctor",
        "expires": UntilDay(date(2027, 1, 31)),
    }
    consent: Consent = replace(a_consent(), **(plain | changed))  # type: ignore[arg-type]  # named
    facts = form_facts(studies=2, consent=consent, method=IdentityMethod.STAFF)
    return with_release(facts, approval=SEEN, fee=Fee(Decimal("6.50"), "USD"))


def with_release(facts: FormFacts, **changed: object) -> FormFacts:
    """Return the facts of another release."""
    release: Release = replace(facts.release, **changed)  # type: ignore[arg-type]  # named
    return replace(facts, release=release)


def form_facts(
    *,
    patient: Patient = MARIA,
    studies: int = 1,
    consent: Consent | None = None,
    method: IdentityMethod = IdentityMethod.CODE,
    site: Site = SITE,
) -> FormFacts:
    """Return the facts of a form with as many studies as wanted."""
    release = Release(
        patient,
        tuple(a_study(number, patient) for number in range(studies)),
        consent or a_consent(),
        IdentityCheck(method, "Desk clerk D. Sample", SIGNED_AT - timedelta(hours=1), "photo ID"),
        Target(TargetKind.IMAGE, "/media/copy.iso"),
    )
    return FormFacts(site, release, "kiosk-1", "Imaging release kiosk 0.1.0", JOB_ID)


def a_medium(volume: int = 1, volumes: int = 1) -> Medium:
    """Return a verified disc image."""
    digest = f"{volume:02x}" * 32
    return Medium(
        TargetKind.IMAGE,
        f"/media/copy-{volume}.iso",
        volume,
        volumes,
        81_000_000,
        digest,
        430 // volumes,
        0,
        True,
        f"KIOSK00042_{volume}",
    )


def receipt_facts(
    *, form: FormFacts | None = None, volumes: int = 1, counted_only: bool = False, broken: int = 0
) -> ReceiptFacts:
    """Return the facts of a receipt."""
    form = form or form_facts()
    media = tuple(a_medium(volume, volumes) for volume in range(1, volumes + 1))
    job = Job(
        JOB_ID,
        42,
        form.kiosk,
        form.release,
        SIGNED_AT,
        SIGNED_AT,
        state=JobState.HANDING_OVER,
        instances=430,
        archive_instances=430,
        counted_only=counted_only,
        not_importable=broken,
        volumes=volumes,
        media=media,
    )
    return ReceiptFacts(
        form.site, job, SIGNED_AT + timedelta(minutes=4), form.software, "ab" * 32, "cd" * 32
    )


def slip_facts() -> SlipFacts:
    """Return the facts of a slip."""
    return SlipFacts(SITE, "04820137", SIGNED_AT, SIGNED_AT + timedelta(hours=24))
