"""Messages read and written directly are what pynetdicom makes of the same bytes."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pynetdicom.dimse_messages import (
    C_FIND_RSP,
    C_GET_RSP,
    C_MOVE_RSP,
    C_STORE_RQ,
    C_STORE_RSP,
    DIMSEMessage,
)
from pynetdicom.dimse_primitives import C_FIND, C_GET, C_MOVE, C_STORE, DimsePrimitiveType

from kiosk.archive.command_set import decode_message, encode_store_response

UIDS = st.lists(st.integers(0, 99999), min_size=2, max_size=9).map(
    lambda parts: "1." + ".".join(map(str, parts))
)
US = st.integers(0, 0xFFFF)
READ = {
    C_STORE: (
        C_STORE_RQ,
        "MessageID",
        "AffectedSOPClassUID",
        "AffectedSOPInstanceUID",
        "Priority",
        "MoveOriginatorApplicationEntityTitle",
        "MoveOriginatorMessageID",
    ),
    C_FIND: (C_FIND_RSP, "MessageIDBeingRespondedTo", "AffectedSOPClassUID", "Status"),
    C_GET: (
        C_GET_RSP,
        "MessageIDBeingRespondedTo",
        "AffectedSOPClassUID",
        "Status",
        "NumberOfRemainingSuboperations",
        "NumberOfCompletedSuboperations",
        "NumberOfFailedSuboperations",
        "NumberOfWarningSuboperations",
    ),
    C_MOVE: (C_MOVE_RSP, "MessageIDBeingRespondedTo", "AffectedSOPClassUID", "Status"),
}


def theirs(message: DIMSEMessage, primitive: DimsePrimitiveType) -> bytes:
    message.primitive_to_message(primitive)
    (p_data,) = message.encode_msg(1, 0)
    return bytes(p_data.presentation_data_value_list[0][1][1:])


def store(uid: str, sop_class: str, number: int, status: int | None = None) -> C_STORE:
    primitive = C_STORE()
    primitive.AffectedSOPClassUID = sop_class
    primitive.AffectedSOPInstanceUID = uid
    primitive.MessageID = number
    if status is not None:
        primitive.MessageIDBeingRespondedTo = number
        primitive.Status = status
    return primitive


@given(UIDS, UIDS, US, US)
def test_an_answer_to_a_store_is_the_same_bytes(
    uid: str, sop_class: str, number: int, status: int
) -> None:
    answer = store(uid, sop_class, number, status)
    assert encode_store_response(answer) == theirs(C_STORE_RSP(), answer)


@given(UIDS, UIDS, US, st.booleans())
def test_a_store_is_read_alike(uid: str, sop_class: str, number: int, is_moved: bool) -> None:
    sent = store(uid, sop_class, number)
    sent.Priority = number % 3
    if is_moved:
        sent.MoveOriginatorApplicationEntityTitle = "KIOSK"
        sent.MoveOriginatorMessageID = number
    alike(sent)


@given(UIDS, US, st.sampled_from([C_FIND, C_GET, C_MOVE]), st.sampled_from([0, 0xFF00, 0xA700]))
def test_a_response_is_read_alike(
    sop_class: str, number: int, kind: type[C_FIND | C_GET | C_MOVE], status: int
) -> None:
    sent = kind()
    sent.MessageIDBeingRespondedTo = number
    sent.AffectedSOPClassUID = sop_class
    sent.Status = status
    if isinstance(sent, C_GET):
        sent.NumberOfRemainingSuboperations = number
        sent.NumberOfFailedSuboperations = 3
    alike(sent)


def alike(sent: C_STORE | C_FIND | C_GET | C_MOVE) -> None:
    message, *keywords = READ[type(sent)]
    read, has_data_set = decode_message(theirs(message(), sent))  # type: ignore[operator]
    assert type(read) is type(sent)
    assert not has_data_set
    for keyword in map(str, keywords):
        assert getattr(read, keyword) == getattr(sent, keyword), keyword


def element(number: int, value: bytes) -> bytes:
    return struct.pack("<HHL", 0, number, len(value)) + value


FIND = element(0x0100, b"\x20\x80") + element(0x0800, b"\x01\x01")


@pytest.mark.parametrize(
    "command_set",
    [
        b"",
        FIND[:-1],
        element(0x0100, b"\x30\x80") + element(0x0800, b"\x01\x01"),
        FIND + element(0x0902, b"no room "),
        FIND + element(0x0900, b"\0"),
        FIND + element(0x0002, b"1.2.\xff"),
        FIND + struct.pack("<HHL", 8, 0x0005, 0),
        FIND + struct.pack("<HHL", 0, 0x0900, 0xFFFFFFFF),
    ],
    ids=[
        "nothing",
        "cut short",
        "C-ECHO",
        "an error comment",
        "a number of one byte",
        "a UID that is not ASCII",
        "another group",
        "a length beyond the end",
    ],
)
def test_whatever_else_is_left_to_the_library(command_set: bytes) -> None:
    with pytest.raises((AttributeError, LookupError, TypeError, ValueError, struct.error)):
        decode_message(command_set)
