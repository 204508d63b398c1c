"""The whole walk at the real window, by real touches, against a real archive and worker."""

import subprocess
from pathlib import Path

import pytest

from forms.seal.check import check_seal
from kiosk.domain.job import JobState
from kiosk.domain.session.facts import MediumKind
from kiosk.domain.session.places import (
    ChooseMedia,
    ChooseStudies,
    Collect,
    Confirm,
    EnterDate,
    Goodbye,
    ReadForm,
    Sign,
    Waiting,
    Welcome,
    WhoFor,
)
from tests.journeys.kiosks import Kiosk
from tests.window.conftest import BORN, INSTANCES, Opens
from tests.window.glass import Glass

pytestmark = pytest.mark.lab

PORTRAIT, LANDSCAPE = (1080, 1920), (960, 540)


def chooses(glass: Glass, medium: MediumKind) -> None:
    """Go from what was found to the form, all by touch."""
    glass.stands_at(ChooseStudies, lambda place: all(e.thumbnail for e in place.wish.known.exams))
    glass.touch("go-on")
    glass.stands_at(ChooseMedia)
    if glass.place.wish.medium is not medium:
        glass.touch(f"medium-{medium}")
    glass.stands_at(ChooseMedia, lambda place: place.wish.medium is medium)
    glass.touch("go-on")
    glass.stands_at(WhoFor)
    glass.touch("go-on")
    glass.stands_at(ReadForm)


def confirms(glass: Glass) -> None:
    glass.touch("go-on")
    glass.stands_at(Confirm)
    glass.touch("go-on")
    glass.stands_at(Waiting)


def collects(glass: Glass) -> None:
    glass.stands_at(Collect, lambda place: place.label)
    glass.touch("go-on")
    glass.stands_at(Goodbye)
    glass.look(later_s=6)
    glass.stands_at(Welcome, lambda place: not place.tickets)


def made(kiosk: Kiosk, folder: str) -> Path:
    (medium,) = (kiosk.folder / folder).iterdir()
    return medium


def assert_whole(kiosk: Kiosk, medium: Path, drawn: bool = True) -> None:
    """The copy is complete and checked, and its form is signed and sealed by this kiosk."""
    verified = kiosk.run("verify", medium)
    assert verified.code == 0, verified.out
    job = kiosk.job()
    assert (job.state, job.instances, job.archive_instances) == (
        JobState.DONE,
        INSTANCES,
        INSTANCES,
    )
    assert bool(getattr(job.release.consent.signature, "strokes", ())) is drawn
    form = kiosk.document(job, "form")
    assert check_seal(form, kiosk.appliance.papers.seal.trust).holds
    path = kiosk.folder / "form.pdf"
    path.write_bytes(form)
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert len(list((kiosk.folder / "printed").glob("*.pdf"))) == 1


def test_on_a_disc_signed_with_the_finger(kiosk: Kiosk, opens: Opens, digits: str) -> None:
    glass = opens(PORTRAIT)
    with kiosk.worker():
        glass.identifies(digits, BORN)
        chooses(glass, MediumKind.DISC)
        glass.reads()
        glass.draws()
        confirms(glass)
        collects(glass)
    assert_whole(kiosk, made(kiosk, "discs"))
    assert glass.close() == 0


def test_on_a_stick_with_a_scanned_slip_and_a_typed_name(
    kiosk: Kiosk, opens: Opens, digits: str
) -> None:
    glass = opens(LANDSCAPE)
    with kiosk.worker():
        glass.scan(digits)
        glass.stands_at(EnterDate)
        glass.types(BORN)
        glass.touch("go-on")
        chooses(glass, MediumKind.OWN_STICK)
        glass.reads()
        glass.touch("type-instead")
        for letter in "maria":
            glass.touch(f"letter-{letter}")
        glass.stands_at(Sign, lambda sign: sign.ink.typed == "Maria")
        confirms(glass)
        collects(glass)
    assert_whole(kiosk, made(kiosk, "stick"), drawn=False)


def test_in_arabic_everything_is_mirrored_and_done_alike(
    kiosk: Kiosk, glass: Glass, digits: str
) -> None:
    glass.touch("language-ar")
    with kiosk.worker():
        glass.touch("go-on")
        areas = glass.sees(lambda seen: "back" in seen.areas).areas
        assert areas["back"].left > areas["go-on"].left
        assert areas["call-staff"].left > areas["start-over"].left
        glass.types(digits)
        glass.touch("go-on")
        glass.stands_at(EnterDate)
        glass.types(f"{BORN[2:4]}{BORN[:2]}{BORN[4:]}")
        glass.touch("go-on")
        chooses(glass, MediumKind.DISC)
        glass.reads()
        glass.draws()
        confirms(glass)
        collects(glass)
    assert glass.look().session.comfort.language == "en", "the next person begins anew"
    assert_whole(kiosk, made(kiosk, "discs"))


def test_by_the_keys_alone(kiosk: Kiosk, glass: Glass, digits: str) -> None:
    glass.press("F1")
    assert glass.look().session.staff_called_at is not None
    glass.press("Return")  # the one big button needs no way to it
    types_by_keys(glass, digits)
    types_by_keys(glass, BORN)
    glass.stands_at(ChooseStudies, lambda place: all(e.thumbnail for e in place.wish.known.exams))
    glass.chooses_by_keys("exam-2")
    assert len(glass.place.wish.chosen) == 1
    glass.chooses_by_keys("exam-2")
    glass.chooses_by_keys("go-on")
    glass.stands_at(ChooseMedia)
    glass.press("Escape")
    glass.stands_at(ChooseStudies)
    for name in ("go-on", "medium-own-stick", "go-on", "go-on"):
        glass.chooses_by_keys(name)
    reads_by_keys(glass)
    for name in ("type-instead", "letter-m", "letter-a", "go-on"):
        glass.chooses_by_keys(name)
    glass.stands_at(Confirm)
    glass.chooses_by_keys("go-on")
    with kiosk.worker():
        glass.stands_at(Collect, lambda place: place.label)
    glass.chooses_by_keys("go-on")
    glass.stands_at(Goodbye)
    assert_whole(kiosk, made(kiosk, "stick"), drawn=False)


def types_by_keys(glass: Glass, digits: str) -> None:
    for digit in digits:
        glass.chooses_by_keys(f"digit-{digit}")
    glass.chooses_by_keys("go-on")


def reads_by_keys(glass: Glass) -> None:
    glass.stands_at(ReadForm, lambda read: read.form)
    while not glass.place.is_last_page:
        glass.chooses_by_keys("go-on")
    glass.chooses_by_keys("acknowledge")
    glass.chooses_by_keys("go-on")
    glass.stands_at(Sign)


def test_who_sat_down_comes_back_with_the_slip_when_the_ticket_is_called(
    kiosk: Kiosk, glass: Glass, digits: str
) -> None:
    glass.scan(digits)
    glass.types(BORN)
    glass.touch("go-on")
    chooses(glass, MediumKind.DISC)
    glass.reads()
    glass.draws()
    confirms(glass)
    ticket = glass.place.glance.ticket
    glass.touch("leave")
    waiting = glass.stands_at(Welcome, lambda place: place.tickets).tickets
    assert [(line.ticket, line.minutes_left > 0) for line in waiting] == [(ticket, True)]
    with kiosk.worker():
        glass.stands_at(Welcome, lambda place: place.tickets[0].minutes_left == 0)
    glass.scan(digits)
    glass.types(BORN)
    glass.touch("go-on")
    collects(glass)
    assert_whole(kiosk, made(kiosk, "discs"))
