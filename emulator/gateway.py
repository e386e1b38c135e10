"""The door of the stream: credentials for a ticket, a ticket for a connection (contract 1.1)."""

import asyncio
import contextlib
import secrets
import time
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from emulator.answers import No, html, new_no, ok
from emulator.fields import Fields
from emulator.line import Connection
from emulator.platform import Call, Platform
from emulator.stream import CALLBACK, EVENT, SYSTEM

_LONGEST_FREEZE = 3600.0
_GOODBYES = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ticket:
    client: str
    topics: frozenset[str]
    until: float


class Gateway:
    """`POST /v1.0/gateway/connections/open` and the WebSocket at `/connect`."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._tickets: dict[str, _Ticket] = {}

    def add(self, app: web.Application) -> None:
        """The routes."""
        app.router.add_post("/v1.0/gateway/connections/open", self._platform.new(self._open, open_to_all=True))
        app.router.add_get("/connect", self._connect)

    async def _open(self, call: Call) -> web.Response:
        if self._platform.faults.take("refuse"):
            raise html(503, "Service Unavailable")
        fields = Fields(call.body, _bad_credentials)
        client = fields.text("clientId")
        if not self._platform.is_app(client, fields.text("clientSecret")):
            raise _bad_credentials("clientId")
        topics = _topics(Fields(call.body, _bad_field))
        now = time.monotonic()
        self._tickets = {word: ticket for word, ticket in self._tickets.items() if ticket.until > now}
        word = f"{secrets.token_hex(12)}+/={secrets.token_hex(4)}"
        until = now + self._platform.options.ticket_seconds
        self._tickets[word] = _Ticket(client=client, topics=topics, until=until)
        address = self._platform.reached(client, call.request)
        return ok({"endpoint": address.replace("http", "ws", 1) + "/connect", "ticket": word})

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        ticket = self._tickets.pop(request.query.get("ticket", ""), None)
        if ticket is None or ticket.until < time.monotonic() or self._platform.faults.find("refuse"):
            return web.Response(status=401, text="ticket is invalid")
        socket = web.WebSocketResponse(max_msg_size=2**22, compress=False)
        if not socket.can_prepare(request):
            return web.Response(status=400, text="this is a WebSocket")
        await socket.prepare(request)
        connection = Connection(client=ticket.client, topics=ticket.topics, socket=socket, transport=request.transport)
        trouble = self._platform.faults.find("freeze")
        if trouble is not None:
            seconds = _LONGEST_FREEZE if trouble.until is None else trouble.until - time.monotonic()
            freeze(self._platform, connection, seconds)
        await self._serve(connection)
        return socket

    async def _serve(self, connection: Connection) -> None:
        beside = [
            asyncio.ensure_future(work) for work in (connection.write(), self._ping(connection), self._age(connection))
        ]
        stream = self._platform.stream
        stream.opened(connection)
        try:
            while True:
                await connection.thawed.wait()
                message = await connection.socket.receive()
                await connection.thawed.wait()
                if message.type is WSMsgType.TEXT:
                    stream.acked(connection.client, message.data)
                elif message.type in _GOODBYES:
                    break
        finally:
            stream.closed(connection)
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    async def _ping(self, connection: Connection) -> None:
        while True:
            await asyncio.sleep(self._platform.options.ping_seconds)
            if not connection.leaving and connection.thawed.is_set():
                self._platform.stream.ping(connection)
                with contextlib.suppress(ConnectionError, RuntimeError):
                    await connection.socket.ping()

    async def _age(self, connection: Connection) -> None:
        if self._platform.options.connection_seconds:
            await asyncio.sleep(self._platform.options.connection_seconds)
            self._platform.stream.disconnect(connection)


def freeze(platform: Platform, connection: Connection, seconds: float | None) -> None:
    """The line is silent from now on: nothing is read, no pong goes out, for so long or until all trouble is ended."""
    if connection.transport is None:
        return
    connection.thawed.clear()
    connection.transport.pause_reading()
    platform.stream.spawn(_thaw(platform, connection, connection.transport, seconds))


async def _thaw(
    platform: Platform, connection: Connection, transport: asyncio.Transport, seconds: float | None
) -> None:
    await platform.faults.over(_LONGEST_FREEZE if seconds is None else seconds)
    connection.thawed.set()
    if not transport.is_closing():
        transport.resume_reading()


def _topics(fields: Fields) -> frozenset[str]:
    """What a connection wants to hear."""
    if fields.body.get("subscriptions") is None:
        raise _bad_field("subscriptions")
    rows = [Fields(row, _bad_field) for row in fields.rows("subscriptions")]
    for row in rows:
        if row.text("type") not in (CALLBACK, EVENT, SYSTEM) or not row.text("topic"):
            raise _bad_field("subscriptions")
    return frozenset(row.text("topic") for row in rows)


def _bad_credentials(_: str) -> No:
    return new_no(401, "authFailed", "鉴权失败")


def _bad_field(name: str) -> No:
    return new_no(400, "invalidParameter", f"{name} is invalid")
