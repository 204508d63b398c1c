"""Where fetched instances land in tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pydicom import Dataset, dcmread

from kiosk.domain.study import InstanceRef


@dataclass
class Inbox:
    """Takes everything, and says so."""

    folder: Path
    on_arrival: Callable[[int], None] = lambda _: None
    """Told how many have arrived, this one included; may raise."""
    paths: list[Path] = field(default_factory=list)
    begun: int = 0

    def begin(self) -> Path:
        self.begun += 1
        return self.folder / f"{self.begun:06}"

    def arrived(self, path: Path) -> None:
        self.paths.append(path)
        self.on_arrival(len(self.paths))

    @property
    def data_sets(self) -> list[Dataset]:
        return [dcmread(path) for path in self.paths]

    @property
    def refs(self) -> set[InstanceRef]:
        return {
            InstanceRef(ds.SeriesInstanceUID, ds.SOPInstanceUID)
            for ds in (
                dcmread(path, specific_tags=["SeriesInstanceUID", "SOPInstanceUID"])
                for path in self.paths
            )
        }

    @property
    def torsos(self) -> list[Path]:
        """Files that were begun and neither handed over nor removed."""
        return sorted(set(self.folder.iterdir()) - set(self.paths))
