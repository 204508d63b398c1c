"""Asks the archive by C-FIND in the study root, at study, series and image level (PS3.4 C.4.1)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from pydicom import Dataset
from pydicom.multival import MultiValue
from pynetdicom.association import Association
from pynetdicom.presentation import build_context
from pynetdicom.sop_class import (  # type: ignore[attr-defined] # the module makes them on demand
    StudyRootQueryRetrieveInformationModelFind as StudyRootFind,
)
from pynetdicom.sop_class import (  # type: ignore[attr-defined] # the module makes them on demand
    Verification,
)

from kiosk.archive.association import Peer
from kiosk.archive.describe import (
    STUDY_KEYWORDS,
    Attributes,
    first,
    may_be_asked,
    studies_of,
    whole_number,
)
from kiosk.archive.holding import NotServed, weigh
from kiosk.archive.limits import checked_uid
from kiosk.archive.plan import Part, SeriesSizes, WholeStudy, parts_of
from kiosk.config import Dimse
from kiosk.domain.study import Holding, InstanceRef, Listed, Study
from kiosk.errors import ArchiveRefused, ArchiveUnreachable

_PENDING = {0xFF00, 0xFF01}
_SUCCESS = 0x0000


class DimseQuery:
    """What the ways ``dimse-get`` and ``dimse-move`` have in common: everything but the fetch."""

    def __init__(self, settings: Dimse) -> None:
        self._settings = settings
        self._peer = Peer(settings)

    def find_studies(self, patient_id: str) -> Sequence[Study]:
        """Return the studies whose PatientID equals ``patient_id``, newest first."""
        if not may_be_asked(patient_id):
            return []
        keys = dict.fromkeys(STUDY_KEYWORDS, "") | {"PatientID": patient_id.strip()}
        with self._finding() as assoc:
            return studies_of(patient_id, _find(assoc, "STUDY", keys))

    def holding(self, study_uid: str) -> Holding:
        """List the instances that the archive holds of a study, or count them.

        Raises
        ------
        ArchiveIncomplete
            If it lists fewer than it counts.
        """
        with self._finding() as assoc:
            study = _study(assoc, checked_uid(study_uid), "NumberOfStudyRelatedInstances")
            if study is None:
                return Listed(frozenset())
            counted = whole_number(study, "NumberOfStudyRelatedInstances")
            return weigh(counted, lambda: _listed(assoc, study_uid))

    def check(self) -> str:
        """Ask by C-ECHO."""
        with self._peer.associate([build_context(Verification)]) as assoc:
            if assoc.send_c_echo().get("Status") != _SUCCESS:
                raise ArchiveRefused("it does not answer C-ECHO")
        return "C-ECHO answers"

    @contextmanager
    def _finding(self) -> Iterator[Association]:
        with self._peer.associate([build_context(StudyRootFind)]) as assoc:
            yield assoc


def parts(assoc: Association, study_uid: str, wanted: Collection[InstanceRef] | None) -> list[Part]:
    """Plan the requests for what is wanted of a study (None for all of it)."""
    if wanted is None:
        return [WholeStudy()]
    try:
        sizes = _series_sizes(assoc, study_uid)
    except NotServed:
        sizes = {}
    return list(parts_of(wanted, sizes))


def sop_classes(assoc: Association, study_uid: str) -> list[str]:
    """Return the SOP classes of a study from the study level, or gathered at image level.

    None, where the archive does not say.
    """
    study = _study(assoc, study_uid, "SOPClassesInStudy")
    found = study("SOPClassesInStudy") if study else []
    if not found:
        try:
            images = list(_images(assoc, study_uid, "SOPClassUID"))
        except NotServed:
            return []
        found = [first(image, "SOPClassUID") for image in images]
    return sorted({checked_uid(uid) for uid in found if uid})


def _series_sizes(assoc: Association, study_uid: str) -> SeriesSizes:
    """Return how many instances each series of a study has."""
    return {
        first(series, "SeriesInstanceUID"): whole_number(series, "NumberOfSeriesRelatedInstances")
        for series in _series(assoc, study_uid, "NumberOfSeriesRelatedInstances")
    }


def _study(assoc: Association, study_uid: str, keyword: str) -> Attributes | None:
    keys = {"StudyInstanceUID": study_uid, keyword: ""}
    return next(
        (
            study
            for study in _find(assoc, "STUDY", keys)
            if first(study, "StudyInstanceUID") == study_uid
        ),
        None,
    )


def _series(assoc: Association, study_uid: str, *keywords: str) -> list[Attributes]:
    keys = {"StudyInstanceUID": study_uid, "SeriesInstanceUID": "", **dict.fromkeys(keywords, "")}
    return _find(assoc, "SERIES", keys)


def _images(assoc: Association, study_uid: str, *keywords: str) -> Iterator[Attributes]:
    # PS3.4 C.4.1.2.1: without relational queries the keys above the level are given one by one.
    for series in _series(assoc, study_uid):
        series_uid = checked_uid(first(series, "SeriesInstanceUID"))
        keys = {
            "StudyInstanceUID": study_uid,
            "SeriesInstanceUID": series_uid,
            "SOPInstanceUID": "",
            **dict.fromkeys(keywords, ""),
        }
        yield from _find(assoc, "IMAGE", keys)


def _listed(assoc: Association, study_uid: str) -> frozenset[InstanceRef]:
    return frozenset(
        InstanceRef(
            checked_uid(first(image, "SeriesInstanceUID")),
            checked_uid(first(image, "SOPInstanceUID")),
        )
        for image in _images(assoc, study_uid)
    )


def _find(assoc: Association, level: str, keys: Mapping[str, str]) -> list[Attributes]:
    """Return all answers to a C-FIND.

    Raises
    ------
    ArchiveUnreachable
        If the answers stop before the last.
    NotServed
        If the archive answers with a failure, or in a way that cannot be read.
    """
    identifier = Dataset()
    # Without it an archive may answer in its own character set, which need not hold the name.
    identifier.SpecificCharacterSet = "ISO_IR 192"
    identifier.QueryRetrieveLevel = level
    for keyword, value in keys.items():
        setattr(identifier, keyword, value)
    answers: list[Attributes] = []
    for status, answer in assoc.send_c_find(identifier, StudyRootFind):
        code = status.get("Status")
        if code == _SUCCESS:
            return answers
        if code in _PENDING and answer is not None:
            answers.append(_attributes(answer))
        elif code is not None:
            raise NotServed(f"C-FIND at {level} level: status 0x{code:04X}")
    raise ArchiveUnreachable("the answers to a query stopped")


def _attributes(answer: Dataset) -> Attributes:
    def values(keyword: str) -> list[str]:
        try:
            value = answer.get(keyword)
        except ValueError as error:
            raise NotServed(f"an answer to C-FIND has an unreadable {keyword}") from error
        if value is None or isinstance(value, MultiValue):
            return [str(each) for each in value or []]
        return [str(value)]

    return values
