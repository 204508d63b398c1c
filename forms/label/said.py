"""What stands on a medium, on whatever it is printed, and for whoever writes it by hand."""

from dataclasses import dataclass

from forms.facts import LabelFacts, LabelShows
from forms.people import patient_name
from forms.study_table import exam_kind
from forms.typography.letters import clean, isolate
from forms.words import Wording, wording_for
from kiosk.domain.study import Study

DICOM_ONLY = "DICOM ONLY"
DICOM_PLUS_WEB = "DICOM PLUS WEB"
"""IHE PDI asks for these very words, so no language has others."""


@dataclass(frozen=True, slots=True)
class LabelText:
    """Every text of one label; each is a line of its own."""

    words: Wording
    patient: str
    known_by: str
    """Birth date or patient ID, or empty, as the hospital's policy has it."""
    site: str
    written: str
    content: str
    volume: str
    """Which of how many media it is."""
    exams: tuple[str, ...]

    @property
    def exams_counted(self) -> str:
        """How many exams are on the medium."""
        count = len(self.exams)
        return self.words.count("label.exams", count)

    def exams_in(self, room: int) -> tuple[str, ...]:
        """Return at most ``room`` lines, at least 1; the last one tells of what is left out."""
        if len(self.exams) <= room:
            return self.exams
        if room < 2:  # noqa: PLR2004 - "and 4 more" needs one that they are more than
            return (self.exams_counted,)
        shown = self.exams[: room - 1]
        return (*shown, self.words.count("label.more", len(self.exams) - len(shown)))

    @property
    def who(self) -> str:
        """Whose images they are, in one line."""
        return self._joined(self.patient, self.known_by)

    @property
    def where(self) -> str:
        """Where and when the medium was written, in one line."""
        return self._joined(self.site, self.written)

    @property
    def what(self) -> str:
        """What is on it and which of how many it is, in one line."""
        return self._joined(self.exams_counted, self.content, self.volume)

    def _joined(self, *parts: str) -> str:
        joint: str = self.words.tables["label"]["joint"]
        return joint.join(part for part in parts if part)


def label_text(facts: LabelFacts) -> LabelText:
    """Return the label of one medium, in the hospital's own language."""
    words, medium = wording_for(facts.site.language, facts.site.house), facts.medium
    return LabelText(
        words=words,
        patient=clean(patient_name(facts.job.release.patient, words)),
        known_by=_known_by(facts, words),
        site=clean(facts.site.name),
        written=words.day(facts.written_on),
        content=DICOM_PLUS_WEB if medium.has_web else DICOM_ONLY,
        volume=words.say("label.volume", volume=medium.volume, volumes=medium.volumes),
        exams=tuple(_exam(study, words) for study in _studies_on(facts)),
    )


def _known_by(facts: LabelFacts, words: Wording) -> str:
    patient = facts.job.release.patient
    match facts.shows:
        case LabelShows.BIRTH_DATE:
            return words.say("label.born", birth_date=words.day(patient.birth_date))
        case LabelShows.PATIENT_ID:
            return words.say("label.patient_id", patient_id=patient.patient_id)
        case LabelShows.NEITHER:
            return ""


def _studies_on(facts: LabelFacts) -> list[Study]:
    """Return the studies of a medium; one that no medium's directory lists may be on any."""
    listed = {uid for medium in facts.job.media for uid in medium.study_uids}
    elsewhere = listed.difference(facts.medium.study_uids)
    return [study for study in facts.job.release.studies if study.study_uid not in elsewhere]


def _exam(study: Study, words: Wording) -> str:
    description = clean(study.description)
    what = [exam_kind(study, words), *([isolate(description)] if description else [])]
    return f"{words.day(study.study_date)} · {' '.join(what)}"
