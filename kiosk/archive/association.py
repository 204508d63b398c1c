"""Opens associations with the archive and tells apart why one cannot be had."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pydicom.config
from pynetdicom import AE, _config, evt
from pynetdicom.association import Association
from pynetdicom.events import Event, EventHandlerType
from pynetdicom.pdu import A_ASSOCIATE_RJ
from pynetdicom.pdu_primitives import A_ABORT, A_ASSOCIATE, SCP_SCU_RoleSelectionNegotiation
from pynetdicom.presentation import PresentationContext

from kiosk.archive.command_set import DirectDimse
from kiosk.archive.tls import client_context, is_configured
from kiosk.config import Dimse
from kiosk.errors import ArchiveRefused, ArchiveUnreachable, KioskError

MAX_PDU_BYTES = 131072
"""What we let the archive send at once (PS3.8 D.1): few PDUs an image, bounded memory."""
_LOOK_EVERY_S = 0.0002


class Peer:
    """The archive's application entity and ours."""

    def __init__(self, settings: Dimse) -> None:
        self._settings = settings
        self._tls = client_context(settings) if is_configured(settings) else None
        _configure_library()

    @contextmanager
    def associate(
        self,
        contexts: Sequence[PresentationContext],
        roles: Sequence[SCP_SCU_RoleSelectionNegotiation] = (),
        handlers: Sequence[EventHandlerType] = (),
    ) -> Iterator[Association]:
        """Open an association; release it at the end, or abort it if the work fails.

        Raises
        ------
        ArchiveUnreachable
            If nobody answers in time.
        ArchiveRefused
            If the archive rejects or aborts it, accepts no context, or does not trust our TLS.
        """
        assoc, negotiation = self._request(contexts, roles, handlers)
        if not assoc.is_established:
            raise self._failure(assoc, negotiation)
        try:
            yield assoc
        except BaseException:
            assoc.abort()
            raise
        assoc.release()

    def _request(
        self,
        contexts: Sequence[PresentationContext],
        roles: Sequence[SCP_SCU_RoleSelectionNegotiation],
        handlers: Sequence[EventHandlerType],
    ) -> tuple[Association, "_Negotiation"]:
        settings = self._settings
        ae = AE(settings.calling_ae_title)
        ae.acse_timeout = ae.dimse_timeout = settings.timeout_s
        ae.connection_timeout = ae.network_timeout = settings.timeout_s
        negotiation = _Negotiation(settings.timeout_s)
        try:
            assoc = ae.associate(
                settings.host,
                settings.port,
                list(contexts),
                ae_title=settings.called_ae_title,
                max_pdu=MAX_PDU_BYTES,
                ext_neg=list(roles),
                tls_args=(self._tls, settings.host) if self._tls else None,
                evt_handlers=[
                    (evt.EVT_CONN_OPEN, negotiation.opened),
                    (evt.EVT_ACSE_RECV, negotiation.heard),
                    (evt.EVT_PDU_RECV, negotiation.received),
                    (evt.EVT_DATA_SENT, acknowledge),
                    *handlers,
                ],
            )
        except OSError as error:
            raise ArchiveUnreachable("its host name is not known") from error
        return assoc, negotiation

    def _failure(self, assoc: Association, negotiation: "_Negotiation") -> KioskError:
        if assoc.is_rejected or negotiation.rejected:
            return ArchiveRefused("it rejects the association; check both AE titles")
        if negotiation.accepted:
            return ArchiveRefused("it offers none of the services that were asked for")
        if negotiation.aborted_by_peer:
            return ArchiveRefused("it aborts the association")
        if self._tls is not None and (negotiation.is_open or self._answers()):
            return ArchiveRefused("no trusted TLS connection")
        return ArchiveUnreachable("no association in time")

    def _answers(self) -> bool:
        """Tell whether the port is open, so that TLS itself must have failed."""
        address = (self._settings.host, self._settings.port)
        try:
            with socket.create_connection(address, self._settings.timeout_s):
                return True
        except OSError:
            return False


class _Negotiation:
    """What was seen of an association while it was requested."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self.is_open = False
        self.aborted_by_peer = False
        self.accepted = False
        self.rejected = False

    def opened(self, event: Event) -> None:
        self.is_open = True
        tune(event, self._timeout_s)

    def heard(self, event: Event) -> None:
        primitive = getattr(event, "primitive", None)
        self.aborted_by_peer |= isinstance(primitive, A_ABORT)
        self.accepted |= isinstance(primitive, A_ASSOCIATE) and primitive.result == 0

    def received(self, event: Event) -> None:
        # The peer hangs up right after its rejection, and pynetdicom may see only that.
        self.rejected |= isinstance(event.pdu, A_ASSOCIATE_RJ)


def tune(event: Event, timeout_s: float) -> None:
    """Give a new connection a time-out, a quick reader and messages read directly.

    A handler of ``evt.EVT_CONN_OPEN``.

    pynetdicom sets no time-out once connected: half a PDU would keep its reader waiting for the
    rest, and whoever wants to end the association waiting for the reader. Its reader looks for
    data, and for answers to send, once a millisecond; an instance needs three looks, which is
    most of what a small one costs.
    """
    event.assoc.dimse = DirectDimse(event.assoc)
    dul = event.assoc.dul
    dul._run_loop_delay = _LOOK_EVERY_S
    if dul.socket is not None and dul.socket.socket is not None:
        dul.socket.socket.settimeout(timeout_s)


def acknowledge(event: Event) -> None:
    """Have the answer to what was just sent acknowledged at once (``evt.EVT_DATA_SENT``).

    dcmtk writes a PDU in two pieces; by Nagle's algorithm the second waits for the acknowledgement
    of the first, which Linux holds back for 40 ms once we have sent something ourselves: for every
    query and every instance. tcp(7): TCP_QUICKACK is not permanent, so it is set after each send.
    """
    wrapped = event.assoc.dul.socket
    if wrapped is not None and wrapped.socket is not None:
        wrapped.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def hang_up(assoc: Association) -> None:
    """Wake a thread that waits for a message on an association, from another thread.

    It then goes the way of an expired DIMSE time-out and aborts; pynetdicom itself puts the same
    into this queue when a connection is lost.
    """
    assoc.dimse.msg_queue.put((None, None))


def _configure_library() -> None:
    """Set documented options of pynetdicom and pydicom, which hold for the whole process."""
    # Queries and answers carry names and IDs, which must not reach a log.
    _config.LOG_HANDLER_LEVEL = "none"
    _config.LOG_REQUEST_IDENTIFIERS = False
    _config.LOG_RESPONSE_IDENTIFIERS = False
    # Whatever a study holds is to be received, private SOP classes included.
    _config.UNRESTRICTED_STORAGE_SERVICE = True
    # What an answer says is checked where it is used; a tenth of what an instance costs.
    pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
