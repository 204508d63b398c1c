"""What did not work, said where the person can put it right."""

from kiosk.ui.screens.frame import Frame
from kiosk.ui.widgets.note import ErrorNote


def told(frame: Frame, key: str, **values: str | int) -> ErrorNote:
    """Return the one or two sentences of a key, in place of the lead.

    Parameters
    ----------
    key
        ``errors.no-match``
    """
    return ErrorNote(frame.look, *frame.look.words.steps(key, **values))
