"""The configuration files that we ship."""

from pathlib import Path

import pytest

from kiosk.config import read_settings
from kiosk.errors import ConfigurationWrong

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_an_example_is_a_valid_configuration(path: Path) -> None:
    assert "Example Hospital" in read_settings(path).site.name


def test_there_is_an_example_for_each_way_to_install() -> None:
    stores = {path.stem: read_settings(path).store.url for path in EXAMPLES.glob("*.toml")}
    assert stores["one-kiosk"].startswith("sqlite:////var/lib/")
    assert stores["several-kiosks"].startswith("postgresql+psycopg://")
    assert stores["demo"].startswith("sqlite:///build/")


def test_the_demonstration_asks_for_images_over_the_web_first_and_over_dicom_next() -> None:
    assert read_settings(EXAMPLES / "demo.toml").archive.order == ("dicomweb", "dimse-get")


def test_a_misspelt_key_in_an_example_would_be_named(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        (EXAMPLES / "one-kiosk.toml").read_text().replace("listen_port", "listening_port")
    )
    with pytest.raises(ConfigurationWrong, match="listening_port"):
        read_settings(wrong)
