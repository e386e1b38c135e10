"""Delivery: sends what the outbox holds, each listener in order, many listeners side by side."""

import asyncio
import contextlib
import random
import time
from collections import defaultdict
from collections.abc import Awaitable
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Protocol, TypeVar

import sqlalchemy as sa
import structlog

from bot.nursery import Nursery
from bot.wire.errors import AlreadyExists, RateLimited, Refused, Transient, Trouble
from cards import tracks
from store import outbox
from store.executor import Executor
from store.outbox import Delivery, Letter
from usecases.show import card_for

log = structlog.get_logger()
T = TypeVar("T")

_LEASE_MS: Final = 60_000
_IN_FLIGHT: Final = 64
_AT_ONCE: Final = 16  # a look at the rows costs: it is worth it when so many may be taken
_NO_SUCH_CARD: Final = "param.cardNotExist"  # contract 4.4
_HOPELESS: Final = ("param.", "deliver")  # what is wrong with this letter; all else, a permission say, can come back
_AFTER_TROUBLE: Final = 1.0
_POLL: Final = 5.0  # seconds between looks when nobody rings: another replica's leftovers
_LONGEST: Final = 600.0  # seconds between tries at most
_GIVE_UP: Final = 150  # tries: about a day


class Platform(Protocol):
    """What delivery asks of the platform; raises bot.wire.errors."""

    async def create_and_deliver(
        self, *, track: str, template: str, card: dict[str, str], person: str, group: str, summary: str, taps: bool
    ) -> None:
        """Show a new card to one person or in one group; `taps`: its buttons call back."""

    async def update_card(self, *, track: str, card: dict[str, str]) -> None:
        """Change a card wherever it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The ids of the card templates."""

    case: str
    words: str


@dataclass(slots=True)
class Deliverer:
    """Takes letters under a lease in the name of `holder`, sends them, writes down what became of them."""

    executor: Executor
    platform: Platform
    templates: Templates
    holder: str
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _done: list[Delivery] = field(default_factory=list)
    _settle: asyncio.Event = field(default_factory=asyncio.Event)
    _under_way: int = 0
    _nursery: Nursery = field(default_factory=Nursery)

    def ring(self) -> None:
        """There is mail."""
        self._bell.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        await self._safely(self.executor.run(lambda connection: outbox.release(connection, self.holder)))
        self._nursery.start(self._settling(), name="deliver.settle")
        try:
            while True:
                pause = await self._safely(self._round())
                try:
                    async with asyncio.timeout(_AFTER_TROUBLE if pause is None else pause):
                        await self._bell.wait()
                except TimeoutError:
                    pass
                self._bell.clear()
        finally:
            await self._nursery.stop()

    async def drain(self, within: float) -> None:
        """Wait until nothing is under way, at most `within` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._under_way:
                    self._bell.clear()
                    await self._bell.wait()  # rung whenever some are written down

    async def _round(self) -> float:
        """Start to send what is due; answer how long to sleep (seconds)."""
        room = _IN_FLIGHT - self._under_way
        if room < _AT_ONCE:  # whoever writes down what was sent rings again
            return _POLL
        now = _now_ms()

        def look(connection: sa.Connection) -> tuple[list[Letter], int | None]:
            letters = outbox.claim(connection, holder=self.holder, now_ms=now, lease_ms=_LEASE_MS, limit=room)
            return letters, outbox.next_due(connection, now)

        letters, next_due = await self.executor.run(look)
        lanes: dict[str, list[Letter]] = defaultdict(list)
        for letter in letters:
            lanes[letter.lane].append(letter)
        self._under_way += len(letters)
        for lane in lanes.values():
            self._nursery.start(self._lane(lane), name="deliver.lane")
        return _POLL if next_due is None else min(_POLL, max(0.0, (next_due - _now_ms()) / 1000))

    async def _lane(self, letters: list[Letter]) -> None:
        """One listener's letters, in order; after a failure the rest waits for its retry."""
        failed = False
        for letter in letters:
            if failed:
                delivery = Delivery(
                    track=letter.track, version=letter.version, error="behind", retry_ms=_now_ms() + 1000, tried=False
                )
            else:
                delivery = await self._send(letter)
                failed = delivery.retry_ms is not None
            self._done.append(delivery)
            self._settle.set()

    async def _settling(self) -> None:
        while True:
            await self._settle.wait()
            self._settle.clear()
            while self._done:
                done = self._done[:]
                if await self._safely(self.executor.run(partial(_settle, done))) is None:
                    await asyncio.sleep(_AFTER_TROUBLE)
                    continue
                del self._done[: len(done)]
                self._under_way -= len(done)
                self._bell.set()

    async def _safely(self, work: Awaitable[T]) -> T | None:
        """The database may be away: then None, and it is tried again later."""
        try:
            return await work
        except Exception as error:
            log.error("delivery cannot reach its rows", action="deliver.store", error=type(error).__name__)
            return None

    async def _send(self, letter: Letter) -> Delivery:
        version = letter.version
        try:
            params, title = letter.words, letter.words.get("title", "")
            if letter.case is not None:
                seen = tracks.read(letter.track)
                assert seen is not None
                card = card_for(letter.case, seen, letter.lane, self.executor.world)
                params, title, version = dict(card.params), card.params.get("title", ""), letter.case.version
            await self._show(letter, params, title)
        except Trouble as trouble:
            return self._later(letter, version, trouble)
        except Exception as bug:
            log.error("card not drawn", action="deliver.bug", track=letter.track, exc_info=bug)
            return self._park(letter, type(bug).__name__)
        return Delivery(track=letter.track, version=version)

    def _later(self, letter: Letter, version: int, trouble: Trouble) -> Delivery:
        """To be tried again after a growing pause; parked when that is hopeless, or after about a day."""
        hopeless = isinstance(trouble, Refused) and trouble.code.startswith(_HOPELESS)
        if hopeless or letter.attempts >= _GIVE_UP:
            return self._park(letter, str(trouble) or "?")
        pause = trouble.retry_after if isinstance(trouble, Transient) else 0.0
        if not isinstance(trouble, RateLimited):
            pause = max(pause, min(_LONGEST, 0.5 * 2 ** min(letter.attempts, 12)))
        pause *= random.uniform(1, 1.3)
        log.warning("not delivered", action="deliver.retry", track=letter.track, error=str(trouble), seconds=pause)
        return Delivery(
            track=letter.track, version=version, error=str(trouble) or "?", retry_ms=_now_ms() + round(pause * 1000),
            tried=not isinstance(trouble, RateLimited),
        )  # fmt: skip

    async def _show(self, letter: Letter, params: dict[str, str], title: str) -> None:
        """Create the card, or change it; whichever the platform says is not the case, the other is done."""
        if letter.sent_version:
            try:
                return await self.platform.update_card(track=letter.track, card=params)
            except Refused as refusal:
                if refusal.code != _NO_SUCH_CARD:
                    raise
        group = letter.lane.removeprefix("cid:") if letter.lane.startswith("cid:") else ""
        try:
            await self.platform.create_and_deliver(
                track=letter.track,
                template=self.templates.words if letter.case is None else self.templates.case,
                card=params,
                person="" if group else letter.lane,
                group=group,
                summary=title,
                taps=letter.case is not None,
            )
        except AlreadyExists:  # sent before we died: it may show an older state
            if letter.case is not None:
                await self.platform.update_card(track=letter.track, card=params)
        return None

    def _park(self, letter: Letter, error: str) -> Delivery:
        log.error("given up", action="deliver.park", track=letter.track, error=error)
        return Delivery(track=letter.track, version=letter.version, error=error)


def _settle(done: list[Delivery], connection: sa.Connection) -> bool:
    outbox.settle(connection, done)
    return True


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
