"""One call to the platform: token, pace, time-outs, and what the answer means, in both dialects (contract 0.1, 5)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import aiohttp
import orjson

from bot.wire.errors import Denied, StaleToken, Unreachable, read_answer
from bot.wire.gateway import Credentials
from bot.wire.pace import Bucket
from bot.wire.token import TokenCache, TokenSource

_TIMEOUT: Final = aiohttp.ClientTimeout(total=10, connect=3)
_ACCEPT: Final = {"Accept": "application/json", "User-Agent": "nod/1.0"}
_JSON: Final = {"Content-Type": "application/json", **_ACCEPT}
_TOKEN_PATH: Final = "/v1.0/oauth2/accessToken"

Json = Mapping[str, Any]


class Caller:
    """Calls the platform as one app. Raises what `errors` names; a stale token is renewed, the call repeated once."""

    def __init__(
        self, session: aiohttp.ClientSession, credentials: Credentials, tokens: TokenCache, bucket: Bucket,
        spent: Callable[[str], None] = lambda api: None,
    ) -> None:  # fmt: skip
        self._spent = spent
        self._session = session
        self._credentials = credentials
        self._bucket = bucket
        self._tokens = TokenSource(credentials.client_id, tokens, self._fetch_token)

    async def new(self, method: str, path: str, body: Json, query: Mapping[str, str] | None = None) -> dict[str, Any]:
        """A call of the new dialect: token in a header, failure in the status."""

        async def once(token: str) -> dict[str, Any]:
            headers = {"x-acs-dingtalk-access-token": token}
            return await self._send(method, self._credentials.api + path, body, headers, query)

        await self._pace(f"{method} {path}")
        return await self._with_token(once)

    async def legacy(self, path: str, body: Json) -> dict[str, Any]:
        """A call of the legacy dialect: token in the query, failure in `errcode`."""

        async def once(token: str) -> dict[str, Any]:
            return await self._send("POST", self._credentials.legacy + path, body, {}, {"access_token": token})

        await self._pace(path)
        return await self._with_token(once)

    async def upload(self, path: str, kind: str, name: str, content: bytes) -> dict[str, Any]:
        """A file for the legacy dialect, as a form (contract 3.5)."""

        async def once(token: str) -> dict[str, Any]:
            form = aiohttp.FormData({"type": kind})
            form.add_field("media", content, filename=name)
            return await self._send("POST", self._credentials.legacy + path, form, {}, {"access_token": token})

        await self._pace(path)
        return await self._with_token(once)

    async def post(self, url: str, body: Json) -> dict[str, Any]:
        """A call to an address that carries its own permission (a session webhook): no token, no pace."""
        return await self._send("POST", url, body, {})

    async def _with_token(self, once: Callable[[str], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
        token = await self._tokens.get()
        try:
            return await once(token)
        except StaleToken:
            return await once(await self._tokens.get(refused=token))

    async def _pace(self, api: str) -> None:
        self._spent(api)
        wait = await self._bucket.take(f"{self._credentials.client_id} {api}")
        if wait > 0:
            await asyncio.sleep(wait)

    async def _fetch_token(self) -> tuple[str, float]:
        body = {"appKey": self._credentials.client_id, "appSecret": self._credentials.client_secret}
        answer = await self._send("POST", self._credentials.api + _TOKEN_PATH, body, {})
        match answer:
            case {"accessToken": str(token), "expireIn": int(seconds)}:
                return token, float(seconds)
        raise Denied("token", "an answer without a token")

    async def _send(
        self, method: str, url: str, body: Json | aiohttp.FormData, headers: Mapping[str, str],
        query: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        form = isinstance(body, aiohttp.FormData)
        data = body if isinstance(body, aiohttp.FormData) else orjson.dumps(body)
        said = {**(_ACCEPT if form else _JSON), **headers}
        try:
            async with self._session.request(
                method, url, data=data, headers=said, params=query, timeout=_TIMEOUT
            ) as response:
                content = await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(type(error).__name__, maybe_done=False) from None
        except (aiohttp.ClientError, OSError) as error:  # their texts can hold the address, and so the token
            raise Unreachable(type(error).__name__) from None
        return read_answer(response.status, content, retry_after=response.headers.get("Retry-After"))
