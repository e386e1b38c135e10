"""Turns frames into values: the one place that knows how the platform writes messages, presses and events.

Nothing here raises on what the platform sends: missing and unknown fields are tolerated (contract 2, 4.5, 6),
and what cannot be used comes back as `Malformed` with the reason.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from bot.wire.frame import CALLBACK, EVENT, TOPIC_CARD, TOPIC_MESSAGE, Frame
from handlers.inbound import CardAction, ChangeKind, DirectoryChange, File, FileKind, Message, MessageKind

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """A frame of a kind we know that lacks what we need."""

    reason: str
    push: str


Inbound = Message | CardAction | DirectoryChange


def parse(frame: Frame) -> Inbound | Malformed | None:
    """What a frame says; None when it is of a kind that the product has no use for."""
    read = _READERS.get((frame.kind, frame.topic)) or (_event if frame.kind == EVENT else None)
    if read is None:
        return None
    data = _object(frame.data)
    if data is None:
        return Malformed(reason="data is not a JSON object", push=frame.id)
    return read(frame, data)


def _message(frame: Frame, data: Json) -> Message | Malformed:
    message_id = _text(data.get("msgId"))
    kind, text, files = _content(data)
    if kind == "quota":
        message_id = message_id or frame.id
    if not message_id:
        return Malformed(reason="message without msgId", push=frame.id)
    said_at = _moment(data.get("createAt")) or _moment(frame.headers.get("time"))
    if said_at is None:
        return Malformed(reason="message without a time", push=frame.id)
    return Message(
        robot=_text(data.get("robotCode")),
        id=message_id,
        sender=_text(data.get("senderStaffId")),
        nick=_text(data.get("senderNick")),
        conversation=_text(data.get("conversationId")),
        group=_text(data.get("conversationType")) == "2",
        title=_text(data.get("conversationTitle")),
        text=text,
        said_at=said_at,
        kind=kind,
        files=files,
        webhook=_text(data.get("sessionWebhook")),
        webhook_until=_moment(data.get("sessionWebhookExpiredTime")),
        admin=_truth(data.get("isAdmin")),
        push=frame.id,
    )


def _content(data: Json) -> tuple[MessageKind, str, tuple[File, ...]]:
    """Kind, words and files of a message, by its msgtype (contract 2.2)."""
    msgtype = data.get("msgtype")
    if msgtype == "text" and type(text := data.get("text")) is dict:
        return "text", _text(text.get("content")).strip(), ()
    content = _object(data.get("content"))
    if content is None:
        over = _text(data.get("errorCode") or data.get("errCode"))
        return ("quota" if over == "20001" else "unknown"), "", ()
    match msgtype:
        case "audio":
            return "voice", _text(content.get("recognition")).strip(), _file(content, "voice")
        case "richText":
            return _rich(content)
        case "picture":
            return "picture", "", _file(content, "picture")
        case "video":
            return "file", "", _file(content, "video")
        case "file":
            return "file", "", _file(content, "file")
        case _:
            return "unknown", "", ()


def _rich(content: Json) -> tuple[MessageKind, str, tuple[File, ...]]:
    parts = content.get("richText")
    words: list[str] = []
    files: list[File] = []
    for part in parts if type(parts) is list else ():
        if type(part) is dict:
            words.append(_text(part.get("text")))
            files.extend(_file(part, "picture"))
    return "rich", "".join(words).strip(), tuple(files)


def _file(content: Json, kind: FileKind) -> tuple[File, ...]:
    code = _text(content.get("downloadCode") or content.get("pictureDownloadCode"))
    return (File(code=code, kind=kind, name=_text(content.get("fileName"))),) if code else ()


def _card(frame: Frame, data: Json) -> CardAction | Malformed | None:
    if data.get("type", "actionCallback") != "actionCallback":
        return None
    track, by = _text(data.get("outTrackId")), _text(data.get("userId"))
    if not track or not by:
        return Malformed(reason="press without outTrackId or userId", push=frame.id)
    content = _object(data.get("content")) or _object(data.get("value")) or {}
    private = _object(content.get("cardPrivateData")) or {}
    given = {**(_object(content.get("params")) or {}), **(_object(private.get("params")) or {})}
    form = _object(given.pop("form", None)) or {}
    params = {name: _plain(value) for name, value in given.items()}
    actions = private.get("actionIds") or content.get("actionIds")
    pressed = actions[0] if type(actions) is list and actions else ""
    return CardAction(
        track=track,
        by=by,
        button=params.get("id") or params.get("action") or _text(pressed),
        params=params,
        form={name: _chosen(value) for name, value in form.items()},
        push=frame.id,
    )


_CHANGES: Final[Mapping[str, ChangeKind]] = {
    "user_add_org": "person_changed",
    "user_active_org": "person_changed",
    "user_modify_org": "person_changed",
    "user_leave_org": "person_left",
    "label_user_change": "person_changed",
    "org_admin_add": "person_changed",
    "org_admin_remove": "person_changed",
    "org_dept_create": "departments_changed",
    "org_dept_modify": "departments_changed",
    "org_dept_remove": "departments_changed",
    "label_conf_add": "roles_changed",
    "label_conf_modify": "roles_changed",
    "label_conf_del": "roles_changed",
    "org_change": "organization_changed",
}


def _event(frame: Frame, data: Json) -> DirectoryChange | Malformed | None:
    kind = _CHANGES.get(_text(frame.headers.get("eventType")))
    if kind is None:
        return None
    event_id = _text(frame.headers.get("eventId")) or frame.id
    if not event_id:
        return Malformed(reason="event without an id", push=frame.id)
    departments = (_text(one) for one in _list(data.get("deptId")))
    return DirectoryChange(
        id=event_id,
        kind=kind,
        users=tuple(user for one in _list(data.get("userId") or data.get("userIdList")) if (user := _text(one))),
        departments=tuple(int(one) for one in departments if one.isascii() and one.isdigit() and len(one) < 19),
        push=frame.id,
    )


_READERS: Final[Mapping[tuple[str, str], Callable[[Frame, Json], Inbound | Malformed | None]]] = {
    (CALLBACK, TOPIC_MESSAGE): _message,
    (CALLBACK, TOPIC_CARD): _card,
}


def _object(value: object) -> dict[str, Any] | None:
    """A JSON object, given as one or as text."""
    if isinstance(value, str):
        value = _json(value)
    return value if type(value) is dict else None


def _json(text: str) -> object:
    """What JSON says; a ? stands for half a character, as a client sends that cuts an emoji in two. None for junk."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        with suppress(ValueError, RecursionError):
            return orjson.loads(json.dumps(json.loads(text), ensure_ascii=False).encode(errors="replace"))
    return None


def _list(value: object) -> list[Any]:
    if type(value) is list:
        return value
    return [] if value is None else [value]


def _text(value: object) -> str:
    """Strings as they are, whole numbers as digits (the platform quotes at random, contract 0.3), else nothing."""
    if type(value) is str:
        return value
    return str(value) if type(value) is int else ""


def _truth(value: object) -> bool:
    return value is True or value == "true"


def _moment(value: object) -> datetime | None:
    """Unix milliseconds, as a number or as digits."""
    try:
        return datetime.fromtimestamp(float(str(value)) / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _chosen(value: object) -> object:
    """A select reports `{"index", "value"}` (contract 4.11): the value is what was chosen."""
    return value["value"] if type(value) is dict and "value" in value and "index" in value else value


def _plain(value: object) -> str:
    value = _chosen(value)
    try:
        return value if type(value) is str else orjson.dumps(value).decode()
    except orjson.JSONEncodeError:  # nested deeper than anybody means
        return ""
