"""Listens to the platform: keeps connections open, hands each frame to one function, and brings the acks back.

Rules. Several lines are kept at once, each opened by itself: while one is renewed or dead, the platform pushes on the
other. A line that is asked to leave opens its replacement first and keeps the old socket for the acks still owed.
An ack goes out on the socket its frame came from; when that is gone, on any other: the platform looks acks up by
messageId (contract 1.7). Displacement: when three times in a row a line was closed within 2 s after a younger one of
ours had opened, and the younger one stayed, the platform allows one connection only: that line rests for an hour.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

import aiohttp
import structlog

from bot.nursery import Nursery
from bot.wire.backoff import Backoff
from bot.wire.connection import Connection
from bot.wire.frame import (
    CALLBACK,
    EVENT,
    FAILED,
    SYSTEM,
    TOPIC_CARD,
    TOPIC_DISCONNECT,
    TOPIC_MESSAGE,
    UNKNOWN_TOPIC,
    Ack,
    Frame,
    read_frame,
)
from bot.wire.gateway import Credentials, Gateway, OpenFailed

log = structlog.get_logger()

Answer = Ack | Awaitable[Ack | None] | None
Handle = Callable[[Frame], Answer]
Sent = Callable[[], None] | None

_DISPLACED_WITHIN: Final = 2.0
_DISPLACED_OFTEN: Final = 3
_WRONG_CREDENTIALS: Final = 5.0
_HELD_ACKS: Final = 4096


class Stream:
    """The stream client.

    `handle` gets every event and every callback whose topic is in `topics`, and answers with an ack, with something
    to await (a coroutine runs as a task of its own, a future is just waited for), or with None: no ack, the platform
    may send it again. A handler that raises is answered with 500. At most `in_flight` answers are awaited: beyond
    that the sockets are not read. `counts` says what happened so far.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        handle: Handle,
        *,
        connections: int = 2,
        topics: Sequence[str] = (TOPIC_MESSAGE, TOPIC_CARD),
        in_flight: int = 512,
        ping_every: float = 2.5,
        silent_after: float = 6.5,
        rest: float = 3600.0,
    ) -> None:
        self._gateway = Gateway(session, credentials, topics)
        self._handle = handle
        self._lines = connections
        self._topics = frozenset(topics)
        self._limit = in_flight
        self._pings = {"ping_every": ping_every, "silent_after": silent_after}
        self._rest = rest
        self._nursery = Nursery()
        self._connections: list[Connection] = []
        self._waiting = 0
        self._room = asyncio.Event()
        self._room.set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._held: deque[tuple[bytes, Sent]] = deque(maxlen=_HELD_ACKS)
        self._displaced = 0
        self._stopping = False
        self._stopped = asyncio.Event()
        self.counts: Counter[str] = Counter()

    @property
    def connected(self) -> bool:
        """At least one line hears the platform now."""
        return any(not one.over.is_set() for one in self._connections)

    async def run(self) -> None:
        """Listens until stopped; cancelling ends it at once, without waiting for handlers."""
        logging.getLogger("dingtalk_stream").setLevel(logging.CRITICAL + 1)  # it would print tickets
        try:
            for number in range(self._lines):
                self._nursery.start(self._keep(number), name=f"stream.line.{number}")
            await self._stopped.wait()
        finally:
            await self.stop(within=0)

    async def stop(self, within: float = 10.0) -> None:
        """Takes no more frames, lets those it took be answered for up to `within` seconds, and closes."""
        if self._stopped.is_set():
            return
        self._stopping = True
        try:
            async with asyncio.timeout(within):
                await self._idle.wait()
        except TimeoutError:
            log.warning("stopped with frames unanswered", action="stream.unfinished", frames=self._waiting)
        await asyncio.gather(*(one.finish() for one in self._connections))
        await self._nursery.stop()
        self._stopped.set()

    async def _keep(self, number: int) -> None:
        """One line: opens, listens until nothing more is heard there, opens again."""
        backoff = Backoff()
        now = asyncio.get_running_loop().time
        while not self._stopping:
            try:
                connection = await self._open(number)
            except OpenFailed as failure:
                pause = max(backoff.pause(now()), _WRONG_CREDENTIALS if failure.final else 0)
                if backoff.tries == 1 or pause >= 1:
                    log.warning("no connection", action="stream.refused", line=number, why=str(failure))
                await asyncio.sleep(pause)
                continue
            await connection.over.wait()
            if self._stopping:
                return
            log.info("connection over", action="stream.over", line=number, why=connection.why)
            if backoff.lived(connection.lifetime) and connection.leaving:
                continue
            if connection.alive or not await self._is_displaced(connection):
                await asyncio.sleep(backoff.pause(now()))
            else:
                log.warning("the platform keeps one connection only", action="stream.rests", line=number)
                await asyncio.sleep(self._rest)

    async def _open(self, number: int) -> Connection:
        socket = await self._gateway.open()
        connection = Connection(socket, self._take, self._room, **self._pings)
        self._connections.append(connection)
        self._nursery.start(self._live(connection), name=f"stream.connection.{number}")
        self.counts["opened"] += 1
        log.info("connected", action="stream.open", line=number)
        while self._held:
            connection.send(*self._held.popleft())
        return connection

    async def _live(self, connection: Connection) -> None:
        try:
            await connection.live(self._nursery)
        finally:
            self._connections.remove(connection)
            for ack, sent in connection.unsent():
                self._send(connection, ack, sent)

    async def _is_displaced(self, closed: Connection) -> bool:
        """Whether the platform has now shown often enough that a newer connection ends an older one."""
        now = asyncio.get_running_loop().time()
        younger = next((one for one in self._connections if one.opened_at > closed.opened_at and one.alive), None)
        if closed.leaving or closed.why == "silent" or younger is None or now - younger.opened_at > _DISPLACED_WITHIN:
            self._displaced = 0
            return False
        try:
            async with asyncio.timeout(_DISPLACED_WITHIN / 2):  # both may be dying: wait for the other one's word
                await younger.over.wait()
        except TimeoutError:
            self._displaced += 1
            return self._displaced >= _DISPLACED_OFTEN
        self._displaced = 0
        return False

    def _take(self, connection: Connection, raw: bytes) -> None:
        if self._stopping:
            return
        frame = read_frame(raw)
        if frame is None:
            self.counts["junk"] += 1
            log.warning("junk on the stream", action="stream.junk", size=len(raw))
        elif frame.kind == EVENT or (frame.kind == CALLBACK and frame.topic in self._topics):
            self._serve(connection, frame)
        elif frame.kind == SYSTEM and frame.topic == TOPIC_DISCONNECT:
            connection.leave()
        elif frame.kind == SYSTEM:
            echo = frame.data if type(frame.data) is str else "{}"
            self._acknowledge(connection, frame, Ack(data=echo))
        else:
            self.counts["unknown"] += 1
            self._acknowledge(connection, frame, UNKNOWN_TOPIC)

    def _serve(self, connection: Connection, frame: Frame) -> None:
        self.counts["frames"] += 1
        try:
            answer = self._handle(frame)
        except Exception:
            log.exception("a handler failed", action="stream.failed", topic=frame.topic, push=frame.id)
            answer = FAILED
        if isinstance(answer, Ack):
            self._acknowledge(connection, frame, answer)
        elif answer is not None:
            self._await(connection, frame, answer)

    def _await(self, connection: Connection, frame: Frame, answer: Awaitable[Ack | None]) -> None:
        self._waiting += 1
        self._idle.clear()
        if self._waiting >= self._limit:
            self._room.clear()
        future = (
            answer if isinstance(answer, asyncio.Future) else self._nursery.start(_run(answer), name="stream.handler")
        )
        future.add_done_callback(partial(self._answered, connection, frame))

    def _answered(self, connection: Connection, frame: Frame, future: "asyncio.Future[Ack | None]") -> None:
        self._waiting -= 1
        if self._waiting < self._limit:
            self._room.set()
        if not self._waiting:
            self._idle.set()
        if future.cancelled():
            return
        if error := future.exception():
            log.error("a handler failed", action="stream.failed", topic=frame.topic, push=frame.id, exc_info=error)
        ack = FAILED if error else future.result()
        if ack is not None:
            self._acknowledge(connection, frame, ack)

    def _acknowledge(self, connection: Connection, frame: Frame, ack: Ack) -> None:
        self.counts["acks"] += 1
        self._send(connection, ack.encode(frame.id), ack.sent)

    def _send(self, origin: Connection, ack: bytes, sent: Sent) -> None:
        """On the socket it belongs to, else on any living one, else on the next that opens."""
        if origin.alive:
            origin.send(ack, sent)
        elif other := next((one for one in self._connections if one.alive), None):
            self.counts["acks elsewhere"] += 1
            other.send(ack, sent)
        else:
            self._held.append((ack, sent))


async def _run(answer: Awaitable[Ack | None]) -> Ack | None:
    return await answer
