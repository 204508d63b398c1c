"""What the tests of pictures share: real images by name, and pictures as arrays."""

import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset

from kiosk.domain.picture import Picture, Tones
from kiosk.media.display.develop import develop
from tests import builders
from tests.media.instances import FOLDERS


def real(name: str) -> Path:
    """Return one of the real files that pydicom's packages bring."""
    return next(path for folder in FOLDERS for path in folder.rglob(name))


def pixels_of(picture: Picture) -> NDArray[np.int64]:
    """Return rows, columns and, for colours, samples."""
    raster = picture.raster
    assert raster is not None
    values = np.frombuffer(raster.values, "<u2" if raster.bits > 8 else "u1").astype(np.int64)
    shape = (raster.rows, raster.columns, raster.samples)
    return values.reshape(shape if raster.samples > 1 else shape[:2])


def developed(
    ds: Dataset,
    folder: Path,
    *,
    frame: int = 0,
    tones: Tones = Tones.COLOUR_8,
    state: Dataset | None = None,
) -> Picture:
    """Write an instance and return the picture of a frame of it."""
    return develop(builders.write(ds, folder / "instance"), frame, tones, state)


def grey_image(values: NDArray[np.int64], signed: bool = False) -> Dataset:
    """Return a radiograph of these values, 16 bits, without a window."""
    ds = builders.cr()
    ds.Rows, ds.Columns = values.shape
    ds.PixelRepresentation = int(signed)
    ds.PixelData = values.astype("<i2" if signed else "<u2").tobytes()
    return ds


def by_dcmtk(path: Path, folder: Path, *options: str) -> NDArray[np.int64]:
    """Return the 8-bit picture that dcmtk's dcm2pnm makes."""
    out = folder / "dcmtk.pnm"
    subprocess.run(["dcm2pnm", *options, "--write-raw-pnm", path, out], check=True)
    return np.asarray(Image.open(out)).astype(np.int64)


def by_dcmtk_with_state(path: Path, state: Path, folder: Path) -> NDArray[np.int64]:
    """Return the picture that dcmtk's dcmp2pgm makes of an image with its presentation state."""
    out = folder / "dcmtk.pgm"
    subprocess.run(["dcmp2pgm", "--pstate", state, path, out], check=True)
    return np.asarray(Image.open(out)).astype(np.int64)
