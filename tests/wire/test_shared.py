"""The token cache and the speed limit: one contract, in memory and in Redis."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from bot.wire.pace import Bucket, MemoryBucket, Rate
from bot.wire.shared import SharedBucket, SharedTokens
from bot.wire.token import EARLY, MemoryTokens, TokenCache, TokenSource

TWINS = ["memory", "redis"]


@pytest.fixture(params=TWINS)
def tokens(request: pytest.FixtureRequest) -> TokenCache:
    return MemoryTokens() if request.param == "memory" else SharedTokens(request.getfixturevalue("redis"))


@pytest.fixture(params=TWINS)
def bucket(request: pytest.FixtureRequest) -> Bucket:
    rate = Rate(per_second=50, burst=5)
    return MemoryBucket(rate) if request.param == "memory" else SharedBucket(request.getfixturevalue("redis"), rate)


async def test_a_burst_is_free_and_then_the_moments_are_evenly_apart(bucket: Bucket) -> None:
    waits = [await bucket.take("app api") for _ in range(15)]
    assert waits[:5] == [0.0] * 5
    assert all(earlier <= later for earlier, later in itertools.pairwise(waits[4:]))
    assert 0.05 < waits[-1] <= 10 / 50


async def test_in_a_second_no_more_pass_than_the_rate_and_the_burst(bucket: Bucket) -> None:
    start = time.monotonic()
    passed = []

    async def caller() -> None:
        await asyncio.sleep(await bucket.take("app api"))
        passed.append(time.monotonic() - start)

    await asyncio.gather(*(caller() for _ in range(60)))
    assert sum(moment < 0.5 for moment in passed) <= 5 + 25 + 1
    assert max(passed) >= (60 - 5) / 50 - 0.1


async def test_keys_do_not_slow_each_other(bucket: Bucket) -> None:
    for _ in range(20):
        await bucket.take("app one")
    assert await bucket.take("app two") == 0.0


async def test_after_a_pause_the_burst_is_free_again(bucket: Bucket) -> None:
    for _ in range(6):
        await bucket.take("app api")
    await asyncio.sleep(0.3)
    assert [await bucket.take("app api") for _ in range(5)] == [0.0] * 5


async def test_a_token_is_found_until_it_is_dropped(tokens: TokenCache) -> None:
    assert await tokens.find("app") is None
    await tokens.keep("app", "t1", 60)
    assert await tokens.find("app") == "t1"
    assert await tokens.find("another app") is None
    await tokens.drop("app", "t1")
    assert await tokens.find("app") is None


async def test_dropping_an_old_token_leaves_the_new_one(tokens: TokenCache) -> None:
    await tokens.keep("app", "t2", 60)
    await tokens.drop("app", "t1")
    assert await tokens.find("app") == "t2"


async def test_a_token_ends(tokens: TokenCache) -> None:
    await tokens.keep("app", "t1", 0.05)
    await asyncio.sleep(0.1)
    assert await tokens.find("app") is None


async def test_replicas_share_the_bucket_and_the_token(redis: Redis) -> None:
    rate = Rate(per_second=10, burst=1)
    here, there = SharedBucket(redis, rate), SharedBucket(redis, rate)
    await here.take("app api")
    assert await there.take("app api") > 0
    await SharedTokens(redis).keep("app", "t1", 60)
    assert await SharedTokens(redis).find("app") == "t1"


@asynccontextmanager
async def gone() -> AsyncIterator[Redis]:
    client = Redis(unix_socket_path="/nowhere/redis.sock")
    yield client
    await client.aclose()


async def test_without_redis_each_goes_on_by_itself_and_says_so_once(capsys: pytest.CaptureFixture[str]) -> None:
    async with gone() as redis:
        bucket = SharedBucket(redis, Rate(per_second=10, burst=1))
        assert await bucket.take("app api") == 0.0
        assert await bucket.take("app api") > 0.0
        tokens = SharedTokens(redis)
        await tokens.keep("app", "t1", 60)
        assert await tokens.find("app") == "t1"
        await tokens.drop("app", "t1")
        assert await tokens.find("app") is None
    assert capsys.readouterr().out.count("redis.down") == 2


async def test_however_many_ask_one_token_is_fetched() -> None:
    fetched: list[str] = []

    async def fetch() -> tuple[str, float]:
        await asyncio.sleep(0.01)
        fetched.append(f"t{len(fetched)}")
        return fetched[-1], 7200.0

    source = TokenSource("app", MemoryTokens(), fetch)
    assert set(await asyncio.gather(*(source.get() for _ in range(20)))) == {"t0"}
    refused = await asyncio.gather(*(source.get(refused="t0") for _ in range(20)))
    assert set(refused) == {"t1"}
    assert fetched == ["t0", "t1"]


async def test_a_token_is_renewed_some_minutes_before_its_end() -> None:
    now = 0.0
    lives: list[float] = []

    async def fetch() -> tuple[str, float]:
        lives.append(7200.0)
        return f"t{len(lives)}", 7200.0

    source = TokenSource("app", MemoryTokens(clock=lambda: now), fetch)
    assert await source.get() == "t1"
    now = 7200 - EARLY - 1
    assert await source.get() == "t1"
    now = 7200 - EARLY + 1
    assert await source.get() == "t2"
