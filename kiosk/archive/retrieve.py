"""Words C-GET and C-MOVE requests, and judges how they ended (PS3.4 C.4.2, C.4.3)."""

from collections.abc import Iterable, Iterator

import structlog
from pydicom import Dataset

from kiosk.archive.holding import NotServed
from kiosk.archive.plan import Part, SomeInstances, WholeSeries, WholeStudy
from kiosk.errors import ArchiveIncomplete, ArchiveRefused, ArchiveUnreachable

UIDS_IN_A_REQUEST = 64
"""So that a request stays within one small PDU, whatever the archive takes at most."""

Responses = Iterable[tuple[Dataset, Dataset | None]]

# PS3.7 C: not authorized. PS3.4 C.4.2.1.5: move destination unknown.
_REFUSALS = {0x0124, 0xA801}
# PS3.7 C: SOP class not supported, unrecognized operation. PS3.4: identifier does not match.
_NOT_SERVED = {0x0122, 0x0211, 0xA900}
_WARNINGS = {0x0001, 0x0107, 0x0116, *range(0xB000, 0xC000)}
_PENDING = {0xFF00, 0xFF01}
_COUNTS = ("Completed", "Failed", "Warning")

_log = structlog.get_logger(__name__)


def identifiers(study_uid: str, parts: Iterable[Part]) -> Iterator[Dataset]:
    """Word the requests for the parts of a study."""
    for part in parts:
        match part:
            case WholeStudy():
                yield _identifier("STUDY", study_uid)
            case WholeSeries(series_uid=series_uid):
                yield _identifier("SERIES", study_uid, series_uid)
            case SomeInstances(series_uid=series_uid, sop_instance_uids=uids):
                for start in range(0, len(uids), UIDS_IN_A_REQUEST):
                    some = list(uids[start : start + UIDS_IN_A_REQUEST])
                    yield _identifier("IMAGE", study_uid, series_uid, some)


def judge(responses: Responses) -> None:
    """Go through the responses to one request to its end.

    Sub-operations that failed are logged and not raised: what did not arrive is found by
    comparing, whatever the archive says.

    Raises
    ------
    ArchiveUnreachable
        If the association ends before the last response.
    ArchiveRefused
        If the archive will not serve us in this way.
    ArchiveIncomplete
        If it gives up.
    """
    last = Dataset()
    for status, _ in responses:
        last = status
    code = last.get("Status")
    if code is None or code in _PENDING:
        raise ArchiveUnreachable("the association broke before the last response")
    _log_counts(last, code)
    said = f"status 0x{code:04X}"
    if code in _REFUSALS:
        raise ArchiveRefused(said)
    if code in _NOT_SERVED:
        raise NotServed(said)
    if code != 0 and not _is_warning(code):
        raise ArchiveIncomplete(said)


def _is_warning(code: int) -> bool:
    """Tell whether some sub-operations failed, and no more (PS3.7 C.1.4)."""
    return code in _WARNINGS


def _log_counts(status: Dataset, code: int) -> None:
    counts = {name.lower(): status.get(f"NumberOf{name}Suboperations") for name in _COUNTS}
    _log.info("retrieve-ended", status=f"0x{code:04X}", **counts)


def _identifier(
    level: str, study_uid: str, series_uid: str | None = None, uids: list[str] | None = None
) -> Dataset:
    identifier = Dataset()
    identifier.QueryRetrieveLevel = level
    identifier.StudyInstanceUID = study_uid
    if series_uid is not None:
        identifier.SeriesInstanceUID = series_uid
    if uids is not None:
        identifier.SOPInstanceUID = uids
    return identifier
