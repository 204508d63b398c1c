"""Takes instances from C-STORE requests to disk; what goes wrong is kept for who fetches."""

import threading
from collections import Counter
from types import TracebackType
from typing import cast

from pynetdicom.association import Association
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.events import Event

from kiosk.archive.association import hang_up
from kiosk.archive.limits import LARGEST_INSTANCE_BYTES, checked_uid
from kiosk.archive.part10 import write_part10
from kiosk.archive.retrieve import Responses, judge
from kiosk.archive.silence import Watch
from kiosk.errors import BrokenInstance
from kiosk.ports import Incoming

# PS3.4 B.2.3, PS3.7 9.1.1.1.9
_SUCCESS = 0x0000
_NOT_AUTHORIZED = 0x0124
_OUT_OF_RESOURCES = 0xA700


class Reception:
    """What arrives for one fetch, on whichever association and in whichever thread.

    Handlers run inside pynetdicom, which logs an exception and goes on with the next instance. So
    the first failure is kept here, and the association that fetches is ended at once.
    """

    def __init__(self, incoming: Incoming, timeout_s: float, originator: str | None = None) -> None:
        self._incoming = incoming
        self._originator = originator
        self._one_at_a_time = threading.Lock()
        self._unwritten: Counter[Association] = Counter()
        self._fetching: Association | None = None
        self._failure: BaseException | None = None
        self.watch = Watch(timeout_s, self._end, self._one_at_a_time)

    def __enter__(self) -> "Reception":
        self.watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.watch.stop()

    def serve(self, assoc: Association) -> None:
        """Name the association that fetches; from here on the watch stands in for its time-out."""
        assoc.dimse_timeout = None
        self._fetching = assoc
        self.watch.heard()

    def follow(self, responses: Responses) -> None:
        """Go through the responses to one request; raise, unchanged, what ended the fetch."""
        try:
            judge(responses)
        finally:
            if self._failure is not None:
                raise self._failure

    def data(self, event: Event) -> None:
        """Note a PDU; pynetdicom gathers an instance in memory, so it must not be endless."""
        self.watch.heard()
        with _Kept(self):
            self._unwritten[event.assoc] += len(event.data)
            if self._unwritten[event.assoc] > LARGEST_INSTANCE_BYTES:
                raise BrokenInstance(f"an instance is larger than {LARGEST_INSTANCE_BYTES} bytes")

    def store(self, event: Event) -> int:
        """Answer a C-STORE request (``evt.EVT_C_STORE``)."""
        request = cast("C_STORE", event.request)
        if self._is_of_another(request):
            return _NOT_AUTHORIZED
        with _Kept(self), self._one_at_a_time:
            self._unwritten[event.assoc] = 0
            if self._failure is None:
                self._take(request, event.context.transfer_syntax)
                self.watch.heard()
                return _SUCCESS
        return _OUT_OF_RESOURCES

    def _is_of_another(self, request: C_STORE) -> bool:
        """Tell whether somebody else moved this to us (PS3.7 9.1.1.1.10)."""
        named = request.MoveOriginatorApplicationEntityTitle
        return bool(self._originator and named) and named != self._originator

    def _take(self, request: C_STORE, syntax: str) -> None:
        if request.DataSet is None:
            raise BrokenInstance("an instance has no data set")
        path = self._incoming.begin()
        try:
            write_part10(
                path,
                checked_uid(str(request.AffectedSOPClassUID)),
                checked_uid(str(request.AffectedSOPInstanceUID)),
                syntax,
                request.DataSet.getbuffer(),
            )
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        self._incoming.arrived(path)

    def keep(self, failure: BaseException) -> None:
        """Keep the first failure and end the fetch."""
        if self._failure is None:
            self._failure = failure
            self._end()

    def _end(self) -> None:
        if self._fetching is not None:
            hang_up(self._fetching)


class _Kept:
    """Keeps whatever is raised inside from a library that would only log it."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is not None:
            self._reception.keep(error)
        return error is not None
