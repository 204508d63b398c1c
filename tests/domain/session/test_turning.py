"""Screens that large letters cut into parts: turning them over changes nothing else."""

from dataclasses import replace

import pytest

from kiosk.domain.job import JobState
from kiosk.domain.session.events import Event, PickAuthority, PickMedium, PickPurpose, TurnPage
from kiosk.domain.session.facts import Authority, MediumKind, Purpose
from kiosk.domain.session.moves import MOST_PARTS
from kiosk.domain.session.places import Collect, Waiting
from kiosk.domain.session.walk import NotNow
from tests.domain.session.people import SHELVES, job
from tests.domain.session.steps import Step, there, walk
from tests.domain.session.way import (
    TO_AUTHORITY,
    TO_COLLECT,
    TO_CONFIRM,
    TO_JOB_FAILED,
    TO_MEDIA,
    TO_PURPOSE,
    TO_WAITING,
)

IN_PARTS = [TO_CONFIRM, TO_WAITING, TO_COLLECT, TO_JOB_FAILED]


@pytest.mark.parametrize("steps", IN_PARTS)
def test_the_parts_are_turned_over_but_not_for_ever(steps: list[Step]) -> None:
    first = there(*steps)
    walk(first, (TurnPage(-1), NotNow))
    last = walk(first, *[TurnPage(1)] * (MOST_PARTS - 1), (TurnPage(1), NotNow)).session
    assert last.place == replace(first.place, page=MOST_PARTS - 1)
    assert walk(last, TurnPage(1 - MOST_PARTS)).session.place == first.place


def test_a_job_that_goes_on_leaves_the_part_where_it_is() -> None:
    second = walk(there(*TO_WAITING), TurnPage(1)).session
    walk(second, (job(JobState.VERIFYING), Waiting, lambda s: s.place.page == 1))
    walk(second, (job(JobState.DONE), Collect, lambda s: s.place.page == 0))


@pytest.mark.parametrize(
    ("steps", "answers", "pick"),
    [
        (TO_MEDIA, len(SHELVES), PickMedium(MediumKind.DISC)),
        (TO_PURPOSE, len(Purpose), PickPurpose(Purpose.TREATMENT)),
        (TO_AUTHORITY, len(Authority), PickAuthority(Authority.PARENT)),
    ],
)
def test_the_answers_are_turned_over_and_one_is_chosen_where_it_stands(
    steps: list[Step], answers: int, pick: Event
) -> None:
    walk(there(*steps), (TurnPage(-1), NotNow))
    last = walk(there(*steps), *[TurnPage(1)] * (answers - 1), (TurnPage(1), NotNow)).session
    walk(last, (pick, lambda s: s.place.page == answers - 1))
