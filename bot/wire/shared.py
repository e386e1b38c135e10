"""What replicas share through Redis: the token and the speed limits. Without Redis each goes on by itself, slower."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.wire.pace import MemoryBucket, Rate
from bot.wire.token import MemoryTokens

log = structlog.get_logger()
T = TypeVar("T")

_PATIENCE: Final = 0.5
_AVOID_FOR: Final = 5.0

_TAKE: Final = """
local at = redis.call('TIME')
local now = at[1] * 1000000 + at[2]
local moment = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local after = moment + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1000)
return math.max(0, moment - tonumber(ARGV[2]) - now)
"""
_DROP: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


class _Shared:
    """Asks Redis, and while it does not answer asks memory: for some seconds after a failure it is not even tried."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._avoid_until = 0.0
        self._down = False

    async def _ask(self, shared: Callable[[], Awaitable[T]], alone: Callable[[], Awaitable[T]]) -> T:
        if time.monotonic() >= self._avoid_until:
            try:
                async with asyncio.timeout(_PATIENCE):
                    answer = await shared()
            except (RedisError, OSError, TimeoutError) as error:
                self._avoid_until = time.monotonic() + _AVOID_FOR
                if not self._down:
                    log.warning("going on without Redis", action="redis.down", error=type(error).__name__)
                self._down = True
            else:
                self._down = False
                return answer
        return await alone()


class SharedBucket(_Shared):
    """One bucket for all replicas, on Redis' own clock."""

    def __init__(self, redis: Redis, rate: Rate, *, prefix: str = "nod:pace:") -> None:
        super().__init__(redis, prefix)
        self._alone = MemoryBucket(rate)
        self._take = redis.register_script(_TAKE)
        gap = 1_000_000 / rate.per_second
        self._args = [gap, gap * (rate.burst - 1)]

    async def take(self, key: str) -> float:
        """See Bucket."""

        async def shared() -> float:
            return int(await self._take(keys=[self._prefix + key], args=self._args)) / 1_000_000

        return await self._ask(shared, lambda: self._alone.take(key))


class SharedTokens(_Shared):
    """One token for all replicas. A copy stays in memory, so that an outage of Redis costs no refresh."""

    def __init__(self, redis: Redis, *, prefix: str = "nod:token:") -> None:
        super().__init__(redis, prefix)
        self._alone = MemoryTokens()
        self._drop = redis.register_script(_DROP)

    async def find(self, app: str) -> str | None:
        """See TokenCache."""

        async def shared() -> str | None:
            token = await self._redis.get(self._prefix + app)
            return token.decode() if isinstance(token, bytes) else token

        return await self._ask(shared, lambda: self._alone.find(app))

    async def keep(self, app: str, token: str, seconds: float) -> None:
        """See TokenCache."""
        await self._alone.keep(app, token, seconds)

        async def shared() -> None:
            await self._redis.set(self._prefix + app, token, px=int(seconds * 1000))

        await self._ask(shared, _nothing)

    async def drop(self, app: str, token: str) -> None:
        """See TokenCache."""
        await self._alone.drop(app, token)

        async def shared() -> None:
            await self._drop(keys=[self._prefix + app], args=[token])

        await self._ask(shared, _nothing)


async def _nothing() -> None:
    return None
