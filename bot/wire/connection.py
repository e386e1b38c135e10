"""One socket of the stream: reads in order, writes in order, and notices when the other side has gone silent."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from aiohttp import ClientError, WSMsgType

from bot.nursery import Nursery
from bot.wire.gateway import WebSocket

Outgoing = tuple[bytes, Callable[[], None] | None, WSMsgType]

_GRACE: Final = 0.1
_LEAVING_FOR: Final = 30.0
_GOODBYE: Final = 2.0


class Connection:
    """Hands each text message to `take`, and writes what `send` is given.

    `over` is set as soon as nothing more will be heard here: the socket ended, went silent, or the platform asked us
    to leave (`leaving`: acks can still be sent). Back-pressure is `room`: while it is cleared nothing is read.
    Silence is told by our own pings: a socket on which neither a frame nor a pong came for `silent_after` seconds is
    given up, unless it was us who did not read.
    """

    def __init__(
        self,
        socket: WebSocket,
        take: Callable[["Connection", bytes], None],
        room: asyncio.Event,
        *,
        ping_every: float,
        silent_after: float,
    ) -> None:
        self._socket = socket
        self._take = take
        self._room = room
        self._ping_every = ping_every
        self._silent_after = silent_after
        self._now = asyncio.get_running_loop().time
        self._out: deque[Outgoing] = deque()
        self._woken = asyncio.Event()
        self._leave_by = float("inf")
        self.opened_at = self._heard = self._now()
        self.over = asyncio.Event()
        self.alive = True
        self.why = ""

    @property
    def leaving(self) -> bool:
        """The platform asked us to leave."""
        return self._leave_by != float("inf")

    @property
    def lifetime(self) -> float:
        """Seconds since it was opened."""
        return self._now() - self.opened_at

    def send(self, data: bytes, sent: Callable[[], None] | None = None, *, kind: WSMsgType = WSMsgType.TEXT) -> None:
        """Puts a message behind those that wait to be written; `sent` is called when it is."""
        self._out.append((data, sent, kind))
        self._woken.set()

    def leave(self) -> None:
        """The platform pushes nothing more here and will close: go on acking, listen elsewhere."""
        self._leave_by = self._now() + _LEAVING_FOR
        self.why = "asked to leave"
        self.over.set()

    def unsent(self) -> list[tuple[bytes, Callable[[], None] | None]]:
        """Takes back what was never written, for another connection to send."""
        left = [(data, sent) for data, sent, kind in self._out if kind is WSMsgType.TEXT]
        self._out.clear()
        return left

    async def live(self, nursery: Nursery) -> None:
        """Reads, writes and watches until the socket ends, then closes it."""
        parts = (self._read, self._write, self._watch)
        tasks = [nursery.start(part(), name=f"stream{part.__name__}") for part in parts]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.alive = False
            self.why = self.why or f"closed with {self._socket.close_code}"
            self.over.set()
            for task in tasks:
                task.cancel()
            with suppress(TimeoutError, ClientError):
                async with asyncio.timeout(_GOODBYE):
                    await asyncio.wait(tasks)
                    await self._socket.close()

    async def finish(self) -> None:
        """Writes what waits, says goodbye and closes: at most 2 s."""
        with suppress(TimeoutError, ClientError):
            async with asyncio.timeout(_GOODBYE):
                await self._flush()
                await self._socket.close()

    async def _read(self) -> None:
        receive, room = self._socket.receive, self._room
        while True:
            message = await receive()
            self._heard = self._now()
            match message.type:
                case WSMsgType.TEXT:
                    self._take(self, message.data)
                    if not room.is_set():
                        await room.wait()
                        self._heard = self._now()
                case WSMsgType.PING:
                    self.send(message.data, kind=WSMsgType.PONG)
                case WSMsgType.CLOSE | WSMsgType.CLOSING | WSMsgType.CLOSED | WSMsgType.ERROR:
                    return

    async def _write(self) -> None:
        with suppress(ClientError):
            while True:
                await self._flush()
                self._woken.clear()
                await self._woken.wait()

    async def _flush(self) -> None:
        while self._out:
            data, sent, kind = self._out.popleft()
            try:
                await self._socket.send_frame(data, kind)
            except ClientError:
                self._out.appendleft((data, sent, kind))
                raise
            if sent is not None:
                sent()

    async def _watch(self) -> None:
        next_ping = self._now() + self._ping_every
        while (now := self._now()) < self._leave_by:
            if not self._room.is_set():
                self._heard = now
            if now >= next_ping:
                self.send(b"", kind=WSMsgType.PING)
                next_ping = now + self._ping_every
            deadline = self._heard + self._silent_after
            if now >= deadline:
                await asyncio.sleep(_GRACE)  # had our own loop been stuck, the pong would wait to be read
                if now >= self._heard + self._silent_after:
                    self.why = "silent"
                    return
                continue
            await asyncio.sleep(min(next_ping, deadline) - now)
