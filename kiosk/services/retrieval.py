"""Fetch a release's studies until what is in the spool equals what the archive holds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from kiosk.domain.release import Release
from kiosk.domain.study import (
    Counted,
    Holding,
    InstanceIdentity,
    InstanceRef,
    Listed,
    mismatch,
)
from kiosk.errors import (
    ArchiveIncomplete,
    ArchiveRefused,
    ArchiveUnreachable,
    BrokenInstance,
    StudyNotFound,
    StudyStillGrowing,
    WrongPatient,
)
from kiosk.media.prepare import Prepared, prepare, recover
from kiosk.media.profile import Profile
from kiosk.ports import Archive
from kiosk.services.spool import JobSpool

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


class Arrivals:
    """The instances of one job in its spool: checked, prepared for the medium and named by UID."""

    def __init__(self, release: Release, spool: JobSpool, profile: Profile) -> None:
        self._release = release
        self._study_uids = frozenset(study.study_uid for study in release.studies)
        self._spool = spool
        self._profile = profile
        self._begun = 0
        self.instances: dict[InstanceRef, Prepared] = {}
        self.broken: list[str] = []
        self.size_bytes = 0
        self.on_arrival: Callable[[], None] = lambda: None

    def recover(self) -> None:
        """Take up what an earlier run left in the spool; what is not whole is fetched again."""
        for path in sorted(self._spool.prepared.iterdir()):
            try:
                prepared = recover(path, self._profile)
                self._guard(prepared.identity)
            except BrokenInstance:
                path.unlink()
            else:
                self._take(prepared)

    def begin(self) -> Path:
        """Return a path in the spool, numbered, since nothing from outside may name it."""
        self._begun += 1
        return self._spool.incoming / f"{self._begun:08}"

    def arrived(self, path: Path) -> None:
        """Check and prepare one instance; a broken one is noted and the others go on."""
        try:
            self._take(prepare(path, self._spool.prepared, self._profile, self._guard))
        except BrokenInstance as error:
            log.warning("instance-broken", code=error.code)
            self.broken.append(error.detail)
        finally:
            path.unlink()

    def of_study(self, study_uid: str) -> frozenset[InstanceRef]:
        """Return where the instances of one study that are safe stand in the archive."""
        return frozenset(
            ref
            for ref, prepared in self.instances.items()
            if prepared.identity.study_uid == study_uid
        )

    def drop(self, refs: Iterable[InstanceRef]) -> None:
        """Give up instances that the archive no longer lists."""
        for ref in refs:
            prepared = self.instances.pop(ref)
            self.size_bytes -= prepared.size_bytes
            prepared.path.unlink()

    def _guard(self, identity: InstanceIdentity) -> None:
        reason = mismatch(self._release.patient, self._study_uids, identity)
        if reason is not None:
            raise WrongPatient(reason)

    def _take(self, prepared: Prepared) -> None:
        identity = prepared.identity
        ref = InstanceRef(identity.series_uid, identity.sop_instance_uid)
        known = self.instances.get(ref)
        self.size_bytes += prepared.size_bytes - (known.size_bytes if known else 0)
        self.instances[ref] = prepared
        self.on_arrival()


def retrieve(
    ways: Sequence[Archive],
    arrivals: Arrivals,
    release: Release,
    progress: Callable[[int, int, int], None],
) -> Retrieval:
    """Fetch what is not in the spool yet, and prove the result complete.

    Parameters
    ----------
    ways : sequence of Archive
        Best first. When one is refused or breaks, the next goes on with what is still missing.
    progress : callable
        Told instances, instances in all, and bytes, at every arrival.

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
    before = {uid: ask(ways, uid) for uid in study_uids}
    total = sum(map(_size, before.values()))
    arrivals.on_arrival = lambda: progress(len(arrivals.instances), total, arrivals.size_bytes)
    failures = [_fetch_missing(ways, uid, before[uid], arrivals) for uid in study_uids]
    after = {uid: ask(ways, uid) for uid in study_uids}
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
    ways: Sequence[Archive], study_uid: str, held: Holding, arrivals: Arrivals
) -> ArchiveTrouble | None:
    """Let each way fetch what the ways before it left; return the last way's trouble, if any."""
    trouble: ArchiveTrouble | None = None
    for way in ways:
        missing = _missing(held, arrivals.of_study(study_uid))
        if missing == frozenset():
            return None
        log.info("fetch-started", way=way.name, missing=None if missing is None else len(missing))
        arrivals.broken.clear()
        try:
            way.fetch(study_uid, missing, arrivals)
        except (ArchiveUnreachable, ArchiveRefused, ArchiveIncomplete, BrokenInstance) as error:
            trouble = error
        else:
            trouble = BrokenInstance("; ".join(arrivals.broken)) if arrivals.broken else None
        log.info("fetch-ended", way=way.name, code=trouble.code if trouble else None)
    return trouble


def _missing(held: Holding, have: frozenset[InstanceRef]) -> frozenset[InstanceRef] | None:
    """Return which instances to fetch: none when complete, None for all of them."""
    match held:
        case Listed(instances=instances):
            missing = instances - have
            return None if missing == instances else missing
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
