"""The only wiring: from the configuration to the parts of one appliance."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tzlocal import get_localzone

from forms.facts import LabelShows, ReadinessFacts, Site
from forms.house import PLAIN, House
from forms.house_folder import read_house
from forms.label.disc_face import Ring
from forms.receipt.page import ReceiptPage
from forms.typography.fonts import check_fonts
from kiosk import PRODUCT, __version__
from kiosk.archive.dicomweb import DicomWebArchive
from kiosk.archive.dimse_get import DimseGetArchive
from kiosk.archive.dimse_move import DimseMoveArchive
from kiosk.archive.folder import FolderArchive
from kiosk.bootstrap.seal import open_seal, seal_trust
from kiosk.config import ArchiveWay, Settings, read_settings
from kiosk.domain.job import Job
from kiosk.errors import ConfigurationWrong
from kiosk.media.profile import Profile
from kiosk.ports import Archive, AuditLog, Clock, MediaTarget
from kiosk.services.codes import Codes
from kiosk.services.papers import Papers
from kiosk.services.pipeline import Bench
from kiosk.services.proof import Proof
from kiosk.services.readiness import (
    clock_state,
    look,
    look_at_clock,
    look_at_house,
    look_at_spool,
    without_devices,
)
from kiosk.services.release import ReleaseDesk
from kiosk.services.seal_readiness import look_at_seal
from kiosk.services.spool import Spool
from kiosk.services.stationery import DiscLabel, ReceiptPrinter, Stationery
from kiosk.services.targets import file_target
from kiosk.services.worker import Worker
from kiosk.store.opening import Store, open_store

SOFTWARE = f"{PRODUCT} {__version__}"


@dataclass(frozen=True, slots=True)
class Appliance:
    """Everything that the commands and processes of one kiosk use."""

    settings: Settings
    clock: Clock
    store: Store
    ways: tuple[Archive, ...]
    spool: Spool
    papers: Papers
    codes: Codes
    desk: ReleaseDesk
    worker: Worker


def now_utc() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def open_appliance(config: Path, clock: Clock = now_utc) -> Appliance:
    """Build everything that a configuration asks for.

    Raises
    ------
    ConfigurationWrong
        If the configuration, the seal or a password file cannot be used.
    StoreUnusable, StoreUnreachable, StoreBusy
        If the database cannot be opened.
    """
    settings = read_settings(config)
    store = open_store(settings.store.url, clock)
    spool = Spool(settings.spool.path)
    ways = tuple(_way(name, settings) for name in settings.archive.order)
    papers = Papers(
        site=_site(settings, _house(settings)),
        kiosk=settings.kiosk,
        software=SOFTWARE,
        seal=open_seal(settings, clock()),
        stationery=_stationery(settings),
        jobs=store.jobs,
        audit=store.audit,
        clock=clock,
        clock_state=clock_state,
    )
    bench = Bench(
        ways=ways,
        jobs=store.jobs,
        papers=papers,
        target=lambda job: _target(job, settings),
        profile=Profile(settings.media.profile),
    )
    gc.freeze()  # what is loaded by now stays; the collector need not look at it again and again
    return Appliance(
        settings=settings,
        clock=clock,
        store=store,
        ways=ways,
        spool=spool,
        papers=papers,
        codes=Codes(store.codes, clock),
        desk=ReleaseDesk(settings.kiosk, store.jobs, papers, clock),
        worker=Worker(settings.kiosk, bench, store.jobs, spool, clock),
    )


def open_audit_log(config: Path, clock: Clock = now_utc) -> AuditLog:
    """Open only the chain of events."""
    return open_store(read_settings(config).store.url, clock).audit


def open_proof(config: Path, clock: Clock = now_utc) -> Proof:
    """Open what judges a document: certificates, store and chain of events, but no key."""
    settings = read_settings(config)
    store = open_store(settings.store.url, clock)
    return Proof(seal_trust(settings), store.jobs, store.audit)


def look_at_everything(config: Path, clock: Clock = now_utc) -> ReadinessFacts:
    """Look at all that a release needs, and at each thing although others are broken."""
    settings = read_settings(config)

    def store() -> Store:
        return open_store(settings.store.url, clock)

    def answer(name: ArchiveWay) -> Callable[[], str]:
        return lambda: _way(name, settings).check()

    findings = (
        look("configuration", lambda: str(config)),
        *(look(f"archive {name}", answer(name)) for name in settings.archive.order),
        look("database", lambda: store().check()),
        look("audit trail", lambda: f"{store().audit.verify()} events, the chain is whole"),
        look_at_spool(settings.spool.path),
        *look_at_seal(lambda: open_seal(settings, clock()), clock()),
        look("fonts", lambda: f"{check_fonts()} typefaces"),
        look_at_house(settings.forms.folder, lambda: _house(settings)),
        look_at_clock(),
        *without_devices(),
    )
    return ReadinessFacts(_site(settings, PLAIN), settings.kiosk, SOFTWARE, clock(), findings)


def _way(name: ArchiveWay, settings: Settings) -> Archive:
    archive = settings.archive
    match name:
        case "dicomweb" if archive.dicomweb is not None:
            return DicomWebArchive(archive.dicomweb)
        case "dimse-get" if archive.dimse is not None:
            return DimseGetArchive(archive.dimse)
        case "dimse-move" if archive.dimse is not None:
            return DimseMoveArchive(archive.dimse)
        case "folder" if archive.folder is not None:
            return FolderArchive(archive.folder)
        case _:
            raise ConfigurationWrong(f"[archive] order names {name}, which is not configured")


def _house(settings: Settings) -> House:
    folder = settings.forms.folder
    return read_house(folder) if folder else PLAIN


def _site(settings: Settings, house: House) -> Site:
    site = settings.site
    zone = ZoneInfo(site.time_zone) if site.time_zone else get_localzone()
    return Site(site.name, site.address, site.phone, zone, site.languages[0], house)


def _stationery(settings: Settings) -> Stationery:
    printing = settings.print
    return Stationery(
        receipt_page=ReceiptPage(printing.receipt_page),
        receipt_printer=ReceiptPrinter(printing.receipt_printer),
        disc_label=DiscLabel(printing.disc_label),
        disc_ring=Ring.of_diameters(printing.disc_inner_mm, printing.disc_outer_mm),
        label_shows=LabelShows(settings.policy.label_shows),
    )


def _target(job: Job, settings: Settings) -> MediaTarget:
    return file_target(job.release.target, job.job_id, settings.media.capacity_bytes)
