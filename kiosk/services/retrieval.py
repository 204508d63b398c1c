"""Fetch a release's studies until what is in the spool equals what the archive holds."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import structlog

from kiosk.domain.release import Release
from kiosk.domain.study import Counted, Holding, InstanceRef, Listed
from kiosk.errors import (
    ArchiveIncomplete,
    ArchiveRefused,
    ArchiveUnreachable,
    BrokenInstance,
    StudyNotFound,
    StudyStillGrowing,
)
from kiosk.media.prepare import Prepared
from kiosk.ports import Archive
from kiosk.services.arrivals import Arrivals

log = structlog.get_logger()

NAMED_AT_MOST = 5
"""Staff look at the first few missing instances; more tell them nothing new."""

ArchiveTrouble = ArchiveUnreachable | ArchiveRefused | ArchiveIncomplete | BrokenInstance


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Everything that was fetched, equal to what the archive holds."""

    prepared: tuple[Prepared, ...]
    archive_instances: int
    counted_only: bool
    """At least one study could only be counted, not listed."""


def retrieve(
    ways: Sequence[Archive],
    arrivals: Arrivals,
    release: Release,
    progress: Callable[[int, int | None, int], None],
) -> Retrieval:
    """Fetch what is not in the spool yet, and prove the result complete.

    Parameters
    ----------
    ways : sequence of Archive
        Best first. When one is refused or breaks, the next goes on with what is still missing.
    progress : callable
        Told instances, instances in all (None until the archive has listed them), and bytes.

    Raises
    ------
    WrongPatient
        If an instance belongs to somebody else or to another study.
    StudyStillGrowing
        If the archive's answer before and after differ.
    ArchiveUnreachable, ArchiveRefused, ArchiveIncomplete, BrokenInstance
        If no way brought everything; the last way's own reason.
    """
    study_uids = [study.study_uid for study in release.studies]
    with ThreadPoolExecutor(1, "ask") as asking:
        # The list is long in coming; what nothing is there of yet is fetched meanwhile, and what
        # has come is prepared while it is asked for again.
        answers = {uid: asking.submit(ask, ways, uid) for uid in study_uids}
        again: dict[str, Future[Holding]] = {}
        watched = _Watched(arrivals, answers.values(), progress)

        def fetched(uid: str) -> None:
            again[uid] = asking.submit(ask, ways, uid)

        failures = [_fetch_missing(ways, uid, answers[uid], watched, fetched) for uid in study_uids]
        before = {uid: answer.result() for uid, answer in answers.items()}
        total = sum(map(_size, before.values()))
        progress(len(arrivals.instances), total, arrivals.size_bytes)
        after = {uid: again[uid].result() if uid in again else ask(ways, uid) for uid in study_uids}
    if after != before:
        raise StudyStillGrowing(
            f"{total} instances before, {sum(map(_size, after.values()))} after"
        )
    for uid, failure in zip(study_uids, failures, strict=True):
        _settle(arrivals, uid, after[uid], failure)
    return Retrieval(
        prepared=tuple(arrivals.instances.values()),
        archive_instances=total,
        counted_only=any(isinstance(holding, Counted) for holding in after.values()),
    )


def ask(ways: Sequence[Archive], study_uid: str) -> Holding:
    """Ask each way in turn for the list of instances, and settle for a count if none can list."""
    counted: Counted | None = None
    failure: ArchiveUnreachable | ArchiveRefused = ArchiveUnreachable("no way is configured")
    for way in ways:
        try:
            holding = way.holding(study_uid)
        except (ArchiveUnreachable, ArchiveRefused) as error:
            failure = error
            continue
        if _size(holding) == 0:
            raise StudyNotFound("the archive no longer holds the study")
        if isinstance(holding, Listed):
            return holding
        counted = counted or holding
    if counted is None:
        raise failure
    return counted


def _fetch_missing(
    ways: Sequence[Archive],
    study_uid: str,
    answer: Future[Holding],
    watched: "_Watched",
    fetched: Callable[[str], None],
) -> ArchiveTrouble | None:
    """Let each way fetch what the ways before it left; return the last way's trouble, if any.

    Parameters
    ----------
    fetched : callable
        Told the study once a way has fetched it, while the last instances are still prepared.
    """
    arrivals = watched.arrivals
    trouble: ArchiveTrouble | None = None
    for way in ways:
        have = arrivals.of_study(study_uid)
        missing = _missing(answer.result(), have) if have else None
        if missing == frozenset():
            return None
        log.info("fetch-started", way=way.name, missing=None if missing is None else len(missing))
        arrivals.broken.clear()
        try:
            way.fetch(study_uid, missing, watched)
        except (ArchiveUnreachable, ArchiveRefused, ArchiveIncomplete, BrokenInstance) as error:
            trouble = error
        else:
            trouble = None
            fetched(study_uid)
        arrivals.settle()
        if trouble is None and arrivals.broken:
            trouble = BrokenInstance("; ".join(arrivals.broken))
        log.info("fetch-ended", way=way.name, code=trouble.code if trouble else None)
    return trouble


class _Watched:
    """Arrivals that tell of their progress; the total is known once the lists have come."""

    def __init__(
        self,
        arrivals: Arrivals,
        answers: Iterable[Future[Holding]],
        progress: Callable[[int, int | None, int], None],
    ) -> None:
        self.arrivals = arrivals
        self._answers = tuple(answers)
        self._progress = progress

    def begin(self) -> Path:
        """Pass on."""
        return self.arrivals.begin()

    def arrived(self, path: Path) -> None:
        """Pass on, and tell how far the preparing is."""
        self.arrivals.arrived(path)
        self._progress(len(self.arrivals.instances), self._total(), self.arrivals.size_bytes)

    def _total(self) -> int | None:
        if not all(answer.done() and not answer.exception() for answer in self._answers):
            return None
        return sum(_size(answer.result()) for answer in self._answers)


def _missing(held: Holding, have: frozenset[InstanceRef]) -> frozenset[InstanceRef] | None:
    """Return which instances to fetch: none when complete, None for all of them."""
    match held:
        case Listed(instances=instances):
            return instances - have
        case Counted(count=count):
            return frozenset() if len(have) == count else None


def _settle(
    arrivals: Arrivals, study_uid: str, held: Holding, trouble: ArchiveTrouble | None
) -> None:
    """Make sure that a study is whole, and holds nothing that the archive does not list."""
    have = arrivals.of_study(study_uid)
    if isinstance(held, Listed):
        arrivals.drop(have - held.instances)
        have &= held.instances
    if len(have) != _size(held):
        if trouble is None:
            raise ArchiveIncomplete(_lack(held, have))
        raise type(trouble)(f"{trouble.detail}; {_lack(held, have)}")


def _lack(held: Holding, have: frozenset[InstanceRef]) -> str:
    """Say how much is missing, and which instances where the archive names them."""
    count = f"{len(have)} of {_size(held)} instances arrived"
    if isinstance(held, Counted):
        return count
    uids = sorted(ref.sop_instance_uid for ref in held.instances - have)
    more = " and others" if len(uids) > NAMED_AT_MOST else ""
    return f"{count}, without {', '.join(uids[:NAMED_AT_MOST])}{more}"


def _size(holding: Holding) -> int:
    match holding:
        case Listed(instances=instances):
            return len(instances)
        case Counted(count=count):
            return count
