"""What goes wrong after a person is known: each has its sentence, its next step and its way on."""

from kiosk.domain.session.asks import CallDesk, Forget, MakeForm, PrintTicket, Seal
from kiosk.domain.session.events import (
    Acknowledge,
    ChooseAll,
    ExamSeen,
    GoBack,
    GoOn,
    PickMedium,
    TakeWay,
    ToggleExam,
    Troubled,
)
from kiosk.domain.session.facts import MediumKind
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Confirm,
    Goodbye,
    Notice,
    ReadForm,
    Reason,
    SeeStaff,
    Sign,
    Waiting,
    Way,
    WhoFor,
)
from kiosk.domain.session.walk import NotNow
from tests.domain.session.people import (
    CHEST,
    HEAD,
    KNEE,
    NOTHING_IN_ORDER,
    THUMBNAIL,
    sealed,
)
from tests.domain.session.steps import Step, after, the_form, there, walk
from tests.domain.session.way import (
    TO_EXAMS,
    TO_FORM,
    TO_GROWING,
    TO_MEDIA,
    TO_NOT_SEALED,
    TO_SEALING,
    TO_SEARCH,
)


def test_no_exams_yet_gives_a_ticket_to_come_back_with() -> None:
    walk(
        there(*TO_SEARCH),
        (Troubled(Reason.NO_EXAMS), SeeStaff, Reason.NO_EXAMS, Way.PRINT_TICKET, Way.FINISH),
        (TakeWay(Way.PRINT_TICKET), Goodbye, PrintTicket(Reason.NO_EXAMS, "en"), Forget),
    )


def test_at_least_one_exam_must_be_chosen() -> None:
    none: list[Step] = [ToggleExam(each.study_uid) for each in (HEAD, KNEE, CHEST)]
    walk(
        there(*TO_EXAMS, *none),
        (GoOn(), ChooseStudies, Notice.CHOOSE_AN_EXAM),
        (ToggleExam("1.2.9"), NotNow),
        (ChooseAll(), None, lambda s: len(s.place.wish.exams) == 3),
        (GoOn(), ChooseMedia),
    )


def test_a_growing_exam_is_waited_for_taken_or_left_out() -> None:
    growing = there(*TO_GROWING)
    walk(growing, (after(0), SeeStaff, Reason.STILL_GROWING))
    assert growing.staff_called_at is None
    walk(growing, (TakeWay(Way.TAKE_WHAT_IS_HERE), ChooseMedia))
    waited = walk(growing, (TakeWay(Way.WAIT_FOR_THEM), Goodbye, Forget))
    (ticket,) = waited.asked_for(PrintTicket)
    assert isinstance(ticket, PrintTicket)
    assert ticket.reason is Reason.STILL_GROWING
    walk(growing, (GoBack(), ChooseStudies), ToggleExam(HEAD.study_uid), (GoOn(), ChooseMedia))


def test_a_thumbnail_that_comes_meanwhile_is_not_lost() -> None:
    for way in (GoBack(), TakeWay(Way.TAKE_WHAT_IS_HERE)):
        seen = walk(there(*TO_GROWING), (ExamSeen(THUMBNAIL), SeeStaff), way).session
        assert THUMBNAIL in seen.place.wish.known.exams


def test_nothing_is_in_order_to_put_them_on() -> None:
    walk(
        there(*TO_SEARCH, NOTHING_IN_ORDER),
        (GoOn(), SeeStaff, Reason.NO_MEDIUM, Way.FINISH, CallDesk(Reason.NO_MEDIUM)),
    )


def test_what_is_out_of_order_cannot_be_chosen() -> None:
    walk(there(*TO_MEDIA), (PickMedium(MediumKind.FILM), NotNow))


def test_a_stick_that_is_too_small_is_said_before_anything_is_signed() -> None:
    walk(
        there(*TO_MEDIA),
        (PickMedium(MediumKind.NEW_STICK), ChooseMedia),
        (GoOn(), ChooseMedia, Notice.STICK_TOO_SMALL),
        (PickMedium(MediumKind.OWN_STICK), ChooseMedia, None),
        (GoOn(), WhoFor),
    )


def test_the_form_cannot_be_made_and_is_tried_again() -> None:
    walk(
        there(*TO_FORM),
        (Troubled(Reason.KIOSK_FAILED), SeeStaff, Reason.KIOSK_FAILED, Way.FINISH, CallDesk),
        (TakeWay(Way.TRY_AGAIN), ReadForm, MakeForm),
        (the_form, ReadForm),
    )


def test_sealing_fails_and_is_tried_again_with_the_same_signature() -> None:
    walked = walk(
        there(*TO_SEALING),
        (Troubled(Reason.KIOSK_FAILED), SeeStaff, Reason.KIOSK_FAILED, Way.FINISH, CallDesk),
        (sealed(), NotNow),
        (TakeWay(Way.TRY_AGAIN), Confirm),
        (GoOn(), Seal),
        (sealed(), Waiting),
    )
    assert len(walked.asked_for(Seal)) == 1


def test_a_form_that_cannot_be_sealed_any_more_is_read_and_signed_again() -> None:
    refused = there(*TO_NOT_SEALED)
    walk(refused, (after(0), SeeStaff, Reason.NOT_SEALED, Way.TRY_AGAIN, Way.FINISH))
    walk(
        refused,
        (TakeWay(Way.TRY_AGAIN), ReadForm, MakeForm, lambda s: s.place.acknowledged_at is None),
        (the_form, ReadForm),
        GoOn(),
        (GoOn(), Notice.TOUCH_THE_BOX),
        Acknowledge(),
        (GoOn(), Sign, lambda s: s.place.ink.is_empty),
    )
    walk(refused, (TakeWay(Way.FINISH), Goodbye, Forget))
