"""Trouble on demand: what goes wrong next, how often, for how long, and on which path."""

import asyncio
import time
from dataclasses import dataclass

KINDS = (
    "disconnect", "drop", "refuse", "freeze", "redeliver", "reorder", "ack_lost", "http_500", "http_timeout",
    "rate_limit", "quota", "token_expired", "flow_control",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Fault:
    """One trouble: `count` times (None: without end), until `until`, on calls whose path contains `path`.

    `after`: the call takes effect, and only its answer goes wrong. `people`: only these (none: everybody)."""

    kind: str
    count: int | None = None
    until: float | None = None
    path: str = ""
    after: bool = False
    people: tuple[str, ...] = ()


class Faults:
    """The troubles that are set."""

    def __init__(self) -> None:
        self.active: list[Fault] = []
        self._over = asyncio.Event()

    def add(self, fault: Fault) -> None:
        """Set one."""
        self.active.append(fault)

    def clear(self) -> None:
        """End all trouble; calls that are kept waiting go on."""
        self.active.clear()
        self._over.set()
        self._over = asyncio.Event()

    def find(self, kind: str) -> Fault | None:
        """The trouble, without using it up."""
        return next((fault for fault in self._current() if fault.kind == kind), None)

    def take(self, kind: str, path: str = "", *, after: bool = False, person: str = "") -> Fault | None:
        """The trouble, used up once; None when there is none, or none of this person."""
        if not self.active:
            return None
        for fault in self._current():
            mine = not fault.people or person in fault.people
            if fault.kind == kind and fault.path in path and fault.after is after and mine:
                if fault.count is not None:
                    fault.count -= 1
                    if fault.count <= 0:
                        self.active.remove(fault)
                return fault
        return None

    async def over(self, seconds: float) -> None:
        """Return when all trouble is ended, or after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._over.wait()
        except TimeoutError:
            return

    def _current(self) -> list[Fault]:
        if self.active:
            now = time.monotonic()
            self.active = [fault for fault in self.active if fault.until is None or fault.until > now]
        return self.active
