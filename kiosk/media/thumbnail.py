"""Small square pictures by which a patient knows an exam."""

import io
from collections import Counter
from pathlib import Path

from PIL import Image

from kiosk.domain.study import Holding, InstanceRef, Listed
from kiosk.media.picture import drawn

SIDE_PX = 256


def thumbnail(path: Path) -> bytes | None:
    """Return a PNG of an instance's middle frame on black, or None if it has no picture.

    A damaged picture can end the process with its codec; :class:`kiosk.media.darkroom.Darkroom`
    lets that happen elsewhere.
    """
    image = drawn(path, SIDE_PX)
    if image is None:
        return None
    square = Image.new(image.mode, (SIDE_PX, SIDE_PX))
    square.paste(image, ((SIDE_PX - image.width) // 2, (SIDE_PX - image.height) // 2))
    encoded = io.BytesIO()
    square.save(encoded, "PNG")
    return encoded.getvalue()


def instance_to_show(holding: Holding) -> InstanceRef | None:
    """Return the middle instance of the largest series, or None where the archive lists none.

    Instances are ordered by the numbers of their UIDs, which most scanners count upwards.
    """
    if not isinstance(holding, Listed) or not holding.instances:
        return None
    sizes = Counter(ref.series_uid for ref in holding.instances)
    largest = max(sizes, key=lambda uid: (sizes[uid], uid))
    series = [ref for ref in holding.instances if ref.series_uid == largest]
    return sorted(series, key=lambda ref: _numbers(ref.sop_instance_uid))[len(series) // 2]


def _numbers(uid: str) -> list[tuple[int, str]]:
    """Order by value what are digits, as 9 before 10."""
    return [(len(part), part) for part in uid.split(".")]
