"""Our own Storage SCP, which listens only while a C-MOVE fetches (PS3.4 B)."""

from collections.abc import Iterator
from contextlib import contextmanager

from pynetdicom import AE, evt
from pynetdicom.events import Event
from pynetdicom.sop_class import (  # type: ignore[attr-defined] # the module makes them on demand
    Verification,
)

from kiosk.archive.association import MAX_PDU_BYTES, acknowledge, tune
from kiosk.archive.reception import Reception
from kiosk.archive.tls import is_configured, server_context
from kiosk.config import Dimse
from kiosk.errors import ArchiveUnreachable

MOST_ASSOCIATIONS = 4
"""Archives send over one, some over a few at once."""

_HANG_UP_TIMEOUT_S = 0.2


@contextmanager
def receiving(settings: Dimse, reception: Reception) -> Iterator[None]:
    """Accept instances from the archive's AE title, addressed to ours, and from nobody else.

    Raises
    ------
    ArchiveUnreachable
        If the port cannot be listened on.
    """
    ae = AE(settings.calling_ae_title)
    ae.maximum_pdu_size = MAX_PDU_BYTES
    ae.maximum_associations = MOST_ASSOCIATIONS
    ae.acse_timeout = settings.timeout_s
    # The reception watches for silence; this would also count the time that taking over needs.
    ae.network_timeout = None
    ae.require_called_aet = True
    ae.require_calling_aet = [settings.called_ae_title]
    # Storage needs no context here: every SOP class is accepted (UNRESTRICTED_STORAGE_SERVICE).
    ae.add_supported_context(Verification)
    tls = server_context(settings, settings.timeout_s) if is_configured(settings) else None

    def opened(event: Event) -> None:
        tune(event, settings.timeout_s)

    try:
        ae.start_server(
            (settings.listen_host, settings.listen_port),
            block=False,
            ssl_context=tls,
            evt_handlers=[
                (evt.EVT_CONN_OPEN, opened),
                (evt.EVT_DATA_RECV, reception.data),
                (evt.EVT_DATA_SENT, acknowledge),
                (evt.EVT_C_STORE, reception.store),
            ],
        )
    except OSError as error:
        raise ArchiveUnreachable(f"port {settings.listen_port} is not free here") from error
    try:
        yield
    finally:
        _hang_up_on_those_who_only_connected(ae)
        ae.shutdown()


def _hang_up_on_those_who_only_connected(ae: AE) -> None:
    """Close connections without an association, which ``ae.shutdown`` would try to abort."""
    for assoc in ae.active_associations:
        if not assoc.is_established and assoc.dul.socket is not None:
            assoc.dul.socket.close()
            assoc.dul.join(_HANG_UP_TIMEOUT_S)
