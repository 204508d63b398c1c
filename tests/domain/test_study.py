"""The guard against the wrong patient, and names as they are printed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.study import InstanceIdentity, Patient, mismatch
from tests.domain.releases import MARIA
from tests.domain.strategies import dates, words

STUDIES = ("1.2.3", "1.2.4")
HERS = InstanceIdentity("1.2.3", "1.2.3.1", "1.2.3.1.1", "EX-1001", "", "19700401")


def test_an_instance_of_the_patient_and_an_asked_study_may_pass() -> None:
    assert mismatch(MARIA, STUDIES, HERS) is None
    assert mismatch(MARIA, STUDIES, replace(HERS, study_uid="1.2.4")) is None


@pytest.mark.parametrize(
    ("strange", "reason"),
    [
        ({"study_uid": "1.2.5"}, "StudyInstanceUID was not asked for"),
        ({"study_uid": ""}, "StudyInstanceUID was not asked for"),
        ({"study_uid": "1.2"}, "StudyInstanceUID was not asked for"),
        ({"patient_id": "EX-1002"}, "PatientID differs"),
        ({"patient_id": "ex-1001"}, "PatientID differs"),
        ({"patient_id": ""}, "PatientID differs"),
        ({"birth_date": "19700402"}, "PatientBirthDate differs"),
        ({"birth_date": "1970-04-01"}, "PatientBirthDate differs"),
        ({"birth_date": ""}, "PatientBirthDate differs"),
    ],
)
def test_whatever_differs_stops_the_instance(strange: dict[str, str], reason: str) -> None:
    assert mismatch(MARIA, STUDIES, replace(HERS, **strange)) == reason


@pytest.mark.parametrize(
    ("known", "stated", "reason"),
    [
        ("NORTH", "SOUTH", "IssuerOfPatientID differs"),
        ("NORTH", "NORTH", None),
        ("", "SOUTH", None),
        ("NORTH", "", None),
    ],
)
def test_the_issuer_counts_where_both_sides_name_one(
    known: str, stated: str, reason: str | None
) -> None:
    assert mismatch(replace(MARIA, issuer=known), STUDIES, replace(HERS, issuer=stated)) == reason


@given(st.builds(Patient, words, dates, words, words), words, words, st.text("0123456789"))
def test_only_the_same_id_and_birth_date_pass_and_no_value_is_ever_told(
    patient: Patient, patient_id: str, issuer: str, birth_date: str
) -> None:
    instance = InstanceIdentity("1.2.3", "1", "1", patient_id, issuer, birth_date)
    reason = mismatch(patient, STUDIES, instance)
    same = (patient_id, birth_date) == (patient.patient_id, patient.birth_date.strftime("%Y%m%d"))
    assert reason is not None or same
    assert reason in {
        None,
        "PatientID differs",
        "IssuerOfPatientID differs",
        "PatientBirthDate differs",
    }


@given(st.builds(Patient, words, dates, words, words))
def test_a_patients_own_instance_always_passes(patient: Patient) -> None:
    instance = InstanceIdentity(
        "1.2.3", "1", "1", patient.patient_id, patient.issuer, patient.birth_date.strftime("%Y%m%d")
    )
    assert mismatch(patient, STUDIES, instance) is None


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("Example^Maria", "Maria Example"),
        ("Example^Maria^Ana^Dr.^MD", "Dr. Maria Ana Example MD"),
        ("Example", "Example"),
        ("Wang^XiaoDong=王^小东", "XiaoDong Wang"),
        ("Example^Maria^^^^^", "Maria Example"),
        ("", ""),
    ],
)
def test_a_name_is_printed_in_reading_order(stored: str, printed: str) -> None:
    assert replace(MARIA, name=stored).printed_name == printed
