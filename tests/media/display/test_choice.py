"""Which pictures a radiographer would choose."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.media.display.candidate import Candidate, candidate_of
from kiosk.media.display.choice import Shown, choose, fair_shares
from tests import builders


def image(
    series: int, number: int, modality: str = "CT", position: float | None = None, frames: int = 1
) -> Candidate:
    positions = (float(number if position is None else position),) if frames == 1 else ()
    return Candidate(
        f"1.{series}.{number}",
        f"1.{series}",
        "1",
        modality,
        series,
        number,
        frames,
        positions=positions if modality in {"CT", "MR"} else (),
    )


def stack(series: int, count: int, modality: str = "CT") -> list[Candidate]:
    return [image(series, number, modality) for number in range(1, count + 1)]


def numbers(shown: list[Shown]) -> list[int]:
    return [int(each.sop_instance_uid.split(".")[-1]) for each in shown]


def test_every_radiograph_is_chosen_however_few_cells_are_wanted() -> None:
    for modality in ("CR", "DX", "MG", "PX"):
        assert len(choose(stack(1, 9, modality), [], 4)) == 9


def test_a_series_is_spread_with_the_same_distance_between() -> None:
    assert numbers(choose(stack(1, 100), [], 4)) == [13, 38, 63, 88]


def test_a_series_shorter_than_the_cells_is_whole() -> None:
    assert numbers(choose(stack(1, 3), [], 20)) == [1, 2, 3]


def test_slices_are_in_the_order_of_the_body_and_not_of_their_numbers() -> None:
    series = [image(1, number, position=position) for number, position in enumerate([5, 1, 9, 3])]
    assert numbers(choose(series, [], 20)) == [1, 3, 0, 2]


def test_slices_without_a_place_are_in_the_order_of_their_numbers() -> None:
    series = [replace(each, positions=()) for each in reversed(stack(1, 5))]
    assert numbers(choose(series, [], 20)) == [1, 2, 3, 4, 5]


def test_every_series_has_a_fair_share() -> None:
    series = [*stack(1, 300), *stack(2, 2), *stack(3, 40)]
    shares = Counter(uid.split(".")[1] for uid, _ in choose(series, [], 20))
    assert shares == {"1": 9, "2": 2, "3": 9}


def test_every_series_is_seen_however_few_cells_are_wanted() -> None:
    series = [each for number in range(1, 8) for each in stack(number, 50)]
    assert len({uid.split(".")[1] for uid, _ in choose(series, [], 3)}) == 7


def test_localizers_are_left_out() -> None:
    scout = [replace(each, is_localizer=True) for each in stack(1, 3)]
    assert all(uid.startswith("1.2.") for uid, _ in choose([*scout, *stack(2, 9)], [], 20))
    assert numbers(choose(scout, [], 20)) == [1, 2, 3]


def test_marked_images_take_the_place_of_the_spread() -> None:
    series = [*stack(1, 100), *stack(2, 100)]
    shown = choose(series, [("1.2.70", None), ("1.1.5", None), ("9.9", None)], 20)
    assert shown == [Shown("1.1.5", 0), Shown("1.2.70", 0)]


def test_marked_frames_are_shown_and_no_others() -> None:
    clip = image(1, 1, "US", frames=30)
    assert choose([clip], [(clip.sop_instance_uid, 7), (clip.sop_instance_uid, 3)], 20) == [
        Shown("1.1.1", 3),
        Shown("1.1.1", 7),
    ]


def test_marks_of_one_study_say_nothing_of_another() -> None:
    other = [replace(each, study_uid="2", series_uid="2.1") for each in stack(3, 30)]
    shown = choose([*stack(1, 30), *other], [("1.1.4", None)], 20)
    assert len(shown) == 20
    assert [uid for uid, _ in shown if uid.startswith("1.1.")] == ["1.1.4"]


def test_a_clip_is_shown_by_its_middle_or_the_frame_that_its_maker_names() -> None:
    clip = image(1, 1, "US", frames=30)
    named = replace(image(1, 2, "XA", frames=30), representative=4)
    wrong = replace(image(1, 3, "XA", frames=30), representative=99)
    assert [shown.frame for shown in choose([clip, named, wrong], [], 20)] == [15, 4, 15]


def test_every_ultrasound_picture_is_chosen() -> None:
    assert len(choose(stack(1, 41, "US"), [], 20)) == 41


def test_no_page_of_words_is_lost_between_slices() -> None:
    report = replace(image(1, 500), has_burnt_text=True, positions=())
    shown = choose([*stack(1, 100), report], [], 5)
    assert Shown("1.1.500", 0) in shown
    assert len(shown) == 5


def test_frames_of_an_enhanced_image_are_slices() -> None:
    enhanced = replace(image(1, 1, frames=40), positions=tuple(float(40 - n) for n in range(40)))
    assert [shown.frame for shown in choose([enhanced], [], 4)] == [34, 24, 14, 4]


def test_series_stand_in_the_order_of_their_numbers() -> None:
    shown = choose([*stack(9, 3), *stack(2, 3, "CR"), *stack(4, 3)], [], 20)
    assert [uid.split(".")[1] for uid, _ in shown] == ["2"] * 3 + ["4"] * 3 + ["9"] * 3


def test_nothing_chosen_of_nothing() -> None:
    assert choose([], [], 20) == []


@given(st.lists(st.integers(1, 60), max_size=9), st.integers(0, 200))
def test_shares_are_fair(sizes: list[int], total: int) -> None:
    shares = fair_shares(sizes, total)
    assert sum(shares) == min(total, sum(sizes))
    assert all(share <= size for share, size in zip(shares, sizes, strict=True))
    unfilled = [share for share, size in zip(shares, sizes, strict=True) if share < size]
    assert max(shares, default=0) <= min(unfilled, default=99) + 1


@pytest.mark.parametrize(
    "make", [builders.segmentation, builders.rt_dose, builders.pdf, builders.sr]
)
def test_masks_doses_and_documents_are_no_pictures(make: builders.Make) -> None:
    assert candidate_of(make(builders.Place())) is None


def test_a_candidate_knows_its_place_along_the_normal() -> None:
    ds = builders.ct(builders.Place(number=7))
    ds.ImageOrientationPatient = [0, 1, 0, 0, 0, -1]
    ds.ImagePositionPatient = [33, 5, 6]
    candidate = candidate_of(ds)
    assert candidate is not None
    assert candidate.positions == (-33.0,)


def test_localizers_and_burnt_words_are_known_by_their_headers() -> None:
    ds = builders.ct()
    ds.ImageType = ["ORIGINAL", "PRIMARY", "LOCALIZER"]
    assert (found := candidate_of(ds)) is not None
    assert found.is_localizer
    ds.ImageType, ds.BurnedInAnnotation = ["DERIVED", "SECONDARY"], "YES"
    assert (found := candidate_of(ds)) is not None
    assert found.has_burnt_text
