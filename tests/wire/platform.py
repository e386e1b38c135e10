"""The REST side of the platform, scripted: answers what it is told to, and remembers what it was asked."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.wire.api import DingTalk
from bot.wire.gateway import Credentials
from bot.wire.pace import MemoryBucket, Rate

TOKEN = "/v1.0/oauth2/accessToken"
Answer = web.Response | Callable[[Any], web.Response]


@dataclass
class Call:
    method: str
    path: str
    body: Any
    token: str


@dataclass
class Platform:
    """`script` holds the next answers of a path; `always` what comes after them. Tokens are t1, t2, …"""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    script: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    always: dict[str, Answer] = field(default_factory=dict)
    tokens: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("x-acs-dingtalk-access-token") or request.query.get("access_token", "")
        call = Call(request.method, request.path, await request.json(), token)
        self.calls.append(call)
        if request.path == TOKEN and not self.script[TOKEN]:
            self.tokens += 1
            return web.json_response({"accessToken": f"t{self.tokens}", "expireIn": 7200})
        script = self.script[request.path]
        answer = script.pop(0) if script else self.always.get(request.path)
        if answer is None:
            return web.json_response({"success": True, "result": True})
        return answer(call.body) if callable(answer) else answer

    def asked(self, path: str) -> list[Any]:
        """The bodies of the calls to a path."""
        return [call.body for call in self.calls if call.path == path]


def reply(body: Any, status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.Response(text=json.dumps(body), status=status, content_type="application/json")


@asynccontextmanager
async def platform() -> AsyncIterator[tuple[Platform, DingTalk]]:
    """A scripted platform, and the client that talks to it."""
    it = Platform()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", it.answer)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        it.url = str(server.make_url("")).rstrip("/")
        credentials = Credentials(client_id="dingapp", client_secret="s", api=it.url, legacy=it.url)
        yield it, DingTalk(session, credentials, bucket=MemoryBucket(Rate(per_second=1000, burst=100)))
