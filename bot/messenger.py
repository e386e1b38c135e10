"""Messages for many: takes bundles from the outbox and has each said in as few calls as the platform allows."""

import asyncio
import contextlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import sqlalchemy as sa
import structlog

from bot.nursery import Nursery
from bot.wire.api import RECEIVERS, Sent
from bot.wire.errors import Denied, RateLimited, Transient, Trouble
from cards.card import Message
from store import bundles, outbox
from store.bundles import UNKNOWN, Bundle
from store.codec import to_ms
from store.executor import Executor
from store.outbox import Delivery

log = structlog.get_logger()

_LEASE_MS: Final = 60_000
_SENDERS: Final = 3  # calls at once: what a kill leaves in the dark is at most so many bundles
_POLL: Final = 2.0  # seconds between looks when nobody rings
_DENIED_MS: Final = 600_000  # until a call that we may not make is tried again
_SLOWED_MS: Final = 30_000  # whom the platform could not reach for now
_CACHED: Final = 64


class Platform(Protocol):
    """What it asks of the platform; raises bot.wire.errors."""

    async def batch_send(self, people: Sequence[str], *, text: str, title: str, media: str, name: str) -> Sent:
        """Says something to at most 20 people."""

    async def group_send(self, group: str, *, text: str, title: str, media: str, name: str) -> str:
        """Says something in a group."""

    async def upload(self, kind: str, name: str, content: bytes) -> str:
        """Takes a picture or a file; answers its media id."""


@dataclass(slots=True)
class Messenger:
    """Sends bundles in the name of `holder`, three at a time. Nobody is told twice: what may have been sent stays."""

    executor: Executor
    platform: Platform
    holder: str
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _nursery: Nursery = field(default_factory=Nursery)
    _media: dict[str, str] = field(default_factory=dict)  # what was uploaded, by file id
    _under_way: int = 0
    _stopping: bool = False
    _busy: set[str] = field(default_factory=set)  # groups to which something is being said

    def ring(self) -> None:
        """There may be messages."""
        self._bell.set()

    async def run(self) -> None:
        """Send until cancelled."""
        await self._give_up(self.holder)
        try:
            while True:
                while not self._stopping and self._under_way < _SENDERS and (bundle := await self._claim()) is not None:
                    self._under_way += 1
                    self._busy |= {bundle.group} - {""}
                    self._nursery.start(self._send(bundle), name="messenger.send")
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_POLL):
                        await self._bell.wait()
                if not self._bell.is_set():
                    await self._give_up()
                self._bell.clear()
        finally:
            await self._nursery.stop()

    async def drain(self, within: float) -> None:
        """Take nothing more, and wait until nothing is under way, at most `within` seconds: what is cut off in the
        middle may have been said."""
        self._stopping = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._under_way:
                    self._bell.clear()
                    await self._bell.wait()  # rung whenever some are written down

    def _now_ms(self) -> int:
        return to_ms(self.executor.clock())

    async def _claim(self) -> Bundle | None:
        now, busy = self._now_ms(), tuple(self._busy)
        try:
            return await self.executor.run(
                lambda c: bundles.claim(
                    c, holder=self.holder, now_ms=now, lease_ms=_LEASE_MS, most=RECEIVERS, busy=busy
                )
            )
        except sa.exc.SQLAlchemyError as error:
            log.error("messages cannot be read", action="messenger.store", error=type(error).__name__)
            return None

    async def _give_up(self, holder: str = "") -> None:
        with contextlib.suppress(sa.exc.SQLAlchemyError):
            lost = await self.executor.run(lambda c: bundles.give_up_unknown(c, now_ms=self._now_ms(), holder=holder))
            if lost:
                log.error("unknown whether these messages arrived", action="messenger.unknown", messages=lost)

    async def _send(self, bundle: Bundle) -> None:
        try:
            deliveries = await self._said(bundle)
        except Trouble as trouble:
            deliveries = [_failed(track, trouble, self._now_ms()) for track in bundles.all_tracks(bundle)]
            log.warning("not said", action="messenger.trouble", people=len(deliveries), error=str(trouble))
        except Exception as bug:
            log.error("not said", action="messenger.bug", exc_info=bug)
            deliveries = [_delivery(track, error=type(bug).__name__) for track in bundles.all_tracks(bundle)]
        while True:
            if await self._written(deliveries):
                break
            await asyncio.sleep(1)
        self._under_way -= 1
        self._busy.discard(bundle.group)
        self._bell.set()

    async def _said(self, bundle: Bundle) -> list[Delivery]:
        said = bundle.message
        media = await self._uploaded(said) if said.file else ""
        words = {"text": said.text, "title": said.title, "media": media, "name": said.name}
        if bundle.group:
            await self.platform.group_send(bundle.group, **words)
            return [_delivery(track) for track in bundles.all_tracks(bundle)]
        sent = await self.platform.batch_send(list(bundle.tracks), **words)
        later = self._now_ms() + round(_SLOWED_MS * random.uniform(1, 1.3))
        return [
            _delivery(
                track,
                error="invalidStaffId" if who in sent.invalid else "flowControlled" if who in sent.slowed else "",
                retry_ms=later if who in sent.slowed else None,
            )
            for who, tracks in bundle.tracks.items()
            for track in tracks
        ]

    async def _uploaded(self, said: Message) -> str:
        if said.file not in self._media:
            content = await self.executor.run(lambda connection: bundles.content_of(connection, said.file))
            if content is None:
                raise LookupError("a file that is kept no more")
            if len(self._media) >= _CACHED:
                self._media.clear()
            kind, name = ("file", said.name) if said.name else ("image", "picture.png")
            self._media[said.file] = await self.platform.upload(kind, name, content)
        return self._media[said.file]

    async def _written(self, deliveries: list[Delivery]) -> bool:
        try:
            await self.executor.run(lambda connection: outbox.settle(connection, deliveries))
        except sa.exc.SQLAlchemyError as error:
            log.error("not written down", action="messenger.store", error=type(error).__name__)
            return False
        return True


def _failed(track: str, trouble: Trouble, now_ms: int) -> Delivery:
    """Tried again only where it is certain that nothing was said."""
    match trouble:
        case Transient(maybe_done=True):
            return _delivery(track, error=UNKNOWN)
        case Transient(retry_after=seconds):
            again = now_ms + round(seconds * 1000 * random.uniform(1, 1.3))
            return _delivery(track, error=str(trouble), retry_ms=again, tried=not isinstance(trouble, RateLimited))
        case Denied():
            return _delivery(track, error=str(trouble), retry_ms=now_ms + _DENIED_MS)
    return _delivery(track, error=str(trouble) or "?")


def _delivery(track: str, *, error: str = "", retry_ms: int | None = None, tried: bool = True) -> Delivery:
    return Delivery(track=track, version=1, error=error, retry_ms=retry_ms, tried=tried)
