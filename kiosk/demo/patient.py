"""The recorded patient's hand: the strokes of her signature."""

import json
from importlib.resources import files

from kiosk.domain.consent import Drawn


def recorded_signature() -> Drawn:
    """Return the strokes of "Maria Example" as a finger drew them."""
    strokes = json.loads(files("kiosk.demo").joinpath("signature.json").read_text())
    return Drawn(tuple(tuple(tuple(point) for point in stroke) for stroke in strokes))
