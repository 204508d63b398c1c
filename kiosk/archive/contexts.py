"""Chooses the presentation contexts of a C-GET, so that instances come as they are stored."""

from collections.abc import Collection, Sequence

from pydicom.uid import (
    JPEG2000,
    AllTransferSyntaxes,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)
from pynetdicom import StoragePresentationContexts
from pynetdicom.presentation import PresentationContext, build_context

MOST_CONTEXTS = 127
"""PS3.8 9.3.2.2: IDs are odd and below 256, so 128 contexts; one is for C-GET itself."""

# What archives hold most comes first, and gets a context of its own where there is room for few.
_USUAL = [
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLosslessSV1,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEG2000,
    JPEGLSLossless,
    RLELossless,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLSNearLossless,
]
_SYNTAXES = [*_USUAL, *(syntax for syntax in AllTransferSyntaxes if syntax not in _USUAL)]


def storage_contexts(sop_classes: Collection[str]) -> list[PresentationContext]:
    """Offer each SOP class in as many contexts of one transfer syntax each as there is room for.

    An acceptor chooses one syntax of a context (PS3.8 9.3.3.2), and then converts or leaves out
    what is stored in another; so each syntax gets a context of its own. Where there are too many
    classes for that, the last context of a class offers all the syntaxes that are left.

    Parameters
    ----------
    sop_classes : collection of str
        Those of the study; none where the archive does not say, for the usual ones.
    """
    classes = list(sop_classes)[:MOST_CONTEXTS] or _usual_classes()
    room = MOST_CONTEXTS // len(classes)
    return [
        build_context(sop_class, list(syntaxes))
        for sop_class in classes
        for syntaxes in _in_groups(room)
    ]


def _usual_classes() -> list[str]:
    """Return the SOP classes that the library's authors see most in use."""
    return [str(context.abstract_syntax) for context in StoragePresentationContexts][:MOST_CONTEXTS]


def _in_groups(room: int) -> list[Sequence[str]]:
    single = min(room - 1, len(_SYNTAXES))
    groups: list[Sequence[str]] = [[syntax] for syntax in _SYNTAXES[:single]]
    rest = _SYNTAXES[single:]
    return [*groups, rest] if rest else groups
