"""Makes the pages of IHE_PDI: pictures of the key images for any browser (IHE PDI Web Content)."""

from xml.etree.ElementTree import Element

from kiosk.media.facts import Contents, ImportableStudy, Picture
from kiosk.media.markup import Child, element, link, page
from kiosk.media.pages import masthead
from kiosk.media.wording import count, full_name, study_day, title

_STYLE = "../STYLE.CSS"
_NOT_FOR_DIAGNOSIS = "These pictures are small copies for you to look at. Not for diagnosis."


def picture_pages(contents: Contents) -> dict[str, bytes]:
    """Return the pages by their path on the medium: the entry and one for each study."""
    pages = {"IHE_PDI/INDEX.HTM": _entry_page(contents)}
    for study in contents.studies:
        pages[f"IHE_PDI/{study.page}"] = _study_page(contents, study)
    return pages


def _entry_page(contents: Contents) -> bytes:
    exams = [_exam(study) for study in contents.studies]
    return page(
        "Pictures",
        _STYLE,
        masthead(contents),
        element(
            "div",
            element("p", link("Back to the first page", "../INDEX.HTM"), class_="back"),
            element("h1", "The pictures"),
            element("p", _of_whom(contents), class_="lead"),
            element("ul", *exams, class_="exams"),
            element("p", _NOT_FOR_DIAGNOSIS, class_="small"),
            class_="main",
        ),
    )


def _exam(study: ImportableStudy) -> Element:
    shown = next((each for each in study.pictures if each.file_name), None)
    picture: list[Child] = [_image(shown, "")] if shown else []
    name = link(title(study.study), study.page)
    images = f"{study_day(study.study)}, {count(study.instances, 'image')}"
    return element("li", *picture, element("strong", name), element("br"), element("span", images))


def _study_page(contents: Contents, study: ImportableStudy) -> bytes:
    pictures: list[Child] = [_picture(each) for each in study.pictures]
    if not pictures:
        pictures = [element("p", "This exam has no images that a browser can show.")]
    back = (link("Back to the pictures", "INDEX.HTM"), link("First page", "../INDEX.HTM"))
    when = f"{study_day(study.study)}. {_of_whom(contents)}"
    return page(
        title(study.study),
        _STYLE,
        masthead(contents),
        element(
            "div",
            element("p", back[0], " ", back[1], class_="back"),
            element("h1", title(study.study)),
            element("p", when, class_="lead"),
            element("div", *pictures, class_="pictures"),
            element("p", _NOT_FOR_DIAGNOSIS, class_="small"),
            class_="main",
        ),
    )


def _picture(picture: Picture) -> Element:
    if not picture.file_name:
        text = f"{picture.caption} This image cannot be shown here."
        return element("div", element("p", text), class_="picture")
    image = _image(picture, picture.caption)
    return element("div", image, element("p", picture.caption), class_="picture")


def _image(picture: Picture, alt: str) -> Element:
    return element("img", src=picture.file_name, alt=alt)


def _of_whom(contents: Contents) -> str:
    return full_name(contents.facts.patient) or "Your images"
