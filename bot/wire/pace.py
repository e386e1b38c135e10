"""Keeps us below the platform's speed limits: one bucket for each app and API (contract 5.4)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many calls a second, of which `burst` may come at once after a pause."""

    per_second: float = 15.0
    burst: int = 5


class Bucket(Protocol):
    """Hands out moments to call at."""

    async def take(self, key: str) -> float:
        """Reserves the next moment for `key`: seconds to wait until it comes. Each call reserves one more."""


class MemoryBucket:
    """The generic cell rate algorithm, for one process."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap = 1.0 / rate.per_second
        self._lead = (rate.burst - 1) * self._gap
        self._clock = clock
        self._next: dict[str, float] = {}

    async def take(self, key: str) -> float:
        """See Bucket."""
        now = self._clock()
        moment = max(self._next.get(key, 0.0), now)
        self._next[key] = moment + self._gap
        return max(0.0, moment - self._lead - now)
