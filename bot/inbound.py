"""Frames come in, acks go out: parse, find the wish, hand it to the executor, answer when it is committed."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Final

import structlog

from bot.wire.frame import DONE, EVENT, EVENT_DONE, Ack, Frame, card_answer
from bot.wire.parse import Malformed, parse
from handlers.inbound import CardAction, DirectoryChange, Message
from handlers.messages import message_id, on_message
from handlers.taps import on_tap
from store.executor import Executor
from usecases.apologise import Apologise, code_of
from usecases.ports import Answer, Command

log = structlog.get_logger()

_CARD_DEADLINE: Final = 1.8  # seconds: an ack that leaves later may come too late for the platform's 2 s (contract 1.5)


class Inbound:
    """What the stream calls for each frame. `on_directory` hears of changes of the organisation, `spent` of what counts
    against the month's messages."""

    def __init__(
        self, executor: Executor, on_directory: Callable[[DirectoryChange], None],
        spent: Callable[[str], None] = lambda name: None,
    ) -> None:  # fmt: skip
        self._executor = executor
        self._spent = spent
        self._on_directory = on_directory

    def __call__(self, frame: Frame) -> "Ack | asyncio.Future[Ack | None] | None":
        """The ack, at once or when the wish is committed."""
        found = parse(frame)
        if not isinstance(found, DirectoryChange):  # contract 5.4: contact events are free
            self._spent(frame.topic)
        match found:
            case Message():
                return self._submit(self._wish(found))
            case CardAction():
                return self._submit(on_tap(found))
            case DirectoryChange():
                self._on_directory(found)
                return EVENT_DONE
            case Malformed():
                log.warning("unusable frame", action="inbound.malformed", reason=found.reason, push=found.push)
        return EVENT_DONE if frame.kind == EVENT else DONE

    def _wish(self, message: Message) -> Command | None:
        """The wish behind a message; a bug in reading it is told to the person, not passed over in silence."""
        try:
            return on_message(message, self._executor.world)
        except Exception as bug:
            apology = Apologise(message=message_id(message), by=message.sender)
            log.error("message not read", action="inbound.bug", code=code_of(apology.cause), exc_info=bug)
            return apology

    def _submit(self, command: Command | None) -> "Ack | asyncio.Future[Ack | None]":
        if command is None:
            return DONE
        return self._executor.submit_for(command, partial(self._ack, time.monotonic()))

    def _ack(self, began: float, answer: Answer | None) -> Ack | None:
        if answer is None:
            return DONE
        if answer.private:
            return card_answer({}, answer.card.params)
        return card_answer(answer.card.params, sent=partial(self._sent, answer, began))

    def _sent(self, answer: Answer, began: float) -> None:
        """The ack is out: in time, the person has seen the card, and it need not be sent again."""
        if time.monotonic() - began < _CARD_DEADLINE:
            self._executor.told(answer.card.track, answer.card.version)
