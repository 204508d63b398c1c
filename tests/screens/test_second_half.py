"""From reading the form to goodbye, and where a person must help."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pytest

from kiosk.domain.job import JobState
from kiosk.domain.session.events import (
    Acknowledge,
    Bigger,
    ClearAll,
    Delete,
    Drew,
    GoBack,
    GoOn,
    NoDiscCame,
    OpenSheet,
    SetComfort,
    TakeWay,
    TurnPage,
    TypeInstead,
    TypeLetter,
)
from kiosk.domain.session.facts import Comfort
from kiosk.domain.session.moves import CALLS_STAFF
from kiosk.domain.session.places import Reason, Session, Sheet, Waiting, Way
from kiosk.text.words import LANGUAGES
from kiosk.ui.box import Box
from kiosk.ui.page import Page
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.table import page_of
from kiosk.ui.widgets.paper import Paper
from kiosk.ui.widgets.part import Part
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.progress import Bar, Ring, StageRow, StageState
from kiosk.ui.widgets.roundel import Roundel
from kiosk.ui.widgets.signature import SignatureBox
from kiosk.ui.widgets.slots import Slots
from kiosk.ui.widgets.ticket import Ticket
from tests.screens.conftest import Show, Shown
from tests.screens.gallery import Painter
from tests.screens.maria import ABOUT_HER, ALL_BUT_THE_KNEE, NOW, glance, strokes
from tests.screens.sessions import NAMES, PANELS, session_named
from tests.screens.views import SITE, Mode, Studio, View

KEYBOARD = {
    **{f"letter-{letter}": TypeLetter(letter) for letter in "abcdefghijklmnopqrstuvwxyz"},
    "letter-apostrophe": TypeLetter("'"),
    "letter-hyphen": TypeLetter("-"),
    "space": TypeLetter(" "),
    "delete": Delete(),
    "clear-all": ClearAll(),
}
FORM = {"bigger": Bigger(), "back": GoBack(), "go-on": GoOn()}

Kind = TypeVar("Kind", bound=Part)
See = Callable[..., Shown]


def all_of(page: Page, kind: type[Kind]) -> list[Kind]:
    return [part for part in page.everything() if isinstance(part, kind)]


def only(page: Page, kind: type[Kind]) -> Kind:
    (found,) = all_of(page, kind)
    return found


def height_of(page: Page, words: str) -> float:
    """Return how high on the screen the words stand."""
    return next(part.box.y for part in page.everything() if getattr(part, "text", "") == words)


def names_of(*beginnings: str) -> list[str]:
    return [name for name in NAMES if name.startswith(beginnings)]


@pytest.fixture
def see(studio: Studio) -> See:
    """Show a session that is none of NAMES."""

    def shown(session: Session, orientation: str = "portrait") -> Shown:
        view, sent = View("welcome", orientation=orientation), list[Any]()
        page = page_of(Frame(session, studio.page(view).look, SITE, sent.append))
        return Shown(view, page, sent)

    return shown


# READ_FORM


@pytest.mark.parametrize("orientation", PANELS)
def test_the_form_is_turned_over_and_made_bigger(show: Show, orientation: str) -> None:
    shown = show("read-form", orientation=orientation)
    assert shown.touched() == FORM
    assert shown.says("Part 1 of ")
    assert shown.says("See part 2")
    assert show("read-form-bigger").says("Make it smaller")


def test_while_the_form_is_made_one_can_only_go_back(show: Show) -> None:
    shown = show("read-form-making")
    assert shown.touched() == {"back": GoBack()}
    assert shown.says("We are writing your form.")


def test_the_sheet_is_the_very_piece_that_was_made(studio: Studio, show: Show) -> None:
    shown = show("read-form")
    piece, paper = shown.session.place.pages[0], only(shown.page, Paper)
    assert paper.speech == piece.text
    glass = np.asarray(Painter(studio).paint_page(shown.page))
    top, left = round(shown.page.box.height - paper.box.top), round(paper.box.x)
    edge = 24  # the sheet's own edge and its round corners
    rows = np.frombuffer(piece.rgb, np.uint8).reshape(piece.height, piece.width, 3)
    drawn = glass[top : top + piece.height, left : left + piece.width]
    assert drawn.shape == rows.shape
    assert np.array_equal(drawn[edge:-edge, edge:-edge], rows[edge:-edge, edge:-edge])


@pytest.mark.parametrize("orientation", PANELS)
@pytest.mark.parametrize("mode", Mode)
def test_a_piece_that_finds_less_room_is_whole(show: Show, orientation: str, mode: Mode) -> None:
    paper = only(show("read-form-last", orientation=orientation, mode=mode).page, Paper)
    piece = paper.page
    assert piece is not None
    width, height = paper.shown_size
    assert width <= min(paper.box.width, piece.width)
    assert height <= min(paper.box.height, piece.height)
    assert width / height == pytest.approx(piece.width / piece.height, rel=0.01)


def test_the_last_piece_asks_whether_one_has_understood(show: Show) -> None:
    shown = show("read-form-last")
    assert shown.touched() == {**FORM, "acknowledge": Acknowledge()}
    assert shown.says("The copy has no password. Anyone who finds it can see the images.")
    assert shown.says("I understand this and I want the copy without a password.")
    assert shown.says("Sign the form")
    assert "acknowledge" not in show("read-form").names


@pytest.mark.parametrize(
    ("name", "state"),
    [("read-form-last", "Not chosen."), ("read-form-last-touched", "Chosen.")],
)
def test_the_voice_tells_whether_it_was_touched(show: Show, name: str, state: str) -> None:
    (said,) = [said for said in show(name).speech if said.startswith("I understand")]
    assert said.endswith(f"without a password. {state}")


def test_who_has_not_touched_it_is_told_to(show: Show) -> None:
    shown = show("read-form-box-told")
    assert shown.says("Touch the box about the password first.")
    assert not show("read-form-last").says("first.")


def test_a_form_in_another_language_says_so_on_its_first_piece(show: Show) -> None:
    says = "Este formulario está en inglés."
    assert any(sentence.startswith(says) for sentence in show("read-form", "es").words)
    assert not show("read-form-last", "es").says(says)
    assert not show("read-form").says("This form is in English.")


def test_without_headphones_the_voice_leads_to_where_one_reads_of_them(show: Show) -> None:
    assert show("read-form").touch("read-aloud") == OpenSheet(Sheet.SEE_AND_HEAR)


def test_with_headphones_the_voice_begins_and_stops(see: See) -> None:
    silent = replace(session_named("read-form"), headphones_in=True)
    shown = see(silent)
    assert shown.says("Read it to me")
    assert shown.touch("read-aloud") == SetComfort(Comfort(read_aloud=True))
    reading = see(replace(silent, comfort=Comfort(read_aloud=True)))
    assert reading.says("Stop reading")
    assert reading.touch("read-aloud") == SetComfort(Comfort())


# SIGN


@pytest.mark.parametrize("orientation", PANELS)
def test_one_signs_with_the_finger(show: Show, orientation: str) -> None:
    shown = show("sign-drawn", orientation=orientation)
    ways = {name: shown.touch(name) for name in shown.names if name != "signature"}
    assert ways == {
        "clear-all": ClearAll(),
        "type-instead": TypeInstead(),
        "back": GoBack(),
        "go-on": GoOn(),
    }
    box = only(shown.page, SignatureBox)
    assert box.strokes == strokes()
    assert box.finished(strokes()[0]) == Drew(strokes()[0])


def test_above_the_box_stands_what_is_signed(show: Show) -> None:
    assert {
        "I ask for",
        "A copy of my 5 exams and reports",
        "One disc, no password",
        "Myself. I take it with me.",
        "Maria Example",
        "24 November 2026, 10:41",
    } <= set(show("sign-empty").words)


def test_who_signs_for_another_signs_with_their_own_name(show: Show) -> None:
    shown = show("sign-for-someone")
    assert shown.says("A copy of 5 exams of Maria Example")
    assert "Anna Example" in shown.words


def test_the_voice_tells_of_the_typed_name_and_of_what_was_drawn(show: Show) -> None:
    type_it = "You can type your name in place of a drawing."
    drawn = "Your signature is in the box."
    empty, signed = (only(show(name).page, SignatureBox) for name in ("sign-empty", "sign-drawn"))
    assert type_it in empty.speech
    assert drawn not in empty.speech
    assert type_it in signed.speech
    assert drawn in signed.speech


def test_an_empty_box_is_told_of(show: Show) -> None:
    assert show("sign-empty-told").says("Sign in the box, or touch Type my name.")
    assert show("sign-typing-told").says("Type your name first.")


@pytest.mark.parametrize("orientation", PANELS)
@pytest.mark.parametrize("mode", Mode)
def test_one_signs_with_the_typed_name(show: Show, orientation: str, mode: Mode) -> None:
    shown = show("sign-typing", orientation=orientation, mode=mode)
    ways = {"draw-instead": TypeInstead(), "back": GoBack(), "go-on": GoOn()}
    assert shown.touched() == {**KEYBOARD, **ways}
    assert "Maria Exa" in shown.words


@pytest.mark.parametrize("orientation", PANELS)
def test_a_signature_of_a_larger_box_is_drawn_smaller(see: See, orientation: str) -> None:
    session = session_named("sign-drawn")
    tall = ((10.0, 10.0, 0.0), (230.0, 130.0, 0.5))
    place = replace(session.place, ink=replace(session.place.ink, strokes=(tall,)))
    box = only(see(replace(session, place=place), orientation).page, SignatureBox)
    assert all(box.box.has(*box.on_glass(point)) for point in tall)


# CONFIRM


@pytest.mark.parametrize("orientation", PANELS)
def test_everything_is_shown_once_more(show: Show, orientation: str) -> None:
    shown = show("confirm", orientation=orientation)
    assert shown.touched() == {"back": GoBack(), "go-on": GoOn()}
    assert {
        "Maria Example",
        "Born 14 May 1948",
        "5 exams, 690 images",
        "4 reports",
        "One disc",
        "No password",
        "Myself",
        "Signed at 10:41",
        "Free",
        "Make my disc",
    } <= set(shown.words)
    assert shown.says("About ")
    exams = [picture.speech for picture in all_of(shown.page, Picture)]
    assert len(exams) == len(ALL_BUT_THE_KNEE)
    assert exams[:2] == ["MRI of the head", "X-ray of the chest"]


def test_what_costs_something_says_what(show: Show) -> None:
    assert show("confirm-new-stick").says("$6.50")
    assert not show("confirm-new-stick").says("Free")


def test_while_the_form_is_sealed_nothing_can_be_taken_back(show: Show) -> None:
    shown = show("confirm-sealing")
    assert shown.names == []
    assert shown.says("We are sealing your form.")
    assert not shown.says("You can still go back.")
    assert not shown.says("Make my disc")


def test_staff_look_first_at_the_papers_of_who_signs_for_another(show: Show) -> None:
    shown = show("confirm-for-someone")
    assert {"Signed by", "Anna Example", "I am the parent"} <= set(shown.words)
    assert shown.says("our staff look at your papers first")
    assert not shown.says("Ready in")


# Screens in parts


@pytest.mark.parametrize("orientation", PANELS)
@pytest.mark.parametrize("name", names_of("confirm", "waiting", "collect", "see-staff"))
def test_every_word_of_a_screen_in_parts_is_on_one_of_them(
    studio: Studio, name: str, orientation: str
) -> None:
    def told_by(mode: Mode) -> set[str]:
        view = View(name, orientation=orientation, mode=mode)
        return {words for leaf, page in studio.leaves(view) for words in Shown(leaf, page).words}

    missing = told_by(Mode.PLAIN) - told_by(Mode.LARGE)
    assert not {words for words in missing if words and not words.startswith("Part ")}


def test_the_parts_are_turned_over_and_begin_anew(show: Show) -> None:
    first = show("collect-two-discs", mode=Mode.LARGE)
    assert first.says("Part 1 of 3")
    assert first.touch("more") == TurnPage(1)
    last = show("collect-two-discs", mode=Mode.LARGE, leaf=2)
    assert last.says("Part 3 of 3")
    assert last.touch("more") == TurnPage(-2)


def test_a_screen_that_fits_is_not_cut(show: Show) -> None:
    for orientation in PANELS:
        for name in ("confirm", "waiting-writing", "collect", "see-staff-discs-spoiled"):
            assert "more" not in show(name, orientation=orientation).names


# WAITING and GOODBYE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", names_of("waiting", "goodbye"))
def test_nothing_tells_who_waits_or_was_here(show: Show, name: str, language: str) -> None:
    for orientation in PANELS:
        shown = show(name, language, orientation=orientation)
        told = " ".join([*shown.words, *shown.speech])
        assert not [secret for secret in ABOUT_HER if secret in told]


def stages(shown: Shown) -> list[tuple[str, StageState, str, float | None]]:
    return [
        (row.label.text, row.sign.state, row.at_end.text, row.bar and row.bar.share)
        for row in all_of(shown.page, StageRow)
    ]


def test_the_stages_show_what_is_so(show: Show) -> None:
    done, now, later = StageState.DONE, StageState.NOW, StageState.LATER
    assert [
        (label, state, re.sub("[\u2068\u2069]", "", right), share and round(share, 2))
        for label, state, right, share in stages(show("waiting-writing"))
    ] == [
        ("Get your images", done, "690 of 690", None),
        ("Get the disc ready", done, "Done", None),
        ("Write the disc", now, "62%", 0.62),
        ("Check every image", later, "", None),
        ("Print your receipt", later, "", None),
    ]
    assert show("waiting-retrieving").says("262 of 690")
    assert [row[0] for row in stages(show("waiting-own-stick"))][2] == "Write the stick"
    assert [row[0] for row in stages(show("waiting-second-disc"))][2] == "Disc 2 of 2"


@pytest.mark.parametrize("state", [JobState.SIGNED, JobState.READY])
def test_before_a_worker_has_it_no_stage_is_going_on(see: See, state: JobState) -> None:
    shown = see(replace(session_named("welcome"), place=Waiting(glance(state))))
    assert {row[1] for row in stages(shown)} == {StageState.LATER}
    assert only(shown.page, Ring).share == 0


def test_an_archive_that_does_not_say_how_many_shows_no_share(see: See) -> None:
    known = glance(JobState.RETRIEVING, 0.5)
    assert known.progress is not None
    vague = replace(known.progress, total_instances=None, total_bytes=None)
    shown = see(replace(session_named("welcome"), place=Waiting(replace(known, progress=vague))))
    assert not all_of(shown.page, Bar)
    assert stages(shown)[0][1:] == (StageState.NOW, "", None)


def test_the_ring_goes_round_with_the_stages(show: Show) -> None:
    shares = [
        only(show(name).page, Ring).share
        for name in (
            "waiting-ready", "waiting-retrieving", "waiting-building", "waiting-for-a-disc",
            "waiting-writing", "waiting-verifying", "waiting-handing-over",
        )
    ]  # fmt: skip
    assert shares == sorted(set(shares))
    assert shares[0] == 0
    assert shares[-1] < 1


def test_minutes_and_ticket_are_large_and_told(show: Show) -> None:
    shown = show("waiting-writing")
    assert "4 minutes left" in shown.speech
    assert "A-17" in shown.words
    assert show("waiting-verifying").says("minute left")


def test_the_voice_tells_every_quarter_and_not_every_image(see: See) -> None:
    def told(done: float) -> list[str]:
        place = Waiting(glance(JobState.RETRIEVING, done))
        return see(replace(session_named("welcome"), place=place)).speech

    assert told(0.51) == told(0.74)
    assert told(0.74) != told(0.76)
    assert "50% done" in told(0.6)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("waiting-again-archive", "We cannot reach your images right now."),
        ("waiting-again-growing", "New images are still coming in."),
        ("waiting-spoiled", "This disc did not pass our check."),
    ],
)
def test_what_goes_on_by_itself_is_told(show: Show, name: str, sentence: str) -> None:
    assert show(name).says(sentence)
    assert show(name).says("You do nothing.")
    assert not show("waiting-writing").says("You do nothing.")


def test_a_job_that_staff_must_see_shows_where_to_go_and_no_minutes(show: Show) -> None:
    shown = show("waiting-held")
    assert shown.says("Our staff look at it first")
    assert shown.says("Please show your papers and your photo ID at the front desk.")
    assert not all_of(shown.page, Ring)
    assert not all_of(shown.page, StageRow)
    assert "A-17" in shown.words


@pytest.mark.parametrize("name", names_of("waiting"))
def test_who_waits_can_make_room_for_others(show: Show, name: str) -> None:
    shown = show(name)
    if shown.session.place.glance.state is not JobState.DONE:
        assert shown.touch("leave") == GoOn()


def test_a_copy_that_nobody_saw_finished_asks_for_the_slip_and_shows_nothing(show: Show) -> None:
    shown = show("waiting-finished")
    assert shown.touched() == {"go-on": GoOn()}
    assert "A-17" in shown.words
    assert not all_of(shown.page, StageRow)
    assert not all_of(shown.page, Slots)


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("goodbye-taken", []),
        ("goodbye-left", []),
        ("goodbye-ticket", ["Take your ticket and your slip with you."]),
        ("goodbye-stopped", ["We stopped. Nothing was given out."]),
    ],
)
def test_goodbye_says_what_is_still_to_know(show: Show, name: str, sentences: list[str]) -> None:
    shown = show(name)
    assert shown.names == []
    gone = "Your details are gone from this screen."
    heading = shown.words.index("Goodbye and take care")
    assert shown.words[heading + 1 : heading + 2 + len(sentences)] == [*sentences, gone]


# COLLECT


@pytest.mark.parametrize("name", names_of("collect"))
def test_it_was_taken_or_did_not_come(show: Show, name: str) -> None:
    for orientation in PANELS:
        ways = show(name, orientation=orientation).touched()
        assert {ways.pop("no-disc"), ways.pop("go-on")} == {NoDiscCame(), GoOn()}
        assert set(ways) <= {"more"}


def test_a_disc_is_checked_and_is_written_on_by_hand(show: Show) -> None:
    assert {
        "Take your disc and receipt",
        "We checked it: all 690 images are there",
        "Write this on the disc with the soft pen",
        "Maria Example, born 14 May 1948",
        "Riverside Example Hospital, 24 November 2026",
        "5 exams, DICOM PLUS WEB, 1 of 1",
        "How to open it at home",
        "Put the disc in a computer",
        "Click two times on INDEX.HTM",
    } <= set(show("collect").words)


def test_until_the_label_is_known_there_is_none(show: Show) -> None:
    shown = show("collect-before-label")
    assert not shown.says("soft pen")
    assert not shown.says("Maria")
    assert shown.says("Put the disc in a computer")


def test_each_of_two_discs_has_its_line(show: Show) -> None:
    shown = show("collect-two-discs")
    assert shown.says("DICOM PLUS WEB, 1 of 2")
    assert shown.says("DICOM PLUS WEB, 2 of 2")
    assert "2 discs" in shown.words


def test_a_receipt_that_did_not_come_is_not_promised(show: Show) -> None:
    shown = show("collect-no-receipt")
    assert "Take your disc" in shown.words
    assert shown.says("The receipt printer has no paper. Our staff have your receipt at the desk.")
    assert not shown.says("on your receipt too")
    assert "Receipt" not in shown.words
    assert "Receipt" in show("collect").words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("collect-own-stick", "You can pull out your stick now."),
        ("collect-new-stick", "Put the stick in a computer"),
        ("collect-paper", "Keep the pages flat and dry"),
        ("collect-film", "Do not bend them"),
    ],
)
def test_every_medium_has_its_own_words(show: Show, name: str, words: str) -> None:
    shown = show(name)
    assert shown.says(words)
    assert not shown.says("soft pen")
    assert only(shown.page, Slots).kind is shown.session.place.glance.kind


def test_only_what_holds_every_image_is_said_to(show: Show) -> None:
    assert show("collect-own-stick").says("all 690 images are there")
    assert not show("collect-paper").says("690")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_drawing_has_the_slots_where_reading_starts_and_ends(show: Show, language: str) -> None:
    slots = only(show("collect", language).page, Slots)
    medium, receipt = (middle_of(words.box) for words in slots.parts)
    assert (medium < receipt) == (language == "en")


def middle_of(box: Box) -> float:
    return box.x + box.width / 2


# SEE_STAFF


def test_there_is_a_made_up_session_for_every_reason() -> None:
    assert {f"see-staff-{reason}" for reason in Reason} == set(names_of("see-staff"))


@pytest.mark.parametrize("reason", Reason)
def test_a_trouble_says_what_happened_and_every_way_is_a_button(show: Show, reason: Reason) -> None:
    shown = show(f"see-staff-{reason}")
    place, words = shown.session.place, shown.page.look.words
    assert set(words.steps(f"errors.{reason}")) <= set(shown.words)
    ways = shown.touched()
    assert ways["go-on"] == TakeWay(place.ways[0])
    assert {event for event in ways.values() if event != GoBack()} == set(map(TakeWay, place.ways))
    assert all(shown.says(words.say(f"way.{way}")) for way in place.ways)


@pytest.mark.parametrize("reason", Reason)
def test_amber_and_the_hour_are_there_when_staff_were_called(show: Show, reason: Reason) -> None:
    shown = show(f"see-staff-{reason}")
    called = reason in CALLS_STAFF
    amber = shown.page.look.colour.person
    assert (only(shown.page, Roundel).ground == amber) == called
    assert shown.says(f"We called the front desk at {NOW:%H:%M}.") == called
    title = "Our staff will help you" if called else "Here is what you can do"
    assert title in shown.words


def test_a_job_in_trouble_shows_its_ticket_and_that_the_form_is_safe(show: Show) -> None:
    shown = show("see-staff-discs-spoiled")
    assert only(shown.page, Ticket).box.height > 0
    assert "A-17" in shown.words
    assert shown.says("Your signed form is safe. You do not need to sign again.")
    assert shown.says("show your ticket")
    other = show("see-staff-code-void")
    assert not all_of(other.page, Ticket)
    assert not other.says("Your signed form is safe.")


def test_growing_exams_lead_back_to_the_choice(show: Show) -> None:
    shown = show("see-staff-still-growing")
    assert shown.touched() == {
        "go-on": TakeWay(Way.WAIT_FOR_THEM),
        "way-take-what-is-here": TakeWay(Way.TAKE_WHAT_IS_HERE),
        "back": GoBack(),
    }
    assert "back" not in show("see-staff-no-exams").names
