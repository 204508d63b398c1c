"""The demonstration's appliance: set up in one folder, and never in place of something else."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import read_settings
from kiosk.demo.appliance import DemoAppliance, demo_appliance
from kiosk.demo.failed import DemoFailed

EXAMPLE = Path(__file__).parents[2] / "examples/demo.toml"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoAppliance]:
    with demo_appliance(tmp_path_factory.mktemp("demo") / 'a "demo" folder') as appliance:
        yield appliance


@pytest.mark.lab
def test_the_configuration_is_valid_and_has_the_shape_of_the_example(demo: DemoAppliance) -> None:
    written = tomllib.loads(demo.config.read_text())
    example = tomllib.loads(EXAMPLE.read_text())
    assert read_settings(demo.config).archive.order == ("dicomweb", "dimse-get")
    assert keys(written) == keys(example)
    assert written["site"] == example["site"]


@pytest.mark.lab
def test_everything_lies_in_the_named_folder_whatever_its_name(demo: DemoAppliance) -> None:
    settings = read_settings(demo.config)
    assert settings.spool.path == demo.config.with_name("spool")
    assert settings.store.url == f"sqlite:///{demo.config.with_name('kiosk.db')}"
    assert demo.handed_over.parent.name == 'a "demo" folder'
    assert list(demo.handed_over.iterdir()) == []


@pytest.mark.lab
def test_a_second_demonstration_takes_the_place_of_the_first(tmp_path: Path) -> None:
    with demo_appliance(tmp_path) as demo:
        demo.handed_over.joinpath("disc.iso").touch()
        demo.config.with_name("kiosk.db").touch()
    with demo_appliance(tmp_path) as demo:
        assert list(demo.handed_over.iterdir()) == []
        assert not demo.config.with_name("kiosk.db").exists()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    tmp_path.joinpath("holiday.jpg").touch()
    with pytest.raises(DemoFailed, match="holds something else"), demo_appliance(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_real_kiosks_folder_is_left_alone(tmp_path: Path) -> None:
    config = tmp_path / "appliance/kiosk.toml"
    config.parent.mkdir()
    config.write_text("# ours\n")
    with pytest.raises(DemoFailed, match="holds something else"), demo_appliance(tmp_path):
        pass
    assert config.read_text() == "# ours\n"


def keys(table: object) -> object:
    return {name: keys(each) for name, each in table.items()} if isinstance(table, dict) else None


def test_the_shape_of_two_tables_is_compared_by_their_keys() -> None:
    assert keys(json.loads('{"a": {"b": 1}}')) == {"a": {"b": None}}
