"""The tables behind the profiles: directory records by SOP class, and their keys."""

STORAGE = "1.2.840.10008.5.1.4.1.1."
ALONE = frozenset({"HANGING PROTOCOL", "PALETTE", "IMPLANT", "IMPLANT ASSY", "IMPLANT GROUP"})

BY_FAMILY = {"9": "WAVEFORM", "11": "PRESENTATION", "88": "SR DOCUMENT", "104": "ENCAP DOC"}
"""Families of SOP classes that share the component after the storage root."""

BY_CLASS = {
    f"{STORAGE}{suffix}": record
    for record, suffixes in {
        "RT DOSE": "481.2",
        "RT STRUCTURE SET": "481.3",
        "RT PLAN": "481.5 481.8",
        "RT TREAT RECORD": "481.4 481.6 481.7 481.9",
        "RADIOTHERAPY": "481.10 481.11 481.12 481.13 481.14 481.15 481.16 481.17 481.18 481.19"
        " 481.20 481.21 481.22 481.25",
        "PRESENTATION": "131",
        "KEY OBJECT DOC": "88.59",
        "SPECTROSCOPY": "4.2",
        "RAW DATA": "66",
        "REGISTRATION": "66.1 66.3",
        "FIDUCIAL": "66.2",
        "SURFACE": "66.5",
        "TRACT": "66.6",
        "VALUE MAP": "67",
        "SURFACE SCAN": "68.1 68.2",
        "STEREOMETRIC": "77.1.5.3",
        "MEASUREMENT": "78.1 78.2 78.3 78.4 78.5 78.7 80.1",
        "SR DOCUMENT": "78.6 79.1",
        "ASSESSMENT": "90.1",
    }.items()
    for suffix in suffixes.split()
} | {
    "1.2.840.10008.5.1.4.34.7": "PLAN",
    "1.2.840.10008.5.1.4.34.10": "PLAN",
    "1.2.840.10008.5.1.4.38.1": "HANGING PROTOCOL",
    "1.2.840.10008.5.1.4.39.1": "PALETTE",
    "1.2.840.10008.5.1.4.43.1": "IMPLANT",
    "1.2.840.10008.5.1.4.44.1": "IMPLANT ASSY",
    "1.2.840.10008.5.1.4.45.1": "IMPLANT GROUP",
}

_NUMBER = "0020 0013 IS 1  InstanceNumber\n"
_CONTENT_TIME = """
    0008 0023 DA 1  ContentDate
    0008 0033 TM 1  ContentTime
"""
_CONTENT = _NUMBER + _CONTENT_TIME
_LABELS = """
    0070 0080 CS 1  ContentLabel
    0070 0081 LO 2  ContentDescription
    0070 0084 PN 2  ContentCreatorName
"""
_DOCUMENT = """
    0040 A043 SQ 1  ConceptNameCodeSequence
    0040 A730 SQ 1C ContentSequence (only HAS CONCEPT MOD)
"""

# One row a key: tag, VR, type (PS3.5 7.4), keyword.
BASE: dict[str, str] = {
    "PATIENT": """
        0010 0010 PN 2  PatientName
        0010 0020 LO 1  PatientID
    """,
    "STUDY": """
        0008 0020 DA 1  StudyDate
        0008 0030 TM 1  StudyTime
        0008 0050 SH 2  AccessionNumber
        0008 1030 LO 2  StudyDescription
        0020 000D UI 1  StudyInstanceUID
        0020 0010 SH 1  StudyID
    """,
    "SERIES": """
        0008 0060 CS 1  Modality
        0020 000E UI 1  SeriesInstanceUID
        0020 0011 IS 1  SeriesNumber
    """,
    "IMAGE": _NUMBER,
    "RT DOSE": _NUMBER + "3004 000A CS 1  DoseSummationType",
    "RT STRUCTURE SET": _NUMBER
    + """
        3006 0002 SH 1  StructureSetLabel
        3006 0008 DA 2  StructureSetDate
        3006 0009 TM 2  StructureSetTime
    """,
    "RT PLAN": _NUMBER
    + """
        300A 0002 SH 1  RTPlanLabel
        300A 0006 DA 2  RTPlanDate
        300A 0007 TM 2  RTPlanTime
    """,
    "RT TREAT RECORD": _NUMBER
    + """
        3008 0250 DA 2  TreatmentDate
        3008 0251 TM 2  TreatmentTime
    """,
    "PRESENTATION": _NUMBER
    + _LABELS
    + """
        0008 1115 SQ 1C ReferencedSeriesSequence
        0070 0082 DA 1  PresentationCreationDate
        0070 0083 TM 1  PresentationCreationTime
        0070 0402 SQ 1C BlendingSequence
    """,
    "WAVEFORM": _CONTENT,
    "SR DOCUMENT": _CONTENT
    + _DOCUMENT
    + """
        0040 A030 DT 1C VerificationDateTime
        0040 A491 CS 1  CompletionFlag
        0040 A493 CS 1  VerificationFlag
    """,
    "KEY OBJECT DOC": _CONTENT + _DOCUMENT,
    "SPECTROSCOPY": _CONTENT
    + """
        0008 0008 CS 1  ImageType
        0008 9092 SQ 1C ReferencedImageEvidenceSequence
        0028 0008 IS 1  NumberOfFrames
        0028 0010 US 1  Rows
        0028 0011 US 1  Columns
        0028 9001 UL 1  DataPointRows
        0028 9002 UL 1  DataPointColumns
    """,
    "RAW DATA": _CONTENT,
    "REGISTRATION": _CONTENT + _LABELS,
    "FIDUCIAL": _CONTENT + _LABELS,
    "VALUE MAP": _CONTENT + _LABELS,
    "MEASUREMENT": _CONTENT + _LABELS,
    "SURFACE": _CONTENT + _LABELS,
    "TRACT": _CONTENT + _LABELS,
    "SURFACE SCAN": _CONTENT_TIME,
    "STEREOMETRIC": "",
    "PLAN": "",
    "ASSESSMENT": _NUMBER
    + """
        0008 0012 DA 1  InstanceCreationDate
        0008 0013 TM 2  InstanceCreationTime
    """,
    "RADIOTHERAPY": _NUMBER
    + """
        0070 0081 LO 2  ContentDescription
        0070 0084 PN 2  ContentCreatorName
        3010 0033 SH 1C UserContentLabel
        3010 0034 LO 1C UserContentLongLabel
    """,
    "ENCAP DOC": _NUMBER
    + """
        0008 0023 DA 2  ContentDate
        0008 0033 TM 2  ContentTime
        0040 A043 SQ 2  ConceptNameCodeSequence
        0040 E001 ST 1C HL7InstanceIdentifier
        0042 0010 ST 2  DocumentTitle
        0042 0012 LO 1  MIMETypeOfEncapsulatedDocument
    """,
    "HANGING PROTOCOL": """
        0072 0008 LO 1  HangingProtocolCreator
        0072 000A DT 1  HangingProtocolCreationDateTime
        0072 000C SQ 1  HangingProtocolDefinitionSequence
        0072 000E SQ 2  HangingProtocolUserIdentificationCodeSequence
        0072 0014 US 1  NumberOfPriorsReferenced
    """,
    "PALETTE": """
        0070 0080 CS 1  ContentLabel
        0070 0081 LO 2  ContentDescription
    """,
    "IMPLANT": """
        0008 0070 LO 1  Manufacturer
        0022 1095 LO 1  ImplantName
        0022 1097 LO 1  ImplantPartNumber
        0068 6210 LO 1C ImplantSize
    """,
    "IMPLANT ASSY": """
        0008 0070 LO 1  Manufacturer
        0076 0001 LO 1  ImplantAssemblyTemplateName
        0076 0020 SQ 1  ProcedureTypeCodeSequence
    """,
    "IMPLANT GROUP": """
        0078 0001 LO 1  ImplantTemplateGroupName
        0078 0020 LO 1  ImplantTemplateGroupIssuer
    """,
}
"""PS3.3 F.5.1 to F.5.46: what every profile asks for."""

CD = {
    "IMAGE": """
        0008 0008 CS 1C ImageType
        0008 1140 SQ 1C ReferencedImageSequence
    """,
}

"""PS3.11 Table D.3-2: what the CD profile asks for beyond."""

DVD = {
    "PATIENT": """
        0010 0030 DA 1C PatientBirthDate
        0010 0040 CS 1C PatientSex
    """,
    "SERIES": """
        0008 0080 LO 1C InstitutionName
        0008 0081 ST 1C InstitutionAddress
        0008 1050 PN 1C PerformingPhysicianName
    """,
    "IMAGE": """
        0008 0008 CS 1C ImageType
        0008 002A DT 1C AcquisitionDateTime
        0008 1140 SQ 1C ReferencedImageSequence
        0018 1800 CS 1C AcquisitionTimeSynchronized
        0020 0032 DS 1C ImagePositionPatient
        0020 0037 DS 1C ImageOrientationPatient
        0020 0052 UI 1C FrameOfReferenceUID
        0020 0200 UI 1C SynchronizationFrameOfReferenceUID
        0028 0008 IS 1C NumberOfFrames
        0028 0010 US 1  Rows
        0028 0011 US 1  Columns
        0028 0030 DS 1C PixelSpacing
        0028 2112 DS 1C LossyImageCompressionRatio
        0050 0004 CS 1C CalibrationImage
    """,
}
"""PS3.11 Table H.3-2: what the DVD profiles ask for beyond."""
