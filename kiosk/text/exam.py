"""An exam in plain words: "X-ray of the left knee"."""

from collections.abc import Set as AbstractSet
from functools import cache

from kiosk.domain.study import Study
from kiosk.text.body_part import BodyPart, body_part_in
from kiosk.text.phrases import Phrasebook, terms
from kiosk.text.words import Words, unfenced

OF_A_PART = frozenset(
    {
        "xray",
        "ct",
        "mri",
        "ultrasound",
        "pet",
        "pet-ct",
        "nuclear",
        "angiogram",
        "moving-xray",
        "photographs",
    }
)
"""The kinds that are named together with a part of the body; a mammogram needs none."""


def exam_name(study: Study, words: Words) -> str:
    """Return what a study is called, as closely as its modalities and description tell."""
    kind = kind_of(study)
    part = body_part_in(study.description) if kind in OF_A_PART else None
    if part is None:
        return words.say(f"exam.{kind}")
    return unfenced(words.say(f"exam.{kind}_of", part=_phrase(part, words)))


def report_included(study: Study) -> bool:
    """Tell whether the study holds a report (SR) or a document (DOC)."""
    return not set(terms()["no_exam"]["reports"]).isdisjoint(study.modalities)


def kind_of(study: Study) -> str:
    """Return the kind of an exam, a name in ``terms.toml``, or ``other``.

    Reports, marks and plans that lie with an exam do not name it. Where several kinds were made
    in one study, the description says which one it is called by.
    """
    told = {name for hit in _phrasebook().find(study.description) for name in hit.names}
    made = {_kinds()[code] for code in study.modalities if code in _kinds()}
    if {"pet", "ct"} <= made:
        return "pet-ct"
    kind = _first(made & told) or _first(made) or _first(told) or "other"
    closer = set(terms()["closer"].get(kind, ())) & told
    return _first(closer) or kind


def _phrase(part: BodyPart, words: Words) -> str:
    if part.side is None:
        return words.say(f"part.{part.name}")
    return words.say(f"part.{part.name}_{part.side}")


def _first(kinds: AbstractSet[str]) -> str | None:
    order = (*terms()["modalities"], *terms()["kinds"])
    return next((kind for kind in order if kind in kinds), None)


@cache
def _kinds() -> dict[str, str]:
    return {code: kind for kind, codes in terms()["modalities"].items() for code in codes}


@cache
def _phrasebook() -> Phrasebook:
    return Phrasebook.of(terms()["kinds"])
