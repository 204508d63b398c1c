"""The kiosks that journeys go through."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.kiosks import Kiosk, Kiosks, first_kiosk


@pytest.fixture(scope="session")
def kiosks(tmp_path_factory: pytest.TempPathFactory) -> Kiosks:
    return first_kiosk(tmp_path_factory.mktemp("first"))


@pytest.fixture
def kiosk(kiosks: Kiosks, tmp_path: Path) -> Iterator[Kiosk]:
    made = kiosks.make(tmp_path)
    yield made
    made.close()
