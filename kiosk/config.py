"""The configuration: one TOML file read into frozen, typed settings."""

import socket
import tomllib
import zoneinfo
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from kiosk.errors import ConfigurationWrong

DEFAULT_PATH = Path("/etc/kiosk/kiosk.toml")

AETitle = Annotated[str, StringConstraints(min_length=1, max_length=16, pattern=r"^[ -\[\]-~]+$")]
Port = Annotated[int, Field(ge=1, le=65535)]
ArchiveWay = Literal["dicomweb", "dimse-get", "dimse-move", "folder"]
Language = Literal["en", "es", "zh", "ar", "vi", "ru"]
Price = Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]
Pixels = Annotated[int, Field(ge=320, le=16384)]
Profile = Literal["STD-GEN-CD", "STD-GEN-DVD-JPEG", "STD-GEN-DVD-J2K"]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Site(_Section):
    """The hospital, as printed on forms, media and receipts."""

    name: str = "Imaging release desk"
    address: str = ""
    phone: str = ""
    languages: tuple[Language, ...] = Field(default=get_args(Language), min_length=1)
    """What the screen can be read in, the kiosk's own first."""
    logo: Path | None = None
    """A square PNG, beside the name on every screen."""
    time_zone: str = ""
    """As in ``America/Chicago``; the machine's own when empty."""

    @field_validator("languages")
    @classmethod
    def _each_once(cls, languages: tuple[Language, ...]) -> tuple[Language, ...]:
        if len(set(languages)) < len(languages):
            raise ValueError("a language is named twice")
        return languages

    @field_validator("time_zone")
    @classmethod
    def _time_zone_is_known(cls, name: str) -> str:
        if name and name not in zoneinfo.available_timezones():
            raise ValueError("no such time zone")
        return name


class Tls(_Section):
    """Trust and client certificate of one connection, as PEM files."""

    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None

    @model_validator(mode="after")
    def _certificate_has_its_key(self) -> Self:
        if (self.cert_file is None) != (self.key_file is None):
            raise ValueError("cert_file and key_file go together")
        return self


class DicomWeb(Tls):
    """QIDO-RS and WADO-RS."""

    url: str
    user: str | None = None
    password_file: Path | None = None
    token_file: Path | None = None
    timeout_s: float = 30

    @model_validator(mode="after")
    def _one_way_to_log_in(self) -> Self:
        if (self.user is None) != (self.password_file is None):
            raise ValueError("user and password_file go together")
        if self.user is not None and self.token_file is not None:
            raise ValueError("give user and password_file, or token_file, not both")
        return self


class Dimse(Tls):
    """C-FIND, C-GET and C-MOVE; TLS when a certificate authority or certificate is given."""

    host: str
    port: Port
    called_ae_title: AETitle
    calling_ae_title: AETitle = "KIOSK"
    listen_host: str = ""
    """Address of our Storage SCP for C-MOVE; empty for all."""
    listen_port: Port = 11112
    timeout_s: float = 30


class Folder(_Section):
    """A folder of DICOM files that stands in for an archive."""

    path: Path


class Archive(_Section):
    """The ways to the archive, best first."""

    order: tuple[ArchiveWay, ...] = Field(min_length=1)
    dicomweb: DicomWeb | None = None
    dimse: Dimse | None = None
    folder: Folder | None = None

    @model_validator(mode="after")
    def _every_way_is_configured(self) -> Self:
        for way in self.order:
            if getattr(self, way.split("-")[0]) is None:
                raise ValueError(
                    f"order names {way}, but there is no [archive.{way.split('-')[0]}]"
                )
        return self


class Store(_Section):
    """The database."""

    url: str


class Spool(_Section):
    """Where instances lie between archive and medium."""

    path: Path


class Media(_Section):
    """What is written."""

    profile: Profile = "STD-GEN-CD"
    capacity_bytes: int = Field(default=4_700_000_000, ge=1_000_000)
    """Of one image: a DVD's by default; larger releases are split into several."""
    disc_folder: Path | None = None
    """Where the screen's discs go as images; without it the screen offers none."""
    stick_folder: Path | None = None
    """Where a stick's files go; without it the screen offers none."""


class Token(_Section):
    """A PKCS #11 token that holds the seal's key."""

    module: Path
    """The maker's library."""
    label: str
    key: str
    """Label of the private key, and of its certificate unless ``[forms] cert_file`` names one."""
    pin_file: Path


class Forms(_Section):
    """How forms and receipts read, and their seal; made on first use beside the database if absent.

    Each of the seal's files may be ``credential:NAME``, which systemd hands to the service.
    """

    folder: Path | None = None
    """The hospital's own words and logo: ``<language>.toml`` with what it changes, ``logo.png``."""
    key_file: Path | None = None
    """PEM, or PKCS #12 if it ends in ``.p12`` or ``.pfx``."""
    cert_file: Path | None = None
    passphrase_file: Path | None = None
    token: Token | None = None
    """In place of a key file."""
    chain_file: Path | None = None
    """The certificates above the seal's own, as PEM one after another."""
    timestamp_url: Annotated[str, StringConstraints(pattern=r"^https?://")] | None = None
    """An RFC 3161 server; documents are sealed without it when it does not answer."""
    timestamp_ca_file: Path | None = None
    """The certificates above the server's own; time stamps by others do not count."""
    timestamp_limit_s: float = Field(default=3, gt=0, le=30)
    """So long somebody who signs waits for the server, and for what it takes to prove a chain."""

    @model_validator(mode="after")
    def _parts_go_together(self) -> Self:
        if self.token is not None and self.key_file is not None:
            raise ValueError("give key_file or [forms.token], not both")
        if (self.timestamp_url is None) != (self.timestamp_ca_file is None):
            raise ValueError("timestamp_url and timestamp_ca_file go together")
        return self


class Screen(_Section):
    """The touch panel that the patient stands before."""

    diagonal_inch: float = Field(default=21.5, ge=7, le=100)
    """By which sizes become millimetres."""
    fullscreen: bool = True
    size: tuple[Pixels, Pixels] = (1080, 1920)
    """Width and height in pixels, as the panel stands."""


class Print(_Section):
    """Where paper comes out."""

    receipt_folder: Path | None = None
    """A folder in place of a printer, for receipts and tickets."""
    receipt_printer: Literal["page", "roll-80mm"] = "page"
    """Prints pages from PDF, or a paper roll from ESC/POS."""
    receipt_page: Literal["a5", "half-letter"] = "a5"
    """Of the sealed receipt, whatever the printer takes."""
    label_folder: Path | None = None
    """A folder in place of a label printer; without it the screen says what to write by hand."""
    disc_label: Literal["disc-face", "sleeve"] = "disc-face"
    disc_inner_mm: float = Field(default=46, ge=15, le=50)
    """Diameter within which the discs cannot be printed on."""
    disc_outer_mm: float = Field(default=116, ge=110, le=120)


class Prices(_Section):
    """What a copy costs, by what it is put on; reasonable and cost-based (45 CFR 164.524(c)(4))."""

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "USD"
    """ISO 4217."""
    disc: Price = Decimal(0)
    own_stick: Price = Decimal(0)
    new_stick: Price = Decimal(0)
    paper: Price = Decimal(0)
    film: Price = Decimal(0)


class Policy(_Section):
    """Rules that a hospital may set."""

    wristbands: bool = False
    """A wristband's PatientID with the birth date opens the way as a release code does."""
    prices: Prices = Prices()
    label_shows: Literal["birth-date", "patient-id", "neither"] = "birth-date"
    """What a medium's label knows the patient by, besides the name."""

    code_hours: float = Field(default=24, gt=0, le=24)
    archive_patience_s: float = Field(default=120, ge=0)
    """How long ``kiosk release`` stays with a job that waits; the job itself waits on."""


class Settings(_Section):
    """Everything that one kiosk is told."""

    kiosk: str = Field(default_factory=socket.gethostname)
    """This kiosk's name in jobs and audit events."""
    site: Site = Site()
    archive: Archive
    store: Store
    spool: Spool
    media: Media = Media()
    forms: Forms = Forms()
    screen: Screen = Screen()
    print: Print = Print()
    policy: Policy = Policy()


def read_settings(path: Path) -> Settings:
    """Read the configuration file.

    Raises
    ------
    ConfigurationWrong
        If the file cannot be read or any key is wrong; its detail names every wrong key at once.
    """
    try:
        with path.open("rb") as file:
            return Settings.model_validate(tomllib.load(file))
    except OSError as error:
        raise ConfigurationWrong(f"{path}: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationWrong(f"{path}: {error}") from error
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()
        )
        raise ConfigurationWrong(f"{path}: {wrong}") from error
