"""Which function draws which place, and which sheet lies over it."""

from collections.abc import Callable
from typing import Any

from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Closed,
    Collect,
    Confirm,
    EnterCode,
    EnterDate,
    Goodbye,
    Place,
    ReadForm,
    Searching,
    SeeStaff,
    Sheet,
    Sign,
    StillThere,
    TypeSigner,
    Waiting,
    Welcome,
    WhoAreYou,
    WhoFor,
)
from kiosk.ui.page import Page
from kiosk.ui.screens.choose_media import choose_media
from kiosk.ui.screens.choose_studies import choose_studies
from kiosk.ui.screens.closed import closed
from kiosk.ui.screens.collect import collect
from kiosk.ui.screens.confirm import confirm
from kiosk.ui.screens.enter_code import enter_code
from kiosk.ui.screens.enter_date import enter_date
from kiosk.ui.screens.frame import Frame
from kiosk.ui.screens.goodbye import goodbye
from kiosk.ui.screens.read_form import read_form
from kiosk.ui.screens.searching import searching
from kiosk.ui.screens.see_and_hear import see_and_hear
from kiosk.ui.screens.see_staff import see_staff
from kiosk.ui.screens.sheets import (
    cancel_disc,
    languages,
    start_over,
    still_there,
)
from kiosk.ui.screens.sign import sign
from kiosk.ui.screens.type_signer import type_signer
from kiosk.ui.screens.waiting import waiting
from kiosk.ui.screens.welcome import welcome
from kiosk.ui.screens.who_are_you import who_are_you
from kiosk.ui.screens.who_for import who_for

SCREENS: dict[type[Place], Callable[[Frame, Any], Page]] = {
    Welcome: welcome,
    EnterCode: enter_code,
    EnterDate: enter_date,
    Searching: searching,
    ChooseStudies: choose_studies,
    ChooseMedia: choose_media,
    WhoFor: who_for,
    WhoAreYou: who_are_you,
    TypeSigner: type_signer,
    ReadForm: read_form,
    Sign: sign,
    Confirm: confirm,
    Waiting: waiting,
    Collect: collect,
    Goodbye: goodbye,
    SeeStaff: see_staff,
    Closed: closed,
}
SHEETS: dict[Sheet, Callable[[Frame], Page]] = {
    Sheet.LANGUAGES: languages,
    Sheet.SEE_AND_HEAR: see_and_hear,
    Sheet.START_OVER: start_over,
    Sheet.CANCEL_DISC: cancel_disc,
}


def page_of(frame: Frame) -> Page:
    """Return what is to be seen: the sheet that lies over the screen, else the screen."""
    match frame.session.over:
        case Sheet() as sheet:
            return SHEETS[sheet](frame)
        case StillThere() as question:
            return still_there(frame, question)
        case None:
            place = frame.session.place
            return SCREENS[type(place)](frame, place)
