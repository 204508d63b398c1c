"""What stands on the media, and that each label holds it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.platypus import Spacer

from forms.facts import LabelFacts, LabelShows, Site
from forms.label.disc_face import SIDE, Placed, Ring, place, render_disc_face
from forms.label.said import DICOM_ONLY, label_text
from forms.label.sleeve import render_sleeve
from forms.label.tag import render_tag
from forms.printing.paper import Sheet, print_on
from forms.reading.pdfium import opened
from forms.typography.direction import FENCES, as_seen
from forms.typography.fitted import cut
from kiosk.domain.study import Patient
from tests.forms.builders import MARIA, SIGNED_AT, SITE, form_facts, receipt_facts
from tests.forms.reading import fonts_of, pages_of, text_of
from tests.forms.test_letters import NAMES

DPI = 100
FAINTEST = 200
"""Grey levels below this are ink, however thin the stroke."""
DAY = date(2026, 11, 24)
RING = Ring.of_diameters(46, 116)
RINGS = {"usual": (46.0, 116.0), "to the hub": (22.0, 118.0), "narrowest": (50.0, 110.0)}
LONG_SITE = Site("Saint Bartholomew Example Memorial Hospital and Regional Trauma Center " * 2)
RENDERERS: dict[str, Callable[[LabelFacts], bytes]] = {
    "disc face": lambda facts: render_disc_face(facts, RING),
    "sleeve": render_sleeve,
    "tag": render_tag,
}


def label_facts(
    patient: Patient = MARIA,
    *,
    studies: int = 3,
    volumes: int = 1,
    shows: LabelShows = LabelShows.BIRTH_DATE,
    site: Site = SITE,
) -> LabelFacts:
    form = form_facts(studies=studies, patient=patient, site=site)
    job = receipt_facts(form=form, volumes=volumes).job
    return LabelFacts(site, job, job.media[0], DAY, shows)


def plain(text: str) -> str:
    """Return a text without the fences that keep its direction."""
    return text.translate(FENCES)


def named(name: str) -> Patient:
    return Patient("MRN-0042", MARIA.birth_date, name)


# What it says


@pytest.mark.parametrize("carrier", RENDERERS)
def test_every_label_names_patient_day_institution_content_and_volume(carrier: str) -> None:
    text = text_of(RENDERERS[carrier](label_facts(volumes=3)), order="-layout")
    for said in (
        "Maria Example",
        "born 14 May 1948",
        "24 November 2026",
        "Riverside Example Hospital",
        "DICOM PLUS WEB",
        "1 of 3",
    ):
        assert said in text


@pytest.mark.parametrize("carrier", ["disc face", "sleeve"])
def test_the_exams_stand_on_the_disc_and_its_sleeve(carrier: str) -> None:
    text = text_of(RENDERERS[carrier](label_facts(studies=3)), order="-layout")
    assert "12 March 2026 · MRI scan HEAD W/O CONTRAST" in text
    assert "6 June 2025 · Ultrasound ABDOMEN COMPLETE" in text
    assert "more" not in text


@pytest.mark.parametrize("carrier", ["disc face", "sleeve"])
def test_exams_that_do_not_fit_are_counted(carrier: str) -> None:
    text = text_of(RENDERERS[carrier](label_facts(studies=60)), order="-layout")
    shown = text.count(" · ")
    assert shown >= 5
    assert f"and {60 - shown} more" in text


@pytest.mark.parametrize("carrier", RENDERERS)
@pytest.mark.parametrize(
    ("shows", "there", "away"),
    [
        (LabelShows.BIRTH_DATE, ["1948"], ["MRN-0042"]),
        (LabelShows.PATIENT_ID, ["ID MRN-0042"], ["1948"]),
        (LabelShows.NEITHER, [], ["1948", "MRN-0042"]),
    ],
)
def test_the_policy_says_what_the_patient_is_known_by(
    carrier: str, shows: LabelShows, there: list[str], away: list[str]
) -> None:
    text = text_of(RENDERERS[carrier](label_facts(shows=shows)), order="-layout")
    assert all(known in text for known in there)
    assert not any(known in text for known in away)


def test_a_medium_without_pages_for_a_browser_says_so() -> None:
    facts = label_facts()
    assert label_text(replace(facts, medium=replace(facts.medium, has_web=False))).content == (
        DICOM_ONLY
    )


def test_each_of_several_media_lists_its_own_exams() -> None:
    facts = label_facts(studies=3, volumes=2)
    first, second, third = (study.study_uid for study in facts.job.release.studies)
    media = tuple(
        replace(medium, study_uids=uids)
        for medium, uids in zip(facts.job.media, [(first, second), (second,)], strict=True)
    )
    job = replace(facts.job, media=media)
    one, two = (label_text(replace(facts, job=job, medium=medium)) for medium in media)
    # The third one is in no directory, because nothing of it can be imported: it may be on either.
    assert [line.split(" · ")[1].split()[0] for line in one.exams] == ["MRI", "X-ray", "Ultrasound"]
    assert [line.split(" · ")[1].split()[0] for line in two.exams] == ["X-ray", "Ultrasound"]
    assert third not in first


@pytest.mark.parametrize(
    ("studies", "room", "lines"),
    [
        (1, 1, ["12 March 2026 · MRI scan HEAD W/O CONTRAST"]),
        (2, 1, ["2 exams"]),
        (4, 2, ["12 March 2026 · MRI scan HEAD W/O CONTRAST", "and 3 more"]),
    ],
)
def test_exams_are_cut_to_the_lines_that_there_are(
    studies: int, room: int, lines: list[str]
) -> None:
    cut_lines = label_text(label_facts(studies=studies)).exams_in(room)
    assert [plain(line) for line in cut_lines] == lines


def test_by_hand_it_is_three_lines() -> None:
    label = label_text(label_facts(studies=3, volumes=2))
    lines = [label.who, label.where, label.what]
    assert [plain(line) for line in lines] == [
        "Maria Example, born 14 May 1948",
        "Riverside Example Hospital, 24 November 2026",
        "3 exams, DICOM PLUS WEB, 1 of 2",
    ]


def test_without_a_birth_date_no_comma_hangs_in_the_air() -> None:
    assert label_text(label_facts(shows=LabelShows.NEITHER)).who == "Maria Example"


@pytest.mark.parametrize("carrier", RENDERERS)
def test_the_same_facts_give_the_same_label_on_one_page_of_embedded_fonts(carrier: str) -> None:
    facts = label_facts(studies=60, site=LONG_SITE, volumes=12)
    pdf = RENDERERS[carrier](facts)
    assert pdf == RENDERERS[carrier](facts)
    assert pages_of(pdf) == 1
    assert all(embedded for _, embedded in fonts_of(pdf))


# Any name


def from_letters(text: str) -> str:
    """Keep what a PatientName may hold: its separators come from nowhere else."""
    return text.replace("^", " ").replace("=", " ").replace("\\", " ")


names = st.one_of(
    st.sampled_from(list(NAMES.values())),
    st.sampled_from(list(NAMES.values())).map(lambda name: " ".join([name] * 8)),
    st.sampled_from(list(NAMES.values())).map(lambda name: name.replace(" ", "") * 12),
    st.text(max_size=324).map(from_letters),
)
people = st.builds(lambda family, given: named(f"{family}^{given}"), names, names)
shown = st.sampled_from(LabelShows)
sites = st.sampled_from([SITE, LONG_SITE, Site("W" * 200), Site("")])


@pytest.mark.parametrize("ring", RINGS)
@settings(max_examples=15, deadline=None)
@given(people, st.integers(1, 60), st.integers(1, 99), shown, sites)
def test_no_ink_leaves_the_ring_or_touches_another_line(
    ring: str, patient: Patient, studies: int, volumes: int, shows: LabelShows, site: Site
) -> None:
    facts = label_facts(patient, studies=studies, volumes=1, shows=shows, site=site)
    facts = replace(facts, medium=replace(facts.medium, volume=volumes, volumes=volumes))
    inner_mm, outer_mm = RINGS[ring]
    placed = place(label_text(facts), Ring.of_diameters(inner_mm, outer_mm))
    pictures = [ink_of(each) for each in placed]
    together = np.sum(pictures, axis=0)
    assert together.max() <= 1
    assert not (together.astype(bool) & outside(inner_mm, outer_mm, together.shape)).any()


def ink_of(placed: Placed) -> np.ndarray:
    """Return where one line of a face is black, at 100 dots an inch."""
    sheet = Sheet((SIDE, SIDE), 0, 0, 0, "", "", "en", SIGNED_AT)

    def alone(canvas: object, _: int, __: int) -> None:
        placed.text.drawOn(canvas, SIDE / 2 + placed.left, SIDE / 2 + placed.foot)

    with opened(print_on(sheet, [Spacer(0, 1)], alone)) as document:
        grey = document[0].render(scale=DPI / 72, grayscale=True).to_numpy()
        return grey.reshape(grey.shape[:2]) < FAINTEST


def outside(inner_mm: float, outer_mm: float, shape: tuple[int, ...]) -> np.ndarray:
    """Return the dots that the printer must leave white."""
    rows, columns = np.indices(shape)
    middle = shape[0] / 2
    radius_mm = np.hypot(rows + 0.5 - middle, columns + 0.5 - middle) / DPI * 25.4
    return (radius_mm < inner_mm / 2) | (radius_mm > outer_mm / 2)


@pytest.mark.parametrize("carrier", ["sleeve", "tag"])
@settings(max_examples=40, deadline=None)
@given(people, st.integers(1, 60), shown, sites)
def test_every_name_fits_on_one_sleeve_and_one_tag(
    carrier: str, patient: Patient, studies: int, shows: LabelShows, site: Site
) -> None:
    with opened(
        RENDERERS[carrier](label_facts(patient, studies=studies, shows=shows, site=site))
    ) as document:
        assert len(document) == 1
        grey = document[0].render(scale=DPI / 72, grayscale=True).to_numpy()
    ink = grey.reshape(grey.shape[:2]) < FAINTEST
    edge = int(1.5 / 25.4 * DPI)
    for side in (ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:]):
        assert not side.any()


@given(st.text(min_size=1, max_size=80).map(plain), st.integers(1, 80))
def test_what_is_cut_is_a_beginning_as_long_as_it_may_be(text: str, room: int) -> None:
    shorter = plain(cut(text, lambda each: len(plain(each)) <= room))
    assert shorter.endswith("…")
    assert text.startswith(shorter[:-1])
    assert len(shorter) <= room
    assert len(text[: room - 1].rstrip()) <= len(shorter) - 1 or len(text) < room


@pytest.mark.parametrize(
    ("text", "dots_at"), [("Maria Example", -1), ("محمد الأمين", 0)], ids=["Latin", "Arabic"]
)
def test_the_dots_stand_where_reading_ends(text: str, dots_at: int) -> None:
    shorter = cut(text, lambda each: len(plain(each)) <= 8)
    assert as_seen(shorter, right_to_left=False)[dots_at].letter == "…"
