"""A DingTalk that only taps: it pushes card callbacks, keeps so many in flight, and takes the time of every ack."""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import orjson
from aiohttp import WSMsgType, web

TOPIC = "/v1.0/card/instances/callback"
KEEP_ALIVE = 2.0  # seconds between pings: a contestant that is frozen while others run hears them when it wakes
PATIENCE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """同意 on one card."""

    track: str
    by: str


@dataclass(slots=True)
class Burst:
    """What a run of taps gave: seconds from the first push to the last ack, seconds of each tap, and its ack."""

    seconds: float = 0.0
    delays: list[float] = field(default_factory=list)
    acks: list[tuple[Tap, bytes]] = field(default_factory=list)


def fast_loop() -> asyncio.AbstractEventLoop:
    """The loop of the platform's side: it must cost less than what it measures."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()


class Tapper:
    """The platform of one contestant: gateway, one or more connections, and REST calls that succeed at once."""

    def __init__(self) -> None:
        self.url = ""
        self.calls = 0
        self._lines: list[web.WebSocketResponse] = []
        self._number = 0
        self._pushed: dict[str, tuple[Tap, float]] = {}
        self._frames: Iterator[tuple[str, Tap, bytes]] = iter(())
        self._burst = Burst()
        self._until = 0.0
        self._over = asyncio.Event()
        self._opened = asyncio.Event()

    async def start(self) -> None:
        """Listen on a free port of this machine."""
        app = web.Application()
        app.router.add_post("/v1.0/gateway/connections/open", self._open)
        app.router.add_get("/connect", self._connect)
        app.router.add_post("/v1.0/oauth2/accessToken", self._token)
        app.router.add_post("/v1.0/card/instances/createAndDeliver", self._delivered)
        app.router.add_put("/v1.0/card/instances", self._delivered)
        self._runner = web.AppRunner(app, shutdown_timeout=1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._pinging = asyncio.ensure_future(self._ping())

    async def stop(self) -> None:
        """Close everything."""
        self._pinging.cancel()
        for line in tuple(self._lines):
            await line.close()
        await self._runner.cleanup()

    async def connected(self) -> None:
        """Wait until a contestant listens."""
        async with asyncio.timeout(PATIENCE):
            await self._opened.wait()
        await asyncio.sleep(0.5)  # its other connections, if it makes several

    async def burst(self, taps: list[Tap], *, in_flight: int, seconds: float) -> Burst:
        """Push the taps, `in_flight` at a time, until they are used up or `seconds` are over; wait for all acks."""
        self._frames = iter([self._frame(tap) for tap in taps])
        self._burst, self._pushed = Burst(), {}
        self._over.clear()
        began = time.perf_counter()
        self._until = began + seconds
        for number in range(in_flight):
            await self._push(self._lines[number % len(self._lines)])
        async with asyncio.timeout(seconds + PATIENCE):
            await self._over.wait()
        self._burst.seconds = time.perf_counter() - began
        return self._burst

    def _frame(self, tap: Tap) -> tuple[str, Tap, bytes]:
        self._number += 1
        push = f"push_{self._number}"
        pressed = orjson.dumps({"cardPrivateData": {"actionIds": ["approve"], "params": {"id": "approve"}}}).decode()
        data = {
            "type": "actionCallback", "outTrackId": tap.track, "userId": tap.by, "userIdType": 1, "corpId": "dingcorp",
            "spaceType": "im", "spaceId": "cidbench==", "content": pressed, "value": pressed, "extension": "{}",
        }  # fmt: skip
        headers = {
            "appId": "bench", "connectionId": "c1", "contentType": "application/json", "messageId": push,
            "time": str(time.time_ns() // 1_000_000), "topic": TOPIC,
        }  # fmt: skip
        frame = {"specVersion": "1.0", "type": "CALLBACK", "headers": headers, "data": orjson.dumps(data).decode()}
        return push, tap, orjson.dumps(frame)

    async def _push(self, line: web.WebSocketResponse) -> None:
        now = time.perf_counter()
        following = next(self._frames, None) if now < self._until else None
        if following is not None:
            push, tap, frame = following
            self._pushed[push] = tap, now
            await line.send_frame(frame, WSMsgType.TEXT)
        elif not self._pushed:
            self._over.set()

    async def _acked(self, line: web.WebSocketResponse, raw: bytes) -> None:
        pushed = self._pushed.pop(orjson.loads(raw)["headers"]["messageId"], None)
        if pushed is not None:
            tap, began = pushed
            self._burst.delays.append(time.perf_counter() - began)
            self._burst.acks.append((tap, raw))
            await self._push(line)

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse(compress=False, decode_text=False)
        await line.prepare(request)
        self._lines.append(line)
        self._opened.set()
        try:
            async for message in line:
                if message.type is WSMsgType.TEXT:
                    await self._acked(line, message.data)
        finally:
            self._lines.remove(line)
        return line

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(KEEP_ALIVE)
            for line in tuple(self._lines):
                with suppress(ConnectionError):
                    await line.ping()

    async def _open(self, _: web.Request) -> web.Response:
        return web.json_response({"endpoint": self.url.replace("http", "ws", 1) + "/connect", "ticket": "t"})

    async def _token(self, _: web.Request) -> web.Response:
        return web.json_response({"accessToken": "t", "expireIn": 7200})

    async def _delivered(self, request: web.Request) -> web.Response:
        self.calls += 1
        await request.read()
        return web.json_response({"success": True, "result": {"deliverResults": [{"success": True}]}})
