"""Somebody said something to the bot: read the words, hand on the wish."""

from dataclasses import replace

from handlers.inbound import Message
from language import commands, understand
from usecases.hear import Hear
from usecases.ports import World
from usecases.values import KINDS

LONGEST = 5000  # characters that are read; what is longer is cut


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
    )
    spoken = commands.read(text)
    if spoken is not None:
        return replace(heard, spoken=spoken)
    reading = understand(text, heard.said_at, workdays=world.workdays)
    return replace(heard, reading=reading, flow=world.flows.get(KINDS.get(reading.kind, "")))


def message_id(message: Message) -> str:
    """Its key in the inbox: the same for every delivery of it (contract 1.5)."""
    return f"m:{message.robot}:{message.id}"
