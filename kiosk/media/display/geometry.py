"""Where the picture's edges lie in the body, and how large its pixels are."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from pydicom import Dataset

from kiosk.domain.picture import Edges, Measured, Spacing
from kiosk.media.display.numbers import numbers

PROJECTIONS = frozenset({"CR", "DX", "MG", "RF", "RG", "XA", "PX", "IO"})
"""Modalities that cast a shadow on a detector."""
_SLICES = frozenset({"CT", "MR", "PT", "NM"})
_DISTANCES = ("PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing")
_LEAST_PART = 0.2
"""Of a direction: letters for what is turned by less than 12 degrees say more than is seen."""
_AXES = ("LR", "PA", "HF")
"""Letter towards the positive and the negative end of each of the patient's axes (C.7.6.2.1.1)."""
_OPPOSITE = str.maketrans("LRPAHF", "RLAPFH")


def pixel_height(ds: Dataset) -> float:
    """Return the height of a pixel relative to its width."""
    for keyword in (*_DISTANCES, "PixelAspectRatio"):
        pair = _pair(ds.get(keyword))
        if pair:
            return pair[0] / pair[1]
    return 1.0


def spacing_of(ds: Dataset) -> Spacing | None:
    """Return the distances between pixels, or None where nobody measured them (PS3.3 10.7.1)."""
    modality = str(ds.get("Modality") or "")
    pixel, imager = _pair(ds.get("PixelSpacing")), _pair(ds.get("ImagerPixelSpacing"))
    is_calibrated = bool(ds.get("PixelSpacingCalibrationType"))
    if modality in PROJECTIONS:
        if pixel and (is_calibrated or (imager and not np.allclose(pixel, imager, rtol=1e-3))):
            return Spacing(*pixel, Measured.PATIENT)
        known = imager or pixel
        return Spacing(*known, Measured.DETECTOR) if known else None
    if pixel and (is_calibrated or modality in _SLICES):
        return Spacing(*pixel, Measured.PATIENT)
    return None


def edges_of(ds: Dataset) -> Edges:
    """Return the letters of all four edges."""
    orientation = numbers(ds.get("ImageOrientationPatient"), 6)
    if ds.get("AnatomicalOrientationType") == "QUADRUPED":
        return Edges()
    if orientation:
        right, bottom = _letters(orientation[:3]), _letters(orientation[3:])
    else:
        right, bottom = _stated(ds.get("PatientOrientation"))
    return Edges(bottom.translate(_OPPOSITE), right, bottom, right.translate(_OPPOSITE))


def side_of(ds: Dataset) -> str:
    """Return side and view as on a radiograph's marker: ``R``, ``L CC``."""
    for keyword in ("FrameLaterality", "ImageLaterality", "Laterality"):
        side = str(ds.get(keyword) or "")
        if side in {"L", "R"}:
            return f"{side} {ds.get('ViewPosition') or ''}".strip()
    return ""


def _letters(direction: Sequence[float]) -> str:
    """Name a direction by the axes that it follows, the foremost first (C.7.6.1.1.1)."""
    named = [
        (abs(part), axis[0] if part > 0 else axis[1])
        for part, axis in zip(direction, _AXES, strict=True)
        if abs(part) >= _LEAST_PART
    ]
    return "".join(letter for _, letter in sorted(named, key=lambda each: -each[0]))


def _stated(orientation: Any) -> tuple[str, str]:
    """Return what PatientOrientation says of right and bottom, if in letters for people."""
    if not orientation or isinstance(orientation, str) or len(orientation) != 2:  # noqa: PLR2004
        return "", ""
    right, bottom = (str(part).strip() for part in orientation)
    is_known = set(right + bottom) <= set("LRPAHF")
    return (right, bottom) if is_known else ("", "")


def _pair(value: Any) -> tuple[float, float] | None:
    """Return two positive numbers, rows first, or None."""
    pair = numbers(value, 2)
    if pair is None or min(pair) <= 0:
        return None
    return pair[0], pair[1]
