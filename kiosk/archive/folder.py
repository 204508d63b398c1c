"""An archive made of a folder of DICOM files, for demonstrations and tests."""

import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydicom import Dataset, dcmread
from pydicom.errors import InvalidDicomError

from kiosk.archive.describe import STUDY_KEYWORDS, Attributes, studies_of
from kiosk.archive.faults import Faults, faults_of
from kiosk.archive.limits import LARGEST_INSTANCE_BYTES, checked_uid
from kiosk.config import Folder
from kiosk.domain.study import Counted, Holding, InstanceRef, Listed, Study
from kiosk.errors import ArchiveIncomplete, ArchiveRefused, ArchiveUnreachable, BrokenInstance
from kiosk.ports import Incoming

_TAGS = [
    "SpecificCharacterSet",
    "Modality",
    "SeriesInstanceUID",
    "SOPInstanceUID",
    *(each for each in STUDY_KEYWORDS if each not in {"ModalitiesInStudy"}),
]


@dataclass(frozen=True, slots=True)
class _Stored:
    path: Path
    header: Dataset

    @property
    def study_uid(self) -> str:
        return str(self.header.StudyInstanceUID)

    @property
    def ref(self) -> InstanceRef:
        return InstanceRef(str(self.header.SeriesInstanceUID), str(self.header.SOPInstanceUID))


class FolderArchive:
    """The way ``folder``: read anew at each call, with the faults that lie in it."""

    name = "folder"

    def __init__(self, settings: Folder) -> None:
        self._folder = settings.path
        self._headers: dict[tuple[Path, int, int], Dataset | None] = {}
        self._asked = 0

    def find_studies(self, patient_id: str) -> Sequence[Study]:
        """Return the studies whose PatientID equals ``patient_id``, newest first."""
        self._answering()
        studies: dict[str, list[_Stored]] = {}
        for stored in self._scan():
            studies.setdefault(stored.study_uid, []).append(stored)
        return studies_of(patient_id, [_describe(of_study) for of_study in studies.values()])

    def holding(self, study_uid: str) -> Holding:
        """List or count the instances of a study."""
        faults = self._answering()
        self._asked += 1
        refs = frozenset(stored.ref for stored in self._visible(study_uid, faults))
        return Counted(len(refs)) if faults.cannot_list else Listed(refs)

    def fetch(
        self, study_uid: str, wanted: Collection[InstanceRef] | None, incoming: Incoming
    ) -> None:
        """Copy the wanted instances of a study, or all of them."""
        faults = self._answering()
        if faults.cannot_fetch:
            raise ArchiveRefused("it sends nothing in this way")
        held = self._visible(study_uid, faults)
        if not held:
            raise ArchiveIncomplete("it holds no such study")
        chosen = [
            (position, stored)
            for position, stored in enumerate(held)
            if wanted is None or stored.ref in wanted
        ]
        for number, (position, path) in enumerate(_sent(chosen, faults)):
            if number == faults.vanishes_after:
                raise ArchiveUnreachable("the connection broke")
            _send(path, position, incoming, faults)

    def check(self) -> str:
        """Look whether the folder is there."""
        self._answering()
        return "the folder can be read"

    def _answering(self) -> Faults:
        if not self._folder.is_dir():
            raise ArchiveUnreachable("its folder is not there")
        faults = faults_of(self._folder)
        if faults.away:
            raise ArchiveUnreachable("it is away")
        if faults.refuses:
            raise ArchiveRefused("it serves nothing")
        return faults

    def _visible(self, study_uid: str, faults: Faults) -> list[_Stored]:
        stored = [each for each in self._scan() if each.study_uid == checked_uid(study_uid)]
        hidden = faults.grows_by * max(0, faults.grows_times - self._asked)
        return stored[: max(1, len(stored) - hidden)]

    def _scan(self) -> Iterator[_Stored]:
        for path in sorted(self._folder.rglob("*")):
            header = self._header(path) if path.is_file() else None
            if header is not None:
                yield _Stored(path, header)

    def _header(self, path: Path) -> Dataset | None:
        """Read a file's header once for as long as it does not change; None if it is no DICOM."""
        found = path.stat()
        key = (path, found.st_mtime_ns, found.st_size)
        if key not in self._headers:
            try:
                header = dcmread(path, stop_before_pixels=True, specific_tags=list(_TAGS))
            except InvalidDicomError:
                self._headers[key] = None
            else:
                self._headers[key] = header if "StudyInstanceUID" in header else None
        return self._headers[key]


def _describe(of_study: Sequence[_Stored]) -> Attributes:
    """Answer for a study with what its instances say."""
    header = of_study[0].header

    def values(keyword: str) -> list[str]:
        if keyword == "ModalitiesInStudy":
            return sorted({str(each.header.get("Modality", "")) for each in of_study})
        if keyword == "NumberOfStudyRelatedInstances":
            return [str(len(of_study))]
        value = header.get(keyword)
        return [] if value is None else [str(value)]

    return values


def _sent(chosen: Iterable[tuple[int, _Stored]], faults: Faults) -> Iterator[tuple[int, Path]]:
    """Go through what is sent for what was chosen, each with its number in the study."""
    for number, (position, stored) in enumerate(chosen):
        if number == 1 and faults.sends_also is not None:
            yield -1, Path(faults.sends_also)
        if position == faults.loses:
            continue
        yield position, stored.path
        if faults.duplicates:
            yield position, stored.path


def _send(path: Path, position: int, incoming: Incoming, faults: Faults) -> None:
    size = path.stat().st_size
    if size > LARGEST_INSTANCE_BYTES:
        raise BrokenInstance(f"an instance is larger than {LARGEST_INSTANCE_BYTES} bytes")
    target = incoming.begin()
    if position == faults.garbles:
        target.write_bytes(b"\xa5" * size)
    elif position == faults.truncates:
        target.write_bytes(path.read_bytes()[: size // 2])
    else:
        shutil.copyfile(path, target)
    incoming.arrived(target)
