"""``make screens``: a picture of every screen, as everybody may see it, to be looked at.

With ``--accept`` new pictures are kept instead, in place of those that the screens no longer
look like.
"""
# ruff: noqa: T201 - it tells the terminal what it made

import os
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product, repeat
from multiprocessing import get_context
from pathlib import Path

from kiosk.text.words import LANGUAGES
from tests.screens.contact_sheet import write_page
from tests.screens.gallery import Painter
from tests.screens.goldens import FOLDER, accept, kept_views
from tests.screens.sessions import PANELS
from tests.screens.wall import paint_wall

GALLERY = Path("build/screens")


def main(words: Sequence[str]) -> None:
    """Make the pictures, or accept them."""
    if "--accept" in words:
        _accept()
    else:
        _paint_all()


def _accept() -> None:
    changed = accept(Painter())
    for name in changed:
        print(f"    {name}")
    print(f"{len(changed)} of {len(kept_views())} kept pictures are new, in {FOLDER}")


def _paint_all() -> None:
    shutil.rmtree(GALLERY, ignore_errors=True)
    walls = list(product(LANGUAGES, PANELS))
    # Kivy has one window a process, so each core gets a process of its own.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as painters:
        painted = painters.map(paint_wall, repeat(GALLERY), *zip(*walls, strict=True))
        hung = {}
        for wall, paths in zip(walls, painted, strict=True):
            hung[wall] = paths
            print(f"{len(paths)} pictures in {paths[0].parent}", flush=True)
    page = write_page(GALLERY, hung)
    print(f"{sum(map(len, hung.values()))} pictures: {page}")


if __name__ == "__main__":
    main(sys.argv[1:])
