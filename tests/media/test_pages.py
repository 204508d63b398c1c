import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.study import Patient, Study
from kiosk.media.facts import Contents, ImportableStudy, KeptAsStored, MediumFacts, Picture
from kiosk.media.markup import element, page
from kiosk.media.pages import index_page
from kiosk.media.picture_pages import picture_pages
from kiosk.media.profile import Profile
from kiosk.media.readme import readme
from kiosk.media.wording import count, full_name, in_words, kind, title
from tests.builders import PEOPLE, Invented
from tests.media.media_builders import CREATED_AT, facts

XHTML = "{http://www.w3.org/1999/xhtml}"
CATALOG = Path("/usr/share/xml/w3c-sgml-lib/schema/dtd/catalog.xml")


def contents(told: MediumFacts | None = None, **changed: object) -> Contents:
    told = told or facts(studies="ab")
    studies = tuple(
        ImportableStudy(
            study,
            series=2,
            instances=number * 100,
            page=f"ST{number:06}.HTM",
            pictures=(
                Picture("Group 1: the middle one of 3 images.", f"P{number:07}.JPG"),
                Picture("Group 2: the only image.", ""),
            ),
        )
        for number, study in enumerate(told.studies, start=1)
    )
    values: dict[str, object] = {
        "facts": told,
        "profile": Profile.CD,
        "file_set_id": "KIOSK_0123456789",
        "volume": 1,
        "volumes": 1,
        "studies": studies,
        "kept_as_stored": (),
    }
    return Contents(**(values | changed))  # type: ignore[arg-type] # typed above


def text(content: bytes) -> str:
    """Return what a reader sees."""
    body = ET.fromstring(content).find(f"{XHTML}body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())


def links(content: bytes) -> list[str]:
    return [node.get("href", "") for node in ET.fromstring(content).iter(f"{XHTML}a")]


# INDEX.HTM, item by item (IHE RAD-47)


def test_the_index_names_institution_and_day() -> None:
    shown = text(index_page(contents()))
    assert shown.startswith("Riverside Example Hospital Copy made on 24 November 2026")


def test_the_index_says_whose_it_is_as_the_label_does() -> None:
    shown = text(index_page(contents()))
    assert "The images of Maria Example Born 1 April 1970. 2 exams, 300 images." in shown
    assert "EX-1001" not in shown


def test_the_index_leads_to_everything() -> None:
    kept = (KeptAsStored("ASSTORED/AS000001.DCM", "compressed picture cannot be decoded"),)
    found = links(index_page(contents(kept_as_stored=kept)))
    assert {"IHE_PDI/INDEX.HTM", "README.TXT", "ASSTORED/AS000001.DCM"} <= set(found)
    assert {"IHE_PDI/ST000001.HTM", "IHE_PDI/ST000002.HTM"} <= set(found)


def test_the_manifest_says_what_can_be_imported() -> None:
    root = ET.fromstring(index_page(contents()))
    rows = [
        [" ".join("".join(cell.itertext()).split()) for cell in row]
        for row in root.iter(f"{XHTML}tr")
    ]
    assert rows == [
        ["Exam", "Date", "Kind", "Accession number", "Series", "Images"],
        ["Study a", "12 March 2026", "CT scan (CT)", "ACCA", "2", "100"],
        ["Study b", "12 March 2026", "CT scan (CT)", "ACCB", "2", "200"],
    ]


def test_what_cannot_be_imported_is_named_with_its_reason() -> None:
    kept = (KeptAsStored("ASSTORED/AS000001.DCM", "compressed picture cannot be decoded"),)
    shown = text(index_page(contents(kept_as_stored=kept)))
    assert "ASSTORED/AS000001.DCM: compressed picture cannot be decoded" in shown
    assert "301 images" in shown
    assert "Kept as stored" not in text(index_page(contents()))


def test_the_index_warns_and_says_whom_to_ask() -> None:
    shown = text(index_page(contents()))
    assert "It is not encrypted: whoever finds it can see the images." in shown
    assert "not for diagnosis" in shown
    assert "Questions? Riverside Example Hospital, 1 Example Road, Springfield, 555 0100." in shown


def test_one_disc_of_several_says_so() -> None:
    shown = text(index_page(contents(volume=2, volumes=3)))
    assert "Disc 2 of 3" in shown
    assert "This is disc 2 of 3. Each disc works by itself." in shown
    assert "disc 1 of 1" not in text(index_page(contents())).lower()


def test_a_study_without_date_and_description_still_has_a_row() -> None:
    told = facts()
    bare = replace(told.studies[0], study_date=None, description=" ", modalities=("XX", "MR"))
    shown = text(index_page(contents(replace(told, studies=(bare,)))))
    assert "XX, MRI scan Date not known" in shown


def test_a_site_without_address_and_phone_leaves_no_gaps() -> None:
    told = facts(site_address="", site_phone="")
    assert "Questions? Riverside Example Hospital." in text(index_page(contents(told)))
    assert b", \r\n" not in readme(contents(told))


# Nothing that is told can become markup

HOSTILE = "<script>alert(1)</script>&amp;\"'<img src=x onerror=y>"


def hostile() -> Contents:
    patient = Patient("EX", date(1970, 1, 1), f"{HOSTILE}^{HOSTILE}")
    told = facts(site_name=HOSTILE, site_address=HOSTILE, product=HOSTILE, patient=patient)
    study = replace(told.studies[0], description=HOSTILE, accession=HOSTILE, modalities=(HOSTILE,))
    return contents(
        replace(told, studies=(study,)),
        kept_as_stored=(KeptAsStored("ASSTORED/AS000001.DCM", HOSTILE),),
    )


def test_no_text_becomes_markup() -> None:
    pages = {"INDEX.HTM": index_page(hostile()), **picture_pages(hostile())}
    for name, content in pages.items():
        names = {node.tag.removeprefix(XHTML) for node in ET.fromstring(content).iter()}
        assert not names & {"script"}, name
        assert b"<script" not in content
        assert b"<img src=x" not in content
    assert HOSTILE in text(pages["INDEX.HTM"])


@given(st.text(st.characters(), max_size=40))
def test_any_text_gives_a_well_formed_page(told: str) -> None:
    root = ET.fromstring(page(told, "S.CSS", element("p", told, title=told)))
    paragraph = root.find(f"{XHTML}body/{XHTML}p")
    assert paragraph is not None
    bad = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    wanted = re.sub(bad, "\ufffd", told)
    assert (paragraph.text or "").split() == wanted.split()


def test_text_between_elements_stays_where_it_is() -> None:
    node = element("p", "a", element("b", "c"), "d", "e", element("i", "f"))
    assert ET.tostring(node) == b"<p>a<b>c</b>de<i>f</i></p>"


# XHTML Basic


VALIDATE = """
import sys
from lxml import etree
parser = etree.XMLParser(dtd_validation=True, no_network=True, resolve_entities=True)
for path in sys.argv[1:]:
    etree.parse(path, parser)
"""


@pytest.mark.skipif(
    not CATALOG.exists(), reason="the package w3c-sgml-lib with the DTDs is missing"
)
@pytest.mark.parametrize("made", [contents(), hostile()], ids=["plain", "hostile"])
def test_pages_are_valid_xhtml_basic(made: Contents, tmp_path: Path) -> None:
    files = []
    for number, content in enumerate([index_page(made), *picture_pages(made).values()]):
        files.append(tmp_path / f"{number}.htm")
        files[-1].write_bytes(content)
    # The catalogue that leads to the DTDs is read when libxml2 starts.
    environment = {**os.environ, "XML_CATALOG_FILES": str(CATALOG)}
    command = [sys.executable, "-c", VALIDATE, *files]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_pages_declare_what_they_are_and_hold_no_script_or_style() -> None:
    for content in (index_page(contents()), *picture_pages(contents()).values()):
        head = content[:300].decode()
        assert 'encoding="UTF-8"' in head
        assert "-//W3C//DTD XHTML Basic 1.0//EN" in head
        assert b"charset=UTF-8" in content
        assert b"<script" not in content
        assert b" style=" not in content


def test_the_pages_of_pictures_lead_to_each_other() -> None:
    pages = picture_pages(contents())
    assert set(pages) == {
        f"IHE_PDI/{name}" for name in ("INDEX.HTM", "ST000001.HTM", "ST000002.HTM")
    }
    assert "ST000001.HTM" in links(pages["IHE_PDI/INDEX.HTM"])
    assert "../INDEX.HTM" in links(pages["IHE_PDI/INDEX.HTM"])
    assert links(pages["IHE_PDI/ST000001.HTM"]) == ["INDEX.HTM", "../INDEX.HTM"]


def test_every_picture_has_words() -> None:
    content = picture_pages(contents())["IHE_PDI/ST000001.HTM"]
    images = list(ET.fromstring(content).iter(f"{XHTML}img"))
    assert [image.get("alt") for image in images] == ["Group 1: the middle one of 3 images."]
    assert "Group 2: the only image. This image cannot be shown here." in text(content)


# Names


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.patient_id)
def test_names_in_every_script_are_shown(person: Invented) -> None:
    shown = text(index_page(contents(facts(person))))
    for part in re.split("[=^]", person.name):
        assert part in shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("Example^Maria", "Maria Example"),
        ("Wang^XiaoDong=王^小东", "XiaoDong Wang (王 小东)"),
        ("Hong^Gildong=洪^吉洞=홍^길동", "Gildong Hong (洪 吉洞, 홍 길동)"),
        ("=王^小东", "王 小东"),
        ("Adams^John Robert Quincy^^Rev.^B.A. M.Div.", "Rev. John Robert Quincy Adams B.A. M.Div."),
        ("", ""),
        ("^^", ""),
    ],
)
def test_a_name_is_read_in_order(stored: str, shown: str) -> None:
    assert full_name(Patient("X", date(1970, 1, 1), stored)) == shown


def test_a_patient_without_a_name_has_a_heading() -> None:
    told = facts(patient=Patient("X", date(1970, 1, 1)))
    assert "Your images Born 1 January 1970" in text(index_page(contents(told)))


# Words


def test_dates_counts_and_kinds_are_words() -> None:
    assert in_words(date(2026, 11, 4)) == "4 November 2026"
    assert (count(1, "exam"), count(0, "exam"), count(1430, "image")) == (
        "1 exam",
        "0 exams",
        "1,430 images",
    )
    study = Study("1.2", Patient("X", date(1970, 1, 1)), modalities=("CR", "DX", "MR"))
    assert kind(study) == "X-ray, MRI scan"
    assert title(study) == "X-ray, MRI scan"
    assert title(replace(study, modalities=())) == "Exam"


# README.TXT


def test_the_readme_says_what_it_must() -> None:
    said = readme(contents()).decode("ascii")
    flat = " ".join(said.split())
    for item in (
        "Institution: Riverside Example Hospital, 1 Example Road, Springfield",
        "Questions: 555 0100",
        "Made by: Imaging Release Kiosk 0.1.0, 24 November 2026",
        "INDEX.HTM",
        "DICOM data: DICOMDIR and the folder DICOM",
        "Web content: IHE_PDI/INDEX.HTM",
        "Portable Data for Imaging (PDI)",
        "STD-GEN-CD",
        "NOT FOR DIAGNOSIS",
        "sha256sum -c SHA256.TXT",
        "KIOSK_0123456789",
    ):
        assert item in flat


@pytest.mark.parametrize("profile", Profile)
def test_the_readme_states_the_profile(profile: Profile) -> None:
    assert profile in readme(contents(profile=profile)).decode("ascii")


def test_the_readme_has_lines_of_dos_and_eighty_columns() -> None:
    long = "Hospital of the Very Long Name " * 6
    for made in (contents(), contents(facts(site_name=long, site_address="X" * 200)), hostile()):
        said = readme(made)
        assert said.replace(b"\r\n", b"").isascii()
        assert b"\n" not in said.replace(b"\r\n", b"")
        assert b"\r" not in said.replace(b"\r\n", b"")
        assert max(map(len, said.split(b"\r\n"))) <= 80


def test_the_readme_tells_nothing_about_the_patient() -> None:
    said = readme(contents()).decode("ascii")
    for secret in ("Maria", "EX-1001", "1970", "ACCA", "Study a"):
        assert secret not in said


def test_the_readme_names_the_other_data_only_where_there_is_any() -> None:
    kept = (KeptAsStored("ASSTORED/AS000001.DCM", "reason"),)
    assert b"ASSTORED" in readme(contents(kept_as_stored=kept))
    assert b"ASSTORED" not in readme(contents())


def test_letters_beyond_ascii_become_plain_ones() -> None:
    told = facts(site_name="Krankenhaus Übersee", site_address="Łódźer Straße 1, 東京")
    said = readme(contents(told)).decode("ascii")
    assert "Krankenhaus Ubersee, Lodzer Strasse 1, ??" in said


def test_the_day_is_that_of_the_moment_given() -> None:
    told = facts(created_at=datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    assert "31 January 2026" in readme(contents(told)).decode("ascii")
    assert CREATED_AT.day == 24


# In a browser


@pytest.mark.lab
@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not there")
def test_a_browser_shows_the_page_in_standards_mode(tmp_path: Path) -> None:
    (tmp_path / "INDEX.HTM").write_bytes(index_page(contents(facts(PEOPLE[3]))))
    printed = subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
            *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
            *("--disable-sync", f"--user-data-dir={tmp_path / 'browser'}", "--dump-dom"),
            (tmp_path / "INDEX.HTM").as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=60,
    )
    shown = printed.stdout.decode("utf-8")
    assert "XiaoDong Wang (王 小东)" in shown
    assert "XHTML Basic 1.0" in shown
