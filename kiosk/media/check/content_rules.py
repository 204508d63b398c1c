"""Rules about the DICOMDIR, the instances and the pages."""

import re

from kiosk.media.check.examined import Examined
from kiosk.media.check.pages import check_pages
from kiosk.media.check.rule import Rule
from kiosk.media.findings import Findings

_WIDEST = 80
_FILE_SET_ID = re.compile(r"[A-Z0-9_]{0,16}")
_PATIENT_NAME = 0x00100010
_SHORTEST_NAME = 5
"""Shorter ones may well stand in an address."""

_README_ITEMS = {
    "the institution": rb"(?m)^Institution: \S",
    "whom to ask": rb"(?m)^Questions: \S",
    "the product that made it": rb"(?m)^Made by: \S.*\d",
    "where the DICOM data is": rb"DICOMDIR",
    "where the web content is": rb"IHE_PDI",
    "to what it conforms": rb"\(PDI\)",
    "that it is not for diagnosis": rb"(?i)not for diagnosis",
}


def _directory_form(examined: Examined, findings: Findings) -> None:
    directory = examined.directory
    findings.add_all(directory.form)
    if not _FILE_SET_ID.fullmatch(directory.file_set_id):
        findings.add("the File-set ID is not of at most 16 capitals, digits and _")


def _directory_tree(examined: Examined, findings: Findings) -> None:
    findings.add_all(examined.directory.tree)


def _references(examined: Examined, findings: Findings) -> None:
    directory = examined.directory
    findings.add_all(directory.repeated)
    for path in directory.references:
        if path not in examined.reader.files:
            findings.add(f"{path} is listed in DICOMDIR but missing")
        elif path not in examined.dicom_files:
            findings.add(f"{path} is listed in DICOMDIR but no DICOM file")
    for path in sorted(examined.dicom_files):
        if path.startswith("DICOM/") and path not in directory.references:
            findings.add(f"{path} is not listed in DICOMDIR")


def _keys(examined: Examined, findings: Findings) -> None:
    findings.add_all(examined.instances.missing)


def _agreement(examined: Examined, findings: Findings) -> None:
    findings.add_all(examined.instances.differing)


def _whole(examined: Examined, findings: Findings) -> None:
    findings.add_all(examined.instances.broken)


def _syntaxes(examined: Examined, findings: Findings) -> None:
    if examined.stated_profile and examined.stated_profile != examined.profile:
        findings.add(f"README.TXT states the profile {examined.stated_profile}, not known here")
    findings.add_all(examined.instances.syntaxes)


def _preambles(examined: Examined, findings: Findings) -> None:
    findings.add_all(examined.instances.preambles)


def _one_patient(examined: Examined, findings: Findings) -> None:
    findings.add_all(examined.instances.patients)
    patients = {
        reference.above[0].offset
        for reference in examined.directory.references.values()
        if reference.above
    }
    if len(patients) > 1:
        findings.add("DICOMDIR has more than one PATIENT record")


def _readme(examined: Examined, findings: Findings) -> None:
    _readme_form(examined.readme, findings)
    for item, pattern in _README_ITEMS.items():
        if not re.search(pattern, examined.readme):
            findings.add(f"README.TXT does not say {item}")
    if not examined.stated_profile:
        findings.add("README.TXT does not say which DICOM profile it keeps to")
    if any(name in examined.readme.lower() for name in _patient_names(examined)):
        findings.add("README.TXT names the patient")


def _readme_form(readme: bytes, findings: Findings) -> None:
    if not readme.isascii():
        findings.add("README.TXT goes beyond ASCII")
    lines = readme.split(b"\r\n")
    if any(b"\r" in line or b"\n" in line for line in lines):
        findings.add("README.TXT has lines that do not end with CR and LF")
    if any(len(line) > _WIDEST for line in lines):
        findings.add(f"README.TXT has lines of more than {_WIDEST} columns")


def _patient_names(examined: Examined) -> set[bytes]:
    """Return the patient's name as it might stand in a text."""
    names: set[bytes] = set()
    for reference in examined.directory.references.values():
        for record in reference.above[:1]:
            name = record.values.get(_PATIENT_NAME, b"").rstrip(b" \0").split(b"=")[0]
            family, given, *_ = (*name.split(b"^"), b"", b"")
            names |= {b" ".join((given, family)).strip(), b" ".join((family, given)).strip(), name}
    return {name.lower() for name in names if len(name) >= _SHORTEST_NAME}


def _index(examined: Examined, findings: Findings) -> None:
    index = examined.index
    findings.add_all(index.findings)
    if not index.institution:
        findings.add("INDEX.HTM does not name the institution")
    for path in ("README.TXT", "IHE_PDI/INDEX.HTM"):
        if path not in index.links:
            findings.add(f"INDEX.HTM has no link to {path}")
    if not index.has_manifest:
        findings.add("INDEX.HTM has no manifest of what can be imported")


def _counts(examined: Examined, findings: Findings) -> None:
    listed = {study.study_uid: (study.series, study.instances) for study in examined.studies}
    for uid in listed.keys() ^ examined.index.manifest.keys():
        findings.add(f"the study {uid} is not both in DICOMDIR and in INDEX.HTM")
    for uid in listed.keys() & examined.index.manifest.keys():
        if listed[uid] != examined.index.manifest[uid]:
            findings.add(f"INDEX.HTM states other counts for the study {uid} than DICOMDIR holds")
    for path in examined.index.kept - examined.reader.files.keys():
        findings.add(f"{path} is named as kept as stored but missing")


def _pages(examined: Examined, findings: Findings) -> None:
    check_pages(examined.reader, findings)


CONTENT_RULES = (
    Rule(
        "directory-form",
        "PS3.10 8.6, PS3.3 F.3",
        "DICOMDIR is a whole Media Storage Directory in Explicit VR Little Endian",
        _directory_form,
    ),
    Rule(
        "directory-tree",
        "PS3.3 F.2.2, F.4",
        "Every record is reached once, by exact offsets, at its place",
        _directory_tree,
    ),
    Rule(
        "references",
        "PS3.11 D.3.3, H.3.3",
        "DICOMDIR lists every instance once and nothing that is missing",
        _references,
    ),
    Rule(
        "keys",
        "PS3.3 F.5, PS3.11 D.3-2, H.3-2",
        "Every record has the keys of its type under the profile",
        _keys,
    ),
    Rule(
        "agreement", "PS3.3 F.5", "The records say the same as the instances themselves", _agreement
    ),
    Rule("instances", "PS3.10 7.1, PS3.5 7", "Every instance is whole and there once", _whole),
    Rule(
        "transfer-syntaxes",
        "PS3.11 D.3.2, H.3.2",
        "Every instance has a transfer syntax of the profile",
        _syntaxes,
    ),
    Rule("preambles", "PS3.10 7.5", "Every preamble is zero", _preambles),
    Rule("one-patient", "IHE PDI, PS3.3 F.5.1", "Everything belongs to one patient", _one_patient),
    Rule("readme", "IHE PDI RAD-47", "README.TXT says what it must and no more", _readme),
    Rule("index", "IHE PDI RAD-47", "INDEX.HTM has all that it must have", _index),
    Rule(
        "counts",
        "IHE PDI RAD-47",
        "INDEX.HTM portrays exactly what the medium holds",
        _counts,
    ),
    Rule(
        "pages",
        "IHE PDI, XHTML Basic 1.0",
        "The pages are whole, need no script and lead nowhere else",
        _pages,
    ),
)
