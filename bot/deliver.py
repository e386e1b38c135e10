"""Delivery: sends what the outbox holds, each listener in order, many listeners side by side."""

import asyncio
import contextlib
import random
from collections import defaultdict
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Protocol, TypeVar

import sqlalchemy as sa
import structlog

from bot.nursery import Nursery
from bot.wire.errors import AlreadyExists, Denied, NotDelivered, RateLimited, Refused, Transient, Trouble
from cards import tracks
from cards.dress import asks
from store import outbox, tongues
from store.balances import with_balances
from store.codec import to_ms
from store.engine import is_postgres
from store.executor import Executor
from store.outbox import MADE, Delivery, Letter
from store.versions import learn
from usecases.show import card_for
from usecases.tell_platform import LANE as ATTENDANCE

log = structlog.get_logger()
T = TypeVar("T")

_LEASE_MS: Final = 60_000
_IN_FLIGHT: Final = 64
_AT_ONCE: Final = 16  # a look at the rows costs: it is worth it when so many may be taken
_NO_SUCH_CARD: Final = "param.cardNotExist"  # contract 4.4
_OWN: Final = "param."  # how codes begin that speak of this letter itself; all else, a permission say, can come back
_AFTER_TROUBLE: Final = 1.0
_POLL: Final = 2.0  # seconds between looks when nobody rings: another replica's leftovers
_LONGEST: Final = 600.0  # seconds between tries at most
_GIVE_UP: Final = 150  # tries of what is refused in words that we do not know: about a day


class Platform(Protocol):
    """What delivery asks of the platform; raises bot.wire.errors."""

    async def create_and_deliver(
        self, *, track: str, template: str, card: dict[str, str], person: str, group: str, summary: str, taps: bool
    ) -> None:
        """Show a new card to one person or in one group; `taps`: its buttons call back."""

    async def deliver(self, *, track: str, person: str, group: str) -> None:
        """Show a card that was made, but not delivered."""

    async def attend(self, facts: Mapping[str, str]) -> None:
        """Tell the platform's attendance of a case; repeatable."""

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
    _heard_ms: int = 0  # when the languages of people were read last
    _denied: str = ""  # the code by which the platform does not let us in
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

    def _now_ms(self) -> int:
        return to_ms(self.executor.clock())

    async def _round(self) -> float:
        """Start to send what is due; answer how long to sleep (seconds)."""
        room = _IN_FLIGHT - self._under_way
        if room < _AT_ONCE:  # whoever writes down what was sent rings again
            return _POLL
        now = self._now_ms()

        def look(connection: sa.Connection) -> tuple[list[Letter], int | None]:
            letters = outbox.claim(connection, holder=self.holder, now_ms=now, lease_ms=_LEASE_MS, limit=room)
            learn(connection, self.executor.world, (letter.case for letter in letters if letter.case))
            letters = with_balances(connection, letters, self.executor.world, now)
            if now - self._heard_ms > _POLL * 1000 and is_postgres(connection):  # what other replicas have heard
                tongues.learn(connection, self.executor.world.spoken, self._heard_ms)
                self._heard_ms = now
            return letters, outbox.next_due(connection, now)

        letters, next_due = await self.executor.run(look)
        lanes: dict[str, list[Letter]] = defaultdict(list)
        for letter in letters:
            lanes[letter.lane].append(letter)
        self._under_way += len(letters)
        for lane in lanes.values():
            self._nursery.start(self._lane(lane), name="deliver.lane")
        return _POLL if next_due is None else min(_POLL, max(0.0, (next_due - self._now_ms()) / 1000))

    async def _lane(self, letters: list[Letter]) -> None:
        """One listener's letters, in order; after a failure the rest waits for its retry."""
        failed = False
        for letter in letters:
            if failed:
                delivery = Delivery(track=letter.track, version=letter.version, behind=True)
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
                written = await self._write_down(self._done[:])
                if not written:
                    await asyncio.sleep(_AFTER_TROUBLE)
                    continue
                del self._done[:written]
                self._under_way -= written
                self._bell.set()

    async def _write_down(self, done: list[Delivery]) -> int:
        """How many of the first are dealt with: none while the database is away. One that no row can hold is parked,
        so that it holds up no other; what cannot even be parked is left to the end of its lease."""
        try:
            await self.executor.run(partial(outbox.settle, deliveries=done))
        except (sa.exc.OperationalError, sa.exc.InterfaceError) as error:
            log.error("delivery cannot reach its rows", action="deliver.store", error=type(error).__name__)
            return 0
        except Exception as error:
            first, why = done[0], type(error).__name__
            if len(done) > 1:
                return await self._write_down([first])
            log.error("not written down", action="deliver.bug", track=first.track, exc_info=error)
            if first.error == why:
                return 1
            return await self._write_down([Delivery(track=first.track, version=first.version, error=why)])
        return len(done)

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
                card = card_for(letter.case, seen, letter.lane, self.executor.world, asked=letter.asked)
                params, title, version = dict(card.params), card.params.get("title", ""), letter.case.version
            elif not params:
                raise LookupError("a card without a case that can be read")
            await self._show(letter, params, title)
        except Trouble as trouble:
            return self._failed(letter, version, trouble)
        except Exception as bug:
            log.error("card not drawn", action="deliver.bug", track=letter.track, exc_info=bug)
            return self._park(letter, type(bug).__name__)
        self._denied = ""
        return Delivery(track=letter.track, version=version)

    def _failed(self, letter: Letter, version: int, trouble: Trouble) -> Delivery:
        """Parked when the trouble is this letter's own; else to be tried again after a growing pause."""
        if _hopeless(letter, trouble):
            return self._park(letter, str(trouble) or "?")
        if isinstance(trouble, Denied) and trouble.code != self._denied:
            self._denied = trouble.code
            log.error("the platform does not let us in", action="deliver.denied", error=str(trouble))
        too_fast, jitter = isinstance(trouble, RateLimited), random.uniform(1, 1.3)
        asked = trouble.retry_after if isinstance(trouble, Transient) else 0.0
        grown = 0.0 if too_fast else 0.5 * 2 ** min(letter.attempts, 12)
        pause = max(asked * jitter, min(_LONGEST, grown * jitter))
        log.warning("not delivered", action="deliver.retry", track=letter.track, error=str(trouble), seconds=pause)
        return Delivery(
            track=letter.track, version=version, error=str(trouble) or "?",
            retry_ms=self._now_ms() + round(pause * 1000),
            tried=not too_fast, made=isinstance(trouble, NotDelivered),
        )  # fmt: skip

    async def _show(self, letter: Letter, params: dict[str, str], title: str) -> None:
        """Create the card, or change it; whichever the platform says is not the case, the other is done."""
        if letter.lane.startswith(ATTENDANCE):
            await self.platform.attend(params)
            return
        group = letter.lane.removeprefix("cid:") if letter.lane.startswith("cid:") else ""
        person = "" if group else letter.lane
        taps = letter.case is not None or asks(params)
        if letter.sent_version:
            try:
                await self.platform.update_card(track=letter.track, card=params)
                if letter.sent_version == MADE:
                    await self.platform.deliver(track=letter.track, person=person, group=group)
                return
            except Refused as refusal:
                if refusal.code != _NO_SUCH_CARD:
                    raise
        try:
            await self.platform.create_and_deliver(
                track=letter.track,
                template=self.templates.case if taps else self.templates.words,
                card=params,
                person=person,
                group=group,
                summary=title,
                taps=taps,
            )
        except AlreadyExists:  # sent before we died: it may show an older state
            if letter.case is not None:
                await self.platform.update_card(track=letter.track, card=params)

    def _park(self, letter: Letter, error: str) -> Delivery:
        log.error("given up", action="deliver.park", track=letter.track, error=error)
        return Delivery(track=letter.track, version=letter.version, error=error)


def _hopeless(letter: Letter, trouble: Trouble) -> bool:
    """Whether trying again is of no use: wrong in itself, refused for this receiver once more, or refused for a day."""
    match trouble:
        case NotDelivered():
            return letter.sent_version == MADE
        case Denied():
            return False
        case Refused(code=code):
            own = code.startswith(_OWN) or letter.lane.startswith(ATTENDANCE)
            return own or letter.attempts >= _GIVE_UP
    return False
