"""Somebody said something to the bot: the wish behind a message."""

from handlers.inbound import Message
from usecases.hear import Hear
from usecases.listen import listened
from usecases.ports import World
from usecases.remember_tongue import tongue

LONGEST = 6000  # characters that are read; what is longer is cut


def on_message(message: Message, world: World) -> Hear | None:
    """The wish behind a message; None where there is nothing to answer (an outsider, a message without words)."""
    if not message.sender:
        return None
    text = message.text.replace("\0", "").strip()[:LONGEST]
    heard = Hear(
        message=message_id(message),
        by=message.sender,
        text=text,
        said_at=message.said_at.astimezone(world.frame.zone),
        group=message.conversation if message.group else "",
        files=tuple(file.name or _FILES[file.kind] for file in message.files if file.kind != "voice"),
        tongue=tongue(text, world.organization),
    )
    return listened(heard, world)


_FILES = {"picture": "图片", "video": "视频", "file": "文件"}


def message_id(message: Message) -> str:
    """Its key in the inbox: the same for every delivery of it (contract 1.5)."""
    return f"m:{message.robot}:{message.id}"
