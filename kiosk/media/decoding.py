"""Compressed pictures decoded, frame by frame, the data set around them left as it was."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydicom.pixels.decoders.base import get_decoder
from pydicom.uid import UID

from kiosk.media.elements import Buffer, walk
from kiosk.media.filemeta import encode
from kiosk.media.header import Header
from kiosk.media.profile import JPEG_BASELINE, JPEG_EXTENDED

JPEG_LS_NEAR_LOSSLESS = "1.2.840.10008.1.2.4.81"
LOSSY = frozenset({JPEG_BASELINE, JPEG_EXTENDED, JPEG_LS_NEAR_LOSSLESS})
RLE = "1.2.840.10008.1.2.5"
DECODABLE = LOSSY | {
    RLE,
    "1.2.840.10008.1.2.4.57",  # JPEG lossless
    "1.2.840.10008.1.2.4.70",
    "1.2.840.10008.1.2.4.80",  # JPEG-LS lossless
    "1.2.840.10008.1.2.4.90",  # JPEG 2000
    "1.2.840.10008.1.2.4.91",
    "1.2.840.10008.1.2.4.201",  # High-Throughput JPEG 2000
    "1.2.840.10008.1.2.4.202",
    "1.2.840.10008.1.2.4.203",
}
"""Compressed pictures that the installed codecs read."""

LARGEST_PICTURE = 0xFFFFFFFE
"""PS3.5 7.1.1: what a 32-bit length can say, and be even."""

LARGEST_FRAME = 1 << 28
"""Bytes of one frame, decoded in memory; a whole-slide or mammography frame is far smaller."""

Facts = dict[str, str | int]
"""What pydicom says of a decoded frame."""

_SAMPLES, _PHOTOMETRIC, _PLANAR, _FRAMES = 0x00280002, 0x00280004, 0x00280006, 0x00280008
_ROWS, _COLUMNS = 0x00280010, 0x00280011
_ALLOCATED, _STORED, _SIGNED = 0x00280100, 0x00280101, 0x00280103
_LOSSY = 0x00282110
_PIXEL_DATA = 0x7FE00010
_OFFSET_TABLES = frozenset({0x7FE00001, 0x7FE00002, 0x7FE00003})
"""PS3.3 C.7.6.3.1.8: only for encapsulated pictures."""


class Undecodable(Exception):
    """No codec makes a picture of it."""


def decoded_pieces(source: Path, buffer: Buffer, header: Header) -> Iterator[Buffer]:
    """Yield the data set with its picture decoded, a frame at a time.

    Raises
    ------
    Undecodable
        If a frame cannot be decoded, when its turn comes.
    """
    picture = header.picture
    if picture is None or picture.tag != _PIXEL_DATA:
        raise Undecodable
    size = _size(header)
    frames = _frames(source, picture.start, header)
    first, facts = next(frames)
    yield from _elements(buffer, header.meta.data_set, picture.header, _changes(header, facts))
    # PS3.5 A.2: OW beyond 8 bits
    vr = b"OB" if _number(header, _ALLOCATED) <= 8 else b"OW"  # noqa: PLR2004
    yield encode(_PIXEL_DATA, vr, b"")[:-4] + (size + (size & 1)).to_bytes(4, "little")
    yield first
    for frame, _ in frames:
        yield frame
    yield bytes(size & 1)
    yield memoryview(buffer)[picture.after :]


def _size(header: Header) -> int:
    """Return the length of the decoded picture, which fits what a file can say."""
    size = _frame_size(header) * _count(header)
    if not 0 < size <= LARGEST_PICTURE or _frame_size(header) > LARGEST_FRAME:
        raise Undecodable
    return size


def _frame_size(header: Header) -> int:
    pixels = _number(header, _ROWS) * _number(header, _COLUMNS) * _number(header, _SAMPLES)
    return pixels * (_number(header, _ALLOCATED) // 8)


def _count(header: Header) -> int:
    try:
        return int(header.text(_FRAMES) or "1")
    except ValueError:
        raise Undecodable from None


def _frames(source: Path, start: int, header: Header) -> Iterator[tuple[bytes, Facts]]:
    """Decode one frame after another, straight from the file."""
    syntax = header.meta.transfer_syntax_uid
    count, size = _count(header), _frame_size(header)
    # a lossless picture keeps its colours; a lossy one in YBR becomes RGB, as readers show it
    is_raw = syntax not in {JPEG_BASELINE, JPEG_EXTENDED}
    with source.open("rb") as file:
        file.seek(start)
        try:
            # by index, since pydicom corrects the sign of a frame only in an array of its own
            for frame, facts in get_decoder(UID(syntax)).iter_array(
                file, raw=is_raw, indices=range(count), **_options(header, count)
            ):
                if frame.nbytes != size:
                    raise Undecodable
                yield frame.tobytes(), facts
        except _CODEC_FAILURES:
            raise Undecodable from None


_CODEC_FAILURES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    struct.error,
    TypeError,
    ValueError,
)
"""What pydicom and its codecs raise on damaged pictures; trouble with the disk is none of these."""


def _options(header: Header, count: int) -> dict[str, Any]:
    """Describe the picture to pydicom, which then need not read the data set again."""
    syntax = header.meta.transfer_syntax_uid
    options: dict[str, Any] = {
        "transfer_syntax_uid": UID(syntax),
        # pylibjpeg-rle ends the thread on damaged data, with an exception that is no Exception
        "decoding_plugin": "pydicom" if syntax == RLE else "",
        "pixel_keyword": "PixelData",
        "pixel_vr": "OB",
        "number_of_frames": count,
        "photometric_interpretation": header.text(_PHOTOMETRIC),
        "rows": _number(header, _ROWS),
        "columns": _number(header, _COLUMNS),
        "samples_per_pixel": _number(header, _SAMPLES),
        "bits_allocated": _number(header, _ALLOCATED),
        "bits_stored": _number(header, _STORED),
        "pixel_representation": _number(header, _SIGNED),
    }
    if options["samples_per_pixel"] > 1:
        options["planar_configuration"] = _number(header, _PLANAR)
    return options


def _number(header: Header, tag: int) -> int:
    """Return an unsigned value; what is missing counts as 0, which is no size."""
    return int.from_bytes(header.values.get(tag, b"")[:2], "little")


def _changes(header: Header, facts: Facts) -> dict[int, bytes]:
    """Return the elements that describe the picture anew; nothing else is touched."""
    changes = dict.fromkeys(_OFFSET_TABLES, b"")
    photometric = str(facts["photometric_interpretation"])
    if photometric != header.text(_PHOTOMETRIC):
        changes[_PHOTOMETRIC] = encode(_PHOTOMETRIC, b"CS", photometric.encode())
    planar = int(facts.get("planar_configuration", 0))
    if _number(header, _SAMPLES) > 1 and planar != _number(header, _PLANAR):
        changes[_PLANAR] = encode(_PLANAR, b"US", planar.to_bytes(2, "little"))
    if header.meta.transfer_syntax_uid in LOSSY and not header.values.get(_LOSSY):
        # PS3.3 C.7.6.1.1.5: once lossy, always said so; the transfer syntax no longer tells
        changes[_LOSSY] = encode(_LOSSY, b"CS", b"01")
    return changes


def _elements(buffer: Buffer, start: int, end: int, changes: dict[int, bytes]) -> Iterator[Buffer]:
    """Yield a run of elements with some replaced, added or left out, in the order of tags."""
    view = memoryview(buffer)
    todo = dict(sorted(changes.items()))
    position = start
    for element in walk(buffer, start, end):
        for tag in [tag for tag in todo if tag <= element.tag]:
            yield view[position : element.header]
            yield todo.pop(tag)
            position = element.after if tag == element.tag else element.header
    yield view[position:end]
    yield b"".join(todo.values())
