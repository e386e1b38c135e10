"""What the parts of the platform share, and the gate of its calls: who may call, how fast, what goes wrong."""

import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import orjson
from aiohttp import web

from emulator.answers import No, html, new_no, old_no, old_sub_no, old_wrong
from emulator.calls import Calls
from emulator.chat import BOT, Chat
from emulator.faults import Faults
from emulator.fields import Body
from emulator.options import Options
from emulator.organization import Organization
from emulator.stream import Stream

# Not counted in the month's quota: people, departments, roles (contract 5.4).
_FREE = ("/topapi/v2/user/", "/topapi/user/", "/topapi/v2/department/", "/topapi/role/", "/auth/", "/v1.0/contact/")


@dataclass(slots=True)
class Call:
    """One call that was let in: the app (none where no token is needed), the body, the address's own words."""

    client: str
    body: Body
    query: dict[str, str]
    request: web.Request


Api = Callable[[Call], Awaitable[web.Response]]
Handler = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dialect:
    """How one of the two hosts finds the token and says no."""

    token: Callable[[web.Request, Body], str]
    missing: Callable[[web.Request], No]
    invalid: Callable[[web.Request], No]
    too_fast: Callable[[], No]
    used_up: Callable[[], No]
    unreadable: Callable[[], No]


class Platform:
    """Everything that the parts of the emulator share."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.organization = Organization(options.organization)
        self.faults = Faults()
        self.calls = Calls()
        self.chat = Chat()
        self.stream = Stream(options, self.faults, self.calls)
        self.here = ""
        self._reached: dict[str, str] = {}  # app -> the address by which it found the emulator
        self._tokens: dict[str, tuple[str, float]] = {}
        self._windows: dict[tuple[str, str], tuple[int, int]] = {}

    def reset(self) -> None:
        """As at the start; connections and tokens stay."""
        self.organization.reset()
        self.faults.clear()
        self.calls.reset()
        self.chat.reset()
        self.stream.reset()
        self._windows.clear()

    def chat_of(self, client: str) -> str:
        """What the private chat with an app's robot is called: `bot` for the first app, the robot code for others."""
        return BOT if client == next(iter(self.organization.apps), "") else self.organization.robot(client)

    def reached(self, client: str, request: web.Request) -> str:
        """The address by which the app came, which need not be the one that is listened on; it is kept."""
        self._reached[client] = f"{request.scheme}://{request.host}"
        return self._reached[client]

    def address(self, client: str) -> str:
        """Where the app finds the emulator."""
        return self._reached.get(client, self.here)

    # ── tokens (contract 5.1) ───────────────────────────────────────────────────────────────

    def is_app(self, client: str, secret: str) -> bool:
        """Whether these are the credentials of an app."""
        app = self.organization.apps.get(client)
        return app is not None and secrets.compare_digest(str(app["clientSecret"]).encode(), secret.encode())

    def token(self, client: str) -> str:
        """The app's token: the same while it is valid, with a renewed life."""
        token, until = self._tokens.get(client, ("", 0.0))
        if until < time.monotonic():
            token = secrets.token_hex(16)
        self._tokens[client] = (token, time.monotonic() + self.options.token_seconds)
        return token

    def expire_tokens(self) -> None:
        """All tokens end now."""
        self._tokens.clear()

    def _client_of(self, token: str) -> str | None:
        now = time.monotonic()
        return next((c for c, (known, until) in self._tokens.items() if known == token and until > now), None)

    # ── letting calls in ────────────────────────────────────────────────────────────────────

    def new(self, handler: Api, *, open_to_all: bool = False) -> Handler:
        """A call of the new API."""
        return self._let_in(handler, _NEW, open_to_all=open_to_all)

    def legacy(self, handler: Api, *, open_to_all: bool = False) -> Handler:
        """A call of the legacy API."""
        return self._let_in(handler, _LEGACY, open_to_all=open_to_all)

    def _let_in(self, handler: Api, dialect: _Dialect, *, open_to_all: bool) -> Handler:
        async def serve(request: web.Request) -> web.Response:
            body = await _body(request)
            try:
                await self._trouble(request, after=False)
                client = "" if open_to_all else self._gate(request, body or {}, dialect)
                if body is None:
                    raise dialect.unreadable()
                response = await handler(Call(client, body, dict(request.query), request))
            except No as no:
                response = no.response
            self.calls.add(request.method, request.path, body, response.status, _answer(response))
            try:
                await self._trouble(request, after=True)
            except No as no:
                return no.response
            return response

        return serve

    def _gate(self, request: web.Request, body: Body, dialect: _Dialect) -> str:
        """The app that calls. The order is the platform's: token, rate, quota; the body is looked at afterwards."""
        path, token = request.path, dialect.token(request, body)
        if not token:
            raise dialect.missing(request)
        if self.faults.take("token_expired", path):
            self.expire_tokens()
        client = self._client_of(token)
        if client is None:
            raise dialect.invalid(request)
        if self.faults.take("rate_limit", path) or self._too_fast(client, path):
            raise dialect.too_fast()
        if path.startswith(_FREE):
            return client
        most = self.options.month_calls
        if self.faults.take("quota", path) or (most and self.calls.counts["month_calls"] >= most):
            raise dialect.used_up()
        self.calls.counts["month_calls"] += 1
        return client

    def _too_fast(self, client: str, path: str) -> bool:
        """More than the allowed calls in this second, for this app and API."""
        if not self.options.qps:
            return False
        second = int(time.monotonic())
        begun, count = self._windows.get((client, path), (0, 0))
        count = count + 1 if begun == second else 1
        self._windows[client, path] = (second, count)
        return count > self.options.qps

    async def _trouble(self, request: web.Request, *, after: bool) -> None:
        if self.faults.take("http_500", request.path, after=after):
            raise html(500, "Internal Server Error")
        fault = self.faults.take("http_timeout", request.path, after=after)
        if fault is not None:
            left = self.options.timeout_seconds
            await self.faults.over(left if fault.until is None else min(left, fault.until - time.monotonic()))
            if request.transport is not None:
                request.transport.abort()
            raise html(504, "Gateway Timeout")


async def _body(request: web.Request) -> Body | None:
    """JSON, or a form on the legacy host; empty where there is none; None for what cannot be read."""
    if request.method == "GET" or request.content_type.startswith("multipart/"):
        return {}
    if request.content_type == "application/x-www-form-urlencoded":
        if request.path.startswith(("/v1.0/", "/v2.0/")):
            return None
        try:
            return {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        except (ValueError, LookupError):
            return None
    try:
        body = orjson.loads(await request.read() or b"{}")
    except orjson.JSONDecodeError:
        return None
    return body if isinstance(body, dict) else None


def _answer(response: web.Response) -> bytes | None:
    """The answer where it is JSON."""
    body = response.body
    return body if isinstance(body, bytes) and response.content_type == "application/json" else None


def _old_token(request: web.Request, body: Body) -> str:
    return request.query.get("access_token") or str(body.get("access_token") or "")


def _old_refusal(code: str, message: str) -> Callable[[web.Request], No]:
    """`topapi` hides the code in sub_code, other legacy paths say it plainly (contract 5.3)."""

    def refuse(request: web.Request) -> No:
        return old_sub_no(code, message) if request.path.startswith("/topapi/") else old_no(int(code), message)

    return refuse


_QUOTA = "已超过本月 API 调用次数上限"
_SLOW = "您的服务器调用钉钉开放平台所有接口的请求过于频繁，请一秒后再试"
_NEW = _Dialect(
    token=lambda request, body: request.headers.get("x-acs-dingtalk-access-token", ""),
    missing=lambda _: new_no(400, "AuthenticationFailed.MissingParameter", "缺少参数：x-acs-dingtalk-access-token"),
    invalid=lambda _: new_no(400, "InvalidAuthentication", "不合法的access_token"),
    too_fast=lambda: new_no(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "请求过于频繁，请稍后再试"),
    used_up=lambda: new_no(403, "Forbidden.AccessDenied.ApiCountLimitForOrg", _QUOTA),
    unreadable=lambda: new_no(400, "Missingbody", "body is mandatory for this action"),
)
_LEGACY = _Dialect(
    token=_old_token,
    missing=_old_refusal("40000", "access_token is blank"),
    invalid=_old_refusal("40014", "不合法的access_token"),
    too_fast=lambda: old_sub_no("90018", _SLOW),
    used_up=lambda: old_sub_no("90020", _QUOTA),
    unreadable=lambda: old_wrong("body"),
)
