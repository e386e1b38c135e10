"""The one owner of background tasks: it keeps them alive, hears when they crash, and ends them in order."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

import structlog

log = structlog.get_logger()
T = TypeVar("T")

_AGAIN: Final = 0.5


class Nursery:
    """Starts tasks and never loses one.

    A task that crashes is a bug: it is logged, and `on_crash(name, error)` is told. The others go on.
    """

    def __init__(self, on_crash: Callable[[str, BaseException], None] | None = None) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._on_crash = on_crash

    def __len__(self) -> int:
        return len(self._tasks)

    def start(self, work: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Runs `work` beside everything else until it ends or the nursery does."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        log.error("a background task crashed", action="task.crashed", task=task.get_name(), exc_info=error)
        if self._on_crash is not None:
            self._on_crash(task.get_name(), error)

    async def stop(self, within: float = 0.0) -> None:
        """Lets the tasks finish for `within` seconds, then cancels those that are left, again and again if need be."""
        if self._tasks and within > 0:
            await asyncio.wait(tuple(self._tasks), timeout=within)
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(tuple(self._tasks), timeout=_AGAIN)
