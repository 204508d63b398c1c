"""What every way to every archive promises."""

import threading
import time
from pathlib import Path

import pytest
from pydicom import dcmread

from kiosk.domain.study import InstanceRef, Listed
from kiosk.errors import ArchiveUnreachable, BrokenInstance, WrongPatient
from tests.archive.holdings import (
    ALL_KINDS,
    ALL_SYNTAXES,
    ONE_FOR_EACH_PERSON,
    SEVERAL_SERIES,
    SYNTAXES,
    Way,
)
from tests.builders import ISSUED, KINDS, MARIA, PEOPLE, Invented, ct
from tests.peers.inbox import Inbox
from tests.peers.ports import free_port
from tests.peers.silent import silent_server

EVERYTHING = frozenset(
    InstanceRef(place.series_uid, place.sop_instance_uid) for place in SEVERAL_SERIES.places()
)
UNKNOWN_UID = "1.2.826.0.1.3680043.8.498.404"


def test_the_studies_of_a_patient_come_newest_first(way: Way) -> None:
    studies = way.archive.find_studies(MARIA.patient_id)
    dates = [study.study_date for study in studies]
    assert SEVERAL_SERIES.study_uid == studies[0].study_uid
    assert dates == sorted(dates, reverse=True)
    assert len({study.study_uid for study in studies}) == len(studies) >= 3


def test_a_study_says_what_the_patient_needs_to_choose_it(way: Way) -> None:
    study = way.archive.find_studies(MARIA.patient_id)[0]
    assert study.patient.birth_date == MARIA.birth_date
    assert (study.description, study.accession) == ("CT study", "ACCB")


def test_a_study_says_how_many_instances_it_has_and_of_which_modalities(way: Way) -> None:
    study = way.archive.find_studies(MARIA.patient_id)[0]
    if study.instances is not None:
        assert study.instances == len(EVERYTHING)
        assert study.modalities == ("CT",)


def test_nobody_has_studies_under_an_unknown_id(way: Way) -> None:
    assert not way.archive.find_studies("EX-404")


@pytest.mark.parametrize(
    "typed",
    ["*", "EX-*", "EX-100?", "?X-1001", "", " ", "EX-1001\\EX-1002", "EX-100", "ex-1001", "E" * 65],
)
def test_a_wildcard_or_a_part_of_an_id_finds_nobody(way: Way, typed: str) -> None:
    assert not way.archive.find_studies(typed)


def test_padding_around_an_id_does_no_harm(way: Way) -> None:
    assert way.archive.find_studies(f" {MARIA.patient_id} ")


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.patient_id)
def test_a_name_arrives_right_in_any_character_set(way: Way, person: Invented) -> None:
    patients = [study.patient for study in way.archive.find_studies(person.patient_id)]
    assert {patient.name for patient in patients} == {person.name}
    assert {patient.birth_date for patient in patients} == {person.birth_date}
    assert {patient.sex for patient in patients} == {person.sex}


def test_the_issuer_of_an_id_is_told_where_the_archive_knows_it(way: Way) -> None:
    (study,) = way.archive.find_studies(ISSUED.patient_id)
    assert study.patient.issuer in {ISSUED.issuer, ""}


def test_every_instance_of_a_study_is_listed(way: Way) -> None:
    assert way.archive.holding(SEVERAL_SERIES.study_uid) == Listed(EVERYTHING)


def test_nothing_is_listed_of_an_unknown_study(way: Way) -> None:
    assert way.archive.holding(UNKNOWN_UID) == Listed(frozenset())


def test_a_whole_study_arrives(way: Way, inbox: Inbox) -> None:
    way.archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
    assert inbox.refs == EVERYTHING
    assert len(inbox.paths) == len(EVERYTHING)


def test_wanting_everything_by_name_brings_everything_once(way: Way, inbox: Inbox) -> None:
    way.archive.fetch(SEVERAL_SERIES.study_uid, EVERYTHING, inbox)
    assert inbox.refs == EVERYTHING
    assert len(inbox.paths) == len(EVERYTHING)


def test_only_what_is_wanted_arrives(way: Way, inbox: Inbox) -> None:
    ordered = sorted(EVERYTHING)
    whole_series = {ref for ref in EVERYTHING if ref.series_uid == ordered[0].series_uid}
    wanted = whole_series | {ordered[-1], ordered[-2]}
    way.archive.fetch(SEVERAL_SERIES.study_uid, wanted, inbox)
    assert inbox.refs == wanted
    assert len(inbox.paths) == len(wanted)


def test_wanting_nothing_brings_nothing(way: Way, inbox: Inbox) -> None:
    way.archive.fetch(SEVERAL_SERIES.study_uid, frozenset(), inbox)
    assert inbox.begun == 0


def test_every_kind_of_instance_arrives(way: Way, inbox: Inbox) -> None:
    way.archive.fetch(ALL_KINDS.study_uid, None, inbox)
    made = {make(ALL_KINDS).SOPClassUID for make in KINDS.values()}
    assert {ds.SOPClassUID for ds in inbox.data_sets} == made


def test_instances_arrive_as_they_are_stored(way: Way, inbox: Inbox) -> None:
    if not way.archive.holding(ALL_SYNTAXES.study_uid).instances:
        pytest.skip("this archive holds nothing compressed")
    way.archive.fetch(ALL_SYNTAXES.study_uid, None, inbox)
    assert {ds.file_meta.TransferSyntaxUID for ds in inbox.data_sets} == set(SYNTAXES)


def test_a_data_set_arrives_byte_for_byte(way: Way, inbox: Inbox, holdings: Path) -> None:
    plan = ONE_FOR_EACH_PERSON[0]
    way.archive.fetch(plan.study_uid, None, inbox)
    (stored,) = holdings.glob(f"{plan.place.person.patient_id}-a/**/*.dcm")
    assert data_set_bytes(inbox.paths[0]) == data_set_bytes(stored)


def test_an_arrived_file_is_a_part_10_file_of_the_instance(way: Way, inbox: Inbox) -> None:
    plan = ONE_FOR_EACH_PERSON[0]
    way.archive.fetch(plan.study_uid, None, inbox)
    meta = dcmread(inbox.paths[0]).file_meta
    assert meta.MediaStorageSOPInstanceUID == plan.place.sop_instance_uid
    assert meta.MediaStorageSOPClassUID == ct().SOPClassUID
    assert meta.FileMetaInformationGroupLength > 0


def test_a_refused_instance_ends_the_fetch_at_once_with_the_same_error(
    way: Way, inbox: Inbox
) -> None:
    error = WrongPatient("PatientID differs")

    def refuse(count: int) -> None:
        if count == 2:
            raise error

    inbox.on_arrival = refuse
    with pytest.raises(WrongPatient) as raised:
        way.archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
    assert raised.value is error
    assert len(inbox.paths) == 2
    assert not inbox.torsos


def test_any_other_failure_to_take_an_instance_comes_through_too(way: Way, inbox: Inbox) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    inbox.on_arrival = full
    with pytest.raises(OSError, match="No space left") as raised:
        way.archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
    assert raised.value.errno == 28


def test_a_second_fetch_works_after_one_that_was_ended(way: Way, inbox: Inbox) -> None:
    def refuse(count: int) -> None:
        if count == 1:
            raise WrongPatient

    inbox.on_arrival = refuse
    with pytest.raises(WrongPatient):
        way.archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
    way.archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
    assert inbox.refs == EVERYTHING


def test_no_thread_outlives_a_fetch(way: Way, inbox: Inbox) -> None:
    before = set(threading.enumerate())
    way.archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
    end = time.monotonic() + 5
    while set(threading.enumerate()) - before and time.monotonic() < end:
        time.sleep(0.01)
    assert not set(threading.enumerate()) - before


@pytest.mark.parametrize("uid", ["", "../../etc", "1.2.3/series", "1.2\\1.3", "*", "1" * 65])
def test_a_study_is_never_asked_for_by_what_is_no_uid(way: Way, inbox: Inbox, uid: str) -> None:
    with pytest.raises(BrokenInstance):
        way.archive.holding(uid)
    with pytest.raises(BrokenInstance):
        way.archive.fetch(uid, None, inbox)


def test_the_archive_gives_a_sign_of_life(way: Way) -> None:
    assert way.archive.check()


def test_an_archive_that_is_not_there_is_unreachable(way: Way, inbox: Inbox) -> None:
    _assert_unreachable(way, free_port(), inbox)


def test_an_archive_that_hangs_is_unreachable_after_the_time_out(way: Way, inbox: Inbox) -> None:
    with silent_server() as port:
        begun = time.monotonic()
        _assert_unreachable(way, port, inbox)
        assert time.monotonic() - begun < 4 * 3


def test_an_archive_that_hangs_up_is_unreachable(way: Way, inbox: Inbox) -> None:
    with silent_server(then_close=True) as port:
        _assert_unreachable(way, port, inbox)


def data_set_bytes(path: Path) -> bytes:
    """Return a file without preamble and file meta information."""
    content = path.read_bytes()
    # PS3.10 7.1: (0002,0000) comes first, and its value is the length of what follows it.
    return content[144 + int.from_bytes(content[140:144], "little") :]


def _assert_unreachable(way: Way, port: int, inbox: Inbox) -> None:
    archive = way.at(port)
    with pytest.raises(ArchiveUnreachable):
        archive.check()
    with pytest.raises(ArchiveUnreachable):
        archive.find_studies(MARIA.patient_id)
    with pytest.raises(ArchiveUnreachable):
        archive.holding(SEVERAL_SERIES.study_uid)
    with pytest.raises(ArchiveUnreachable):
        archive.fetch(SEVERAL_SERIES.study_uid, None, inbox)
