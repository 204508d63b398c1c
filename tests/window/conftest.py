"""A display that nobody sees, a real archive, and a kiosk with its window and its worker."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.demo.display import virtual_display
from kiosk.demo.orthanc import Orthanc
from kiosk.services.identify import identify_at_desk
from tests.builders import MARIA, Place, StudyPlan, ct, mr
from tests.journeys.kiosks import Kiosk, Kiosks, first_kiosk
from tests.peers.ports import free_port
from tests.services.visit.visitors import devices
from tests.window.glass import HALF_A_PANEL, Glass

STUDIES = (
    StudyPlan(Place(MARIA, "head", date="20260312"), instances=12, make=lambda at: ct(at, 64)),
    StudyPlan(Place(MARIA, "knee", date="20260105"), instances=3, make=lambda at: mr(at, 64)),
)
INSTANCES = 15
BORN = f"{MARIA.birth_date:%m%d%Y}"

Opens = Callable[..., Glass]


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    with virtual_display(1080, 1920) as name:
        yield name


@pytest.fixture(scope="session")
def orthanc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orthanc]:
    folder = tmp_path_factory.mktemp("archive")
    with Orthanc(folder / "orthanc", free_port(), free_port()) as running:
        for plan in STUDIES:
            running.load(plan.write(folder / "loaded"))
        yield running


@pytest.fixture(scope="session")
def kiosks(tmp_path_factory: pytest.TempPathFactory) -> Kiosks:
    return first_kiosk(tmp_path_factory.mktemp("first"))


@pytest.fixture
def kiosk(kiosks: Kiosks, orthanc: Orthanc, tmp_path: Path) -> Iterator[Kiosk]:
    made = kiosks.make(tmp_path, [])
    made.configure(
        **devices(
            made,
            archive={"order": ["dicomweb"]},
            archive__dicomweb={"url": orthanc.url, "timeout_s": 3},
            site={"name": "Riverside Example Hospital", "languages": ["en", "es", "ar"]},
        )
    )
    yield made
    made.close()


@pytest.fixture
def opens(kiosk: Kiosk, display: str) -> Iterator[Opens]:
    """Open the kiosk's window; it is gone when the test ends."""
    opened: list[Glass] = []

    def open_window(size: tuple[int, int] = HALF_A_PANEL) -> Glass:
        folder = kiosk.folder / "around"
        opened.append(Glass(kiosk.config, folder, display, size))
        return opened[-1]

    yield open_window
    for glass in opened:
        glass.kill()


@pytest.fixture
def glass(opens: Opens) -> Glass:
    """The kiosk's window, open."""
    return opens()


@pytest.fixture
def digits(kiosk: Kiosk) -> str:
    """Of a slip that the desk has just given to Maria."""
    return fetch_code(kiosk)


def fetch_code(kiosk: Kiosk) -> str:
    appliance = kiosk.appliance
    issued = appliance.codes.issue(
        identify_at_desk(appliance.ways, MARIA.patient_id), (), seen="ID", by="robin", hours=1
    )
    return issued.digits
