"""The archive over DICOMweb: QIDO-RS to ask, WADO-RS to fetch (PS3.18 10.4, 10.6)."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from kiosk.archive.describe import (
    STUDY_KEYWORDS,
    Attributes,
    first,
    may_be_asked,
    studies_of,
    whole_number,
)
from kiosk.archive.dicom_json import answers_in
from kiosk.archive.holding import NotServed, weigh
from kiosk.archive.limits import checked_uid
from kiosk.archive.multipart import save_parts
from kiosk.archive.plan import SeriesSizes, SomeInstances, WholeSeries, WholeStudy, parts_of
from kiosk.archive.web import WebServer
from kiosk.config import DicomWeb
from kiosk.domain.study import Holding, InstanceRef, Listed, Study
from kiosk.errors import ArchiveIncomplete, ArchiveRefused
from kiosk.ports import Incoming

PAGE = 1000
"""Answers asked for at once, so that a list of many thousand instances needs little memory."""
_LARGEST_PAGE_BYTES = 1 << 26
_UIDS = ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID")
_KEYWORDS = {*STUDY_KEYWORDS, *_UIDS, "NumberOfSeriesRelatedInstances"}

_JSON = "application/dicom+json"
# PS3.18 8.7.3.5.2: any transfer syntax, so as stored.
_AS_STORED = 'multipart/related; type="application/dicom"; transfer-syntax=*'


class DicomWebArchive:
    """The way ``dicomweb``."""

    name = "dicomweb"

    def __init__(self, settings: DicomWeb) -> None:
        self._server = WebServer(settings)

    def find_studies(self, patient_id: str) -> Sequence[Study]:
        """Return the studies whose PatientID equals ``patient_id``, newest first."""
        if not may_be_asked(patient_id):
            return []
        fields = [
            ("PatientID", patient_id.strip()),
            ("fuzzymatching", "false"),
            *_include(STUDY_KEYWORDS),
        ]
        return studies_of(patient_id, self._query("/studies", fields))

    def holding(self, study_uid: str) -> Holding:
        """List the instances that the archive holds of a study, or count them.

        Raises
        ------
        ArchiveIncomplete
            If it lists fewer than it counts.
        """
        study = self._study(study_uid)
        if study is None:
            return Listed(frozenset())
        counted = whole_number(study, "NumberOfStudyRelatedInstances")
        return weigh(counted, lambda: self._list(study_uid, counted))

    def fetch(
        self, study_uid: str, wanted: Collection[InstanceRef] | None, incoming: Incoming
    ) -> None:
        """Fetch the wanted instances with as few requests as name nothing else."""
        for path in self._paths(f"/studies/{checked_uid(study_uid)}", wanted):
            with self._server.get(path, _AS_STORED) as response:
                save_parts(response.read, response.headers.get("Content-Type", ""), incoming)

    def check(self) -> str:
        """Ask for one study of any patient."""
        self._page("/studies", [("limit", "1")])
        return "QIDO-RS answers"

    def _study(self, study_uid: str) -> Attributes | None:
        fields = [
            ("StudyInstanceUID", checked_uid(study_uid)),
            *_include(["NumberOfStudyRelatedInstances"]),
        ]
        return next(
            (
                answer
                for answer in self._page("/studies", fields)
                if first(answer, "StudyInstanceUID") == study_uid
            ),
            None,
        )

    def _list(self, study_uid: str, counted: int | None) -> frozenset[InstanceRef]:
        listed: set[InstanceRef] = set()
        fields = _include(["SOPInstanceUID", "SeriesInstanceUID"])
        for answer in self._query(f"/studies/{study_uid}/instances", fields, counted):
            series_uid = checked_uid(first(answer, "SeriesInstanceUID"))
            listed.add(InstanceRef(series_uid, checked_uid(first(answer, "SOPInstanceUID"))))
        return frozenset(listed)

    def _paths(self, study: str, wanted: Collection[InstanceRef] | None) -> Iterator[str]:
        parts = [WholeStudy()] if wanted is None else parts_of(wanted, self._series_sizes(study))
        for part in parts:
            match part:
                case WholeStudy():
                    yield study
                case WholeSeries(series_uid=series_uid):
                    yield f"{study}/series/{series_uid}"
                case SomeInstances(series_uid=series_uid, sop_instance_uids=uids):
                    yield from (f"{study}/series/{series_uid}/instances/{uid}" for uid in uids)

    def _series_sizes(self, study: str) -> SeriesSizes:
        """Return how many instances each series has; nothing where the archive does not say."""
        fields = _include(["SeriesInstanceUID", "NumberOfSeriesRelatedInstances"])
        try:
            answers = list(self._query(f"{study}/series", fields))
        except (NotServed, ArchiveIncomplete):
            return {}
        return {
            first(answer, "SeriesInstanceUID"): whole_number(
                answer, "NumberOfSeriesRelatedInstances"
            )
            for answer in answers
        }

    def _query(
        self, path: str, fields: Iterable[tuple[str, str]], expected: int | None = None
    ) -> Iterator[Attributes]:
        """Go through all pages.

        A server may send fewer answers than it was asked for, or ignore paging: the end is where
        as many came as expected, or a page brings nothing new.
        """
        seen: set[tuple[str, ...]] = set()
        offset = 0
        while True:
            page = self._page(path, [*fields, ("limit", str(PAGE)), ("offset", str(offset))])
            fresh = [answer for answer in page if _uids(answer) not in seen]
            seen.update(map(_uids, fresh))
            yield from fresh
            offset += len(page)
            if not fresh or len(seen) == expected:
                return

    def _page(self, path: str, fields: Sequence[tuple[str, str]]) -> list[Attributes]:
        with self._server.get(path, _JSON, fields) as response:
            body = response.read(_LARGEST_PAGE_BYTES + 1)
        if len(body) > _LARGEST_PAGE_BYTES:
            raise ArchiveRefused("the answer to a query is too long")
        return answers_in(body, _KEYWORDS)


def _uids(answer: Attributes) -> tuple[str, ...]:
    """Tell one answer from another, at whichever level it is."""
    return tuple(first(answer, keyword) for keyword in _UIDS)


def _include(keywords: Iterable[str]) -> list[tuple[str, str]]:
    return [("includefield", keyword) for keyword in keywords]
