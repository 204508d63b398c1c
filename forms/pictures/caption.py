"""What is said beside a picture."""

from forms.facts import PicturesFacts
from forms.people import patient_name
from forms.pictures.layout import Bar
from forms.typography.letters import clean
from forms.words import Wording
from kiosk.domain.picture import Measured, Picture

_DOT = " · "
_MM_IN_CM = 10


def caption_lines(picture: Picture, facts: PicturesFacts, words: Wording) -> list[str]:
    """Return whose picture it is, how that person is known, when and where it was taken, which."""
    patient = facts.patient
    known_by = (
        words.say("pictures.born", birth_date=words.day(patient.birth_date)),
        words.say("pictures.number", patient_id=patient.patient_id),
    )
    taken = (words.day(picture.taken_on), clean(picture.institution) or clean(facts.site.name))
    lines = (known_by, taken, _which(picture, words))
    return [patient_name(patient, words), *(_DOT.join(line) for line in lines)]


def _which(picture: Picture, words: Wording) -> list[str]:
    said = [words.term("modalities", picture.modality) or clean(picture.modality)]
    if picture.series_number is not None:
        said.append(words.say("pictures.series", series=picture.series_number))
    if picture.image_number is not None:
        said.append(words.say("pictures.image", image=picture.image_number))
    if picture.frames > 1:
        said.append(words.say("pictures.frame", frame=picture.frame, frames=picture.frames))
    return [each for each in said if each]


def bar_words(bar: Bar, measured: Measured, words: Wording) -> str:
    """Return how long a bar is, and where that holds if not in the body."""
    if bar.length_mm < _MM_IN_CM:
        length = words.say("pictures.millimetres", length=bar.length_mm)
    else:
        length = words.say("pictures.centimetres", length=bar.length_mm // _MM_IN_CM)
    if measured is Measured.DETECTOR:
        return words.say("pictures.at_detector", length=length)
    return length
