"""What a copy will take, told before anything is fetched."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.expectation import (
    BESIDE_IMAGES_BYTES,
    discs_needed,
    expected_bytes,
    expected_instances,
    expected_minutes,
)
from kiosk.domain.session.facts import MediumKind
from kiosk.domain.study import Study
from tests.domain.releases import MARIA

DVD = 4_700_000_000


def study(*modalities: str, instances: int | None = None) -> Study:
    return Study("1.2.3", MARIA, None, "", modalities, "", instances)


def test_a_head_ct_of_384_images_has_about_200_megabytes() -> None:
    assert expected_bytes([study("CT", instances=384)]) == pytest.approx(200e6, rel=0.1)


def test_a_report_beside_images_does_not_make_them_small() -> None:
    alone, beside = study("CT", instances=100), study("SR", "CT", "KO", instances=100)
    assert expected_bytes([beside]) == expected_bytes([alone])


def test_where_the_archive_does_not_count_a_usual_number_is_taken() -> None:
    assert expected_instances([study("CT"), study("CR", instances=2)]) == 352
    assert expected_bytes([study("CT")]) > 100e6


@pytest.mark.parametrize("odd", [study("XX"), study()])
def test_an_unknown_kind_of_exam_has_a_size_too(odd: Study) -> None:
    assert expected_bytes([replace(odd, instances=10)]) == 10_000_000


def test_what_fits_on_a_disc_needs_one_and_a_byte_more_needs_two() -> None:
    room = DVD - BESIDE_IMAGES_BYTES
    assert [discs_needed(size, DVD) for size in (0, room, room + 1)] == [1, 1, 2]
    assert discs_needed(3 * room, DVD) == 3


def test_a_medium_without_a_size_is_one() -> None:
    assert discs_needed(10**12, 0) == 1


def test_a_disc_takes_minutes_and_a_stick_fewer() -> None:
    exams = [study("CT", instances=384)]
    assert 2 <= expected_minutes(exams, MediumKind.DISC) <= 4
    assert expected_minutes(exams, MediumKind.OWN_STICK) < expected_minutes(exams, MediumKind.DISC)


def test_a_second_disc_takes_longer() -> None:
    exams = [study("CT", instances=384)]
    assert expected_minutes(exams, MediumKind.DISC, 2) > expected_minutes(exams, MediumKind.DISC)


@given(
    st.lists(st.tuples(st.sampled_from(["CT", "MR", "SR", "XX"]), st.integers(0, 5000)), max_size=9)
)
def test_more_exams_never_take_less(plans: list[tuple[str, int]]) -> None:
    exams = [study(modality, instances=instances) for modality, instances in plans]
    for kind in MediumKind:
        minutes = [expected_minutes(exams[:count], kind) for count in range(len(exams) + 1)]
        assert minutes == sorted(minutes)
        assert minutes[0] >= 1
