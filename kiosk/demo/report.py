"""A radiologist's report in plain words, as a DICOM structured report."""

from pydicom import Dataset
from pydicom.uid import BasicTextSRStorage

Code = tuple[str, str, str]

_REPORT: Code = ("18748-4", "LN", "Diagnostic imaging report")
_FINDINGS: Code = ("121070", "DCM", "Findings")
_FINDING: Code = ("121071", "DCM", "Finding")
_CONCLUSIONS: Code = ("121076", "DCM", "Conclusions")
_CONCLUSION: Code = ("121077", "DCM", "Conclusion")


def report(findings: str, conclusion: str) -> Dataset:
    """Return a Basic Text SR (PS3.3 A.35.1) with two headings, without identity."""
    ds = Dataset()
    ds.SOPClassUID = BasicTextSRStorage
    ds.SpecificCharacterSet = "ISO_IR 100"
    ds.Modality = "SR"
    ds.Manufacturer = ""
    ds.SeriesDate = ds.SeriesTime = ds.ContentDate = ds.ContentTime = ""
    ds.ReferencedPerformedProcedureStepSequence = []
    ds.PerformedProcedureCodeSequence = []
    ds.CompletionFlag = "COMPLETE"
    ds.VerificationFlag = "UNVERIFIED"
    ds.update(_container(_REPORT, []))
    ds.ContentSequence = [
        _container(_FINDINGS, [_text(_FINDING, findings)]),
        _container(_CONCLUSIONS, [_text(_CONCLUSION, conclusion)]),
    ]
    return ds


def _container(name: Code, content: list[Dataset]) -> Dataset:
    item = _item("CONTAINER", name)
    item.ContinuityOfContent = "SEPARATE"
    if content:
        item.RelationshipType = "CONTAINS"
        item.ContentSequence = content
    return item


def _text(name: Code, words: str) -> Dataset:
    item = _item("TEXT", name)
    item.RelationshipType = "CONTAINS"
    item.TextValue = words
    return item


def _item(value_type: str, name: Code) -> Dataset:
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = name
    item = Dataset()
    item.ValueType = value_type
    item.ConceptNameCodeSequence = [code]
    return item
