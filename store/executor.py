"""The executor: the only place where state is written. All commands that wait now share one transaction."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import SimpleQueue
from typing import Any, TypeVar

import sqlalchemy as sa
import structlog

from store.batch import Batch
from store.outbox import note_told
from usecases.ports import Answer, Command, World

log = structlog.get_logger()
R = TypeVar("R")
MOST = 512  # commands that share one transaction at most: bounds how long the first of them waits
PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0)  # seconds between tries while the database is away; the last one again and again


def office_clock() -> datetime:
    """Now, in the milliseconds that rows keep, so that replayed events equal the state."""
    now = datetime.now(UTC)  # noqa: TID251 - this is the clock port
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


@dataclass(slots=True)
class _Waiting:
    answer: "asyncio.Future[Any]"
    command: Command | None = None
    job: Callable[[sa.Connection], Any] | None = None  # instead of a command: a transaction of its own
    then: Callable[[Any], Any] | None = None
    result: Any = None
    error: BaseException | None = None


@dataclass(slots=True)
class Executor:
    """Runs commands in shared transactions, in one thread of its own.

    `world` is replaced when the organisation or the flows change. `doorbell` is called (in the event loop) after a
    commit that left something to deliver."""

    engine: sa.Engine
    world: World
    doorbell: Callable[[], None] = lambda: None
    clock: Callable[[], datetime] = office_clock
    _queue: "SimpleQueue[_Waiting | None]" = field(default_factory=SimpleQueue)  # None: the last
    _told: deque[tuple[str, int]] = field(default_factory=deque)
    _closing: bool = False
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to work; answers are given in the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._work, name="executor", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Finish everything that was handed in, then end."""
        self._closing = True
        self._queue.put(None)
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)
        self.engine.dispose()

    def submit(self, command: Command) -> "asyncio.Future[Answer | None]":
        """Hand in a command. The future is done when its transaction is committed; an exception in it is a bug."""
        return self._enqueue(_Waiting(self._future(), command))

    def submit_for(self, command: Command, then: Callable[[Answer | None], R]) -> "asyncio.Future[R]":
        """The same, with the answer as `then` makes it (in the event loop)."""
        return self._enqueue(_Waiting(self._future(), command, then=then))

    async def run(self, job: Callable[[sa.Connection], R]) -> R:
        """Run `job` in a transaction of its own, in the writing thread."""
        done: R = await self._enqueue(_Waiting(self._future(), job=job))
        return done

    def told(self, track: str, version: int) -> None:
        """The ack has shown this version of the card: it need not be sent. Noted with the next transaction."""
        self._told.append((track, version))

    def _future(self) -> "asyncio.Future[Any]":
        assert self._loop is not None, "start() first"
        if self._closing:
            raise RuntimeError("the executor is closed")
        return self._loop.create_future()

    def _enqueue(self, waiting: _Waiting) -> "asyncio.Future[Any]":
        self._queue.put(waiting)
        return waiting.answer

    def _take(self) -> list[_Waiting]:
        """All that waits now, at least one; nothing when the last was taken."""
        taken: list[_Waiting] = []
        item = self._queue.get()
        while item is not None:
            taken.append(item)
            if len(taken) == MOST or self._queue.empty():
                return taken
            item = self._queue.get()
        if taken:
            self._queue.put(None)
        return taken

    def _work(self) -> None:
        while taken := self._take():
            commands = [item for item in taken if item.command]
            rings = self._commit(commands) if commands else False
            for item in taken:
                if item.job:
                    self._run_job(item, item.job)
            assert self._loop is not None
            self._loop.call_soon_threadsafe(self._release, taken, rings)

    def _commit(self, items: list[_Waiting], tries: int = 0) -> bool:
        """One transaction for all; a batch that breaks is taken apart, so that the neighbours do not suffer."""
        commands = [item.command for item in items if item.command]
        try:
            batch = self._durably(lambda connection: self._run(connection, commands), tries)
        except Exception as error:
            return self._apart(items, error)
        for item, answer in zip(items, batch.answers, strict=True):
            item.result = answer
        self.world.spoken.update(batch.spoken)  # now that it is committed
        return batch.rings

    def _apart(self, items: list[_Waiting], error: BaseException) -> bool:
        if len(items) == 1:
            log.error("store.broken", action="give_up", command=type(items[0].command).__name__, exc_info=error)
            items[0].error = error
            return False
        log.warning("store.apart", action="halve", commands=len(items), error=type(error).__name__)
        half = len(items) // 2
        first = self._commit(items[:half], tries=len(PAUSES))
        return self._commit(items[half:], tries=len(PAUSES)) or first

    def _durably(self, work: Callable[[sa.Connection], R], tries: int = 0) -> R:
        """In a transaction. A database that is away is waited for, however long it takes; what it refuses though it is
        there is raised."""
        while True:
            try:
                with self.engine.begin() as connection:
                    return work(connection)
            except sa.exc.OperationalError as error:
                if tries >= len(PAUSES) and (self._closing or self._answers()):
                    raise
                log.warning("store.retry", action="retry", tries=tries, error=type(error.orig).__name__)
            time.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1

    def _answers(self) -> bool:
        try:
            with self.engine.begin() as connection:
                connection.execute(sa.select(1))
        except sa.exc.OperationalError:
            return False
        return True

    def _run(self, connection: sa.Connection, commands: list[Command]) -> Batch:
        batch = Batch(connection=connection, world=self.world, now=self.clock())
        batch.run(commands)
        note_told(connection, self._take_told())
        return batch

    def _take_told(self) -> dict[str, int]:
        told: dict[str, int] = {}
        while self._told:
            track, version = self._told.popleft()
            told[track] = max(version, told.get(track, 0))
        return told

    def _run_job(self, item: _Waiting, job: Callable[[sa.Connection], Any]) -> None:
        def work(connection: sa.Connection) -> Any:
            note_told(connection, self._take_told())
            return job(connection)

        try:
            item.result = self._durably(work)
        except Exception as error:
            item.error = error

    def _release(self, items: list[_Waiting], rings: bool) -> None:
        for item in items:
            if item.answer.cancelled():
                continue
            try:
                if item.error is not None:
                    raise item.error
                item.answer.set_result(item.then(item.result) if item.then else item.result)
            except Exception as error:  # this one's: the neighbours get their answers
                item.answer.set_exception(error)
        if rings:
            self.doorbell()
