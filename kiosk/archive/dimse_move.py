"""The archive by C-FIND and C-MOVE: it opens an association to us and stores (PS3.4 C.4.2)."""

from collections.abc import Collection

from pynetdicom import build_context, evt
from pynetdicom.sop_class import (  # type: ignore[attr-defined] # the module makes them on demand
    StudyRootQueryRetrieveInformationModelMove as StudyRootMove,
)

from kiosk.archive.dimse import DimseQuery, parts
from kiosk.archive.limits import checked_uid
from kiosk.archive.receiver import receiving
from kiosk.archive.reception import Reception
from kiosk.archive.retrieve import identifiers
from kiosk.domain.study import InstanceRef
from kiosk.ports import Incoming


class DimseMoveArchive(DimseQuery):
    """The way ``dimse-move``."""

    name = "dimse-move"

    def fetch(
        self, study_uid: str, wanted: Collection[InstanceRef] | None, incoming: Incoming
    ) -> None:
        """Have the wanted instances of a study, or all of them, sent to our own Storage SCP."""
        with self._finding() as assoc:
            requests = identifiers(study_uid, parts(assoc, checked_uid(study_uid), wanted))
        us = self._settings.calling_ae_title
        with (
            Reception(incoming, self._settings.timeout_s, originator=us) as reception,
            receiving(self._settings, reception),
            self._peer.associate(
                [build_context(StudyRootMove)], handlers=[(evt.EVT_DATA_RECV, reception.data)]
            ) as assoc,
        ):
            reception.serve(assoc)
            for identifier in requests:
                reception.follow(assoc.send_c_move(identifier, us, StudyRootMove))
