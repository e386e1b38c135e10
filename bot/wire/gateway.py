"""Opens one stream connection: credentials for a ticket, the ticket for a WebSocket (contract 1.1)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote_plus

import aiohttp
import orjson
from aiohttp import ClientWSTimeout
from yarl import URL

from bot.wire.frame import CALLBACK, EVENT

OPEN_PATH: Final = "/v1.0/gateway/connections/open"
_SHORTEST, _LONGEST = 3.0, 15.0
_LARGEST_FRAME: Final = 4 * 2**20

WebSocket = aiohttp.ClientWebSocketResponse[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """One app of the platform, and where the platform is."""

    client_id: str
    client_secret: str = field(repr=False)
    api: str = "https://api.dingtalk.com"
    legacy: str = "https://oapi.dingtalk.com"


class OpenFailed(Exception):
    """The gateway gave no connection. The text holds no ticket and no secret; `final`: the credentials are wrong."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        self.final = final
        super().__init__(reason)


class Gateway:
    """Asks for connections. A try that takes too long is given up, and the next may take twice as long."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        topics: Sequence[str],
        *,
        timeout: float = _SHORTEST,
    ) -> None:
        self._session = session
        self._credentials = credentials
        self._topics = topics
        self._shortest = self._timeout = timeout

    async def open(self) -> WebSocket:
        """A connected socket, or OpenFailed."""
        try:
            async with asyncio.timeout(self._timeout):
                endpoint, ticket = await self._ticket()
                socket = await self._connect(endpoint, ticket)
        except TimeoutError:
            waited, self._timeout = self._timeout, min(self._timeout * 2, _LONGEST)
            raise OpenFailed(f"no answer in {waited:g} s") from None
        except aiohttp.WSServerHandshakeError as error:  # its text holds the ticket
            raise OpenFailed(f"handshake refused with status {error.status}") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise OpenFailed(type(error).__name__) from None
        self._timeout = self._shortest
        return socket

    async def _ticket(self) -> tuple[str, str]:
        body = {
            "clientId": self._credentials.client_id,
            "clientSecret": self._credentials.client_secret,
            "subscriptions": [
                {"type": EVENT, "topic": "*"},
                *({"type": CALLBACK, "topic": topic} for topic in self._topics),
            ],
            "ua": "nod/1.0",
            "localIp": "",
        }
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "nod/1.0"}
        url = self._credentials.api + OPEN_PATH
        async with self._session.post(url, data=orjson.dumps(body), headers=headers) as response:
            if response.status != 200:
                raise OpenFailed(f"status {response.status}", final=response.status == 401)
            answer = orjson.loads(await response.read())
        match answer:
            case {"endpoint": str(endpoint), "ticket": str(ticket)}:
                return endpoint, ticket
        raise OpenFailed("answer without endpoint or ticket")

    async def _connect(self, endpoint: str, ticket: str) -> WebSocket:
        return await self._session.ws_connect(
            URL(f"{endpoint}?ticket={quote_plus(ticket)}", encoded=True),
            timeout=ClientWSTimeout(ws_close=2.0),
            autoping=False,
            decode_text=False,
            max_msg_size=_LARGEST_FRAME,
        )
