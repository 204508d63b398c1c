"""The wiring of the touch screen and of what stands behind it."""

from pathlib import Path

from hardware.headphones import JackHeadphones
from hardware.simulated.printer import FolderPrinter
from hardware.voice import EspeakVoice
from kiosk.bootstrap import Appliance, now_utc, open_appliance
from kiosk.config import Settings
from kiosk.domain.release import TargetKind
from kiosk.domain.session.facts import Comfort, MediumKind, Rules
from kiosk.errors import ConfigurationWrong
from kiosk.media.darkroom import Darkroom
from kiosk.ports import Clock, Printer
from kiosk.services.visit.attendant import Attendant
from kiosk.services.visit.door import Door
from kiosk.services.visit.handing_over import HandingOver
from kiosk.services.visit.lightbox import Lightbox
from kiosk.services.visit.paperwork import Paperwork
from kiosk.services.visit.reading import Reading
from kiosk.services.visit.shelves import Place, Shelves
from kiosk.services.visit.waiting_room import WaitingRoom
from kiosk.ui.front import Front, Glass
from kiosk.ui.front import Site as FrontSite

PNG = b"\x89PNG\r\n\x1a\n"


def open_front(
    config: Path, clock: Clock = now_utc, window: tuple[int, int] | None = None
) -> Front:
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
    appliance = open_appliance(config, clock)
    settings, screen = appliance.settings, appliance.settings.screen
    width, height = window or screen.size
    site = appliance.papers.site
    attendant = open_attendant(appliance, (width, height))
    attendant.darkroom.open()
    return Front(
        rules=Rules(Comfort(language=settings.site.languages[0]), settings.policy.wristbands),
        site=FrontSite(site.name, site.zone, _logo(settings), settings.site.languages),
        glass=Glass(width, height, screen.diagonal_inch, screen.fullscreen and window is None),
        clock=clock,
        perform=attendant.perform,
        voice=EspeakVoice(),
        headphones=JackHeadphones(),
    )


def open_attendant(appliance: Appliance, panel: tuple[int, int]) -> Attendant:
    """Build what stands behind a screen of so many pixels, and clear up after an earlier one."""
    settings, clock, store = appliance.settings, appliance.clock, appliance.store
    kiosk, zone = settings.kiosk, appliance.papers.site.zone
    printing = settings.print
    appliance.spool.clear_looks()
    room = WaitingRoom(kiosk, store.jobs, store.audit, clock)
    shelves = _shelves(appliance)
    darkroom = Darkroom()
    return Attendant(
        kiosk=kiosk,
        audit=store.audit,
        door=Door(
            kiosk, appliance.codes, appliance.ways, room, shelves, store.audit, clock,
            settings.policy.wristbands,
        ),
        lightbox=Lightbox(appliance.ways, appliance.spool, darkroom.thumbnail, clock, zone),
        darkroom=darkroom,
        paperwork=Paperwork(
            appliance.papers, appliance.desk, store.jobs, appliance.codes, shelves, room,
            Reading.on_panel(*panel).lay,
        ),
        room=room,
        counter=HandingOver(
            kiosk, store.jobs, store.audit, _printer(printing.receipt_folder),
            _printer(printing.label_folder), appliance.papers,
        ),
    )  # fmt: skip


def _printer(folder: Path | None) -> Printer | None:
    return FolderPrinter(folder) if folder else None


def _shelves(appliance: Appliance) -> Shelves:
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
