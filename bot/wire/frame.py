"""The envelope of the stream protocol: one frame in, one ack out (contract 1.2 to 1.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import orjson
from dingtalk_stream import (
    AckMessage,
    CallbackMessage,
    Card_Callback_Router_Topic,
    ChatbotMessage,
    EventMessage,
    SystemMessage,
)

SYSTEM: Final = SystemMessage.TYPE
EVENT: Final = EventMessage.TYPE
CALLBACK: Final = CallbackMessage.TYPE

TOPIC_MESSAGE: Final = ChatbotMessage.TOPIC
TOPIC_CARD: Final = Card_Callback_Router_Topic
TOPIC_DISCONNECT: Final = SystemMessage.TOPIC_DISCONNECT


class Frame(NamedTuple):
    """One push. `id` (headers.messageId) is what the ack names; `data` is as it came: mostly JSON in a string.

    A named tuple and not a dataclass: it is made for every push, and costs a quarter.
    """

    kind: str
    topic: str
    id: str
    headers: Mapping[str, Any]
    data: Any


def read_frame(raw: bytes | str) -> Frame | None:
    """The frame in a WebSocket message, or None for junk."""
    try:
        return frame_of(orjson.loads(raw))
    except orjson.JSONDecodeError:
        return None


def frame_of(outer: object) -> Frame | None:
    """The frame in a decoded JSON value, or None when it has no type or no headers."""
    if type(outer) is not dict:
        return None
    headers, kind = outer.get("headers"), outer.get("type")
    if type(headers) is not dict or type(kind) is not str:
        return None
    topic, push = headers.get("topic"), headers.get("messageId")
    return Frame(
        kind,
        topic if type(topic) is str else "",
        push if type(push) is str else "",
        headers,
        outer.get("data"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """The answer to a frame. `data` is JSON text; code 200 means done, anything else: send it again.

    `sent` is called when the ack has been written to a socket: not before, and never when none could take it.
    """

    code: int = AckMessage.STATUS_OK
    data: str = '{"response":null}'
    message: str = "OK"
    sent: Callable[[], None] | None = None

    def encode(self, push: str) -> bytes:
        """The WebSocket message that acks the push of that id."""
        return orjson.dumps(
            {
                "code": self.code,
                "headers": {"messageId": push, "contentType": "application/json"},
                "message": self.message,
                "data": self.data,
            }
        )


DONE: Final = Ack()
EVENT_DONE: Final = Ack(data='{"status":"SUCCESS"}')
FAILED: Final = Ack(code=AckMessage.STATUS_SYSTEM_EXCEPTION, message="failed")
LATER: Final = Ack(code=AckMessage.STATUS_SYSTEM_EXCEPTION, data='{"status":"LATER"}', message="later")
UNKNOWN_TOPIC: Final = Ack(code=AckMessage.STATUS_NOT_IMPLEMENT, message="no handler")


def card_answer(
    card: Mapping[str, str], private: Mapping[str, str] | None = None, *, sent: Callable[[], None] | None = None
) -> Ack:
    """The ack of a press that changes the pressed card at once (contract 4.6).

    `card` is seen by everybody, `private` by the person who pressed. Keys left out keep their values.
    """
    response: dict[str, object] = {
        "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
    }
    if card:
        response["cardData"] = {"cardParamMap": dict(card)}
    if private:
        response["userPrivateData"] = {"cardParamMap": dict(private)}
    return Ack(data=orjson.dumps({"response": response}).decode(), sent=sent)
