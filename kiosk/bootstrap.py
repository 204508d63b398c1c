"""The only wiring: from the configuration to the parts of one appliance."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from tzlocal import get_localzone

from forms.facts import ReadinessFacts, Site
from forms.fonts import check_fonts
from forms.seal import Seal, load_seal
from forms.seal_key import SealFiles, make_seal_key
from kiosk import PRODUCT, __version__
from kiosk.archive.dicomweb import DicomWebArchive
from kiosk.archive.dimse_get import DimseGetArchive
from kiosk.archive.dimse_move import DimseMoveArchive
from kiosk.archive.folder import FolderArchive
from kiosk.config import ArchiveWay, Settings, read_settings
from kiosk.domain.job import Job
from kiosk.domain.release import TargetKind
from kiosk.errors import ConfigurationWrong
from kiosk.media.profile import Profile
from kiosk.ports import Archive, AuditLog, Clock, MediaTarget
from kiosk.services.codes import Codes
from kiosk.services.papers import Papers
from kiosk.services.pipeline import Bench
from kiosk.services.readiness import (
    look,
    look_at_clock,
    look_at_seal,
    look_at_spool,
    without_devices,
)
from kiosk.services.release import ReleaseDesk
from kiosk.services.spool import Spool
from kiosk.services.targets import file_target
from kiosk.services.worker import Worker
from kiosk.store.opening import Store, open_store

if TYPE_CHECKING:
    from kiosk.services.visit.attendant import Attendant
    from kiosk.services.visit.shelves import Shelves
    from kiosk.ui.front import Front

log = structlog.get_logger()

PNG = b"\x89PNG\r\n\x1a\n"
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
        site=_site(settings),
        kiosk=settings.kiosk,
        software=SOFTWARE,
        seal=open_seal(settings, clock),
        jobs=store.jobs,
        audit=store.audit,
        clock=clock,
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


def open_front(
    config: Path, clock: Clock = now_utc, window: tuple[int, int] | None = None
) -> "Front":
    """Build what the touch screen is handed.

    Parameters
    ----------
    window : tuple of int, optional
        Width and height in pixels of a window in place of the configured panel.

    Raises
    ------
    ConfigurationWrong, StoreUnusable, StoreUnreachable, StoreBusy
        As ``open_appliance`` does; the logo is part of the configuration.
    """
    # No other command needs the screen's libraries.
    from hardware.headphones import JackHeadphones
    from hardware.touch import panel_watched
    from hardware.voice import EspeakVoice
    from kiosk.domain.session.facts import Comfort, Rules
    from kiosk.ui.front import Front, Glass
    from kiosk.ui.front import Site as FrontSite

    appliance = open_appliance(config, clock)
    settings, screen = appliance.settings, appliance.settings.screen
    width, height = window or screen.size
    site = appliance.papers.site
    return Front(
        rules=Rules(Comfort(language=settings.site.languages[0]), settings.policy.wristbands),
        site=FrontSite(site.name, site.zone, _logo(settings), settings.site.languages),
        glass=Glass(width, height, screen.diagonal_inch, screen.fullscreen and window is None),
        clock=clock,
        perform=open_attendant(appliance, (width, height)).perform,
        voice=EspeakVoice(),
        headphones=JackHeadphones(),
        panel_watched=panel_watched,
    )


def open_attendant(appliance: Appliance, panel: tuple[int, int]) -> "Attendant":
    """Build what stands behind a screen of so many pixels, and clear up after an earlier one."""
    from hardware.simulated.printer import FolderPrinter
    from kiosk.media.darkroom import Darkroom
    from kiosk.services.visit.attendant import Attendant
    from kiosk.services.visit.door import Door
    from kiosk.services.visit.handing_over import HandingOver
    from kiosk.services.visit.lightbox import Lightbox
    from kiosk.services.visit.paperwork import Paperwork
    from kiosk.services.visit.reading import Reading
    from kiosk.services.visit.waiting_room import WaitingRoom

    settings, clock, store = appliance.settings, appliance.clock, appliance.store
    kiosk, zone = settings.kiosk, appliance.papers.site.zone
    folder = settings.print.receipt_folder
    appliance.spool.clear_looks()
    room = WaitingRoom(kiosk, store.jobs, store.audit, clock)
    shelves = _shelves(appliance)
    return Attendant(
        kiosk=kiosk,
        audit=store.audit,
        door=Door(
            kiosk, appliance.codes, appliance.ways, room, shelves, store.audit, clock,
            settings.policy.wristbands,
        ),
        lightbox=Lightbox(appliance.ways, appliance.spool, Darkroom().thumbnail, clock, zone),
        paperwork=Paperwork(
            appliance.papers, appliance.desk, store.jobs, appliance.codes, shelves, room,
            Reading.on_panel(*panel).lay,
        ),
        room=room,
        counter=HandingOver(
            kiosk, store.jobs, store.audit, FolderPrinter(folder) if folder else None,
            appliance.papers,
        ),
    )  # fmt: skip


def open_audit_log(config: Path, clock: Clock = now_utc) -> AuditLog:
    """Open only the chain of events."""
    return open_store(read_settings(config).store.url, clock).audit


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
        look_at_seal(lambda: open_seal(settings, clock), clock()),
        look("fonts", lambda: f"{check_fonts()} typefaces"),
        look_at_clock(),
        *without_devices(),
    )
    return ReadinessFacts(_site(settings), settings.kiosk, SOFTWARE, clock(), findings)


def seal_files(settings: Settings) -> SealFiles:
    """Return where the seal is kept: where it was configured, else beside the spool."""
    forms = settings.forms
    if forms.key_file is None:
        return SealFiles.in_folder(settings.spool.path.parent / "seal")
    return SealFiles(forms.key_file, forms.cert_file, forms.passphrase_file)


def open_seal(settings: Settings, clock: Clock = now_utc) -> Seal:
    """Load the seal, made on first use when its key is absent."""
    files = seal_files(settings)
    if make_seal_key(files, settings.site.name, clock()):
        log.warning("seal-made", key=str(files.key))
    return load_seal(files)


def _shelves(appliance: Appliance) -> "Shelves":
    from kiosk.domain.session.facts import MediumKind
    from kiosk.services.visit.shelves import Place, Shelves

    media, prices = appliance.settings.media, appliance.settings.policy.prices
    places = {}
    if media.disc_folder is not None:
        disc = Place(media.disc_folder, TargetKind.IMAGE, media.capacity_bytes)
        places[MediumKind.DISC] = disc
    if media.stick_folder is not None:
        stick = Place(media.stick_folder, TargetKind.FOLDER)
        places |= {MediumKind.OWN_STICK: stick, MediumKind.NEW_STICK: stick}
    return Shelves(
        places,
        {kind: getattr(prices, kind.replace("-", "_")) for kind in MediumKind},
        prices.currency,
        appliance.clock,
    )


def _logo(settings: Settings) -> bytes | None:
    path = settings.site.logo
    if path is None:
        return None
    try:
        logo = path.read_bytes()
    except OSError as error:
        raise ConfigurationWrong(f"[site] logo: {path}: {error.strerror}") from None
    if not logo.startswith(PNG):
        raise ConfigurationWrong(f"[site] logo: {path} is no PNG")
    return logo


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


def _site(settings: Settings) -> Site:
    site = settings.site
    zone = ZoneInfo(site.time_zone) if site.time_zone else get_localzone()
    return Site(site.name, site.address, site.phone, zone)


def _target(job: Job, settings: Settings) -> MediaTarget:
    return file_target(job.release.target, job.job_id, settings.media.capacity_bytes)
