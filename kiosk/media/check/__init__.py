"""Checks a finished medium rule by rule, with no knowledge of how it was made."""

from kiosk.media.check.content_rules import CONTENT_RULES
from kiosk.media.check.examined import Progress, examine
from kiosk.media.check.medium_rules import MEDIUM_RULES
from kiosk.media.check.report import Answer, CheckedStudy, Report
from kiosk.media.manifest import MANIFEST
from kiosk.media.reader import MediumReader

__all__ = ["RULES", "Answer", "CheckedStudy", "Report", "check_medium"]

RULES = (*MEDIUM_RULES, *CONTENT_RULES)


def check_medium(reader: MediumReader, progress: Progress) -> Report:
    """Read every byte of a medium and answer every rule.

    Parameters
    ----------
    reader : MediumReader
        As :func:`kiosk.media.reader.open_medium` gives it.
    progress : callable
        Called with the files and the bytes that are read so far.
    """
    examined = examine(reader, progress)
    answers = tuple(rule.answer(examined) for rule in RULES)
    manifest_sha256 = examined.hashes.get(MANIFEST, "")
    return Report(
        answers=answers,
        file_set_id=examined.directory.file_set_id,
        profile=examined.profile,
        sha256=examined.image.sha256 if examined.image else manifest_sha256,
        manifest_sha256=manifest_sha256,
        size_bytes=reader.size_bytes,
        files=len(reader.files),
        instances=len(examined.directory.references),
        not_importable=sum(path.startswith("ASSTORED/") for path in reader.files),
        has_web=any(path.startswith("IHE_PDI/") for path in reader.files),
        studies=examined.studies,
    )
