"""A gateway small enough to misbehave on demand: opens connections, pushes frames, remembers every ack."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from bot.wire.frame import CALLBACK, DONE, SYSTEM, TOPIC_DISCONNECT, TOPIC_MESSAGE, Ack, Frame
from bot.wire.gateway import Credentials
from bot.wire.stream import Stream

Handle = Callable[[Frame], Ack | Awaitable[Ack | None] | None]


@dataclass
class Line:
    """One WebSocket as the gateway sees it."""

    number: int
    socket: web.WebSocketResponse
    request: web.Request
    alive: bool = True
    polite: bool = False
    thawed: asyncio.Event = field(default_factory=asyncio.Event)
    received: list[Any] = field(default_factory=list)
    pings: int = 0


@dataclass
class Gateway:
    """`troubles` are what the next openings meet, one each: a callable that makes the answer, or None for none."""

    url: str = ""
    lines: list[Line] = field(default_factory=list)
    opened: list[dict[str, Any]] = field(default_factory=list)
    troubles: list[Callable[[], Any]] = field(default_factory=list)
    acks: dict[str, tuple[int, Any, int]] = field(default_factory=dict)
    slam: int = 0
    displace: bool = False
    tickets: int = 0
    pushed: int = 0

    @property
    def credentials(self) -> Credentials:
        return Credentials(client_id="dingapp", client_secret="the-secret", api=self.url, legacy=self.url)

    @property
    def living(self) -> list[Line]:
        return [line for line in self.lines if line.alive and not line.polite]

    async def open(self, request: web.Request) -> web.StreamResponse:
        self.opened.append(await request.json())
        if self.troubles:
            answer = self.troubles.pop(0)()
            if asyncio.iscoroutine(answer):
                answer = await answer
            if answer is not None:
                assert isinstance(answer, web.StreamResponse)
                return answer
        self.tickets += 1
        ticket = f"the+ticket/{self.tickets}="
        return web.json_response({"endpoint": self.url.replace("http", "ws") + "/connect", "ticket": ticket})

    async def connect(self, request: web.Request) -> web.StreamResponse:
        if request.query["ticket"] != f"the+ticket/{request.query['ticket'][11:-1]}=":
            return web.Response(status=401)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        line = Line(len(self.lines), socket, request)
        line.thawed.set()
        if self.displace:
            for older in self.living:
                older.polite = True
                await older.socket.close()
        self.lines.append(line)
        if self.slam:
            self.slam -= 1
        else:
            await self._listen(line)
        line.alive = False
        return socket

    async def _listen(self, line: Line) -> None:
        async for message in line.socket:
            await line.thawed.wait()
            if message.type is WSMsgType.PING:
                line.pings += 1
                await line.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                ack = json.loads(message.data)
                line.received.append(ack)
                self.acks[ack["headers"]["messageId"]] = (ack["code"], json.loads(ack["data"]), line.number)

    async def push(
        self,
        line: Line | None = None,
        *,
        topic: str = TOPIC_MESSAGE,
        kind: str = CALLBACK,
        data: Any = None,
        **headers: Any,
    ) -> str:
        """Pushes a frame on the line, or on the first that lives; gives its messageId."""
        self.pushed += 1
        push = f"push{self.pushed}"
        outer = {
            "specVersion": "1.0",
            "type": kind,
            "headers": {"topic": topic, "messageId": push, "time": "1790000000000", **headers},
            "data": json.dumps(data if data is not None else {"n": self.pushed}),
        }
        await (line or self.living[0]).socket.send_str(json.dumps(outer))
        return push

    async def ask_to_leave(self, line: Line) -> None:
        """The polite disconnect: nothing is pushed on this line any more."""
        await self.push(line, topic=TOPIC_DISCONNECT, kind=SYSTEM, data={"reason": "connection is expired"})
        line.polite = True

    def cut(self, line: Line) -> None:
        """The socket breaks without a word."""
        line.alive = False
        assert line.request.transport is not None
        line.request.transport.abort()


@asynccontextmanager
async def gateway() -> AsyncIterator[Gateway]:
    """A running gateway on a free port of the loopback."""
    it = Gateway()
    app = web.Application()
    app.router.add_post("/v1.0/gateway/connections/open", it.open)
    app.router.add_get("/connect", it.connect)
    async with TestServer(app) as server:
        it.url = str(server.make_url("")).rstrip("/")
        yield it
        for line in it.lines:
            line.thawed.set()


@asynccontextmanager
async def listening(at: Gateway, handle: Handle = lambda _: DONE, **options: Any) -> AsyncIterator[Stream]:
    """A running stream client, with both its lines up unless the gateway has troubles prepared."""
    lines = options.setdefault("connections", 2)
    calm = not at.troubles and not at.slam and not at.displace
    async with aiohttp.ClientSession() as session:
        stream = Stream(session, at.credentials, handle, **options)
        running = asyncio.ensure_future(stream.run())
        if calm:
            await until(lambda: len(at.living) == lines)
        yield stream
        await stream.stop(within=2)
        await running


async def until(condition: Callable[[], object], within: float = 10.0) -> None:
    """Waits until something holds; fails after a generous while."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - any condition, so there is no event to wait for
            await asyncio.sleep(0.005)
