"""The archive by C-FIND and C-GET: instances come back over our own association (PS3.4 C.4.3)."""

from collections.abc import Collection

from pynetdicom import build_context, build_role, evt
from pynetdicom.association import Association
from pynetdicom.sop_class import (  # type: ignore[attr-defined] # the module makes them on demand
    StudyRootQueryRetrieveInformationModelGet as StudyRootGet,
)

from kiosk.archive.contexts import storage_contexts
from kiosk.archive.dimse import DimseQuery, parts, sop_classes
from kiosk.archive.holding import NotServed
from kiosk.archive.limits import checked_uid
from kiosk.archive.reception import Reception
from kiosk.archive.retrieve import identifiers
from kiosk.domain.study import InstanceRef
from kiosk.ports import Incoming


class DimseGetArchive(DimseQuery):
    """The way ``dimse-get``."""

    name = "dimse-get"

    def fetch(
        self, study_uid: str, wanted: Collection[InstanceRef] | None, incoming: Incoming
    ) -> None:
        """Fetch the wanted instances of a study, or all of them."""
        with self._finding() as assoc:
            classes = sop_classes(assoc, checked_uid(study_uid))
            requests = identifiers(study_uid, parts(assoc, study_uid, wanted))
        contexts = storage_contexts(classes)
        offered = {str(context.abstract_syntax) for context in contexts}
        with (
            Reception(incoming, self._settings.timeout_s) as reception,
            self._peer.associate(
                [build_context(StudyRootGet), *contexts],
                [build_role(sop_class, scp_role=True) for sop_class in sorted(offered)],
                [(evt.EVT_C_STORE, reception.store), (evt.EVT_DATA_RECV, reception.data)],
            ) as assoc,
        ):
            _require_services(assoc)
            reception.serve(assoc)
            for identifier in requests:
                reception.follow(assoc.send_c_get(identifier, StudyRootGet))


def _require_services(assoc: Association) -> None:
    """Make sure that C-GET and at least one storage with us as its provider were accepted."""
    accepted = assoc.accepted_contexts
    if not any(context.abstract_syntax == StudyRootGet for context in accepted):
        raise NotServed("it offers no C-GET")
    if not any(context.as_scp for context in accepted):
        raise NotServed("it does not send instances over a C-GET association")
