"""Holds every instance against the directory and against the others, one at a time."""

from dataclasses import dataclass, field

from kiosk.media.check import agreement
from kiosk.media.check.directory import (
    SOP_CLASS_KEY,
    SOP_INSTANCE_KEY,
    SYNTAX_KEY,
    DirectoryRecord,
    Reference,
)
from kiosk.media.check.survey import SurveyedFile
from kiosk.media.findings import Findings
from kiosk.media.header import BIRTH_DATE, PATIENT_ID, Header
from kiosk.media.profile import (
    EXPLICIT_LE,
    RECORD_TYPES,
    Key,
    Profile,
    keys,
    record_type,
    stands_alone,
)

_PATIENT_NAME = 0x00100010
_CONSTANT = {0x00100020, 0x0020000D, 0x0020000E, 0x00080060}
"""PatientID, StudyInstanceUID, SeriesInstanceUID and Modality: the same in every instance below."""


@dataclass(slots=True)
class Instances:
    """What became of the instances so far."""

    profile: Profile
    broken: Findings = field(default_factory=Findings)
    syntaxes: Findings = field(default_factory=Findings)
    preambles: Findings = field(default_factory=Findings)
    missing: Findings = field(default_factory=Findings)
    differing: Findings = field(default_factory=Findings)
    patients: Findings = field(default_factory=Findings)
    _uids: dict[str, str] = field(default_factory=dict)
    _judged: set[int] = field(default_factory=set)
    """Records whose keys were looked at for presence."""
    _open: dict[int, set[Key]] = field(default_factory=dict)
    """By record above: keys that no instance below has confirmed yet."""
    _patient: tuple[str, str, str] | None = None

    def see(self, file: SurveyedFile, reference: Reference | None) -> None:
        """Judge one file that is DICOM, with its record if the directory lists it."""
        header = file.header
        if header is None:
            self.broken.add(f"{file.path}: {file.problem}")
            return
        if not header.meta.is_blank:
            self.preambles.add(f"{file.path}: the preamble is not zero")
        self._see_patient(file.path, header)
        uid = header.identity.sop_instance_uid
        if uid in self._uids:
            self.broken.add(f"{file.path} holds the same instance as {self._uids[uid]}")
        self._uids[uid] = file.path
        if reference is not None:
            self._see_syntax(file.path, header)
            self._see_records(file.path, header, reference)

    def finish(self) -> None:
        """Report the keys above that not a single instance confirms."""
        for offset, unconfirmed in self._open.items():
            where = f"DICOMDIR, the record at byte {offset}"
            what = "differs from every instance below"
            agreement.note(self.differing, where, sorted(unconfirmed), what)

    def _see_patient(self, path: str, header: Header) -> None:
        """IHE RAD-47: one patient on a medium; spelling with other case or blanks is no other."""
        if stands_alone(record_type(header.sop_class_uid)):
            return
        name = header.text(_PATIENT_NAME)
        patient = (
            header.text(PATIENT_ID),
            header.text(BIRTH_DATE),
            " ".join(name.split("=")[0].replace("^", " ").casefold().split()),
        )
        if self._patient is None:
            self._patient = patient
        parts = ("PatientID", "PatientBirthDate", "PatientName")
        for part, mine, first in zip(parts, patient, self._patient, strict=True):
            if mine != first:
                self.patients.add(f"{path}: {part} is not that of the other instances")

    def _see_syntax(self, path: str, header: Header) -> None:
        syntax = header.meta.transfer_syntax_uid
        if syntax not in self.profile.transfer_syntaxes:
            self.syntaxes.add(f"{path}: {syntax} is not allowed by {self.profile}")
        elif header.picture and header.picture.is_delimited == (syntax == EXPLICIT_LE):
            self.syntaxes.add(f"{path}: the picture is not in the transfer syntax named")

    def _see_records(self, path: str, header: Header, reference: Reference) -> None:
        record = reference.record
        for tag, own in (
            (SOP_CLASS_KEY, header.sop_class_uid),
            (SOP_INSTANCE_KEY, header.identity.sop_instance_uid),
            (SYNTAX_KEY, header.meta.transfer_syntax_uid),
        ):
            if record.text(tag) != own:
                self.differing.add(f"{path}: (0004,{tag & 0xFFFF:04X}) differs from the file")
        asked = self._keys(path, record)
        differing = agreement.disagreeing_keys(record.values, asked, header)
        agreement.note(self.differing, path, differing, "differs from the file")
        if agreement.lacks_character_set(record.values, asked, header):
            self.missing.add(f"{path}: the record lacks the character set of its text")
        for upper in reference.above:
            asked = self._keys(path, upper)
            differing_keys = set(agreement.disagreeing_keys(upper.values, asked, header))
            constant = [key for key in sorted(differing_keys) if key.tag in _CONSTANT]
            agreement.note(self.differing, path, constant, f"differs from its {upper.type} record")
            self._open[upper.offset] = self._open.get(upper.offset, differing_keys) & differing_keys

    def _keys(self, path: str, record: DirectoryRecord) -> tuple[Key, ...]:
        """Return the keys that a record must have; note once those that it lacks."""
        if record.type not in RECORD_TYPES:
            return ()
        asked = keys(record.type, self.profile)
        if record.offset not in self._judged:
            self._judged.add(record.offset)
            where = f"{path}: its {record.type} record"
            missing = agreement.missing_keys(record.values, asked)
            agreement.note(self.missing, where, missing, "is missing or empty")
        return asked
