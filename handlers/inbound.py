"""What came in from the chat, as plain values: the transport makes them, the handlers read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

MessageKind = Literal["text", "voice", "picture", "file", "rich", "unknown", "quota"]
FileKind = Literal["picture", "voice", "video", "file"]
ChangeKind = Literal["person_changed", "person_left", "departments_changed", "roles_changed", "organization_changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Something attached to a message; `code` fetches it from the platform for a few hours."""

    code: str
    kind: FileKind
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing a person said to the bot.

    `(robot, id)` names it for ever, `push` only this delivery: a repeated delivery has another `push`.
    `sender` is empty for people outside the organisation. `text` of a voice message is the platform's recognition.
    `quota` says that the month's messages are used up: the words did not come along.
    `webhook` answers in the same conversation until `webhook_until`.
    """

    robot: str
    id: str
    sender: str
    nick: str
    conversation: str
    group: bool
    title: str
    text: str
    said_at: datetime
    kind: MessageKind
    files: tuple[File, ...] = ()
    webhook: str = field(default="", repr=False)
    webhook_until: datetime | None = None
    admin: bool = False
    push: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAction:
    """One press of a button, or one form sent, on the card `track`. Anybody who sees a card can press: check `by`."""

    track: str
    by: str
    button: str
    params: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, object] = field(default_factory=dict)
    push: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryChange:
    """The directory says who or what changed, not how: it has to be read again. `id` is the same when it repeats."""

    id: str
    kind: ChangeKind
    users: tuple[str, ...] = ()
    departments: tuple[int, ...] = ()
    push: str
