"""The release form, read back with poppler."""

import re
from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest

from forms.facts import Site
from forms.reading.aloud import page_texts
from forms.release.form import render_form
from forms.release.signing import Signed
from forms.words import wording_for
from kiosk.domain.clock import ClockState
from kiosk.domain.consent import Basis, Drawn, Signature, SignerRole, Typed, UntilEvent
from kiosk.domain.release import IdentityMethod, TargetKind
from kiosk.domain.session.facts import Authority
from kiosk.domain.study import Patient
from tests.forms.builders import (
    SIGNED_AT,
    STROKES,
    a_consent,
    a_study,
    authorization_facts,
    form_facts,
    with_release,
)
from tests.forms.reading import fonts_of, lines_of, pages_of, picture_of, text_of

SIGNED = Signed("ef" * 32, ClockState.SYNCHRONISED)

ELEMENTS = {
    "title": "Request for a copy of my images",
    "the right that is used": "(45 CFR 164.524)",
    "hospital": "Riverside Example Hospital",
    "address": "1 River Road, Springfield",
    "phone": "555 0100",
    "form id and version": "Form R-1, version 2",
    "page number": "Page 1 of 2",
    "patient": "I am Maria Example, born 14 May 1948.",
    "patient number": "My patient number is MRN-0042.",
    "how identity was checked": "I gave the code from the front desk and the date of birth.",
    "who checked it, when, against what": (
        "Desk clerk D. Sample gave me the code on 24 November 2026, 09:01 UTC "
        "after seeing: photo ID."
    ),
    "number of exams": "These 2 exams, with every image in them.",
    "exam date": "12 March 2026",
    "modality in words, description, accession, images": (
        "MRI scan HEAD W/O CONTRAST Exam number: ACC-1001 384"
    ),
    "second exam": "3 February 2026 X-ray CHEST PA AND LATERAL Exam number: ACC-1002 2",
    "reports": "The archive keeps no report with these images.",
    "medium, copies and format": (
        "A disc image, saved as one file. Number of copies: 1. The format is DICOM."
    ),
    "recipient": "I take the copy with me. The hospital sends it to no one.",
    "purpose": "For my own use.",
    "warning": "The copy has no password. It is not encrypted.",
    "what the warning means": "Anyone who finds it can see the images",
    "acknowledgement": "I understand this and I want the copy without a password.",
    "choice": "I do not have to sign. My care stays the same if I do not.",
    "consent to sign electronically, with paper offered": (
        "I can sign on paper at the front desk. I want to sign on this screen."
    ),
    "meaning of the signature": (
        "With my signature I ask Riverside Example Hospital to give me the copy "
        "described in this form."
    ),
    "printed name": "Printed name Maria Example",
    "role": "Role Patient",
}

ONLY_SIGNED = {
    "warning's time": (
        "I want the copy without a password. Touched on 24 November 2026, 10:00 UTC."
    ),
    "electronic consent's time": (
        "I want to sign on this screen. Touched on 24 November 2026, 10:00 UTC."
    ),
    "date, time and zone": "Signed on 24 November 2026, 10:01 UTC",
    "kiosk": "at the kiosk kiosk-1",
    "software": "software Imaging release kiosk 0.1.0",
    "job": "job 0123456789abcdef0123456789abcdef",
    "clock": "The clock was set by a time server.",
    "hash of the form as shown": "SHA-256 of the form as it was shown: " + "ef" * 32,
}


AUTHORIZATION = {
    "title": "Permission to share my images",
    "law": "The law calls this an authorization (45 CFR 164.508).",
    "form id and version": "Form A-1, version 1",
    "(1)(i) what": "2. What is copied. These 2 exams, with every image in them.",
    "(1)(i) which": "MRI scan HEAD W/O CONTRAST Exam number: ACC-1001 384",
    "(1)(ii) who may disclose": (
        "3. Who may give it out. Riverside Example Hospital may give out what is listed above, "
        "and nothing else."
    ),
    "(1)(iii) to whom": (
        "4. Who gets it. The copy may be given to: Dr. Ana Sample, Hillside Clinic."
    ),
    "(1)(iv) purpose": "5. What it is for. For my new doctor or specialist.",
    "(1)(v) expiry": "7. How long this counts. Until the end of 31 January 2027.",
    "(1)(vi) authority": "My right to sign for this person: power of attorney.",
    "document that was seen": (
        "Desk clerk D. Sample saw the paper that shows this right on 24 November 2026, 09:56 UTC: "
        "power of attorney."
    ),
    "(2)(i) revocation": (
        "8. I can take it back. I can end this permission at any time. To do so I write to the "
        "front desk of Riverside Example Hospital. What was given out before then stays given out."
    ),
    "(2)(ii) conditions": (
        "9. I do not have to sign. My treatment, my payments, my health plan and my benefits "
        "stay the same if I do not."
    ),
    "(2)(iii) redisclosure": (
        "10. It may be passed on. Whoever gets the copy may pass it on. "
        "Privacy law may then no longer protect it."
    ),
    "(4) a copy of the form": "I get a copy of this form when I have signed it.",
    "fee": "11. What it costs. USD 6.50. This pays for making the copy. I accept this cost.",
    "warning": "12. Keep it safe. The copy has no password.",
    "meaning": (
        "14. My signature. With my signature I allow Riverside Example Hospital to give the copy "
        "described in this form to Dr. Ana Sample, Hillside Clinic."
    ),
    "role": "Role Signs for the patient. Authority: power of attorney",
}


@pytest.mark.parametrize("how", [None, SIGNED], ids=["shown", "signed"])
@pytest.mark.parametrize("element", AUTHORIZATION)
def test_an_authorization_has_every_element(element: str, how: Signed | None) -> None:
    assert AUTHORIZATION[element] in text_of(render_form(authorization_facts(), how))


def test_an_authorization_may_end_with_an_event() -> None:
    facts = authorization_facts(expires=UntilEvent("the end of my court case"))
    text = text_of(render_form(facts))
    assert "Until this happens: the end of my court case. After that nothing more" in text


def test_what_was_not_touched_is_agreed_to_by_the_signature() -> None:
    text = text_of(render_form(authorization_facts(), SIGNED))
    given = "Given with the signature on 24 November 2026, 10:01 UTC."
    assert f"I accept this cost. {given}" in text
    assert text.count(given) == 1


def test_a_form_without_a_price_speaks_of_none() -> None:
    assert "What it costs" not in text_of(render_form(form_facts()))


@pytest.mark.parametrize(
    ("modalities", "said"),
    [
        ((("MR",), ("DX",)), "The archive keeps no report with these images."),
        ((("MR", "SR"), ("DX",)), "1 exam has its report with it. The report is part of the copy."),
        ((("MR", "SR"), ("DOC",)), "2 exams have their reports with them."),
    ],
)
def test_the_form_says_whether_reports_are_included(
    modalities: tuple[tuple[str, ...], ...], said: str
) -> None:
    exams = tuple(replace(a_study(), modalities=each) for each in modalities)
    assert said in text_of(render_form(with_release(form_facts(), studies=exams)))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ClockState.SYNCHRONISED, "The clock was set by a time server."),
        (ClockState.NOT_SYNCHRONISED, "The clock was not set by a time server."),
        (ClockState.UNKNOWN, "It is not known whether a time server set the clock."),
    ],
)
def test_the_signed_form_says_whether_its_clock_was_right(state: ClockState, said: str) -> None:
    assert said in text_of(render_form(form_facts(), Signed("ef" * 32, state)))


@pytest.fixture(scope="module")
def shown() -> str:
    return text_of(render_form(form_facts(studies=2)))


@pytest.fixture(scope="module")
def signed() -> str:
    return text_of(render_form(form_facts(studies=2), SIGNED))


@pytest.mark.parametrize("element", ELEMENTS)
def test_the_form_as_shown_has_every_element(element: str, shown: str) -> None:
    assert ELEMENTS[element] in shown


@pytest.mark.parametrize("element", ELEMENTS | ONLY_SIGNED)
def test_the_signed_form_has_every_element(element: str, signed: str) -> None:
    assert (ELEMENTS | ONLY_SIGNED)[element] in signed


def test_the_form_as_shown_says_that_it_is_not_signed(shown: str, signed: str) -> None:
    assert shown.count("Not signed yet") == 2
    assert "Not signed yet" not in signed
    assert "Touched on" not in shown


def test_the_form_as_shown_knows_nothing_of_the_signature_to_come() -> None:
    facts = form_facts()
    otherwise = replace(
        facts.release.consent,
        signature=Typed("Maria Example"),
        signed_at=SIGNED_AT + timedelta(days=1),
        acknowledged=(),
    )
    later = replace(facts, release=replace(facts.release, consent=otherwise))
    assert render_form(later) == render_form(facts)


@pytest.mark.parametrize("signed", [None, SIGNED])
def test_the_same_facts_give_the_same_bytes(signed: Signed | None) -> None:
    assert render_form(form_facts(studies=7), signed) == render_form(form_facts(studies=7), signed)


def test_a_form_does_not_depend_on_what_was_printed_before_it() -> None:
    first = render_form(form_facts())
    render_form(form_facts(patient=Patient("M-1", date(1970, 1, 2), "张^三")))
    assert render_form(form_facts()) == first


def test_every_font_is_inside_the_file() -> None:
    patient = Patient("M-1", date(1970, 1, 2), "Zhang^San=张^三=")
    consent = a_consent(Typed("أحمد"), name="أحمد")
    fonts = fonts_of(render_form(form_facts(patient=patient, consent=consent), SIGNED))
    assert {name.partition("+")[2] for name, _ in fonts} == {
        "NotoSans-Regular",
        "NotoSans-Bold",
        "NotoSansArabic-Regular",
        "NotoSansSC-Regular",
    }
    assert all(embedded for _, embedded in fonts)


def test_one_exam_is_not_called_exams() -> None:
    assert "This exam, with every image in it." in text_of(render_form(form_facts()))


def test_sixty_exams_flow_over_pages_with_the_head_of_the_table_repeated() -> None:
    pdf = render_form(form_facts(studies=60), SIGNED)
    text = text_of(pdf)
    assert pages_of(pdf) == 5
    assert text.count("Date Exam Images") == 5
    assert text.count("HEAD W/O CONTRAST") == 12
    assert all(f"Page {page} of 5" in text for page in range(1, 6))
    assert "SHA-256 of the form as it was shown" in text


def test_what_the_archive_does_not_know_is_said() -> None:
    text = text_of(render_form(form_facts(studies=5)))
    assert "30 January 2024 PET scan and CT scan Exam number: none not known" in text
    assert "no date XX Knee after fall" in text


def test_a_representative_signs_in_someone_elses_right() -> None:
    consent = a_consent(
        role=SignerRole.REPRESENTATIVE, name="Robert Example", authority="power of attorney"
    )
    text = text_of(render_form(form_facts(consent=consent, method=IdentityMethod.STAFF), SIGNED))
    assert "I am Robert Example. I sign for Maria Example, born 14 May 1948" in text
    assert "I use the patient's right to get a copy of the patient's records" in text
    assert "Our staff look at the paper that shows this right before anything is copied." in text
    assert "My right to sign for this person: power of attorney." in text
    assert "Role Signs for the patient. Authority: power of attorney" in text
    assert "Desk clerk D. Sample saw this proof of who I am" in text


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("parent", "parent"),
        ("guardian", "legal guardian"),
        ("power-of-attorney", "power of attorney"),
        ("executor", "executor of the estate"),
    ],
)
def test_the_right_of_a_representative_is_said_in_words(code: str, said: str) -> None:
    consent = a_consent(role=SignerRole.REPRESENTATIVE, name="Robert Example", authority=code)
    text = text_of(render_form(form_facts(consent=consent), SIGNED))
    assert f"My right to sign for this person: {said}." in text
    assert f"Role Signs for the patient. Authority: {said} Signed on" in text


def test_every_right_that_the_kiosk_knows_has_its_words() -> None:
    assert set(wording_for("en").tables["authorities"]) == {each.value for each in Authority}


@pytest.mark.parametrize("month", range(1, 13))
def test_a_date_in_the_table_stands_in_one_line(month: int) -> None:
    facts = form_facts()
    study = replace(a_study(), study_date=date(2025, month, 28))
    pdf = render_form(replace(facts, release=replace(facts.release, studies=(study,))))
    day = wording_for("en").day(study.study_date)
    assert any(re.search(rf"{day} +MRI scan", line) for line in lines_of(pdf))


def test_a_wristband_is_named_as_the_proof() -> None:
    text = text_of(render_form(form_facts(method=IdentityMethod.WRISTBAND), SIGNED))
    assert "On 24 November 2026, 09:01 UTC I held the hospital wristband under the reader" in text


def test_a_recipient_and_a_purpose_of_ones_own_stand_as_they_were_given() -> None:
    consent = a_consent(recipient="Dr. Ana Sample, Hillside Clinic", purpose="new-doctor")
    text = text_of(render_form(form_facts(consent=consent)))
    assert "It is for: Dr. Ana Sample, Hillside Clinic." in text
    assert "For my new doctor or specialist." in text


def test_markup_in_a_fact_is_printed_and_not_obeyed() -> None:
    hostile = '<b>x</b> & <font size="90">y</font> {signer} &lt; <img src="/etc/passwd"/>'
    facts = form_facts(consent=a_consent(purpose=hostile, name=hostile, recipient=hostile))
    study = replace(a_study(), description=hostile, accession=hostile, modalities=("<i>",))
    facts = replace(facts, release=replace(facts.release, studies=(study,)))
    facts = replace(facts, site=Site(hostile, hostile, hostile), kiosk=hostile, software=hostile)
    text = text_of(render_form(facts, SIGNED))
    assert text.count("<b>x</b> & <font") >= 6
    assert '<img src="/etc/passwd"/>' in text
    assert "<i>" in text


def test_very_long_facts_still_print() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff " * 6
    consent = a_consent(Typed(name), name=name, recipient=name * 3, purpose="x" * 400)
    patient = Patient("9" * 64, date(1948, 5, 14), f"{name[:64]}^{name[:64]}")
    site = Site(name, name, "5" * 60)
    text = text_of(render_form(form_facts(patient=patient, consent=consent, site=site), SIGNED))
    assert text.count("Wolfeschlegelsteinhausenbergerdorff") > 20
    assert "9" * 64 in text.replace(" ", "")


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "in Korean yet"), ("pt-BR", "in Portuguese yet"), ("xx", "in xx")]
)
def test_a_form_in_another_language_than_asked_says_so(language: str, said: str) -> None:
    text = text_of(render_form(form_facts(consent=a_consent(language=language))))
    assert f"There is no form {said}" in text
    assert "this form is in English" in text


@pytest.mark.parametrize("language", ["en", "EN", "en-US"])
def test_a_form_in_the_language_that_was_asked_for_says_nothing(language: str) -> None:
    assert "There is no form" not in text_of(
        render_form(form_facts(consent=a_consent(language=language)))
    )


def test_times_are_printed_in_the_hospitals_zone() -> None:
    site = Site("Riverside Example Hospital", zone=ZoneInfo("America/New_York"))
    text = text_of(render_form(form_facts(site=site), SIGNED))
    assert "Signed on 24 November 2026, 05:01 EST (UTC-05:00)" in text


def test_utc_is_called_utc_whatever_wrote_it() -> None:
    site = Site("Riverside Example Hospital", zone=UTC)
    assert "10:01 UTC" in text_of(render_form(form_facts(site=site), SIGNED))


@pytest.mark.parametrize("kind", TargetKind)
def test_every_kind_of_medium_has_a_plain_name(kind: TargetKind) -> None:
    facts = form_facts()
    target = replace(facts.release.target, kind=kind)
    text = text_of(render_form(replace(facts, release=replace(facts.release, target=target))))
    assert f"3. On what. {kind.value}." not in text


def test_a_drawn_signature_is_seen_on_paper() -> None:
    drawn = picture_of(render_form(form_facts(), SIGNED))
    blank = picture_of(
        render_form(form_facts(consent=a_consent(Drawn((((0, 0, 0), (0.01, 0, 0.1)),)))), SIGNED)
    )
    assert (drawn < 100).sum() > (blank < 100).sum() + 200


def test_one_exam_with_its_signature_is_one_page() -> None:
    assert pages_of(render_form(form_facts())) == pages_of(render_form(form_facts(), SIGNED)) == 1


@pytest.mark.parametrize("signature", [Drawn(STROKES), Typed("Maria Example")])
@pytest.mark.parametrize("studies", [1, 2, 3, 7, 8, 9, 10, 24])
@pytest.mark.parametrize("basis", Basis)
def test_the_signed_form_turns_its_pages_where_the_form_as_shown_did(
    basis: Basis, studies: int, signature: Signature
) -> None:
    facts = authorization_facts(signature=signature)
    if basis is Basis.ACCESS:
        facts = form_facts(consent=a_consent(signature))
    exams = tuple(a_study(number) for number in range(studies))
    facts = with_release(facts, studies=exams)
    shown, signed = (page_texts(render_form(facts, how)) for how in (None, SIGNED))
    assert [numbers_on(page) for page in shown] == [numbers_on(page) for page in signed]


def numbers_on(page: str) -> list[str]:
    """Return which of the form's numbered answers begin on a page."""
    return re.findall(r"\b\d+\. (?=Who|What|On|How|I |It|Keep|My)", page)


@pytest.mark.parametrize("studies", [2, 6, 9, 40])
def test_the_box_stays_with_the_sentence_that_is_signed(studies: int) -> None:
    pages = page_texts(render_form(form_facts(studies=studies), SIGNED))
    (page,) = [page for page in pages if "8. My signature." in page]
    assert "Printed name" in page
    assert "How this was recorded" in page
