"""What the devices of the kiosk can say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PluggedIn:
    """Headphones are in the jack: what is spoken is heard by one person."""


@dataclass(frozen=True, slots=True)
class Unplugged:
    """Nothing is in the jack."""


@dataclass(frozen=True, slots=True)
class NoJack:
    """No jack that can tell; to be treated as if nothing were plugged in."""


Jack = PluggedIn | Unplugged | NoJack
