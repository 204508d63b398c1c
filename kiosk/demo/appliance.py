"""Sets up a whole appliance in one folder: an archive with real images, and its configuration."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.demo.failed import DemoFailed
from kiosk.demo.identity import HOSPITAL
from kiosk.demo.loopback import DemoArchive, demo_archive
from kiosk.demo.studies import write_demo_studies

_FIRST_LINE = "# Written by kiosk demo."
_SETTINGS = """\
{first_line}

kiosk = "demo"

[site]
name = "{hospital}"
address = "1 Example Way, 12345 Exampletown"
phone = "+1 555 0100"
languages = ["en", "es", "zh", "ar", "vi", "ru"]

[screen]
diagonal_inch = 21.5
fullscreen = false
size = [1080, 1920]

[archive]
order = ["dicomweb", "dimse-get"]

[archive.dicomweb]
url = "{dicomweb_url}"

[archive.dimse]
host = "127.0.0.1"
port = {dicom_port}
called_ae_title = "{ae_title}"

[store]
url = {store_url}

[spool]
path = {spool}

[media]
disc_folder = {handed_over}
stick_folder = {handed_over}

[print]
receipt_folder = {printed}

[policy]
wristbands = true

[policy.prices]
currency = "USD"
disc = 0
new_stick = 6.50
"""


@dataclass(frozen=True, slots=True)
class DemoAppliance:
    """An appliance that is set up, for whoever walks through it."""

    config: Path
    """Its configuration; everything else about it stands in there."""
    handed_over: Path
    """An empty folder for what the patient takes home: discs, and sticks that were plugged in."""
    pictures: Path
    """Where pictures of the screens go; not there yet."""
    instances: int
    """How many the archive holds, of all patients."""


@contextmanager
def demo_appliance(folder: Path) -> Iterator[DemoAppliance]:
    """Set an appliance up in a folder, in place of an earlier one, and end its archive after.

    Raises
    ------
    DemoFailed
        If the folder holds anything else, or this machine lacks what the demonstration needs.
    """
    folder = folder.absolute()
    machine, handed_over = folder / "appliance", folder / "handed-over"
    config = machine / "kiosk.toml"
    _clear(folder, config)
    handed_over.mkdir(parents=True)
    studies = write_demo_studies(machine / "studies")
    with demo_archive(machine / "archive", machine / "studies") as archive:
        (machine / "printed").mkdir()
        config.write_text(_settings(machine, archive, handed_over))
        yield DemoAppliance(config, handed_over, folder / "screens", len(studies))


def _clear(folder: Path, config: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not config.exists() or not config.read_text().startswith(_FIRST_LINE):
        raise DemoFailed(f"{folder} holds something else, name a new folder with --folder")
    for name in ("appliance", "handed-over", "screens"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _settings(machine: Path, archive: DemoArchive, handed_over: Path) -> str:
    return _SETTINGS.format(
        first_line=_FIRST_LINE,
        hospital=HOSPITAL,
        dicomweb_url=archive.dicomweb_url,
        dicom_port=archive.dicom_port,
        ae_title=archive.ae_title,
        # A JSON string is a TOML string.
        store_url=json.dumps(f"sqlite:///{machine / 'kiosk.db'}"),
        spool=json.dumps(str(machine / "spool")),
        handed_over=json.dumps(str(handed_over)),
        printed=json.dumps(str(machine / "printed")),
    )
