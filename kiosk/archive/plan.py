"""Cuts what is wanted of a study into the fewest requests that ask for nothing else."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kiosk.archive.limits import checked_uid
from kiosk.domain.study import InstanceRef


@dataclass(frozen=True, slots=True)
class WholeStudy:
    """Everything that the archive holds of the study."""


@dataclass(frozen=True, slots=True)
class WholeSeries:
    """Everything of one series."""

    series_uid: str


@dataclass(frozen=True, slots=True)
class SomeInstances:
    """These instances of one series."""

    series_uid: str
    sop_instance_uids: tuple[str, ...]


Part = WholeStudy | WholeSeries | SomeInstances

SeriesSizes = Mapping[str, int | None]
"""How many instances each series of the study has, or None where the archive does not say."""


def parts_of(wanted: Collection[InstanceRef], sizes: SeriesSizes) -> Iterator[Part]:
    """Plan the requests for some instances of a study.

    Parameters
    ----------
    wanted : collection of InstanceRef
        What to ask for.
    sizes : mapping
        Empty where the archive does not answer for series; then each instance is named.
    """
    by_series: dict[str, list[str]] = defaultdict(list)
    for ref in sorted(wanted):
        by_series[checked_uid(ref.series_uid)].append(checked_uid(ref.sop_instance_uid))
    if by_series and sizes == {uid: len(instances) for uid, instances in by_series.items()}:
        yield WholeStudy()
        return
    for series_uid, instances in by_series.items():
        if sizes.get(series_uid) == len(instances):
            yield WholeSeries(series_uid)
        else:
            yield SomeInstances(series_uid, tuple(instances))
