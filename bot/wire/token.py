"""The access token: kept while it is good, asked for once when it is not (contract 5.1)."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

EARLY: Final = 300.0
"""Seconds before its end at which a token is no longer used."""


class TokenCache(Protocol):
    """Where replicas share one token. Holds no truth: a cache that forgets, or fails, costs one call."""

    async def find(self, app: str) -> str | None:
        """The token of the app while it is good."""

    async def keep(self, app: str, token: str, seconds: float) -> None:
        """Keeps it for so long, instead of the one before."""

    async def drop(self, app: str, token: str) -> None:
        """Forgets this token; one that another replica has put there since stays."""


class MemoryTokens:
    """The tokens of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[str, float]] = {}

    async def find(self, app: str) -> str | None:
        token, until = self._kept.get(app, ("", 0.0))
        return token if token and self._clock() < until else None

    async def keep(self, app: str, token: str, seconds: float) -> None:
        self._kept[app] = (token, self._clock() + seconds)

    async def drop(self, app: str, token: str) -> None:
        if self._kept.get(app, ("", 0.0))[0] == token:
            del self._kept[app]


class TokenSource:
    """Gives the app's token. However many ask at once, the platform is asked once.

    Replicas that refresh at the same moment do no harm: the platform answers both with the same token.
    """

    def __init__(self, app: str, cache: TokenCache, fetch: Callable[[], Awaitable[tuple[str, float]]]) -> None:
        self._app = app
        self._cache = cache
        self._fetch = fetch
        self._one_at_a_time = asyncio.Lock()

    async def get(self, *, refused: str | None = None) -> str:
        """A token that is good for some minutes; never `refused`, which the platform has just turned down."""
        async with self._one_at_a_time:
            if refused is not None:
                await self._cache.drop(self._app, refused)
            if token := await self._cache.find(self._app):
                return token
            token, seconds = await self._fetch()
            await self._cache.keep(self._app, token, max(seconds - EARLY, seconds / 2))
            return token
