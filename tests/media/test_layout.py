import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import MediumTooSmall
from kiosk.media.layout import in_order, place, split
from kiosk.media.prepare import Prepared
from tests import builders
from tests.builders import MARIA, Place
from tests.media.media_builders import prepared, slices

BIG = 1 << 40


@pytest.fixture(scope="module")
def instances(tmp_path_factory: pytest.TempPathFactory) -> list[Prepared]:
    """Two studies: a with series 1 (12) and 2 (3), b with series 1 (2)."""
    made = [
        *slices(12),
        *slices(3, series=2),
        *slices(2, study="b"),
    ]
    return prepared(tmp_path_factory.mktemp("prepared"), made)


def uids(names: str) -> list[str]:
    return [Place(MARIA, name).study_uid for name in names]


def numbers(ordered: list[Prepared]) -> list[tuple[str, str]]:
    return [(each.identity.study_uid, each.identity.series_uid) for each in ordered]


def test_instances_stand_in_the_order_of_their_numbers(instances: list[Prepared]) -> None:
    shuffled = random.Random(1).sample(instances, len(instances))
    ordered = in_order(shuffled, uids("ab"))
    wanted = [
        *(Place(MARIA, "a", 1, number).sop_instance_uid for number in range(1, 13)),
        *(Place(MARIA, "a", 2, number).sop_instance_uid for number in range(1, 4)),
        *(Place(MARIA, "b", 1, number).sop_instance_uid for number in range(1, 3)),
    ]
    assert [each.identity.sop_instance_uid for each in ordered] == wanted


def test_studies_stand_in_the_order_asked_for(instances: list[Prepared]) -> None:
    ordered = in_order(instances, uids("ba"))
    assert ordered[0].identity.study_uid == Place(MARIA, "b").study_uid


def test_an_instance_without_number_finds_a_place(tmp_path: Path) -> None:
    ds = builders.ct(Place(MARIA, "a", 1, 5))
    ds.InstanceNumber = None
    made = prepared(tmp_path, [*slices(2), ds])
    assert in_order(made, uids("a"))[0].identity.sop_instance_uid == ds.SOPInstanceUID


def test_paths_are_file_ids_in_a_folder_of_each_series(instances: list[Prepared]) -> None:
    volume = place(in_order(instances, uids("ab")))
    paths = [placed.path for placed in volume.importable]
    assert paths[0] == "DICOM/ST000001/SE000001/IM000001"
    assert paths[12] == "DICOM/ST000001/SE000002/IM000001"
    assert paths[-1] == "DICOM/ST000002/SE000001/IM000002"
    assert all(re.fullmatch("([A-Z0-9_]{1,8}/){3}[A-Z0-9_]{1,8}", path) for path in paths)
    assert len(set(paths)) == len(instances)
    assert [study.page for study in volume.studies] == ["ST000001.HTM", "ST000002.HTM"]


def test_everything_stays_together_where_it_fits(instances: list[Prepared]) -> None:
    assert split(instances, {}, BIG) == [instances]


@pytest.mark.parametrize("capacity", range(232_000, 260_000, 2_000))
def test_a_series_stays_together(capacity: int, instances: list[Prepared]) -> None:
    ordered = in_order(instances, uids("ab"))
    volumes = split(ordered, {}, capacity)
    assert [each for volume in volumes for each in volume] == ordered
    homes: dict[str, set[int]] = {}
    for number, volume in enumerate(volumes):
        for each in volume:
            homes.setdefault(each.identity.series_uid, set()).add(number)
    assert all(len(home) == 1 for home in homes.values())


def test_a_series_larger_than_a_volume_is_divided(instances: list[Prepared]) -> None:
    ordered = in_order(instances, uids("ab"))
    volumes = split(ordered, {}, 210_000)
    assert [each for volume in volumes for each in volume] == ordered
    first_series = Place(MARIA, "a", 1).series_uid
    parts = [
        volume
        for volume in volumes
        if any(each.identity.series_uid == first_series for each in volume)
    ]
    assert len(parts) > 1


def test_an_instance_larger_than_a_volume_is_refused(instances: list[Prepared]) -> None:
    with pytest.raises(MediumTooSmall):
        split(instances, {}, 170_000)


def test_a_picture_takes_room_too(instances: list[Prepared]) -> None:
    ordered = in_order(instances, uids("ab"))
    pictures = dict.fromkeys((each.identity.sop_instance_uid for each in ordered), 100_000)
    assert len(split(ordered, pictures, 500_000)) > len(split(ordered, {}, 500_000))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capacity=st.integers(215_000, 400_000), seed=st.integers(0, 100))
def test_no_instance_is_ever_lost_or_doubled(
    capacity: int, seed: int, instances: list[Prepared]
) -> None:
    shuffled = random.Random(seed).sample(instances, len(instances))
    volumes = split(in_order(shuffled, uids("ab")), {}, capacity)
    assert all(volumes)
    placed = [each.identity.sop_instance_uid for volume in volumes for each in volume]
    assert sorted(placed) == sorted(each.identity.sop_instance_uid for each in instances)
