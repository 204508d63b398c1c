"""From WELCOME to the name of who signs, and what may lie over any screen."""

import re
from dataclasses import replace

import pytest

from kiosk.domain.session.events import (
    Agree,
    CallStaff,
    ChooseAll,
    ClearAll,
    CloseSheet,
    Delete,
    GoBack,
    GoOn,
    PickAuthority,
    PickMedium,
    PickPurpose,
    SetComfort,
    SignForSomeone,
    TakeWay,
    ToggleExam,
    TurnPage,
    TypeDigit,
    TypeLetter,
)
from kiosk.domain.session.facts import Authority, Comfort, MediumKind, Purpose
from kiosk.domain.session.places import Way
from kiosk.domain.session.walk import NotNow, step
from kiosk.text.words import LANGUAGES
from kiosk.ui.widgets.card import ClosedCard
from kiosk.ui.widgets.slip import SlipCard
from kiosk.ui.widgets.text import Text
from tests.screens.conftest import Show
from tests.screens.maria import ABOUT_HER, EXAMS
from tests.screens.sessions import NAMES, PANELS
from tests.screens.views import Mode

KEYPAD = {
    **{f"digit-{digit}": TypeDigit(digit) for digit in "0123456789"},
    "clear-all": ClearAll(),
    "delete": Delete(),
}


@pytest.mark.parametrize("name", NAMES)
def test_whatever_can_be_touched_is_a_move_of_the_walk(show: Show, name: str) -> None:
    shown = show(name)
    for part in shown.page.touchables:
        if part.name.startswith(("digit-", "signature")):
            # A digit too many is nothing; a signature is drawn.
            continue
        try:
            step(shown.session, shown.touch(part.name))
        except NotNow as refused:
            pytest.fail(f"{part.name}: {refused}")


# WELCOME


def test_welcome_leads_on_and_changes_the_language_at_once(show: Show) -> None:
    assert show("welcome").touched() == {
        "go-on": GoOn(),
        **{f"language-{code}": SetComfort(Comfort(code)) for code in LANGUAGES},
    }


def test_every_language_stands_in_its_own_script(show: Show) -> None:
    assert set(LANGUAGES.values()) <= set(show("welcome", "ru").words)


@pytest.mark.parametrize("orientation", PANELS)
@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(("welcome", "closed"))])
def test_an_empty_kiosk_tells_of_nobody(show: Show, name: str, orientation: str) -> None:
    shown = show(name, orientation=orientation)
    told = " ".join([*shown.words, *shown.speech])
    assert not [secret for secret in ABOUT_HER if secret in told]


@pytest.mark.parametrize("orientation", PANELS)
def test_who_sat_down_finds_their_ticket_on_welcome(show: Show, orientation: str) -> None:
    shown = show("welcome-tickets", orientation=orientation)
    assert shown.says("A-17: 4 minutes left")
    assert shown.says("A-18: ready. Touch Get my images and enter your code.")
    assert shown.says("A-19: please go to the front desk.")


def test_a_kiosk_out_of_order_only_calls_staff(show: Show) -> None:
    shown = show("closed")
    assert [part.name for part in shown.page.touchables] == ["call-staff"]
    assert shown.touch("call-staff") == CallStaff()


def test_a_kiosk_out_of_order_says_so_in_every_language(show: Show) -> None:
    shown = show("closed")
    assert shown.says("This kiosk is not working now")
    assert shown.says("Этот аппарат")
    assert shown.says("这台机器")
    # The voice has one language.
    assert not [
        sentence for sentence in shown.speech if re.search("[\u0430-\u044f\u4e00-\u9fff]", sentence)
    ]


# IDENTIFY


def test_the_code_is_typed_with_a_keypad(show: Show) -> None:
    ways = {"back": GoBack(), "go-on": GoOn()}
    assert show("enter-code").touched() == {**KEYPAD, **ways}


def test_the_drawing_of_the_slip_shows_no_number_that_could_be_typed(show: Show) -> None:
    page = show("enter-code-empty").page
    (slip,) = [part for part in page.everything() if isinstance(part, SlipCard)]
    words = " ".join(part.text for part in slip.everything() if isinstance(part, Text))
    assert re.findall(r"\d+", words) == ["8"]
    assert "It has 8 numbers." in words


def test_a_wristband_is_spoken_of_only_where_it_is_taken(show: Show) -> None:
    assert not show("enter-code").says("wristband")
    assert show("enter-code-wristbands").says("wristband")


def test_the_voice_counts_the_digits_and_does_not_tell_them(show: Show) -> None:
    shown = show("enter-code")
    assert "5 numbers entered" in shown.speech
    assert not [said for said in shown.speech if "4827" in said or "4 8" in said]


@pytest.mark.parametrize(
    ("name", "what", "then"),
    [
        ("enter-code-not-full", "The code is not complete.", "Enter all the numbers on your slip."),
        ("enter-code-not-our-slip", "We cannot read this code.", "or type the code."),
        ("enter-code-no-match", "The code and the date do not match.", "Please check both"),
        ("enter-date-no-match", "The code and the date do not match.", "Please check both"),
        ("enter-date-not-full", "The date is not complete.", "the day and the year."),
        ("enter-date-no-such-date", "This day is not in the calendar.", "Please check the date."),
        ("who-are-you-none-told", "Choose who you are to this patient", ""),
        ("type-signer-none-told", "Type your name first.", ""),
        ("choose-studies-none-told", "Choose at least one exam", ""),
    ],
)
def test_what_can_be_put_right_is_said_on_the_same_screen(
    show: Show, name: str, what: str, then: str
) -> None:
    shown = show(name)
    assert shown.says(what)
    assert shown.says(then)


@pytest.mark.parametrize("name", ["enter-code-rests", "enter-date-rests"])
def test_while_the_code_rests_nothing_can_be_typed(show: Show, name: str) -> None:
    shown = show(name)
    assert shown.touched() == {"back": GoBack()}
    assert shown.says("Please wait 42 seconds, then try again.")


def test_the_voice_does_not_count_every_second_of_the_rest(show: Show) -> None:
    assert "Please wait 50 seconds, then try again." in show("enter-code-rests").speech


@pytest.mark.parametrize(
    ("language", "order"),
    [("en", ["Month", "Day", "Year"]), ("es", ["Día", "Mes", "Año"]), ("zh", ["年", "月", "日"])],
)
def test_the_birth_date_is_asked_for_as_the_language_writes_it(
    show: Show, language: str, order: list[str]
) -> None:
    words = show("enter-date-empty", language).words
    assert [word for word in words if word in order] == order


def test_the_month_is_read_back(show: Show) -> None:
    assert show("enter-date").says("Month 05 is May.")
    assert not show("enter-date-empty").says("is May")
    assert not show("enter-date-no-such-month").says("Month 17")


def test_a_whole_date_is_read_back_in_words(show: Show) -> None:
    assert show("enter-date-full").says("This date is 14 May 1948.")


def test_a_search_can_be_left_and_a_slow_one_offers_a_ticket(show: Show) -> None:
    assert show("searching").touched() == {"back": GoBack()}
    assert show("searching-slow").touched() == {
        "back": GoBack(),
        "come-back-later": TakeWay(Way.PRINT_TICKET),
    }


# CHOOSE_STUDIES


def test_exams_are_chosen_by_their_cards(show: Show) -> None:
    assert show("choose-studies").touched() == {
        "choose-all": ChooseAll(),
        **{f"exam-{n}": ToggleExam(EXAMS[n - 1].study.study_uid) for n in (1, 2, 3, 4)},
        "older": TurnPage(1),
        "back": GoBack(),
        "go-on": GoOn(),
    }


def test_an_exam_is_read_aloud_with_all_that_stands_on_its_card(show: Show) -> None:
    speech = show("choose-studies").speech
    assert "MRI of the head, 12 March 2026, 384 images, Report included. Chosen." in speech
    left_out = "X-ray of the left knee, 18 November 2025, 3 images, Report included. Not chosen."
    assert left_out in speech


def test_the_person_is_greeted_by_the_given_name_if_there_is_one(show: Show) -> None:
    assert show("choose-studies").says("Hello Maria. You chose 5 of 6.")
    assert not show("choose-studies-no-name").says("Hello")
    assert show("choose-studies-no-name").says("You chose 3 of 3.")


def test_the_button_counts_what_is_taken(show: Show) -> None:
    assert show("choose-studies").says("Take these 5 exams")
    assert show("choose-studies-one").says("Take this exam")


@pytest.mark.parametrize("name", ["choose-studies-none", "choose-studies-none-told"])
def test_with_nothing_chosen_there_is_no_way_on(show: Show, name: str) -> None:
    shown = show(name)
    assert shown.says("Choose at least one exam")
    assert "go-on" not in shown.names


def test_all_can_be_chosen_only_while_some_are_not(show: Show) -> None:
    assert "choose-all" in show("choose-studies").names
    assert "choose-all" not in show("choose-studies-growing").names


def test_a_growing_exam_says_so(show: Show) -> None:
    shown = show("choose-studies-growing")
    assert shown.says("New images are coming in")
    assert any("New images are coming in" in said for said in shown.speech)


def test_an_exam_that_was_not_seen_yet_can_be_chosen(show: Show) -> None:
    shown = show("choose-studies-not-seen-yet")
    assert "exam-1" in shown.names
    assert shown.says("Count comes later")


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("orientation", PANELS)
@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("choose-studies", "exam-", 6),
        ("choose-media", "medium-", 4),
        ("who-for", "purpose-", 5),
        ("who-are-you", "authority-", 4),
    ],
)
def test_large_buttons_lead_to_the_last_of_every_list(
    show: Show, name: str, kind: str, count: int, orientation: str, mode: Mode
) -> None:
    seen: list[str] = []
    shown = show(name, orientation=orientation, mode=mode)
    while True:
        seen += [each for each in shown.names if each.startswith(kind)]
        if "older" not in shown.names:
            break
        assert shown.touch("older") == TurnPage(1)
        shown = show(name, orientation=orientation, mode=mode, leaf=shown.view.leaf + 1)
    assert len(seen) == len(set(seen)) == count


def test_a_page_beyond_the_last_leads_back_to_one_that_is_there(show: Show) -> None:
    # Letters made smaller again leave fewer pages than the person had turned.
    shown = show("choose-studies", leaf=4)
    assert shown.names[1:3] == ["exam-5", "exam-6"]
    assert shown.touch("newer") == TurnPage(-4)


# CHOOSE_MEDIA


def test_what_is_in_order_can_be_chosen(show: Show) -> None:
    assert show("choose-media").touched() == {
        **{f"medium-{kind}": PickMedium(kind) for kind in MediumKind if kind != "film"},
        "back": GoBack(),
        "go-on": GoOn(),
    }


def test_what_is_out_of_order_is_no_button_and_says_why(show: Show) -> None:
    shown = show("choose-media")
    (closed,) = [part for part in shown.page.everything() if isinstance(part, ClosedCard)]
    words = " ".join(part.text for part in closed.everything() if isinstance(part, Text))
    assert words == "Films Not today. The film printer has no film. Our staff can help you."
    assert any("The film printer has no film." in said for said in shown.speech)


def test_each_medium_says_how_long_it_takes_and_what_it_costs(show: Show) -> None:
    speech = show("choose-media").speech
    disc = "A disc. Best for hospitals and clinics. About 4 minutes. Free. Chosen."
    stick = "A new USB stick from us. You keep the stick. About 2 minutes. $6.50. Not chosen."
    assert {disc, stick} <= set(speech)


def test_the_size_of_the_copy_is_told(show: Show) -> None:
    assert show("choose-media").says("Size: 417 MB")


def test_the_label_follows_the_choice(show: Show) -> None:
    assert show("choose-media").says("Put them on a disc")
    assert show("choose-media-own-stick").says("Put them on my stick")
    assert show("choose-media-new-stick").says("Put them on a new stick")
    assert show("choose-media-paper").says("Put them on paper")


def test_a_copy_for_several_discs_says_so(show: Show) -> None:
    assert show("choose-media-two-discs").says("These exams need 3 discs. We make all of them.")


def test_a_stick_that_is_too_small_says_how_much_it_needs(show: Show) -> None:
    shown = show("choose-media-stick-too-small")
    assert shown.says("Your stick is too small: it needs 417 MB free.")
    assert shown.says("Choose a disc, or use another stick.")
    assert not shown.says("fit on each of these")


# who it is for


def test_the_purpose_is_chosen_or_one_signs_for_somebody(show: Show) -> None:
    assert show("who-for").touched() == {
        **{f"purpose-{purpose}": PickPurpose(purpose) for purpose in Purpose},
        "someone-else": SignForSomeone(),
        "back": GoBack(),
        "go-on": GoOn(),
    }


def test_a_representative_says_in_whose_right(show: Show) -> None:
    assert show("who-are-you").touched() == {
        **{f"authority-{authority}": PickAuthority(authority) for authority in Authority},
        "back": GoBack(),
        "go-on": GoOn(),
    }


@pytest.mark.parametrize("orientation", PANELS)
def test_the_signer_types_a_name(show: Show, orientation: str) -> None:
    shown = show("type-signer", orientation=orientation)
    assert shown.says("Anna Exa")
    touched = shown.touched()
    assert touched["letter-m"] == TypeLetter("m")
    assert touched["space"] == TypeLetter(" ")
    assert touched["delete"] == Delete()
    assert touched["clear-all"] == ClearAll()
    assert touched["go-on"] == GoOn()


# What lies over a screen


def test_the_languages_change_the_screen_below_and_stay_open(show: Show) -> None:
    shown = show("languages", "es")
    assert shown.touched() == {
        **{f"language-{code}": SetComfort(Comfort(code)) for code in LANGUAGES},
        "close": CloseSheet(),
    }
    assert shown.says("Seguir en Español")


def test_see_and_hear_changes_one_thing_at_a_time(show: Show) -> None:
    comfort = Comfort(read_aloud=True)
    assert show("see-and-hear-headphones").touched() == {
        "text-size-normal": SetComfort(comfort),
        "text-size-large": SetComfort(replace(comfort, large_text=True)),
        "contrast-normal": SetComfort(comfort),
        "contrast-high": SetComfort(replace(comfort, high_contrast=True)),
        "buttons-normal": SetComfort(comfort),
        "buttons-lower": SetComfort(replace(comfort, lower_buttons=True)),
        "read-aloud-off": SetComfort(replace(comfort, read_aloud=False)),
        "read-aloud-on": SetComfort(comfort),
        "softer": SetComfort(replace(comfort, volume=40)),
        "louder": SetComfort(replace(comfort, volume=60)),
        "screen-shown": SetComfort(comfort),
        "screen-hidden": SetComfort(replace(comfort, screen_hidden=True)),
        "close": CloseSheet(),
    }


def test_without_headphones_nothing_can_be_heard_or_hidden(show: Show) -> None:
    shown = show("see-and-hear")
    assert not [name for name in shown.names if name.startswith(("read", "soft", "loud", "screen"))]
    assert shown.says("Plug in headphones below the screen.")


def test_the_screen_is_hidden_only_from_who_hears_it(show: Show) -> None:
    assert "screen-hidden" not in show("see-and-hear-silent").names


def test_the_loudest_is_said_and_is_no_button(show: Show) -> None:
    shown = show("see-and-hear-loudest")
    assert shown.says("This is the loudest.")
    assert "louder" not in shown.names


def test_a_setting_is_read_aloud_with_its_name_and_state(show: Show) -> None:
    speech = show("see-and-hear").speech
    assert {"Text size: Normal. Chosen.", "Text size: Large. Not chosen."} <= set(speech)


@pytest.mark.parametrize(
    ("name", "keep", "leave"),
    [
        ("start-over", "Keep my place", "Start over"),
        ("cancel-disc", "Keep making it", "Cancel disc"),
        ("still-there", "Keep my place", "Close it now"),
    ],
)
def test_a_question_has_two_answers(show: Show, name: str, keep: str, leave: str) -> None:
    shown = show(name)
    assert shown.touched() == {"keep": CloseSheet(), "leave": Agree()}
    assert {keep, leave} <= set(shown.words)


def test_the_idle_question_counts_down_and_says_what_then(show: Show) -> None:
    shown = show("still-there")
    assert "24" in shown.words
    assert shown.says("In 24 seconds we close this and take your details off the screen.")
    assert show("still-there-waiting").says("We go on making your copy.")


def test_the_voice_does_not_count_every_second(show: Show) -> None:
    assert any("In 30 seconds" in sentence for sentence in show("still-there").speech)


def test_a_sheet_keeps_the_step_of_the_screen_below(show: Show) -> None:
    assert show("see-and-hear").says("Step 2 of 5")
    assert not show("see-and-hear-at-welcome").says("Step")


def test_who_calls_staff_hears_that_somebody_comes(show: Show) -> None:
    assert show("staff-just-called").says("We called our staff. Someone comes to you.")


def test_that_staff_were_called_stays_on_the_screen(show: Show) -> None:
    assert show("staff-called").says("Staff called at 10:51")
