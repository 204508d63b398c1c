"""``kiosk ui``: what the screen is handed, before any window opens."""

import threading
from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.bootstrap.front import open_front
from kiosk.domain.session.asks import Identify, LookAtQueue
from kiosk.domain.session.events import Event, Found, QueueSeen
from kiosk.domain.session.facts import CodeTyped, MediumKind, OutOfOrder
from kiosk.errors import ConfigurationWrong
from kiosk.services.identify import identify_at_desk
from kiosk.ui.front import Front
from tests.builders import MARIA
from tests.journeys.kiosks import Kiosk
from tests.services.visit.visitors import devices

PNG = b"\x89PNG\r\n\x1a\n"


def front(kiosk: Kiosk, window: tuple[int, int] | None = None, **sections: object) -> Front:
    kiosk.configure(**devices(kiosk, **sections))  # type: ignore[arg-type]  # named by the tests
    return open_front(kiosk.config, window=window)


def told(screen: Front, ask: object) -> Event:
    """Perform an ask as the screen does, on a thread of its own; return its last answer."""
    heard: list[Event] = []
    arguments = (ask, heard.append, lambda: True)
    thread = threading.Thread(target=screen.perform, args=arguments)
    thread.start()
    thread.join()
    return heard[-1]


def test_the_screen_is_what_the_configuration_says(kiosk: Kiosk) -> None:
    screen = front(
        kiosk,
        site={"name": "Example Hospital", "languages": ["es", "en"], "time_zone": "Asia/Tokyo"},
        screen={"diagonal_inch": 32, "size": [1920, 1080]},
        policy={"wristbands": True},
    )
    assert (screen.site.name, screen.site.languages) == ("Example Hospital", ("es", "en"))
    assert str(screen.site.zone) == "Asia/Tokyo"
    assert (screen.rules.home.language, screen.rules.wristbands) == ("es", True)
    glass = screen.glass
    assert (glass.width_px, glass.height_px, glass.diagonal_inch) == (1920, 1080, 32)
    assert glass.fullscreen
    assert screen.site.logo is None


def test_a_window_takes_the_place_of_the_panel(kiosk: Kiosk) -> None:
    glass = front(kiosk, window=(540, 960)).glass
    assert (glass.width_px, glass.height_px, glass.fullscreen) == (540, 960, False)


def test_a_logo_is_read_and_anything_else_is_said(kiosk: Kiosk, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    with pytest.raises(ConfigurationWrong, match="logo"):
        front(kiosk, site={"logo": str(logo)})
    logo.write_bytes(b"GIF89a")
    with pytest.raises(ConfigurationWrong, match="no PNG"):
        front(kiosk, site={"logo": str(logo)})
    logo.write_bytes(PNG)
    assert front(kiosk, site={"logo": str(logo)}).site.logo == PNG


def test_behind_the_screen_stands_the_whole_kiosk(kiosk: Kiosk) -> None:
    screen = front(kiosk)
    assert told(screen, LookAtQueue()) == QueueSeen(())
    issued = kiosk.appliance.codes.issue(
        identify_at_desk(kiosk.appliance.ways, MARIA.patient_id), (), seen="ID", by="x", hours=1
    )
    found = told(screen, Identify(CodeTyped(issued.digits), MARIA.birth_date))
    assert isinstance(found, Found)
    disc, stick, _, paper, _ = found.shelves
    assert (disc.kind, disc.price, disc.currency) == (MediumKind.DISC, Decimal("6.5"), "USD")
    assert (disc.out_of_order, stick.out_of_order) == (None, None)
    assert paper.out_of_order is OutOfOrder.ABSENT


def test_a_kiosk_without_folders_offers_no_disc_and_no_stick(kiosk: Kiosk) -> None:
    kiosk.configure()
    screen = open_front(kiosk.config)
    issued = kiosk.appliance.codes.issue(
        identify_at_desk(kiosk.appliance.ways, MARIA.patient_id), (), seen="ID", by="x", hours=1
    )
    found = told(screen, Identify(CodeTyped(issued.digits), MARIA.birth_date))
    assert isinstance(found, Found)
    assert {shelf.out_of_order for shelf in found.shelves} == {OutOfOrder.ABSENT}


@pytest.mark.parametrize("size", ["", "540", "540x", "x960", "0x960", "540X960", "99999999x9"])
def test_a_size_that_is_none_is_wrong_use(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["ui", "--window", size])
    assert ended.value.code == 2
    assert "WIDTHxHEIGHT" in capsys.readouterr().err
