"""The look at exams: a small picture of each, whether they grow, and nothing left behind."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image

from kiosk.bootstrap.front import open_attendant
from kiosk.domain.session.asks import LookAtExams
from kiosk.domain.session.events import ExamSeen
from kiosk.domain.session.facts import Exam, Known
from tests.builders import JOHN, MARIA, Place, StudyPlan, ct, sr, write
from tests.journeys.kiosks import SMALL, HeldClock, Kiosk
from tests.services.visit.visitors import PANEL, Visitor


def seen(visitor: Visitor, known: Known, wanted: Iterator[bool] | None = None) -> list[ExamSeen]:
    told = visitor.answers(LookAtExams(known), wanted)
    assert all(isinstance(event, ExamSeen) for event in told), told
    assert_nothing_is_left(visitor.kiosk)
    return told  # type: ignore[return-value]  # as was just asserted


def assert_nothing_is_left(kiosk: Kiosk) -> None:
    left = kiosk.spool.iterdir() if kiosk.spool.exists() else ()
    assert [path.name for path in left if path.name != "worker.lock"] == []


def of_today(clock: HeldClock, days_ago: int = 0) -> StudyPlan:
    return StudyPlan(Place(MARIA, "today", date=f"{clock() - timedelta(days=days_ago):%Y%m%d}"))


def test_every_exam_gets_a_picture_newest_first(visitor: Visitor) -> None:
    visitor.kiosk.hold(StudyPlan(Place(MARIA, "new", date="20260820"), instances=1))
    told = seen(visitor, visitor.enters())
    dates = [event.exam.study.study_date for event in told]
    assert dates == [date(2026, 8, 20), date(2026, 3, 12)]
    for event in told:
        assert event.exam.thumbnail is not None
        assert Image.open(io.BytesIO(event.exam.thumbnail)).format == "PNG"
        assert not event.exam.growing


def test_the_picture_is_made_in_a_process_of_its_own(visitor: Visitor) -> None:
    known = visitor.enters()
    visitor.attendant = open_attendant(visitor.kiosk.appliance, PANEL)
    (event,) = seen(visitor, known)
    assert event.exam.thumbnail is not None


def test_only_one_instance_of_an_exam_is_fetched(visitor: Visitor) -> None:
    known = visitor.enters()
    visitor.kiosk.break_archive(vanishes_after=1)
    (event,) = seen(visitor, known)
    assert event.exam.thumbnail is not None


# Exams without a picture


def test_a_report_alone_has_no_picture_and_is_an_exam_all_the_same(visitor: Visitor) -> None:
    visitor.kiosk.hold(StudyPlan(Place(MARIA, "r"), instances=1, make=sr))
    told = seen(visitor, visitor.enters())
    assert sorted(event.exam.thumbnail is None for event in told) == [False, True]


@pytest.mark.parametrize(
    "fault",
    [
        {"cannot_fetch": True},
        {"cannot_list": True},
        {"vanishes_after": 0},
        {"truncates": 3},
        {"garbles": 3},
    ],
    ids=lambda fault: next(iter(fault)),
)
def test_a_picture_that_cannot_be_had_is_no_trouble(
    visitor: Visitor, fault: dict[str, object]
) -> None:
    known = visitor.enters()
    visitor.kiosk.break_archive(**fault)
    (event,) = seen(visitor, known)
    assert event.exam.thumbnail is None
    assert not event.exam.growing


def test_a_picture_of_somebody_else_is_never_shown(visitor: Visitor) -> None:
    """The file stands where Maria's should, as after a mistake in the archive."""
    known = visitor.enters()
    folder = visitor.kiosk.archive / f"{MARIA.patient_id}-a"
    for path, place in zip(sorted(folder.rglob("*.dcm")), SMALL.places(), strict=True):
        stranger = ct(place)
        stranger.PatientID = JOHN.patient_id
        write(stranger, path)
    (event,) = seen(visitor, known)
    assert event.exam.thumbnail is None


def test_an_archive_that_goes_away_ends_the_look_without_a_word(visitor: Visitor) -> None:
    known = visitor.enters()
    visitor.kiosk.break_archive(away=True)
    assert visitor.answers(LookAtExams(known)) == []
    assert_nothing_is_left(visitor.kiosk)


def test_an_exam_that_was_deleted_meanwhile_is_passed_over(visitor: Visitor) -> None:
    visitor.kiosk.hold(StudyPlan(Place(MARIA, "b")))
    known = visitor.enters()
    for path in visitor.kiosk.archive.glob("*-a/**/*.dcm"):
        path.unlink()
    assert len(seen(visitor, known)) == 1


def test_c_move_is_left_to_the_worker(visitor: Visitor) -> None:
    """There is one port to receive at."""
    known = visitor.enters()
    lightbox = visitor.attendant.lightbox
    for way in lightbox.ways:
        way.name = "dimse-move"
    (event,) = seen(visitor, known)
    assert event.exam.thumbnail is None


# Exams that grow


def test_an_exam_with_more_images_than_were_counted_grows(visitor: Visitor) -> None:
    known = visitor.enters()
    write(ct(Place(MARIA, "a", 3, 1)), visitor.kiosk.archive / "EX-1001-a" / "late.dcm")
    (event,) = seen(visitor, known)
    assert event.exam.growing


@pytest.mark.parametrize("days_ago", [0, 1])
def test_an_exam_of_today_is_looked_at_twice(
    visitor: Visitor, clock: HeldClock, days_ago: int
) -> None:
    visitor.kiosk.hold(of_today(clock, days_ago))
    known = visitor.enters()
    recent = known.exams[0]
    visitor.kiosk.break_archive(grows_by=1, grows_times=3)
    told = seen(visitor, replace(known, exams=(_counted(recent.study.study_uid, known),)))
    assert [event.exam.growing for event in told] == [False, True]
    assert told[1].exam.thumbnail == told[0].exam.thumbnail


def _counted(study_uid: str, known: Known) -> Exam:
    """Return an exam whose images the archive does not count in its answers."""
    exam = next(each for each in known.exams if each.study.study_uid == study_uid)
    return replace(exam, study=replace(exam.study, instances=None))


def test_an_old_exam_is_looked_at_once(visitor: Visitor, clock: HeldClock) -> None:
    visitor.kiosk.hold(of_today(clock, 2))
    known = visitor.enters()
    exams = tuple(_counted(each.study.study_uid, known) for each in known.exams)
    visitor.kiosk.break_archive(grows_by=1, grows_times=4)
    told = seen(visitor, replace(known, exams=exams))
    assert [event.exam.growing for event in told] == [False, False]


def test_an_exam_of_today_that_is_whole_is_told_once(visitor: Visitor, clock: HeldClock) -> None:
    visitor.kiosk.hold(of_today(clock))
    told = seen(visitor, visitor.enters())
    assert [event.exam.growing for event in told] == [False, False]


# Nobody wants to know any more


def test_the_look_ends_when_the_person_is_gone(visitor: Visitor, clock: HeldClock) -> None:
    visitor.kiosk.hold(of_today(clock))
    known = visitor.enters()
    assert len(seen(visitor, known, iter([True]))) == 1
    assert seen(visitor, known, iter([])) == []


def test_what_a_dead_screen_left_is_gone_when_it_starts_again(visitor: Visitor) -> None:
    left = visitor.kiosk.spool / "look-dead"
    left.mkdir(parents=True)
    (left / "instance").write_bytes(b"private")
    visitor.restart()
    assert_nothing_is_left(visitor.kiosk)
