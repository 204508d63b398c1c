"""Builds the file-sets of a release: every file of every volume, ready to be written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources

from kiosk.domain.medium import FileSet, FileSetEntry
from kiosk.domain.study import Study
from kiosk.errors import MediumTooSmall
from kiosk.media.dicomdir import encode_dicomdir
from kiosk.media.facts import Contents, ImportableStudy, KeptAsStored, MediumFacts, Picture
from kiosk.media.image_size import image_bytes
from kiosk.media.key_images import key_images
from kiosk.media.layout import Placed, StudyPart, Volume, in_order, place, split
from kiosk.media.manifest import MANIFEST, encode_manifest
from kiosk.media.pages import index_page
from kiosk.media.picture import picture
from kiosk.media.picture_pages import picture_pages
from kiosk.media.prepare import Prepared
from kiosk.media.profile import Profile
from kiosk.media.readme import readme


def build(
    facts: MediumFacts, prepared: Sequence[Prepared], capacity_bytes: int, profile: Profile
) -> tuple[FileSet, ...]:
    """Build one file-set, or several that stand alone where one medium does not hold it all.

    The same facts and instances give the same bytes.

    Parameters
    ----------
    facts : MediumFacts
        What the pages tell.
    prepared : sequence of Prepared
        Every instance, in any order.
    capacity_bytes : int
        What the finished image of one medium must not exceed.
    profile : Profile
        Under which the instances were prepared.

    Raises
    ------
    MediumTooSmall
        If one instance alone does not fit.
    WrongPatient
        If the instances belong to more than one patient.
    """
    ordered = in_order(prepared, [study.study_uid for study in facts.studies])
    drawn = _draw(ordered)
    file_sets = _assemble_all([ordered], facts, drawn, profile)
    if _fits(file_sets, capacity_bytes):
        return file_sets
    sizes = {uid: len(each.jpeg) for uid, each in drawn.items()}
    file_sets = _assemble_all(split(ordered, sizes, capacity_bytes), facts, drawn, profile)
    if not _fits(file_sets, capacity_bytes):
        raise MediumTooSmall(f"{capacity_bytes} bytes a medium")
    return file_sets


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The picture of a key image."""

    caption: str
    jpeg: bytes
    """Empty if it cannot be decoded."""


def _draw(ordered: Sequence[Prepared]) -> dict[str, _Drawn]:
    captions = key_images(ordered)
    paths = {each.identity.sop_instance_uid: each.path for each in ordered}
    return {uid: _Drawn(caption, picture(paths[uid]) or b"") for uid, caption in captions.items()}


def _fits(file_sets: Sequence[FileSet], capacity_bytes: int) -> bool:
    return all(
        image_bytes((entry.path, entry.size_bytes) for entry in file_set.entries) <= capacity_bytes
        for file_set in file_sets
    )


def _assemble_all(
    volumes: Sequence[Sequence[Prepared]],
    facts: MediumFacts,
    drawn: Mapping[str, _Drawn],
    profile: Profile,
) -> tuple[FileSet, ...]:
    return tuple(
        _assemble(place(instances), facts, drawn, profile, number, len(volumes))
        for number, instances in enumerate(volumes, start=1)
    )


def _assemble(
    volume: Volume,
    facts: MediumFacts,
    drawn: Mapping[str, _Drawn],
    profile: Profile,
    number: int,
    volumes: int,
) -> FileSet:
    """Make every file of one volume."""
    file_set_id = _file_set_id(volume, facts)
    names = _picture_names(volume, drawn)
    contents = Contents(
        facts=facts,
        profile=profile,
        file_set_id=file_set_id,
        volume=number,
        volumes=volumes,
        studies=tuple(_importable(part, facts, drawn, names) for part in volume.studies),
        kept_as_stored=tuple(
            KeptAsStored(placed.path, placed.prepared.reason) for placed in volume.kept
        ),
    )
    listed = [(placed.prepared, placed.path) for placed in volume.importable]
    entries = [
        _made("DICOMDIR", encode_dicomdir(listed, file_set_id, profile)),
        _made("README.TXT", readme(contents)),
        _made("INDEX.HTM", index_page(contents)),
        _made("STYLE.CSS", resources.files("kiosk.media").joinpath("style.css").read_bytes()),
        *(_made(path, page) for path, page in picture_pages(contents).items()),
        *(_made(f"IHE_PDI/{name}", drawn[uid].jpeg) for uid, name in names.items()),
        *(_copied(placed) for placed in (*volume.importable, *volume.kept)),
    ]
    entries.append(_made(MANIFEST, encode_manifest(entries)))
    return FileSet(file_set_id, tuple(entries), number, volumes)


def _file_set_id(volume: Volume, facts: MediumFacts) -> str:
    """Derive a name that differs between file-sets (PS3.10 8.5: at most 16 of A-Z, 0-9, _)."""
    digest = sha256(facts.created_at.isoformat().encode())
    for placed in (*volume.importable, *volume.kept):
        digest.update(placed.prepared.sha256.encode())
    return f"KIOSK_{digest.hexdigest()[:10].upper()}"


def _picture_names(volume: Volume, drawn: Mapping[str, _Drawn]) -> dict[str, str]:
    """Give a file name to each picture of an instance on this volume, in order."""
    uids = [
        uid
        for placed in volume.importable
        for uid in [placed.prepared.identity.sop_instance_uid]
        if uid in drawn and drawn[uid].jpeg
    ]
    return {uid: f"P{number:07}.JPG" for number, uid in enumerate(uids, start=1)}


def _importable(
    part: StudyPart, facts: MediumFacts, drawn: Mapping[str, _Drawn], names: Mapping[str, str]
) -> ImportableStudy:
    known = {study.study_uid: study for study in facts.studies}
    uids = [
        placed.prepared.identity.sop_instance_uid
        for series in part.series
        for placed in series.instances
    ]
    return ImportableStudy(
        study=known.get(part.study_uid, Study(part.study_uid, facts.patient)),
        series=len(part.series),
        instances=len(uids),
        page=part.page,
        pictures=tuple(
            Picture(drawn[uid].caption, names.get(uid, "")) for uid in uids if uid in drawn
        ),
    )


def _made(path: str, content: bytes) -> FileSetEntry:
    return FileSetEntry(path, content, len(content), sha256(content).hexdigest())


def _copied(placed: Placed) -> FileSetEntry:
    prepared = placed.prepared
    return FileSetEntry(placed.path, prepared.path, prepared.size_bytes, prepared.sha256)
