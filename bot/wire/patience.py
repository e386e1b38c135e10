"""Reading much from the platform: some calls at a time, each again when it is busy."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeVar

from bot.wire.errors import Transient

T = TypeVar("T")
R = TypeVar("R")

_AT_ONCE: Final = 8
_TRIES: Final = 6


async def each(items: Iterable[T], work: Callable[[T], Awaitable[R]]) -> list[R]:
    """What `work` makes of each item, some at a time, in no particular order."""
    waiting = iter(items)
    done: list[R] = []

    async def worker() -> None:
        for item in waiting:
            done.append(await work(item))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(worker())
    except ExceptionGroup as several:
        raise several.exceptions[0] from None
    return done


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Repeats a read that failed in passing, with growing pauses."""
    for attempt in range(1, _TRIES):
        try:
            return await call()
        except Transient as trouble:
            await asyncio.sleep(trouble.retry_after * attempt)
    return await call()
