"""Puts the emulator together: one port for both of the platform's hosts, the stream, the control interface, a page."""

import asyncio
import contextlib
import re
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from emulator.absences import Absences
from emulator.answers import No, new_no, ok, old_no, request_id
from emulator.attendance import Attendance
from emulator.card_calls import CardCalls
from emulator.cards import Cards
from emulator.checkins import Checkins
from emulator.control import Control
from emulator.daysheet import DaySheets
from emulator.directory import Directory
from emulator.files import Files
from emulator.gateway import Gateway
from emulator.options import Options
from emulator.platform import Platform
from emulator.readers import Readers
from emulator.receipts import Receipts
from emulator.reports import Reports
from emulator.robot import Robot
from emulator.schedule import Schedule
from emulator.staff import Staff
from emulator.swaps import Swaps
from emulator.tokens import Tokens
from emulator.webhook import Webhook

PAGE = Path(__file__).parent / "page"
_FAREWELL_SECONDS = 0.2  # for each part of stopping: a client that does not say goodbye is left
_WARNING = "DingTalk emulator: for trying and testing on this machine, never for the open network"
_LOCAL = ("127.0.0.1", "localhost", "::1")
_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; connect-src 'self'; frame-ancestors 'none'"


def build(options: Options) -> tuple[web.Application, Platform]:
    """The application, and the platform behind it. Raises WrongFile."""
    platform = Platform(options)
    cards, files, webhook, staff = Cards(options.templates), Files(platform), Webhook(platform), Staff(platform)
    schedule = Schedule(platform)
    absences, reports = Absences(platform, schedule), Reports(platform)
    attendance = Attendance(platform, schedule, absences)
    books = (
        schedule, Swaps(platform, schedule), absences, attendance, Checkins(platform), reports,
        Readers(platform, reports),
    )  # fmt: skip
    app = web.Application(middlewares=[_only_ours(options)], client_max_size=2**25)
    parts = (
        Tokens(platform), Gateway(platform), Robot(platform, files), Receipts(platform), Directory(platform), staff,
        CardCalls(platform, cards), files, webhook, *books, DaySheets(platform, schedule, attendance, absences),
        Control(platform, cards, files, webhook, staff, books),
    )  # fmt: skip
    for part in parts:
        part.add(app)
    app.router.add_get("/", _index)
    app.router.add_static("/page", PAGE)
    app.router.add_route("*", "/{path:.*}", _unknown(platform))
    app.on_shutdown.append(lambda _: _let_go(platform))
    return app, platform


async def serve(options: Options) -> None:
    """Serve until SIGINT or SIGTERM; the address is printed when it answers."""
    app, platform = build(options)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_FAREWELL_SECONDS)
    await runner.setup()
    site = web.TCPSite(runner, options.host, options.port)
    await site.start()
    host = f"[{options.host}]" if ":" in options.host else options.host
    platform.here = f"http://{host}:{runner.addresses[0][1]}"
    print(_WARNING, flush=True)
    print(platform.here, flush=True)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C interrupts the loop itself
            break
    await stop.wait()
    await runner.cleanup()


def _only_ours(options: Options) -> Callable[..., Awaitable[web.StreamResponse]]:
    """Other websites must not drive a service on this machine: their pages' calls carry another Origin or Host."""

    @web.middleware
    async def check(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if options.host in _LOCAL and _named(f"//{request.host}")[0] not in _LOCAL:
            raise web.HTTPForbidden(text="this host name is not served")
        origin = request.headers.get("Origin")
        if origin is not None and _named(origin)[1] != request.host:
            raise web.HTTPForbidden(text="calls from other origins are not served")
        try:
            return await handler(request)
        except (web.RequestPayloadError, HttpProcessingError):
            raise web.HTTPBadRequest(text="the body cannot be read") from None

    return check


def _named(address: str) -> tuple[str, str]:
    """Host name, and host with port; empty ones for what is no address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.hostname or "", parts.netloc


async def _index(request: web.Request) -> web.FileResponse:
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
    return web.FileResponse(PAGE / "index.html", headers=headers)


def _unknown(platform: Platform) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def refuse(request: web.Request) -> web.Response:
        no = _unknown_api(request.path)
        platform.calls.add(request.method, request.path, None, no.response.status, None)
        return no.response

    return refuse


def _unknown_api(path: str) -> No:
    """What the platform says to a path that it does not know (contract 5.2, 5.3)."""
    if re.match(r"/v\d+\.\d+/", path):
        text = "Specified api is not found, please check your url and method."
        return new_no(404, "InvalidAction.NotFound", text)
    if path.startswith("/topapi/"):
        name = "dingtalk.oapi." + path.removeprefix("/topapi/").replace("/", ".")
        message = f"不合法ApiName，ApiName = {name}"
        return old_no(22, f"Invalid method[submsg={message}]", sub_msg=message)
    return No(ok({"errcode": 404, "errmsg": "请求的URI地址不存在", "request_id": request_id()}))


async def _let_go(platform: Platform) -> None:
    """Close what would keep the server waiting: sockets, long polls, and calls that a fault holds."""
    platform.chat.close()
    platform.faults.clear()
    closing = (one.socket.close(code=1001) for one in platform.stream.connections)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*closing, return_exceptions=True), _FAREWELL_SECONDS)
