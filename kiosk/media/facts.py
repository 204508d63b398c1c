"""What a medium says about itself and about whom it belongs to."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.study import Patient, Study
from kiosk.media.profile import Profile


@dataclass(frozen=True, slots=True)
class MediumFacts:
    """What the pages and the dates of every volume are made from."""

    patient: Patient
    studies: tuple[Study, ...]
    site_name: str
    site_address: str
    site_phone: str
    product: str
    product_version: str
    created_at: datetime
    """The job's own moment, so that making the medium again gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture for the browser."""

    caption: str
    file_name: str
    """In ``IHE_PDI``: ``P0000001.JPG``; empty if it cannot be drawn."""


@dataclass(frozen=True, slots=True)
class ImportableStudy:
    """What a volume holds of a study."""

    study: Study
    series: int
    instances: int
    page: str
    """Name of the page with its pictures, in ``IHE_PDI``: ``ST000001.HTM``."""
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class KeptAsStored:
    """An instance that no directory lists, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that the pages of one volume tell."""

    facts: MediumFacts
    profile: Profile
    file_set_id: str
    volume: int
    volumes: int
    studies: tuple[ImportableStudy, ...]
    kept_as_stored: tuple[KeptAsStored, ...]
