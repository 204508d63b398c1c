"""What arrives from an archive for one job: checked, prepared and named, beside the fetching."""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, cast

import structlog

from kiosk.domain.release import Release
from kiosk.domain.study import InstanceIdentity, InstanceRef, mismatch
from kiosk.errors import BrokenInstance, WrongPatient
from kiosk.media.prepare import Prepared, prepare, recover
from kiosk.media.profile import Profile
from kiosk.services.spool import JobSpool

log = structlog.get_logger()

TextT = TypeVar("TextT", str, bytes)

IN_FLIGHT = 128
"""Instances that may have arrived and not yet be prepared."""
IN_FLIGHT_BYTES = 128 << 20
"""What they may come to, whatever is large among them; more would only fill the disk."""


class Arrivals:
    """The instances of one job, by where they stand in the archive; an ``Incoming``.

    A thread prepares what has arrived while the archive goes on sending: both mostly wait for disk
    and hash. The files that instances arrive in are used again and again, because making a file
    costs as much as preparing an instance.
    """

    def __init__(self, release: Release, spool: JobSpool, profile: Profile) -> None:
        self._release = release
        self._study_uids = frozenset(study.study_uid for study in release.studies)
        self._spool = spool
        self._profile = profile
        self._preparing = ThreadPoolExecutor(1, "prepare")
        self._unused = [spool.incoming / f"{number}" for number in range(IN_FLIGHT)]
        self._begun: Path | None = None
        self._in_flight: deque[tuple[Path, int, Future[None]]] = deque()
        self._in_flight_bytes = 0
        self._shared: dict[str | bytes, str | bytes] = {}
        self.instances: dict[InstanceRef, Prepared] = {}
        self.broken: list[str] = []
        self.size_bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._preparing.shutdown(cancel_futures=True)

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
        """Return a path in the spool; nothing from outside may name it.

        Raises
        ------
        WrongPatient, OSError
            What became of an instance that arrived before.
        """
        if self._begun is None:  # else the one that was begun last never arrived
            while not self._unused or self._in_flight_bytes > IN_FLIGHT_BYTES:
                self._await_first()
            self._begun = self._unused.pop()
        return self._begun

    def arrived(self, path: Path) -> None:
        """Have one instance checked and prepared; a broken one is noted and the others go on."""
        self._begun = None
        size_bytes = path.stat().st_size
        self._in_flight_bytes += size_bytes
        self._in_flight.append((path, size_bytes, self._preparing.submit(self._prepare, path)))

    def settle(self) -> None:
        """Wait until everything that has arrived is prepared; raises as ``begin`` does."""
        while self._in_flight:
            self._await_first()

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

    def _await_first(self) -> None:
        path, size_bytes, prepared = self._in_flight.popleft()
        self._in_flight_bytes -= size_bytes
        self._unused.append(path)
        prepared.result()

    def _prepare(self, path: Path) -> None:
        try:
            self._take(prepare(path, self._spool.prepared, self._profile, self._guard))
        except BrokenInstance as error:
            log.warning("instance-broken", code=error.code)
            self.broken.append(error.detail)

    def _guard(self, identity: InstanceIdentity) -> None:
        reason = mismatch(self._release.patient, self._study_uids, identity)
        if reason is not None:
            raise WrongPatient(reason)

    def _take(self, prepared: Prepared) -> None:
        prepared = self._sharing(prepared)
        identity = prepared.identity
        ref = InstanceRef(identity.series_uid, identity.sop_instance_uid)
        known = self.instances.get(ref)
        self.size_bytes += prepared.size_bytes - (known.size_bytes if known else 0)
        self.instances[ref] = prepared

    def _sharing(self, prepared: Prepared) -> Prepared:
        """Keep once what is the same for all instances of a patient, study or series."""
        identity, keys = prepared.identity, prepared.keys
        return replace(
            prepared,
            identity=replace(
                identity,
                study_uid=self._share(identity.study_uid),
                series_uid=self._share(identity.series_uid),
                patient_id=self._share(identity.patient_id),
            ),
            keys=replace(
                keys,
                patient=self._share(keys.patient),
                study=self._share(keys.study),
                series=self._share(keys.series),
            ),
        )

    def _share(self, value: TextT) -> TextT:
        return cast("TextT", self._shared.setdefault(value, value))
