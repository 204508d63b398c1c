"""Makes INDEX.HTM, the page that portrays the exact content of a medium (IHE RAD-47)."""

from xml.etree.ElementTree import Element

from kiosk.media.facts import Contents, ImportableStudy
from kiosk.media.markup import Child, element, link, page
from kiosk.media.wording import count, full_name, in_words, kind, study_day, title

_COLUMNS = ("Exam", "Date", "Kind", "Accession number", "Series", "Images")


def index_page(contents: Contents) -> bytes:
    """Return INDEX.HTM: whose, where to look, what can be imported, what cannot, whom to ask."""
    return page(
        _heading(contents),
        "STYLE.CSS",
        masthead(contents),
        element("div", *_summary(contents), *_manifest(contents), *_kept(contents), class_="main"),
        *_footer(contents),
    )


def masthead(contents: Contents) -> Element:
    """Return the line that names the institution and the day, and which disc of how many."""
    facts = contents.facts
    made_on = f"Copy made on {in_words(facts.created_at.date())}"
    if contents.volumes > 1:
        made_on += f". {which_disc(contents)}"
    return element(
        "div",
        element("strong", facts.site_name, id="institution"),
        " ",
        element("span", made_on),
        class_="masthead",
    )


def which_disc(contents: Contents) -> str:
    """Return ``Disc 1 of 2``."""
    return f"Disc {contents.volume} of {contents.volumes}"


def _heading(contents: Contents) -> str:
    name = full_name(contents.facts.patient)
    return f"The images of {name}" if name else "Your images"


def _summary(contents: Contents) -> list[Child]:
    images = sum(each.instances for each in contents.studies) + len(contents.kept_as_stored)
    exams = count(len(contents.studies), "exam")
    born = in_words(contents.facts.patient.birth_date)
    parts: list[Child] = [
        element("h1", _heading(contents)),
        element("p", f"Born {born}. {exams}, {count(images, 'image')}.", class_="lead"),
    ]
    if contents.volumes > 1:
        text = f"This is disc {contents.volume} of {contents.volumes}. Each disc works by itself."
        parts.append(element("p", text))
    pictures = link("See the pictures", "IHE_PDI/INDEX.HTM", class_="button")
    parts.append(element("p", pictures))
    return parts


def _manifest(contents: Contents) -> list[Child]:
    """Return the table of the data that a Portable Media Importer can import."""
    head = element("tr", *(element("th", column) for column in _COLUMNS))
    rows = [_row(study) for study in contents.studies]
    how = (
        "In your program, import the whole disc or open its file DICOMDIR."
        f" The file-set is called {contents.file_set_id}"
        f" and keeps to the profile {contents.profile} of DICOM PS3.11."
        " The pictures for the browser are not for import."
    )
    return [
        element("h2", "For your doctor: what can be imported"),
        element("table", head, *rows, id="manifest"),
        element("p", how, class_="small"),
    ]


def _row(row: ImportableStudy) -> Element:
    study = row.study
    cells = (
        link(title(study), f"IHE_PDI/{row.page}"),
        study_day(study),
        _kind_and_codes(row),
        study.accession,
        str(row.series),
        str(row.instances),
    )
    return element("tr", *(element("td", cell) for cell in cells), id=f"study-{study.study_uid}")


def _kind_and_codes(row: ImportableStudy) -> str:
    codes = ", ".join(row.study.modalities)
    words = kind(row.study)
    return words if words == codes else f"{words} ({codes})"


def _kept(contents: Contents) -> list[Child]:
    if not contents.kept_as_stored:
        return []
    items = [
        element("li", link(each.path, each.path), f": {each.reason}")
        for each in contents.kept_as_stored
    ]
    why = (
        "These images are here exactly as the hospital stores them."
        " They are not in the list above, and some programs cannot import or show them."
    )
    return [
        element("h2", "Kept as stored: not for import"),
        element("p", why),
        element("ul", *items, id="kept-as-stored"),
    ]


def _footer(contents: Contents) -> list[Child]:
    facts = contents.facts
    ask = ", ".join(
        part for part in (facts.site_name, facts.site_address, facts.site_phone) if part
    )
    return [
        element(
            "div",
            element(
                "p",
                "Keep this copy in a safe place. It is not encrypted:"
                " whoever finds it can see the images.",
                id="privacy",
            ),
            element("p", "These pages send nothing and need no internet."),
            element("p", "The pictures on these pages are not for diagnosis."),
            element("p", "About this copy: ", link("README.TXT", "README.TXT"), "."),
            element("p", f"Questions? {ask}."),
            class_="footer",
        )
    ]
