"""DIMSE as archives speak it that are not at hand: partial, refusing or hostile."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydicom import Dataset

from kiosk.archive import reception
from kiosk.archive.dimse_get import DimseGetArchive
from kiosk.archive.dimse_move import DimseMoveArchive
from kiosk.config import Dimse
from kiosk.domain.study import Counted, InstanceRef, Listed
from kiosk.errors import (
    ArchiveIncomplete,
    ArchiveRefused,
    ArchiveUnreachable,
    BrokenInstance,
    KioskError,
    WrongPatient,
)
from tests.archive.odd_archive import AE_TITLE, Odd, an_image, odd_archive
from tests.builders import MARIA, Place
from tests.peers.inbox import Inbox
from tests.peers.ports import free_port

STUDY = Place(MARIA, "odd").study_uid
IMAGES = [an_image(number) for number in (1, 2, 3)]
REFS = frozenset(InstanceRef(ds.SeriesInstanceUID, ds.SOPInstanceUID) for ds in IMAGES)


def settings(port: int) -> Dimse:
    return Dimse(
        host="127.0.0.1",
        port=port,
        called_ae_title=AE_TITLE,
        listen_host="127.0.0.1",
        listen_port=free_port(),
        timeout_s=5,
    )


@contextmanager
def getting_from(odd: Odd) -> Iterator[DimseGetArchive]:
    with odd_archive(odd) as port:
        yield DimseGetArchive(settings(port))


def test_an_archive_without_image_level_counts() -> None:
    with getting_from(Odd(IMAGES, refuses_level="IMAGE", counts=3)) as archive:
        assert archive.holding(STUDY) == Counted(3)


def test_an_archive_that_neither_lists_nor_counts_is_refused() -> None:
    with (
        getting_from(Odd(IMAGES, refuses_level="SERIES")) as archive,
        pytest.raises(ArchiveRefused),
    ):
        archive.holding(STUDY)


def test_a_list_without_a_count_is_believed() -> None:
    with getting_from(Odd(IMAGES)) as archive:
        assert archive.holding(STUDY) == Listed(REFS)


def test_a_list_shorter_than_the_count_is_incomplete() -> None:
    with (
        getting_from(Odd(IMAGES, counts=4)) as archive,
        pytest.raises(ArchiveIncomplete, match="3 of 4"),
    ):
        archive.holding(STUDY)


def test_image_level_is_asked_series_by_series() -> None:
    odd = Odd(IMAGES)
    with getting_from(odd) as archive:
        archive.holding(STUDY)
    image_level = [asked for asked in odd.asked if asked.QueryRetrieveLevel == "IMAGE"]
    assert [asked.SeriesInstanceUID for asked in image_level] == [IMAGES[0].SeriesInstanceUID]


def test_a_wildcard_is_not_even_asked() -> None:
    odd = Odd(IMAGES)
    with getting_from(odd) as archive:
        assert not archive.find_studies("EX-*")
    assert not odd.asked


def test_studies_of_others_are_dropped_whatever_the_archive_sends() -> None:
    with getting_from(Odd(IMAGES)) as archive:
        assert archive.find_studies(MARIA.patient_id)
        assert not archive.find_studies("EX-1")


def test_a_hostile_uid_in_an_answer_is_never_used() -> None:
    def spoil(answer: Dataset) -> Dataset:
        if answer.QueryRetrieveLevel == "IMAGE":
            answer.SOPInstanceUID = "../../x"
        return answer

    with getting_from(Odd(IMAGES, spoils=spoil)) as archive, pytest.raises(BrokenInstance):
        archive.holding(STUDY)


def test_an_answer_that_is_no_number_is_no_count() -> None:
    def spoil(answer: Dataset) -> Dataset:
        if "NumberOfStudyRelatedInstances" in answer:
            answer.add_new("NumberOfStudyRelatedInstances", "LO", "many")
        return answer

    with getting_from(Odd(IMAGES, counts=1, spoils=spoil)) as archive:
        assert archive.find_studies(MARIA.patient_id)[0].instances is None


def test_an_archive_without_c_get_is_refused_so_that_another_way_is_taken(inbox: Inbox) -> None:
    with (
        getting_from(Odd(IMAGES, offers_get=False)) as archive,
        pytest.raises(ArchiveRefused, match="C-GET"),
    ):
        archive.fetch(STUDY, None, inbox)


def test_sop_classes_are_gathered_at_image_level_where_the_study_does_not_say(
    inbox: Inbox,
) -> None:
    odd = Odd(IMAGES, says_sop_classes=False)
    with getting_from(odd) as archive:
        archive.fetch(STUDY, None, inbox)
    assert inbox.refs == REFS
    assert any("SOPClassUID" in asked for asked in odd.asked)


def test_the_usual_sop_classes_are_offered_where_nobody_says_which(inbox: Inbox) -> None:
    with getting_from(Odd(IMAGES, says_sop_classes=False, refuses_level="SERIES")) as archive:
        archive.fetch(STUDY, None, inbox)
    assert inbox.refs == REFS


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (0x0122, ArchiveRefused),
        (0x0124, ArchiveRefused),
        (0xA702, ArchiveIncomplete),
        (0xA801, ArchiveRefused),
        (0xA900, ArchiveRefused),
        (0xC001, ArchiveIncomplete),
        (0xFE00, ArchiveIncomplete),
    ],
)
@pytest.mark.parametrize("kind", [DimseGetArchive, DimseMoveArchive])
def test_a_final_status_says_what_it_means_for_the_work(
    inbox: Inbox,
    kind: type[DimseGetArchive] | type[DimseMoveArchive],
    status: int,
    error: type[KioskError],
) -> None:
    odd = Odd(IMAGES, final_status=status)
    with odd_archive(odd) as port:
        ours = settings(port)
        odd.kiosk_port = ours.listen_port
        with pytest.raises(error, match=f"0x{status:04X}"):
            kind(ours).fetch(STUDY, None, inbox)


def test_an_instance_that_is_too_large_ends_the_fetch(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "LARGEST_INSTANCE_BYTES", 500)
    with getting_from(Odd(IMAGES)) as archive, pytest.raises(BrokenInstance, match="larger"):
        archive.fetch(STUDY, None, inbox)
    assert not inbox.paths


def test_a_refused_instance_makes_the_archive_stop_sending(inbox: Inbox) -> None:
    def refuse(_: int) -> None:
        raise WrongPatient

    inbox.on_arrival = refuse
    odd = Odd(IMAGES * 100)
    with getting_from(odd) as archive, pytest.raises(WrongPatient):
        archive.fetch(STUDY, None, inbox)
    assert odd.sent < 50


def test_an_archive_that_says_nothing_after_a_request_is_unreachable_after_the_time_out(
    inbox: Inbox,
) -> None:
    odd = Odd(IMAGES, stalls=threading.Event())
    with odd_archive(odd) as port:
        ours = settings(port).model_copy(update={"timeout_s": 1})
        begun = time.monotonic()
        with pytest.raises(ArchiveUnreachable):
            DimseGetArchive(ours).fetch(STUDY, None, inbox)
        assert time.monotonic() - begun < 8
        odd.stalls.set()


def test_a_port_of_ours_that_is_taken_is_said(inbox: Inbox) -> None:
    with odd_archive(Odd(IMAGES)) as port:
        ours = settings(port).model_copy(update={"listen_port": port})
        with pytest.raises(KioskError, match="not free"):
            DimseMoveArchive(ours).fetch(STUDY, None, inbox)


def test_no_error_repeats_what_was_asked(tmp_path: Path) -> None:
    with (
        getting_from(Odd(IMAGES, refuses_level="STUDY")) as archive,
        pytest.raises(ArchiveRefused) as raised,
    ):
        archive.find_studies(MARIA.patient_id)
    assert MARIA.patient_id not in str(raised.value)
