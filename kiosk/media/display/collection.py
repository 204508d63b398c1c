"""The pictures of instances on disk: which there are, and each of them when its turn comes."""

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydicom import Dataset, dcmread
from pydicom.errors import InvalidDicomError

from kiosk.domain.picture import Picture, Tones
from kiosk.media.display.candidate import Candidate, candidate_of
from kiosk.media.display.choice import Shown, choose
from kiosk.media.display.develop import develop
from kiosk.media.display.key_object import marked_frames
from kiosk.media.display.state import state_for


@dataclass(slots=True)
class Collection:
    """Instances of one patient, with what was marked and how it is to be presented."""

    candidates: list[Candidate] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)
    marked: list[tuple[str, int | None]] = field(default_factory=list)
    states: list[Dataset] = field(default_factory=list)

    def choose(self, cells: int) -> list[Shown]:
        """Return which pictures go on sheets; see :func:`kiosk.media.display.choice.choose`."""
        return choose(self.candidates, self.marked, cells)

    def develop(self, shown: Shown, tones: Tones) -> Picture:
        """Return one picture as it is to be seen."""
        uid, frame = shown
        return develop(self.paths[uid], frame, tones, state_for(self.states, uid, frame))


def collect(paths: Iterable[Path]) -> Collection:
    """Read the headers of instances; what has no picture, mark or state is passed over."""
    collection = Collection()
    # Readers warn with values in the text, which may be the patient's.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in paths:
            try:
                _add(collection, path, dcmread(path, stop_before_pixels=True))
            except InvalidDicomError:
                continue
    return collection


def instances_in(folder: Path) -> Sequence[Path]:
    """Return the files of a folder and those below it, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _add(collection: Collection, path: Path, ds: Dataset) -> None:
    modality = ds.get("Modality")
    if modality == "KO":
        collection.marked += marked_frames(ds)
    elif modality == "PR":
        collection.states.append(ds)
    elif candidate := candidate_of(ds):
        collection.candidates.append(candidate)
        collection.paths[candidate.sop_instance_uid] = path
