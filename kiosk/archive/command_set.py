"""Command sets of the messages that pass once for each instance, read and written directly.

pynetdicom makes a data set of every one, which is most of what a small instance costs.
"""

import struct
from io import BytesIO

from pynetdicom.association import Association
from pynetdicom.dimse import DIMSEServiceProvider
from pynetdicom.dimse_primitives import C_FIND, C_GET, C_MOVE, C_STORE, DimsePrimitiveType
from pynetdicom.pdu_primitives import P_DATA

_ELEMENT = struct.Struct("<HHL")
_COMMAND, _LAST = 0x01, 0x02
"""PS3.8 E.2: bits of the message control header."""

_COMMAND_FIELD, _DATA_SET_TYPE, _STATUS = 0x0100, 0x0800, 0x0900
_NO_DATA_SET = 0x0101
_STORE_RSP = 0x8001
_PENDING = {0xFF00, 0xFF01}

Message = C_STORE | C_FIND | C_GET | C_MOVE

_MESSAGES: dict[int, type[Message]] = {
    0x0001: C_STORE,
    0x8020: C_FIND,
    0x8010: C_GET,
    0x8021: C_MOVE,
}
"""PS3.7 E.1: C-STORE-RQ and the responses of the query/retrieve services, by Command Field."""

_NUMBERS = {
    0x0110: "MessageID",
    0x0120: "MessageIDBeingRespondedTo",
    0x0700: "Priority",
    _STATUS: "Status",
    0x1020: "NumberOfRemainingSuboperations",
    0x1021: "NumberOfCompletedSuboperations",
    0x1022: "NumberOfFailedSuboperations",
    0x1023: "NumberOfWarningSuboperations",
    0x1031: "MoveOriginatorMessageID",
}
_TEXTS = {
    0x0002: "AffectedSOPClassUID",
    0x1000: "AffectedSOPInstanceUID",
    0x1030: "MoveOriginatorApplicationEntityTitle",
}


class DirectDimse(DIMSEServiceProvider):
    """Knows a few messages; what is not plainly one of them goes pynetdicom's way.

    ``EVT_DIMSE_RECV`` and ``EVT_DIMSE_SENT`` are not told of the messages that it knows.
    """

    def __init__(self, assoc: Association) -> None:
        super().__init__(assoc)
        self._unfinished: Message | None = None
        self._data_set = BytesIO()

    def receive_primitive(self, primitive: P_DATA) -> None:
        """Take over what the peer sent."""
        for context_id, fragment in primitive.presentation_data_value_list:
            if self.message is not None or not self._take(context_id, fragment):
                super().receive_primitive(_p_data(context_id, fragment))

    def send_msg(self, primitive: DimsePrimitiveType, context_id: int) -> None:
        """Send a message to the peer."""
        if isinstance(primitive, C_STORE) and primitive.MessageIDBeingRespondedTo is not None:
            self.dul.send_pdu(_p_data(context_id, b"\x03" + encode_store_response(primitive)))
        else:
            super().send_msg(primitive, context_id)

    def _take(self, context_id: int, fragment: bytes) -> bool:
        """Take a fragment over, unless it is none of a message that is known."""
        if not fragment[0] & _COMMAND:
            return self._unfinished is not None and self._gather(context_id, fragment)
        if not fragment[0] & _LAST or self._unfinished is not None:
            return False
        try:
            message, has_data_set = decode_message(fragment[1:])
        except (AttributeError, LookupError, TypeError, ValueError, struct.error):
            return False
        message._context_id = context_id
        if has_data_set:
            self._unfinished, self._data_set = message, BytesIO()
        else:
            self._put(context_id, message)
        return True

    def _gather(self, context_id: int, fragment: bytes) -> bool:
        self._data_set.write(fragment[1:])
        message = self._unfinished
        if fragment[0] & _LAST and message is not None:
            if isinstance(message, C_STORE):
                message.DataSet = self._data_set
            else:
                message.Identifier = self._data_set
            self._unfinished = None
            self._put(context_id, message)
        return True

    def _put(self, context_id: int, message: Message) -> None:
        # Pending, a retrieval tells only how many are left, which would wake a thread for nothing.
        if not isinstance(message, C_GET | C_MOVE) or message.Status not in _PENDING:
            self.msg_queue.put((context_id, message))


def decode_message(command_set: bytes) -> tuple[Message, bool]:
    """Return the message of a command set, and whether a data set follows.

    Raises
    ------
    AttributeError, LookupError, TypeError, ValueError, struct.error
        If it is none of the messages known here, or says more than is known of it.
    """
    elements = _elements(command_set)
    message = _MESSAGES[_number(elements.pop(_COMMAND_FIELD))]()
    has_data_set = _number(elements.pop(_DATA_SET_TYPE)) != _NO_DATA_SET
    for number, value in elements.items():
        if number in _TEXTS:
            setattr(message, _TEXTS[number], value.decode("ascii").rstrip("\0 "))
        else:
            setattr(message, _NUMBERS[number], _number(value))
    return message, has_data_set


def encode_store_response(response: C_STORE) -> bytes:
    """Return the command set of a C-STORE-RSP (PS3.7 9.3.1.2)."""
    elements = b"".join(
        (
            _uid(0x0002, response.AffectedSOPClassUID),
            _us(_COMMAND_FIELD, _STORE_RSP),
            _us(0x0120, response.MessageIDBeingRespondedTo),
            _us(_DATA_SET_TYPE, _NO_DATA_SET),
            _us(_STATUS, response.Status),
            _uid(0x1000, response.AffectedSOPInstanceUID),
        )
    )
    return _ELEMENT.pack(0, 0, 4) + struct.pack("<L", len(elements)) + elements


def _p_data(context_id: int, fragment: bytes) -> P_DATA:
    primitive = P_DATA()
    primitive.presentation_data_value_list.append((context_id, fragment))
    return primitive


def _elements(command_set: bytes) -> dict[int, bytes]:
    """Read group 0000 in Implicit VR Little Endian (PS3.7 6.3.1), without its length."""
    elements: dict[int, bytes] = {}
    position = 0
    while position < len(command_set):
        group, number, length = _ELEMENT.unpack_from(command_set, position)
        position += _ELEMENT.size + length
        if group or position > len(command_set):
            raise ValueError("no command set")
        elements[number] = command_set[position - length : position]
    elements.pop(0, None)
    return elements


def _number(value: bytes) -> int:
    number: int = struct.unpack("<H", value)[0]
    return number


def _us(number: int, value: int | None) -> bytes:
    return _ELEMENT.pack(0, number, 2) + struct.pack("<H", value)


def _uid(number: int, uid: str | None) -> bytes:
    if uid is None:
        return b""
    encoded = uid.encode("ascii")
    # PS3.5 6.2: UIDs are padded with NULL.
    encoded += bytes(len(encoded) % 2)
    return _ELEMENT.pack(0, number, len(encoded)) + encoded
