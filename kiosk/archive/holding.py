"""Weighs what an archive says that it holds of a study: a list where there is one, or a count."""

from collections.abc import Callable

from kiosk.domain.study import Counted, Holding, InstanceRef, Listed
from kiosk.errors import ArchiveIncomplete, ArchiveRefused


class NotServed(ArchiveRefused):
    """The archive does not offer this service, or not what a request asks of it."""


def weigh(counted: int | None, list_instances: Callable[[], frozenset[InstanceRef]]) -> Holding:
    """Return the list of instances, or how many there are where the archive has no list.

    Raises
    ------
    ArchiveIncomplete
        If the list is shorter than the archive's own count: something cut it.
    ArchiveRefused
        If there is neither list nor count.
    """
    try:
        listed = list_instances()
    except (NotServed, ArchiveIncomplete):
        if counted is None:
            raise ArchiveRefused("it neither lists nor counts the instances") from None
        return Counted(counted)
    if counted is not None and len(listed) < counted:
        raise ArchiveIncomplete(f"it lists {len(listed)} of {counted} instances")
    return Listed(listed)
