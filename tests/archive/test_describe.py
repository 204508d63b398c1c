"""What is made of an archive's words about a study."""

from kiosk.archive.describe import studies_of
from tests.builders import MARIA

ANSWER = {
    "PatientID": [MARIA.patient_id],
    "PatientBirthDate": ["19480514"],
    "StudyInstanceUID": ["1.2.3"],
}


def described(**attributes: str) -> str:
    answer = ANSWER | {keyword: [value] for keyword, value in attributes.items()}
    return studies_of(MARIA.patient_id, [lambda keyword: answer.get(keyword, [])])[0].description


def test_a_description_is_taken_without_its_padding() -> None:
    assert described(StudyDescription=" CT of the head ") == "CT of the head"


def test_a_description_longer_than_a_form_can_print_is_cut() -> None:
    assert described(StudyDescription="x" * 3000) == "x" * 256
