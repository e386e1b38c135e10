"""The beat: every few seconds the timers that are due become commands."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from usecases.expire_draft import ExpireDraft
from usecases.link_cases import tell_linked
from usecases.overdue_step import overdue_step
from usecases.ports import Command

log = structlog.get_logger()


class DueTimer(Protocol):
    """A timer's row whose moment has come."""

    @property
    def id(self) -> str:
        """Its natural key."""

    @property
    def kind(self) -> str:
        """Which wish it stands for."""

    @property
    def subject(self) -> str:
        """What it is about, usually a case number."""


KINDS: Mapping[str, Callable[[DueTimer], Command]] = {
    "expire_draft": lambda due: ExpireDraft(timer=due.id, case=due.subject),
    "tell_linked": lambda due: tell_linked(due.id, due.subject),
    "overdue_step": lambda due: overdue_step(due.id, due.subject),
}


@dataclass(slots=True)
class Beat:
    """Asks `due` every `seconds` and hands what it finds to `submit`. Run twice it is harmless: the row decides."""

    due: Callable[[], Awaitable[Sequence[DueTimer]]]
    submit: Callable[[Command], Awaitable[Any]]
    seconds: float = 15
    _scheduler: Any = field(default_factory=AsyncIOScheduler)

    def start(self) -> None:
        """Begin to beat, the first time at once."""
        self._scheduler.add_job(self.strike, "interval", seconds=self.seconds, max_instances=1, coalesce=True)
        self._scheduler.add_job(self.strike)
        self._scheduler.start()

    def stop(self) -> None:
        """No further beat."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def strike(self) -> None:
        """One beat: all that is due now. One that cannot be done holds up no other."""
        await asyncio.gather(*map(self._fire, await self.due()))

    async def _fire(self, timer: DueTimer) -> None:
        wish = KINDS.get(timer.kind)
        if wish is None:
            log.error("timer.unknown", action="leave", timer=timer.id, kind=timer.kind)
            return
        try:
            await self.submit(wish(timer))
        except Exception as error:
            log.error("timer.broken", action="leave", timer=timer.id, error=repr(error))
