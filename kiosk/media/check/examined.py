"""Everything that the rules look at, gathered in one pass over the medium."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from kiosk.media.check.directory import LONGEST, Directory, read_directory
from kiosk.media.check.instances import Instances
from kiosk.media.check.pages import Index, read_index
from kiosk.media.check.report import CheckedStudy
from kiosk.media.check.survey import ImageHash, SurveyedFile, hash_image, survey, workers
from kiosk.media.profile import Profile
from kiosk.media.reader import MediumReader

Progress = Callable[[int, int], None]
"""Called with the files and the bytes that are read so far."""

_README_LONGEST = 1 << 20
_PROFILE = re.compile(rb"\bSTD-[A-Z0-9]+(?:-[A-Z0-9]+)+")
_SYNTAX_KEY = 0x00041512
_STUDY_UID = 0x0020000D
_SERIES_UID = 0x0020000E


@dataclass(slots=True)
class Examined:
    """A medium after every byte of it was read."""

    reader: MediumReader
    directory: Directory
    profile: Profile
    stated_profile: str
    """By README.TXT; empty if it states none, then the strictest that fits is taken."""
    index: Index
    readme: bytes
    instances: Instances
    hashes: dict[str, str] = field(default_factory=dict)
    """SHA-256 of every file that could be read to its end."""
    unreadable: dict[str, str] = field(default_factory=dict)
    dicom_files: set[str] = field(default_factory=set)
    image: ImageHash | None = None

    @property
    def studies(self) -> tuple[CheckedStudy, ...]:
        """What the directory lists, counted by study."""
        series: dict[str, set[str]] = {}
        instances: Counter[str] = Counter()
        for reference in self.directory.references.values():
            above = {record.type: record for record in reference.above}
            if "STUDY" in above and "SERIES" in above:
                uid = above["STUDY"].text(_STUDY_UID)
                series.setdefault(uid, set()).add(above["SERIES"].text(_SERIES_UID))
                instances[uid] += 1
        return tuple(CheckedStudy(uid, len(series[uid]), instances[uid]) for uid in series)


def examine(reader: MediumReader, progress: Progress) -> Examined:
    """Read a medium once."""
    directory = read_directory(_read(reader, "DICOMDIR", LONGEST))
    readme = _read(reader, "README.TXT", _README_LONGEST)
    stated, profile = _profile(readme, directory)
    examined = Examined(
        reader, directory, profile, stated, read_index(reader), readme, Instances(profile)
    )
    read_bytes = 0
    with workers() as pool:
        image: Future[ImageHash] | None = None
        if reader.volume is not None:
            image = pool.submit(hash_image, reader)
        # In the order of the medium, which a disc reads without seeking.
        for files, file in enumerate(survey(reader, reader.files, pool), start=1):
            _take(examined, file)
            read_bytes += reader.files[file.path]
            progress(files, read_bytes)
        examined.image = image.result() if image else None
    examined.instances.finish()
    return examined


def _take(examined: Examined, file: SurveyedFile) -> None:
    if file.sha256:
        examined.hashes[file.path] = file.sha256
    else:
        examined.unreadable[file.path] = file.problem
    if not file.is_dicom or file.path == "DICOMDIR":
        return
    examined.dicom_files.add(file.path)
    if file.header is not None or file.path in examined.directory.references:
        examined.instances.see(file, examined.directory.references.get(file.path))


def _profile(readme: bytes, directory: Directory) -> tuple[str, Profile]:
    found = _PROFILE.search(readme)
    stated = found[0].decode("ascii") if found else ""
    if stated in set(Profile):
        return stated, Profile(stated)
    used = {each.record.text(_SYNTAX_KEY) for each in directory.references.values()}
    fitting = (profile for profile in Profile if used <= profile.transfer_syntaxes)
    return stated, next(fitting, Profile.CD)


def _read(reader: MediumReader, path: str, longest: int) -> bytes:
    try:
        return reader.read(path, 0, min(longest, reader.files.get(path, 0)))
    except (OSError, KeyError):
        return b""  # that it cannot be read is found when it is hashed
