"""A gateway that makes trouble on command and keeps the time of every message: the instrument of `bench.reconnect`."""

import asyncio
import json
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

TOPIC = "/v1.0/im/bot/messages/get"
EVERY = 0.01
NEVER = float("inf")


@dataclass(eq=False)
class Line:
    """One connection of the client."""

    socket: web.WebSocketResponse
    request: web.Request
    hears: bool = True
    thawed: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False)
class Push:
    """One message: when it was due, where it went, when and where its ack came."""

    due: float
    hold: float = 0.0
    line: Line | None = None
    acked: float = NEVER
    by: Line | None = None


class Gateway:
    """A gateway that makes trouble on command and keeps the time of every message."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pushes: list[Push] = []
        self.refusing = False
        self.hold = 0.0
        self.url = ""

    @property
    def hearing(self) -> list[Line]:
        return [line for line in self.lines if line.hears]

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/v1.0/gateway/connections/open", self._open)
        app.router.add_get("/connect", self._connect)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._beating = asyncio.ensure_future(self._beat())

    async def stop(self) -> None:
        self._beating.cancel()
        for line in self.lines:
            line.thawed.set()
            self._abort(line)
        await self._runner.cleanup()

    async def _open(self, _: web.Request) -> web.Response:
        if self.refusing:
            return web.Response(status=503, text="<html>busy</html>", content_type="text/html")
        return web.json_response({"endpoint": self.url.replace("http", "ws", 1) + "/connect", "ticket": "t"})

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        line = Line(web.WebSocketResponse(autoping=False), request)
        line.thawed.set()
        await line.socket.prepare(request)
        self.lines.append(line)
        async for message in line.socket:
            await line.thawed.wait()
            if message.type is WSMsgType.PING:
                with suppress(ConnectionError):
                    await line.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                push = json.loads(message.data)["headers"].get("messageId", "")
                if push.isdigit():
                    self.pushes[int(push)].acked, self.pushes[int(push)].by = time.perf_counter(), line
        line.hears = False
        return line.socket

    async def _beat(self) -> None:
        """Makes a message due every 10 ms, and pushes those that wait."""
        due = time.perf_counter()
        waiting = 0
        while True:
            due += EVERY
            await asyncio.sleep(due - time.perf_counter())
            self.pushes.append(Push(due, hold=self.hold))
            while waiting < len(self.pushes) and (hearing := self.hearing):
                push = self.pushes[waiting]
                push.line = random.choice(hearing)
                try:
                    await push.line.socket.send_str(self._frame(waiting, TOPIC, {"msgId": waiting, "hold": push.hold}))
                    waiting += 1
                except ConnectionError:
                    push.line.hears = False

    def _frame(self, number: int | str, topic: str, data: Any, kind: str = "CALLBACK") -> str:
        headers = {"topic": topic, "messageId": str(number), "time": "1790000000000"}
        return json.dumps({"specVersion": "1.0", "type": kind, "headers": headers, "data": json.dumps(data)})

    async def ask_to_leave(self) -> None:
        """The polite disconnect, on every connection at once: the worst case."""
        for line in self.hearing:
            line.hears = False
            await line.socket.send_str(self._frame("bye", "disconnect", {"reason": "connection is expired"}, "SYSTEM"))
            asyncio.get_running_loop().call_later(10, self._abort, line)

    async def cut(self) -> None:
        """Every socket breaks without a word."""
        for line in self.hearing:
            line.hears = False
            self._abort(line)

    async def freeze(self) -> None:
        """Every socket stays open and goes silent: no frame, no pong."""
        for line in self.hearing:
            line.hears = False
            line.thawed.clear()

    @staticmethod
    def _abort(line: Line) -> None:
        if line.request.transport is not None:
            line.request.transport.abort()
