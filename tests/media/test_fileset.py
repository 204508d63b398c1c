import hashlib
import random
import re
from pathlib import Path

import pydicom
import pytest

from kiosk.domain.medium import FileSet
from kiosk.errors import MediumTooSmall, WrongPatient
from kiosk.media.fileset import build
from kiosk.media.image_size import image_bytes
from kiosk.media.profile import Profile
from tests import builders
from tests.builders import JOHN, MARIA, Place
from tests.media.media_builders import (
    DVD,
    check,
    every_kind,
    facts,
    file_set,
    findings,
    folder,
    image,
    prepared,
    slices,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> FileSet:
    return file_set(tmp_path_factory.mktemp("prepared"))


def content(made: FileSet, path: str) -> bytes:
    """Return what stands in a file of a file-set."""
    (source,) = [entry.source for entry in made.entries if entry.path == path]
    return source if isinstance(source, bytes) else source.read_bytes()


def size(made: FileSet) -> int:
    return image_bytes((entry.path, entry.size_bytes) for entry in made.entries)


# What a file-set holds


def test_the_root_holds_what_a_portable_medium_must_hold(made: FileSet) -> None:
    tops = {entry.path.split("/")[0] for entry in made.entries}
    assert tops == {
        *("DICOMDIR", "README.TXT", "INDEX.HTM", "STYLE.CSS", "SHA256.TXT"),
        *("DICOM", "IHE_PDI"),
    }


def test_sizes_and_checksums_are_those_of_the_content(made: FileSet) -> None:
    for entry in made.entries:
        data = content(made, entry.path)
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry.size_bytes, entry.sha256)


def test_the_manifest_lists_every_other_file_once(made: FileSet) -> None:
    lines = content(made, "SHA256.TXT").decode("ascii").splitlines()
    assert lines == [
        f"{entry.sha256}  {entry.path}"
        for entry in sorted(made.entries, key=lambda entry: entry.path)
        if entry.path != "SHA256.TXT"
    ]


def test_every_file_stands_alone(made: FileSet) -> None:
    paths = [entry.path for entry in made.entries]
    assert len(set(paths)) == len(paths)


def test_the_file_set_id_has_sixteen_letters_of_the_profile(made: FileSet) -> None:
    assert re.fullmatch("KIOSK_[0-9A-F]{10}", made.file_set_id)


def test_the_same_release_gives_the_same_bytes(tmp_path: Path) -> None:
    instances = prepared(tmp_path / "prepared", [*slices(5), *slices(2, study="b")])
    first = build(facts(studies="ab"), instances, DVD, Profile.CD)
    shuffled = random.Random(3).sample(instances, len(instances))
    assert build(facts(studies="ab"), shuffled, DVD, Profile.CD) == first


def test_another_patient_gets_another_file_set_id(made: FileSet, tmp_path: Path) -> None:
    assert file_set(tmp_path, JOHN).file_set_id != made.file_set_id


def test_two_patients_are_refused(tmp_path: Path) -> None:
    mixed = prepared(tmp_path, [*slices(1), *slices(1, person=JOHN)])
    with pytest.raises(WrongPatient):
        build(facts(), mixed, DVD, Profile.CD)


# Key images


def pictures(made: FileSet) -> list[str]:
    return [entry.path for entry in made.entries if entry.path.endswith(".JPG")]


def test_the_middle_image_of_each_series_is_shown(tmp_path: Path) -> None:
    instances = prepared(tmp_path, [*slices(5), *slices(1, series=2)])
    (made,) = build(facts(), instances, DVD, Profile.CD)
    assert pictures(made) == ["IHE_PDI/P0000001.JPG", "IHE_PDI/P0000002.JPG"]
    page = content(made, "IHE_PDI/ST000001.HTM").decode()
    assert "the middle one of 5 images" in page
    assert "the only image" in page


def key_object(place: Place, uids: list[str], title: str = "113000") -> pydicom.Dataset:
    ds = builders.key_objects(place)
    ds.ConceptNameCodeSequence[0].CodeValue = title
    item = pydicom.Dataset()
    item.RelationshipType, item.ValueType = "CONTAINS", "IMAGE"
    item.ReferencedSOPSequence = []
    for uid in uids:
        reference = pydicom.Dataset()
        reference.ReferencedSOPClassUID = pydicom.uid.CTImageStorage
        reference.ReferencedSOPInstanceUID = uid
        item.ReferencedSOPSequence.append(reference)
    ds.ContentSequence = [item]
    return ds


def test_a_key_object_document_chooses_the_images(tmp_path: Path) -> None:
    marked = [Place(MARIA, "a", 1, number).sop_instance_uid for number in (2, 5)]
    document = key_object(Place(MARIA, "a", 9), [*marked, "1.2.3"])
    (made,) = build(facts(), prepared(tmp_path, [*slices(6), document]), DVD, Profile.CD)
    assert len(pictures(made)) == 2
    assert content(made, "IHE_PDI/ST000001.HTM").decode().count("Marked as important") == 4


@pytest.mark.parametrize("title", ["113001", "113010", "113037", "113038", "113039"])
def test_images_marked_as_rejected_are_no_key_images(title: str, tmp_path: Path) -> None:
    rejected = [Place(MARIA, "a", 1, 1).sop_instance_uid]
    document = key_object(Place(MARIA, "a", 9), rejected, title)
    (made,) = build(facts(), prepared(tmp_path, [*slices(3), document]), DVD, Profile.CD)
    assert "middle one of 3" in content(made, "IHE_PDI/ST000001.HTM").decode()


def test_the_number_of_pictures_is_bounded(tmp_path: Path) -> None:
    many = [builders.ct(Place(MARIA, "a", series)) for series in range(1, 31)]
    (made,) = build(facts(), prepared(tmp_path, many), DVD, Profile.CD)
    assert len(pictures(made)) == 12


def test_a_picture_that_cannot_be_decoded_is_named_on_the_page(tmp_path: Path) -> None:
    ds = builders.ct()
    ds.PixelData = ds.PixelData[:100]
    (made,) = build(facts(), prepared(tmp_path, [ds]), DVD, Profile.CD)
    assert pictures(made) == []
    assert "This image cannot be shown here" in content(made, "IHE_PDI/ST000001.HTM").decode()


def test_an_exam_without_images_has_a_page_that_says_so(tmp_path: Path) -> None:
    documents = prepared(tmp_path, [builders.pdf(), builders.sr(Place(series=2))])
    (made,) = build(facts(), documents, DVD, Profile.CD)
    page = content(made, "IHE_PDI/ST000001.HTM").decode()
    assert "no images that a browser can show" in page


# Several volumes


def test_a_release_that_does_not_fit_becomes_several_media_that_stand_alone(
    tmp_path: Path,
) -> None:
    instances = [
        *(builders.ct(Place(MARIA, "a", 1, n), size=128) for n in range(1, 9)),
        *(builders.ct(Place(MARIA, "a", 2, n), size=128) for n in range(1, 9)),
        *(builders.ct(Place(MARIA, "b", 1, n), size=128) for n in range(1, 9)),
    ]
    made = build(facts(studies="ab"), prepared(tmp_path / "p", instances), 650_000, Profile.CD)
    assert [each.volume for each in made] == list(range(1, len(made) + 1))
    assert {each.volumes for each in made} == {len(made)}
    assert len({each.file_set_id for each in made}) == len(made) > 1
    counted = 0
    for each in made:
        path = image(each, tmp_path / f"{each.volume}.iso")
        assert path.stat().st_size <= 650_000
        report = check(path)
        assert report.holds, findings(path)
        counted += report.instances
        page = content(each, "INDEX.HTM").decode()
        assert f"Disc {each.volume} of {len(made)}" in page
        assert f"{each.volume} of {len(made)}" in content(each, "README.TXT").decode()
    assert counted == 24


def test_one_volume_says_nothing_of_others(made: FileSet) -> None:
    assert "1 of 1" not in content(made, "INDEX.HTM").decode()
    assert "1 of 1" not in content(made, "README.TXT").decode()


def test_a_medium_is_filled_to_the_last_byte(tmp_path: Path) -> None:
    many = [builders.ct(Place(MARIA, "a", 1, number), size=128) for number in range(1, 31)]
    instances = prepared(tmp_path, many)
    (whole,) = build(facts(), instances, DVD, Profile.CD)
    exact = size(whole)
    assert len(build(facts(), instances, exact, Profile.CD)) == 1
    assert len(build(facts(), instances, exact - 1, Profile.CD)) == 2


@pytest.mark.parametrize("capacity", range(230_000, 400_000, 17_000))
def test_many_small_files_never_exceed_the_medium(capacity: int, tmp_path: Path) -> None:
    instances = prepared(
        tmp_path / "p",
        [each for series in range(1, 13) for each in slices(8, series=series)],
    )
    made = build(facts(), instances, capacity, Profile.CD)
    assert len(made) > 1
    for each in made:
        path = image(each, tmp_path / "o.iso")
        assert path.stat().st_size == size(each) <= capacity


def test_a_medium_too_small_for_anything_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediumTooSmall):
        build(facts(), prepared(tmp_path, slices(1)), 100_000, Profile.CD)


def test_long_texts_do_not_make_a_volume_too_large(tmp_path: Path) -> None:
    instances = []
    for number in range(1, 40):
        ds = builders.ct(Place(MARIA, "a", number))
        ds.StudyDescription, ds.SeriesDescription = "&" * 64, "<" * 64
        ds.ImageType = ["DERIVED", "SECONDARY"] + ["X" * 16] * 60
        instances.append(ds)
    made = build(facts(), prepared(tmp_path / "p", instances), 260_000, Profile.CD)
    assert len(made) > 1
    assert all(size(each) <= 260_000 for each in made)


# Everything


@pytest.mark.parametrize("profile", Profile)
def test_every_kind_of_instance_finds_its_place(profile: Profile, tmp_path: Path) -> None:
    (made,) = build(facts(), prepared(tmp_path / "p", every_kind(), profile), DVD, profile)
    stick = folder(made, tmp_path / "stick")
    directory = pydicom.dcmread(stick / "DICOMDIR")
    kinds = [record.DirectoryRecordType for record in directory.DirectoryRecordSequence]
    assert kinds.count("SERIES") == len(builders.KINDS)
    assert kinds.count("STUDY") == kinds.count("PATIENT") == 1
    assert check(stick).holds, findings(stick)
