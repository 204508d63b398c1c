"""Release codes: issued after an ID was seen, tried with a birth date, used up by a signature."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.domain.code import CodeState
from kiosk.domain.job import JobState
from kiosk.errors import (
    CodeMustWait,
    CodeRefused,
    CodeVoid,
    IdentityAmbiguous,
    IdentityNotFound,
    KioskError,
    StudyNotFound,
)
from kiosk.services.codes import IssuedCode, digest, identity_check
from kiosk.services.identify import identify, identify_at_desk
from tests.builders import MARIA, Place, StudyPlan
from tests.journeys.kiosks import HeldClock, Kiosk

WRONG = date(1970, 4, 2)


@pytest.fixture
def clock(kiosk: Kiosk) -> HeldClock:
    held = HeldClock()
    kiosk.clock = held
    return held


def issue(kiosk: Kiosk, *study_uids: str, hours: float = 24) -> IssuedCode:
    identified = identify_at_desk(kiosk.appliance.ways, MARIA.patient_id)
    return kiosk.appliance.codes.issue(
        identified, study_uids, seen="photo ID", by="robin", hours=hours
    )


def test_a_code_and_the_birth_date_tell_who_it_is(kiosk: Kiosk, clock: HeldClock) -> None:
    code = kiosk.appliance.codes.redeem(issue(kiosk).digits, MARIA.birth_date)
    assert (code.patient_id, code.state) == (MARIA.patient_id, CodeState.OPEN)
    check = identity_check(code, clock())
    assert (check.checked_by, check.seen) == ("robin", "photo ID")


def test_three_wrong_tries_wait_and_five_void(kiosk: Kiosk, clock: HeldClock) -> None:
    codes, digits = kiosk.appliance.codes, issue(kiosk).digits
    for _ in range(2):
        with pytest.raises(CodeRefused):
            codes.redeem(digits, WRONG)
    with pytest.raises(CodeMustWait):
        codes.redeem(digits, WRONG)
    with pytest.raises(CodeMustWait):
        codes.redeem(digits, MARIA.birth_date)
    clock.now += timedelta(seconds=60)
    with pytest.raises(CodeMustWait):
        codes.redeem(digits, WRONG)
    clock.now += timedelta(seconds=60)
    with pytest.raises(CodeVoid):
        codes.redeem(digits, WRONG)
    clock.now += timedelta(hours=1)
    with pytest.raises(CodeVoid):
        codes.redeem(digits, MARIA.birth_date)


def test_the_right_date_after_a_rest_is_accepted(kiosk: Kiosk, clock: HeldClock) -> None:
    codes, digits = kiosk.appliance.codes, issue(kiosk).digits
    for _ in range(3):
        with pytest.raises((CodeRefused, CodeMustWait)):
            codes.redeem(digits, WRONG)
    clock.now += timedelta(seconds=60)
    assert codes.redeem(digits, MARIA.birth_date).wrong_tries == 0


@pytest.mark.parametrize(("hours", "lives"), [(24, 24), (2, 2), (100, 24)])
def test_a_code_expires_after_its_hours_and_never_later_than_a_day(
    kiosk: Kiosk, clock: HeldClock, hours: float, lives: float
) -> None:
    codes, digits = kiosk.appliance.codes, issue(kiosk, hours=hours).digits
    clock.now += timedelta(hours=lives, seconds=-1)
    codes.redeem(digits, MARIA.birth_date)
    clock.now += timedelta(seconds=1)
    with pytest.raises(CodeRefused):
        codes.redeem(digits, MARIA.birth_date)


def test_a_signature_uses_the_code_up(kiosk: Kiosk, clock: HeldClock) -> None:
    issued = issue(kiosk)
    code = kiosk.appliance.codes.redeem(issued.digits, MARIA.birth_date)
    job = kiosk.appliance.desk.sign(kiosk.wish(), code)
    assert kiosk.appliance.worker.work(job).state is JobState.DONE
    with pytest.raises(CodeRefused):
        kiosk.appliance.codes.redeem(issued.digits, MARIA.birth_date)
    before = kiosk.appliance.store.audit.verify()
    with pytest.raises(CodeRefused):
        kiosk.appliance.desk.sign(kiosk.wish(to=kiosk.out / "b.iso"), code)
    assert kiosk.appliance.store.audit.verify() == before, "no second job came of it"


def test_a_code_made_void_between_entry_and_signature_signs_nothing(
    kiosk: Kiosk, clock: HeldClock
) -> None:
    issued = issue(kiosk)
    code = kiosk.appliance.codes.redeem(issued.digits, MARIA.birth_date)
    kiosk.appliance.codes.void(issued.digits, by="robin")
    with pytest.raises(CodeRefused):
        kiosk.appliance.desk.sign(kiosk.wish(), code)
    with pytest.raises(CodeVoid):
        kiosk.appliance.codes.redeem(issued.digits, MARIA.birth_date)


def test_a_code_signs_only_for_its_own_patient(kiosk: Kiosk, clock: HeldClock) -> None:
    code = kiosk.appliance.codes.redeem(issue(kiosk).digits, MARIA.birth_date)
    with pytest.raises(CodeRefused):
        kiosk.appliance.desk.sign(kiosk.wish(), replace(code, patient_id="SOMEBODY-ELSE"))
    with pytest.raises(CodeRefused):
        kiosk.appliance.desk.sign(kiosk.wish(), replace(code, birth_date=WRONG))


def test_a_code_signs_only_for_the_studies_that_it_was_issued_for(
    kiosk: Kiosk, clock: HeldClock
) -> None:
    wish = kiosk.wish()
    code = kiosk.appliance.codes.redeem(issue(kiosk).digits, MARIA.birth_date)
    with pytest.raises(CodeRefused):
        kiosk.appliance.desk.sign(wish, replace(code, study_uids=("1.2.3",)))
    chosen = tuple(study.study_uid for study in wish.studies)
    kiosk.appliance.desk.sign(wish, replace(code, study_uids=chosen))


def test_a_code_that_expires_while_the_form_is_read_signs_nothing(
    kiosk: Kiosk, clock: HeldClock
) -> None:
    code = kiosk.appliance.codes.redeem(issue(kiosk, hours=1).digits, MARIA.birth_date)
    clock.now += timedelta(hours=1)
    with pytest.raises(CodeRefused):
        kiosk.appliance.desk.sign(kiosk.wish(), code)


def test_an_unknown_code_and_a_wrong_date_are_refused_in_the_same_words(
    kiosk: Kiosk, clock: HeldClock
) -> None:
    issued = issue(kiosk)
    unknown = f"{(int(issued.digits) + 1) % 10**8:08}"
    with pytest.raises(CodeRefused) as one:
        kiosk.appliance.codes.redeem(unknown, MARIA.birth_date)
    with pytest.raises(CodeRefused) as other:
        kiosk.appliance.codes.redeem(issued.digits, WRONG)
    assert str(one.value) == str(other.value)


def test_a_code_that_nobody_issued_rests_and_dies_as_codes_do(
    kiosk: Kiosk, clock: HeldClock
) -> None:
    codes, told = kiosk.appliance.codes, []
    for _ in range(6):
        with pytest.raises(KioskError) as refused:
            codes.redeem("00000000", MARIA.birth_date)
        told.append(type(refused.value))
        clock.now += timedelta(seconds=60)
    assert told == [CodeRefused, CodeRefused, CodeMustWait, CodeMustWait, CodeVoid, CodeVoid]
    assert kiosk.appliance.store.audit.verify() == 0


def test_a_must_wait_says_until_when(kiosk: Kiosk, clock: HeldClock) -> None:
    codes, digits = kiosk.appliance.codes, issue(kiosk).digits
    for _ in range(2):
        with pytest.raises(CodeRefused):
            codes.redeem(digits, WRONG)
    with pytest.raises(CodeMustWait) as told:
        codes.redeem(digits, WRONG)
    assert told.value.until == clock() + timedelta(seconds=60)


def test_tries_at_the_same_moment_all_count(kiosk: Kiosk, clock: HeldClock) -> None:
    codes, issued = kiosk.appliance.codes, issue(kiosk)

    def try_wrong(_: int) -> type[KioskError]:
        with pytest.raises(KioskError) as refused:
            codes.redeem(issued.digits, WRONG)
        return type(refused.value)

    with ThreadPoolExecutor(4) as kiosks_at_once:
        told = list(kiosks_at_once.map(try_wrong, range(4)))
    assert (told.count(CodeRefused), told.count(CodeMustWait)) == (2, 2)
    stored = codes.store.find(issued.code.digest)
    assert stored is not None
    assert stored.wrong_tries == 3


def test_the_bearer_of_a_used_code_is_recognised_and_its_job_is_known(
    kiosk: Kiosk, clock: HeldClock
) -> None:
    codes, digits = kiosk.appliance.codes, issue(kiosk).digits
    code = codes.redeem(digits, MARIA.birth_date)
    assert codes.job_of(code) is None
    job = kiosk.appliance.desk.sign(kiosk.wish(), code)
    kiosk.appliance.desk.sign(kiosk.wish(to=kiosk.out / "b.iso"))
    clock.now += timedelta(days=3)
    used = codes.recognise(digits, MARIA.birth_date)
    assert used.state is CodeState.USED
    assert codes.job_of(used) == job.job_id
    with pytest.raises(CodeRefused):
        codes.recognise(digits, WRONG)


def test_the_digits_are_nowhere_in_the_database(kiosk: Kiosk, clock: HeldClock) -> None:
    issued = issue(kiosk)
    kiosk.close()
    stored = b"".join(path.read_bytes() for path in kiosk.database.parent.glob("kiosk.db*"))
    assert issued.digits.encode() not in stored
    assert digest(issued.digits).encode() in stored


def test_no_code_is_issued_for_a_study_of_somebody_else(kiosk: Kiosk, clock: HeldClock) -> None:
    with pytest.raises(StudyNotFound):
        issue(kiosk, "1.2.3")


def test_a_code_for_one_study_releases_that_study_only(kiosk: Kiosk, clock: HeldClock) -> None:
    other = StudyPlan(Place(MARIA, "b"))
    kiosk.hold(other)
    code = kiosk.appliance.codes.redeem(issue(kiosk, other.study_uid).digits, MARIA.birth_date)
    found = identify(kiosk.appliance.ways, code.patient_id, code.birth_date)
    assert [study.study_uid for study in found.choose(code.study_uids)] == [other.study_uid]


def test_two_people_under_one_id_are_told_apart_or_refused(kiosk: Kiosk, clock: HeldClock) -> None:
    twin = replace(MARIA, birth_date=WRONG)
    kiosk.hold(StudyPlan(Place(twin, "t")))
    with pytest.raises(IdentityAmbiguous):
        issue(kiosk)
    ways = kiosk.appliance.ways
    assert len(identify(ways, MARIA.patient_id, MARIA.birth_date).studies) == 1
    assert identify(ways, MARIA.patient_id, WRONG).patient.birth_date == WRONG
    with pytest.raises(IdentityNotFound):
        identify(ways, MARIA.patient_id, date(1970, 4, 3))


def test_two_issuers_of_one_id_are_ambiguous(kiosk: Kiosk, clock: HeldClock) -> None:
    for number, issuer in enumerate(("NORTH CLINIC", "SOUTH CLINIC")):
        person = replace(MARIA, issuer=issuer)
        kiosk.hold(StudyPlan(Place(person, f"issuer{number}")))
    with pytest.raises(IdentityAmbiguous):
        identify(kiosk.appliance.ways, MARIA.patient_id, MARIA.birth_date)
