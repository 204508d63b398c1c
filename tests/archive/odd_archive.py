"""A DIMSE archive made for tests with pynetdicom's server side, for what real ones do not do."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field

from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian
from pynetdicom import AE, AllStoragePresentationContexts, evt
from pynetdicom.events import Event
from pynetdicom.sop_class import (
    StudyRootQueryRetrieveInformationModelFind,
    StudyRootQueryRetrieveInformationModelGet,
    StudyRootQueryRetrieveInformationModelMove,
    Verification,
)

from tests.builders import MARIA, Place, ct

AE_TITLE = "ODD"


@dataclass
class Odd:
    """How it behaves."""

    data_sets: Sequence[Dataset] = ()
    refuses_level: str | None = None
    """C-FIND at this level fails."""
    counts: int | None = None
    """NumberOfStudyRelatedInstances, whatever there is."""
    says_sop_classes: bool = True
    offers_get: bool = True
    kiosk_port: int = 1
    final_status: int | None = None
    """Instead of serving C-GET and C-MOVE."""
    spoils: Callable[[Dataset], Dataset] = lambda ds: ds
    stalls: threading.Event | None = None
    """C-GET waits for this before it sends anything."""
    sent: int = 0
    """How many instances it was about to send by C-GET."""
    asked: list[Dataset] = field(default_factory=list)


@contextmanager
def odd_archive(odd: Odd) -> Iterator[int]:
    """Give out its port."""
    ae = AE(AE_TITLE)
    ae.add_supported_context(StudyRootQueryRetrieveInformationModelFind)
    ae.add_supported_context(StudyRootQueryRetrieveInformationModelMove)
    ae.add_supported_context(Verification)
    if odd.offers_get:
        ae.add_supported_context(StudyRootQueryRetrieveInformationModelGet)
        for context in AllStoragePresentationContexts:
            ae.add_supported_context(context.abstract_syntax, scu_role=True, scp_role=True)
    server = ae.start_server(
        ("127.0.0.1", 0),
        block=False,
        evt_handlers=[
            (evt.EVT_C_FIND, _find, [odd]),
            (evt.EVT_C_GET, _get, [odd]),
            (evt.EVT_C_MOVE, _move, [odd]),
        ],
    )
    try:
        yield server.server_address[1]
    finally:
        ae.shutdown()


def _find(event: Event, odd: Odd) -> Iterator[tuple[int, Dataset | None]]:
    asked = event.identifier
    odd.asked.append(asked)
    if asked.QueryRetrieveLevel == odd.refuses_level:
        yield 0xC001, None
        return
    said: list[tuple[str, ...]] = []
    for ds in odd.data_sets:
        answer = _answer(ds, asked, odd)
        key = tuple(str(answer.get(keyword)) for keyword in _UNIQUE[asked.QueryRetrieveLevel])
        if key not in said:
            said.append(key)
            yield 0xFF00, answer


_UNIQUE = {
    "STUDY": ["StudyInstanceUID"],
    "SERIES": ["SeriesInstanceUID"],
    "IMAGE": ["SOPInstanceUID"],
}


def _answer(ds: Dataset, asked: Dataset, odd: Odd) -> Dataset:
    answer = Dataset()
    for element in asked:
        if element.keyword in ds:
            answer[element.tag] = copy(ds[element.tag])
    answer.QueryRetrieveLevel = asked.QueryRetrieveLevel
    if "NumberOfStudyRelatedInstances" in asked and odd.counts is not None:
        answer.NumberOfStudyRelatedInstances = odd.counts
    if "SOPClassesInStudy" in asked and odd.says_sop_classes:
        answer.SOPClassesInStudy = sorted({str(each.SOPClassUID) for each in odd.data_sets})
    return odd.spoils(answer)


def _get(event: Event, odd: Odd) -> Iterator[object]:
    odd.asked.append(event.identifier)
    if odd.stalls is not None:
        odd.stalls.wait(20)
    yield max(1, len(odd.data_sets))
    if odd.final_status is not None:
        yield odd.final_status, None
        return
    for ds in odd.data_sets:
        odd.sent += 1
        yield 0xFF00, ds


def _move(event: Event, odd: Odd) -> Iterator[object]:
    odd.asked.append(event.identifier)
    yield "127.0.0.1", odd.kiosk_port, {"contexts": AllStoragePresentationContexts[:1]}
    yield 1
    yield odd.final_status, None


def an_image(number: int = 1) -> Dataset:
    """Return a data set that can be sent."""
    ds = ct(Place(MARIA, "odd", number=number))
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    return ds
