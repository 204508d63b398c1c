import json
import os
import random
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.medium import FileSet
from kiosk.errors import MediumUnreadable
from kiosk.media.check import RULES, check_medium
from kiosk.media.fileset import build
from kiosk.media.prepare import prepare
from kiosk.media.profile import Profile
from kiosk.media.reader import open_medium
from kiosk.media.seal import SEAL_AT
from tests import builders
from tests.builders import JOHN, KINDS, MARIA, PEOPLE, Invented, Place
from tests.media.instances import real_files
from tests.media.media_builders import (
    DVD,
    as_file_set,
    broken_rules,
    check,
    edited,
    every_kind,
    everyone,
    facts,
    file_set,
    findings,
    folder,
    image,
    prepared,
    seal_folder,
    slices,
    spoiled,
)

ONE = "DICOM/ST000001/SE000001/IM000001"
TWO = "DICOM/ST000001/SE000001/IM000002"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> FileSet:
    return file_set(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="module")
def good_image(made: FileSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return image(made, tmp_path_factory.mktemp("image") / "good.iso")


def refuses(path: Path) -> bool:
    """Whether the check says no, in whatever way."""
    try:
        return not check(path).holds
    except MediumUnreadable:
        return True


# What is right passes


def test_a_good_image_holds_in_every_rule(good_image: Path) -> None:
    report = check(good_image)
    assert report.holds, findings(good_image)
    assert report.instances == 6
    assert report.not_importable == 0
    assert [(study.series, study.instances) for study in report.studies] == [(2, 5), (1, 1)]
    assert all(answer.applies for answer in report.answers)


def test_a_good_folder_holds_in_every_rule(made: FileSet, tmp_path: Path) -> None:
    report = check(folder(made, tmp_path / "stick"))
    assert report.holds, findings(tmp_path / "stick")
    assert {answer.id for answer in report.answers if not answer.applies} == {
        rule.id for rule in RULES if rule.images_only
    }


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.patient_id)
def test_every_kind_of_instance_in_every_script_holds(
    person: Invented, profile: Profile, tmp_path: Path
) -> None:
    instances = prepared(tmp_path / "prepared", every_kind(person), profile)
    (made,) = build(facts(person), instances, DVD, profile)
    report = check(image(made, tmp_path / "o.iso"))
    assert report.holds, findings(tmp_path / "o.iso")
    assert report.instances == len(KINDS)
    assert report.profile == profile


@pytest.mark.lab
def test_every_real_file_makes_a_medium_that_holds(tmp_path: Path) -> None:
    for number, path in enumerate(real_files()):
        area = tmp_path / str(number)
        area.mkdir()
        try:
            instance = prepare(path, area, Profile.CD, everyone)
        except Exception:  # noqa: BLE001 - which files are whole is another test's business
            continue
        (made,) = build(facts(), [instance], DVD, Profile.CD)
        report = check(image(made, area / "o.iso"))
        assert report.holds, f"{path.name}: {findings(area / 'o.iso')}"
        assert report.instances + report.not_importable == 1


def test_the_report_names_the_image_as_sha256sum_does(good_image: Path) -> None:
    printed = subprocess.run(["sha256sum", good_image], capture_output=True, check=True, text=True)
    assert check(good_image).sha256 == printed.stdout.split()[0]


def test_the_report_of_a_folder_names_its_manifest(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    printed = subprocess.run(
        ["sha256sum", stick / "SHA256.TXT"], capture_output=True, check=True, text=True
    )
    assert check(stick).sha256 == printed.stdout.split()[0]


def test_the_report_is_json_and_says_what_holds(good_image: Path) -> None:
    plain = json.loads(json.dumps(check(good_image).as_json()))
    assert plain["holds"] is True
    assert [answer["id"] for answer in plain["answers"]] == [rule.id for rule in RULES]
    assert all(answer["holds"] for answer in plain["answers"])


def test_rules_have_names_of_their_own_and_a_clause() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.clause and rule.title for rule in RULES)


def test_progress_counts_every_file_and_byte(good_image: Path) -> None:
    seen: list[tuple[int, int]] = []
    with open_medium(good_image) as reader:
        check_medium(reader, lambda files, size: seen.append((files, size)))
        assert seen[-1] == (len(reader.files), sum(reader.files.values()))
    assert seen == sorted(seen)


def test_findings_hold_no_patient_values(made: FileSet, tmp_path: Path) -> None:
    def mix(path: Path) -> None:
        shutil.copy(builders.write(builders.ct(Place(JOHN)), tmp_path / "john"), path / ONE)

    edited(made, tmp_path / "stick", mix)
    text = json.dumps(check(tmp_path / "stick").as_json())
    for secret in ("Sample", "Example", "EX-1001", "EX-1002", "19511231", "19700401"):
        assert secret not in text


def test_no_thread_outlives_a_check(good_image: Path) -> None:
    check(good_image)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("check")]


def test_a_large_instance_is_checked_without_being_read_whole(tmp_path: Path) -> None:
    large = prepared(tmp_path / "prepared", [builders.ct(size=2200)])
    assert large[0].size_bytes > 8 << 20
    (made,) = build(facts(), large, DVD, Profile.CD)
    path = image(made, tmp_path / "o.iso")
    assert check(path).holds, findings(path)
    stick = folder(made, tmp_path / "stick")
    assert check(stick).holds
    ds = pydicom.dcmread(stick / ONE)
    ds.PatientID = JOHN.patient_id
    ds.save_as(stick / ONE)
    seal_folder(stick)
    assert "agreement" in broken_rules(stick)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - (4 << 20))
    assert {"structure", "hashes", "seal"} <= broken_rules(path)


# A byte flipped anywhere


@pytest.mark.lab
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_byte_flipped_anywhere_in_an_image_is_found(
    data: st.DataObject, good_image: Path, tmp_path: Path
) -> None:
    offset = data.draw(st.integers(0, good_image.stat().st_size - 1))
    mask = data.draw(st.integers(1, 255))
    before = good_image.read_bytes()[offset]
    assert refuses(spoiled(good_image, tmp_path / "o.iso", [(offset, bytes([before ^ mask]))]))


@pytest.mark.parametrize(
    "offset",
    [0, 16 * 2048, 16 * 2048 + 813, SEAL_AT, SEAL_AT + 7, SEAL_AT + 100, 18 * 2048 + 1, 20 * 2048],
)
def test_a_byte_flipped_where_no_file_is_is_found(
    offset: int, good_image: Path, tmp_path: Path
) -> None:
    before = good_image.read_bytes()[offset]
    assert refuses(spoiled(good_image, tmp_path / "o.iso", [(offset, bytes([before ^ 1]))]))


def test_the_padding_after_a_file_is_checked(good_image: Path, tmp_path: Path) -> None:
    end = good_image.stat().st_size
    path = spoiled(good_image, tmp_path / "o.iso", [(end - 1, b"\x01")])
    assert broken_rules(path) == {"seal"}


def test_a_byte_flipped_anywhere_in_a_folder_is_found(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    chance = random.Random(0)
    for path in sorted(file for file in stick.rglob("*") if file.is_file()):
        whole = path.read_bytes()
        offset = chance.randrange(len(whole))
        path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 1]) + whole[offset + 1 :])
        assert refuses(stick), f"{path.name} at {offset}"
        path.write_bytes(whole)
    assert not refuses(stick)


# Whole images of nothing


@pytest.mark.parametrize("size", [0, 1, 2048, 32768, 34816, 100_000])
def test_zeros_are_no_medium(size: int, tmp_path: Path) -> None:
    path = tmp_path / "zeros.iso"
    path.write_bytes(bytes(size))
    with pytest.raises(MediumUnreadable):
        check(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), signed=st.booleans())
def test_random_bytes_are_refused_without_a_traceback(
    seed: int, signed: bool, tmp_path: Path
) -> None:
    content = bytearray(random.Random(seed).randbytes(80_000))
    if signed:  # lies that begin like the truth
        for sector, kind in ((16, 1), (17, 2), (18, 255)):
            content[sector * 2048 : sector * 2048 + 7] = bytes([kind]) + b"CD001\x01"
        content[17 * 2048 + 88 : 17 * 2048 + 91] = b"%/E"
    path = tmp_path / "random.iso"
    path.write_bytes(content)
    assert refuses(path)


@pytest.mark.parametrize("cut", [1, 2048, 50_000, 150_000])
def test_a_truncated_image_is_refused(cut: int, good_image: Path, tmp_path: Path) -> None:
    path = tmp_path / "o.iso"
    path.write_bytes(good_image.read_bytes()[:-cut])
    assert refuses(path)


def test_bytes_after_the_end_are_refused(good_image: Path, tmp_path: Path) -> None:
    path = tmp_path / "o.iso"
    path.write_bytes(good_image.read_bytes() + bytes(2048))
    assert broken_rules(path) == {"structure"}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_lies_in_the_file_system_are_findings_and_never_a_traceback(
    data: st.DataObject, good_image: Path, tmp_path: Path
) -> None:
    """Random numbers where descriptors, path tables and directories stand."""
    places = data.draw(st.lists(st.integers(16 * 2048, 44 * 2048), min_size=1, max_size=12))
    changes = [(place, data.draw(st.binary(min_size=1, max_size=8))) for place in places]
    path = spoiled(good_image, tmp_path / "o.iso", changes)
    if path.read_bytes() != good_image.read_bytes():
        assert refuses(path)


# One thing wrong, checksums true: the rule itself must notice

Edit = Callable[[Path], None]


def flip_in(name: str, offset: int) -> Edit:
    def edit(path: Path) -> None:
        content = bytearray((path / name).read_bytes())
        content[offset] ^= 1
        (path / name).write_bytes(content)

    return edit


def replace_in(name: str, before: bytes, after: bytes, count: int = -1) -> Edit:
    def edit(path: Path) -> None:
        content = (path / name).read_bytes()
        assert before in content
        (path / name).write_bytes(content.replace(before, after, count))

    return edit


def remove(name: str) -> Edit:
    return lambda path: (path / name).unlink()


def add(name: str, content: bytes = b"foreign") -> Edit:
    def edit(path: Path) -> None:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)

    return edit


def rename(name: str, other: str) -> Edit:
    return lambda path: (path / name).rename(path / other)


def truncate(name: str, cut: int) -> Edit:
    return lambda path: os.truncate(path / name, (path / name).stat().st_size - cut)


def rewrite(name: str, change: Callable[[pydicom.Dataset], None]) -> Edit:
    """Change an instance's data set and write it anew."""

    def edit(path: Path) -> None:
        ds = pydicom.dcmread(path / name)
        change(ds)
        ds.save_as(path / name, enforce_file_format=True)

    return edit


def other_patient(path: Path) -> None:
    def change(ds: pydicom.Dataset) -> None:
        ds.PatientID, ds.PatientName = JOHN.patient_id, JOHN.name
        ds.PatientBirthDate = JOHN.birth_date.strftime("%Y%m%d")

    rewrite(TWO, change)(path)


def other_birth_date(path: Path) -> None:
    rewrite(TWO, lambda ds: setattr(ds, "PatientBirthDate", "19511231"))(path)


def forbidden_syntax(path: Path) -> None:
    builders.write(pydicom.dcmread(path / ONE), path / ONE, pydicom.uid.RLELossless)


def implicit(path: Path) -> None:
    builders.write(pydicom.dcmread(path / ONE), path / ONE, pydicom.uid.ImplicitVRLittleEndian)


def preamble(path: Path) -> None:
    content = (path / ONE).read_bytes()
    (path / ONE).write_bytes(b"MZ" + content[2:])


def copied_twice(path: Path) -> None:
    shutil.copy(path / ONE, path / TWO)


def record_key(keyword: str, level: str, value: bytes | None = None) -> Edit:
    """Take a key out of the first record of a type, offsets kept right, or change its value."""

    def edit(path: Path) -> None:
        rewrite_directory(path, keyword, level, value)

    return edit


def rewrite_directory(path: Path, keyword: str, level: str, value: bytes | None) -> None:
    """Write the DICOMDIR anew with one key gone: record by record, all offsets moved."""
    ds = pydicom.dcmread(path / "DICOMDIR")
    first = next(r for r in ds.DirectoryRecordSequence if r.DirectoryRecordType == level)
    if value is None:
        del first[keyword]
    else:
        setattr(first, keyword, value.decode())
    old = [record.seq_item_tell for record in ds.DirectoryRecordSequence]
    ds.save_as(path / "DICOMDIR")
    again = pydicom.dcmread(path / "DICOMDIR")
    new = [record.seq_item_tell for record in again.DirectoryRecordSequence]
    moved = dict(zip(old, new, strict=True)) | {0: 0}
    for record in again.DirectoryRecordSequence:
        record.OffsetOfTheNextDirectoryRecord = moved[record.OffsetOfTheNextDirectoryRecord]
        lower = record.OffsetOfReferencedLowerLevelDirectoryEntity
        record.OffsetOfReferencedLowerLevelDirectoryEntity = moved[lower]
    for keyword_ in (
        "OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity",
        "OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity",
    ):
        setattr(again, keyword_, moved[getattr(again, keyword_)])
    again.save_as(path / "DICOMDIR")


def directory_offset(which: str, record: int) -> Edit:
    """Point an offset 2 bytes on."""

    def edit(path: Path) -> None:
        ds = pydicom.dcmread(path / "DICOMDIR")
        target = ds.DirectoryRecordSequence[record] if record >= 0 else ds
        target[which].value += 2
        ds.save_as(path / "DICOMDIR")

    return edit


def lost_record(path: Path) -> None:
    """Jump over a record: it can no longer be reached."""
    ds = pydicom.dcmread(path / "DICOMDIR")
    records = ds.DirectoryRecordSequence
    images = [record for record in records if record.DirectoryRecordType == "IMAGE"]
    images[0].OffsetOfTheNextDirectoryRecord = images[1].OffsetOfTheNextDirectoryRecord
    ds.save_as(path / "DICOMDIR")


def looping_record(path: Path) -> None:
    ds = pydicom.dcmread(path / "DICOMDIR")
    images = [r for r in ds.DirectoryRecordSequence if r.DirectoryRecordType == "IMAGE"]
    images[2].OffsetOfTheNextDirectoryRecord = ds.DirectoryRecordSequence[3].seq_item_tell
    ds.save_as(path / "DICOMDIR")


def inactive_record(path: Path) -> None:
    ds = pydicom.dcmread(path / "DICOMDIR")
    ds.DirectoryRecordSequence[3].RecordInUseFlag = 0
    ds.save_as(path / "DICOMDIR")


def directory_in_implicit_vr(path: Path) -> None:
    ds = pydicom.dcmread(path / "DICOMDIR")
    ds.file_meta.TransferSyntaxUID = pydicom.uid.ImplicitVRLittleEndian
    ds.save_as(path / "DICOMDIR", implicit_vr=True)


def wrong_reference(path: Path) -> None:
    """Let two records swap their files."""
    ds = pydicom.dcmread(path / "DICOMDIR")
    images = [r for r in ds.DirectoryRecordSequence if r.DirectoryRecordType == "IMAGE"]
    one, two = images[0].ReferencedFileID, images[1].ReferencedFileID
    images[0].ReferencedFileID, images[1].ReferencedFileID = two, one
    ds.save_as(path / "DICOMDIR")


SPOILED: dict[str, tuple[Edit, str]] = {
    "an instance is missing": (remove(ONE), "references"),
    "DICOMDIR is missing": (remove("DICOMDIR"), "root"),
    "README.TXT is missing": (remove("README.TXT"), "root"),
    "INDEX.HTM is missing": (remove("INDEX.HTM"), "root"),
    "a picture is missing": (remove("IHE_PDI/P0000001.JPG"), "pages"),
    "the page of pictures is missing": (remove("IHE_PDI/INDEX.HTM"), "pages"),
    "a foreign file in DICOM": (add("DICOM/NOTE"), "foreign-files"),
    "a foreign text in DICOM": (add("DICOM/ST000001/NOTE.TXT"), "foreign-files"),
    "a foreign file in IHE_PDI": (add("IHE_PDI/RUN.EXE"), "foreign-files"),
    "a hidden file": (add("DICOM/.hidden"), "names"),
    "a file as stored that no page names": (add("ASSTORED/AS000001.DCM"), "foreign-files"),
    "an instance renamed": (rename(ONE, ONE[:-1] + "9"), "references"),
    "an instance in lower case": (rename(ONE, ONE.replace("IM", "im")), "names"),
    "a long name": (add("LONGFILENAME.TXT"), "names"),
    "a name with a hyphen": (add("A-B.TXT"), "names"),
    "a name with two dots": (add("A.B.TXT"), "names"),
    "an extension in DICOM": (rename(ONE, ONE + ".DCM"), "names"),
    "a long folder": (add("LONGFOLDERNAME/A.TXT"), "names"),
    "nine levels": (add("A/B/C/D/E/F/G/H/I.TXT"), "names"),
    "an instance truncated": (truncate(ONE, 100), "instances"),
    "an instance without its last byte": (truncate(ONE, 1), "instances"),
    "an instance cut in its header": (lambda path: os.truncate(path / ONE, 300), "instances"),
    "an instance emptied": (lambda path: os.truncate(path / ONE, 0), "references"),
    "DICOMDIR truncated": (truncate("DICOMDIR", 10), "directory-form"),
    "DICOMDIR longer": (
        lambda path: (path / "DICOMDIR").write_bytes((path / "DICOMDIR").read_bytes() + bytes(8)),
        "directory-form",
    ),
    "DICOMDIR in Implicit VR": (directory_in_implicit_vr, "directory-form"),
    "DICOMDIR with a preamble": (flip_in("DICOMDIR", 5), "directory-form"),
    "DICOMDIR of another SOP class": (
        replace_in("DICOMDIR", b"1.2.840.10008.1.3.10", b"1.2.840.10008.1.3.11"),
        "directory-form",
    ),
    "a File-set ID in lower case": (replace_in("DICOMDIR", b"KIOSK_", b"kiosk_"), "directory-form"),
    "a key of another value representation": (
        replace_in("DICOMDIR", b"\x10\x00\x20\x00LO", b"\x10\x00\x20\x00SH", 1),
        "directory-form",
    ),
    "a next offset wrong": (
        directory_offset("OffsetOfTheNextDirectoryRecord", 3),
        "directory-tree",
    ),
    "a lower offset wrong": (
        directory_offset("OffsetOfReferencedLowerLevelDirectoryEntity", 1),
        "directory-tree",
    ),
    "the first offset wrong": (
        directory_offset("OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity", -1),
        "directory-tree",
    ),
    "the last offset wrong": (
        directory_offset("OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity", -1),
        "directory-tree",
    ),
    "a record that cannot be reached": (lost_record, "directory-tree"),
    "a record that loops": (looping_record, "directory-tree"),
    "a record not in use": (inactive_record, "directory-tree"),
    "a record of another type": (
        replace_in("DICOMDIR", b"IMAGE ", b"WAVEFO", 1),
        "directory-tree",
    ),
    "two records that swapped their files": (wrong_reference, "agreement"),
    "a Patient ID gone": (record_key("PatientID", "PATIENT"), "keys"),
    "a Patient ID empty": (record_key("PatientID", "PATIENT", b""), "keys"),
    "a Study ID gone": (record_key("StudyID", "STUDY"), "keys"),
    "an accession number gone": (record_key("AccessionNumber", "STUDY"), "keys"),
    "a Modality gone": (record_key("Modality", "SERIES"), "keys"),
    "an Instance Number gone": (record_key("InstanceNumber", "IMAGE"), "keys"),
    "an Image Type gone": (record_key("ImageType", "IMAGE"), "agreement"),
    "another Instance Number": (record_key("InstanceNumber", "IMAGE", b"77"), "agreement"),
    "another Patient ID": (record_key("PatientID", "PATIENT", b"EX-9999"), "agreement"),
    "another study date": (record_key("StudyDate", "STUDY", b"20200101"), "agreement"),
    "another modality": (record_key("Modality", "SERIES", b"PT"), "agreement"),
    "another patient's name": (record_key("PatientName", "PATIENT", b"Sample^John"), "agreement"),
    "a forbidden transfer syntax": (forbidden_syntax, "transfer-syntaxes"),
    "Implicit VR": (implicit, "transfer-syntaxes"),
    "a preamble": (preamble, "preambles"),
    "two patients": (other_patient, "one-patient"),
    "two birth dates": (other_birth_date, "one-patient"),
    "an instance there twice": (copied_twice, "instances"),
    "DICOM in the root": (
        lambda path: shutil.copy(path / ONE, path / "IMAGE.DCM"),
        "foreign-files",
    ),
    "DICOM in IHE_PDI": (
        lambda path: shutil.copy(path / ONE, path / "IHE_PDI/P0000009.JPG"),
        "foreign-files",
    ),
    "a picture that is none": (add("IHE_PDI/P0000001.JPG"), "pictures"),
    "a README with bare line feeds": (replace_in("README.TXT", b"\r\n", b"\n"), "readme"),
    "a README with umlauts": (replace_in("README.TXT", b"Example", b"Ex\xc3\xa4mple"), "readme"),
    "a README with long lines": (replace_in("README.TXT", b"\r\n", b""), "readme"),
    "a README without disclaimer": (
        replace_in("README.TXT", b"NOT FOR DIAGNOSIS", b"GOOD"),
        "readme",
    ),
    "a README without institution": (replace_in("README.TXT", b"Institution:", b"By:"), "readme"),
    "a README without profile": (replace_in("README.TXT", b"STD-GEN-CD", b"nothing"), "readme"),
    "a README that states another profile": (
        replace_in("README.TXT", b"STD-GEN-CD", b"STD-GEN-DVD-JPEG"),
        "keys",
    ),
    "a README that states an unknown profile": (
        replace_in("README.TXT", b"STD-GEN-CD", b"STD-XYZ-CD"),
        "transfer-syntaxes",
    ),
    "a README with the patient's name": (
        replace_in("README.TXT", b"Springfield", b"Maria Example"),
        "readme",
    ),
    "an index without institution": (replace_in("INDEX.HTM", b'"institution"', b'"x"'), "index"),
    "an index without manifest": (replace_in("INDEX.HTM", b'"manifest"', b'"x"'), "index"),
    "an index without link to README.TXT": (
        replace_in("INDEX.HTM", b'href="README.TXT"', b'href="INDEX.HTM"'),
        "index",
    ),
    "an index that counts wrong": (
        replace_in("INDEX.HTM", b"<td>5</td>", b"<td>6</td>"),
        "counts",
    ),
    "an index that forgets a study": (
        replace_in("INDEX.HTM", b'id="study-', b'id="x-', 1),
        "counts",
    ),
    "an index that is not well-formed": (replace_in("INDEX.HTM", b"</h1>", b""), "pages"),
    "an index with a script": (
        replace_in("INDEX.HTM", b"</body>", b"<script>1</script></body>"),
        "pages",
    ),
    "an index with entities": (
        replace_in("INDEX.HTM", b"<html", b'<!DOCTYPE a [<!ENTITY b "c">]><html', 1),
        "pages",
    ),
    "a link to elsewhere": (
        replace_in("INDEX.HTM", b'href="IHE_PDI/INDEX.HTM"', b'href="http://example.org/"'),
        "index",
    ),
    "a link out of the medium": (
        replace_in("IHE_PDI/INDEX.HTM", b'"../INDEX.HTM"', b'"../../INDEX.HTM"'),
        "pages",
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_folder_with_one_thing_wrong_is_found_by_its_rule(
    case: str, made: FileSet, tmp_path: Path
) -> None:
    edit, rule = SPOILED[case]
    edited(made, tmp_path / "stick", lambda path: [edit(path)][0])
    broken = broken_rules(tmp_path / "stick")
    assert rule in broken
    assert not broken & {"listed", "hashes"}, "the checksums were made true"


@pytest.mark.parametrize("case", [case for case, (_, rule) in SPOILED.items() if rule != "names"])
def test_a_sealed_image_with_one_thing_wrong_is_found_by_its_rule(
    case: str, made: FileSet, tmp_path: Path
) -> None:
    edit, rule = SPOILED[case]
    edited(made, tmp_path / "stick", lambda path: [edit(path)][0])
    path = image(as_file_set(tmp_path / "stick", made.file_set_id), tmp_path / "o.iso")
    broken = broken_rules(path)
    assert rule in broken
    assert not broken & {"listed", "hashes", "seal", "structure", "path-tables", "same-names"}


@pytest.mark.parametrize("case", [case for case, (_, rule) in SPOILED.items() if rule == "names"])
def test_a_strange_name_is_found_in_an_image_of_another_program(
    case: str, made: FileSet, tmp_path: Path
) -> None:
    edit, _ = SPOILED[case]
    stick = edited(made, tmp_path / "stick", lambda path: [edit(path)][0])
    path = tmp_path / "o.iso"
    command = ["genisoimage", "-quiet", "-J", "-R", "-iso-level", "4", "-o", path, stick]
    subprocess.run(command, check=True, capture_output=True)
    assert broken_rules(path) & {"names", "same-names"}


# The manifest


def manifest(change: Callable[[list[str]], list[str]]) -> Edit:
    def edit(path: Path) -> None:
        lines = (path / "SHA256.TXT").read_text().splitlines(keepends=True)
        (path / "SHA256.TXT").write_text("".join(change(lines)))

    return edit


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[1:],
        lambda lines: [*lines, lines[0]],
        lambda lines: [*lines, f"{'0' * 64}  NOSUCH\n"],
        lambda lines: [lines[0].replace("  ", " *"), *lines[1:]],
        lambda lines: [lines[0].upper(), *lines[1:]],
        lambda lines: [*lines[:-1], lines[-1].rstrip()],
        lambda lines: [*lines, "\n"],
        lambda _: [],
    ],
    ids=[
        "line-gone",
        "line-twice",
        "line-more",
        "binary-mark",
        "upper",
        "no-end",
        "blank",
        "empty",
    ],
)
def test_a_manifest_that_is_not_exact_is_found(
    change: Callable[[list[str]], list[str]], made: FileSet, tmp_path: Path
) -> None:
    stick = folder(made, tmp_path / "stick")
    manifest(change)(stick)
    assert broken_rules(stick) == {"listed"}


def test_a_missing_manifest_is_found(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    remove("SHA256.TXT")(stick)
    assert broken_rules(stick) == {"root", "listed"}


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (flip_in(ONE, -1), "hashes"),
        (add("NEW.TXT"), "listed"),
        (remove("STYLE.CSS"), "listed"),
        (rename("STYLE.CSS", "OTHER.CSS"), "listed"),
        (truncate("STYLE.CSS", 1), "hashes"),
    ],
    ids=["flipped", "added", "missing", "renamed", "truncated"],
)
def test_the_manifest_finds_every_change_of_a_file(
    edit: Edit, rule: str, made: FileSet, tmp_path: Path
) -> None:
    stick = folder(made, tmp_path / "stick")
    edit(stick)
    assert rule in broken_rules(stick)


# Folders that are hostile


def test_a_link_in_a_folder_is_a_finding_and_not_followed(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    (stick / "README.TXT").rename(tmp_path / "outside")
    (stick / "README.TXT").symlink_to(tmp_path / "outside")
    assert {"structure", "root"} <= broken_rules(stick)


def test_a_link_to_a_folder_is_a_finding(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    (stick / "LOOP").symlink_to(stick)
    assert "structure" in broken_rules(stick)


def test_a_pipe_in_a_folder_does_not_block(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    os.mkfifo(stick / "PIPE")
    assert "structure" in broken_rules(stick)


# Images of other programs


def mastered(stick: Path, path: Path, *command: str) -> Path:
    subprocess.run([*command, "-o", path, stick], check=True, capture_output=True)
    return path


def test_an_image_of_xorriso_lacks_only_identity_and_seal(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    path = mastered(stick, tmp_path / "o.iso", "xorriso", "-as", "mkisofs", "-J", "-r")
    assert broken_rules(path) == {"volume-id", "seal"}, findings(path)


def test_an_image_of_genisoimage_lacks_only_identity_and_seal(
    made: FileSet, tmp_path: Path
) -> None:
    stick = folder(made, tmp_path / "stick")
    path = mastered(stick, tmp_path / "o.iso", "genisoimage", "-J", "-r", "-sysid", "")
    assert broken_rules(path) == {"volume-id", "seal"}, findings(path)


def test_a_symbolic_link_in_an_image_is_found(made: FileSet, tmp_path: Path) -> None:
    stick = folder(made, tmp_path / "stick")
    (stick / "LINK.TXT").symlink_to("README.TXT")
    path = mastered(stick, tmp_path / "o.iso", "genisoimage", "-J", "-r")
    assert "structure" in broken_rules(path)


def test_a_file_with_another_name_under_joliet_is_found(good_image: Path, tmp_path: Path) -> None:
    content = good_image.read_bytes()
    at = content.index("README.TXT".encode("utf-16-be"))
    path = spoiled(good_image, tmp_path / "o.iso", [(at, "REEDME".encode("utf-16-be"))])
    assert broken_rules(path) == {"same-names", "seal"}


def test_a_file_with_another_name_under_rock_ridge_is_found(
    good_image: Path, tmp_path: Path
) -> None:
    at = good_image.read_bytes().index(b"NM\x0f\x01\x00README.TXT") + 5
    path = spoiled(good_image, tmp_path / "o.iso", [(at, b"readme")])
    assert broken_rules(path) == {"same-names", "seal"}


def test_a_path_table_that_differs_is_found(good_image: Path, tmp_path: Path) -> None:
    with open_medium(good_image) as reader:
        assert reader.volume is not None
    at = good_image.read_bytes().index(b"IHE_PDI", 19 * 2048)
    path = spoiled(good_image, tmp_path / "o.iso", [(at, b"IHE_PDX")])
    assert broken_rules(path) == {"path-tables", "seal"}


# Several things at once


def test_findings_are_counted_all_and_kept_in_part(tmp_path: Path) -> None:
    instances = prepared(tmp_path / "prepared", slices(60))
    (made,) = build(facts(), instances, DVD, Profile.CD)
    stick = folder(made, tmp_path / "stick")
    shutil.rmtree(stick / "DICOM")
    seal_folder(stick)
    (answer,) = [answer for answer in check(stick).broken if answer.id == "references"]
    assert answer.count == 60
    assert len(answer.findings) == 20


def test_an_instance_kept_as_stored_is_named_counted_and_allowed(tmp_path: Path) -> None:
    ds = builders.ct(Place(MARIA, "a", 1, 9))
    source = builders.write(ds, tmp_path / "source", pydicom.uid.RLELossless)
    content = source.read_bytes()
    syntax = pydicom.uid.RLELossless.encode()
    source.write_bytes(content.replace(syntax, b"1.2.840.10008.1.2.9"[: len(syntax)]))
    instances = prepared(tmp_path / "prepared", [*slices(2), source])
    assert [each.importable for each in instances] == [True, True, False]
    (made,) = build(facts(), instances, DVD, Profile.CD)
    report = check(image(made, tmp_path / "o.iso"))
    assert report.holds, findings(tmp_path / "o.iso")
    assert (report.instances, report.not_importable) == (2, 1)
