"""Maps part of a file into memory for as long as it is looked at."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def map_file(fd: int, offset: int, length: int) -> Iterator[memoryview]:
    """Map ``length`` bytes from ``offset`` on, which need not stand at a page's start."""
    skip = offset % mmap.ALLOCATIONGRANULARITY
    with (
        mmap.mmap(fd, skip + length, access=mmap.ACCESS_READ, offset=offset - skip) as mapped,
        memoryview(mapped) as whole,
        whole[skip:] as view,
    ):
        yield view
