"""One socket of an app: what is pushed to it leaves in order, many frames at one waking."""

import asyncio
import uuid
from collections import deque

from aiohttp import WSMsgType, web


class Connection:
    """`leaving`: it was asked to go and gets nothing more. `thawed`: cleared while nothing is read from it."""

    def __init__(
        self, *, client: str, topics: frozenset[str], socket: web.WebSocketResponse, transport: asyncio.Transport | None
    ) -> None:
        self.client, self.topics, self.socket, self.transport = client, topics, socket, transport
        self.number = uuid.uuid4().hex
        self.leaving = False
        self.thawed = asyncio.Event()
        self.thawed.set()
        self._outbox: deque[bytes] = deque()
        self._news = asyncio.Event()

    def send(self, frame: bytes) -> None:
        """Put a text frame on its way."""
        self._outbox.append(frame)
        self._news.set()

    async def write(self) -> None:
        """Write what is sent, for as long as the socket lives; that it died is noticed where it is read."""
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                while self._outbox:
                    await self.socket.send_frame(self._outbox.popleft(), WSMsgType.TEXT)
            except (ConnectionError, RuntimeError):
                return
