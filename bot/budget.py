"""Counts what the platform is asked for, and keeps the sums of the month in the store."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import sqlalchemy as sa
import structlog

from domain.budget import is_short, month_of
from store import usage
from store.executor import Executor, office_clock

log = structlog.get_logger()

_FREE: Final = (  # contract 5.4: tokens, login, the directory
    "/v1.0/oauth2/", "/topapi/v2/user/", "/topapi/v2/department/", "/topapi/role/", "/topapi/user/",
)  # fmt: skip
_EVERY: Final = 20.0  # seconds between writings; what a kill loses of the count is what came since


@dataclass(slots=True)
class Meter:
    """Calls and messages since they were written down last."""

    spent: "Counter[tuple[str, str]]" = field(default_factory=Counter)

    def call(self, api: str) -> None:
        """An API was called."""
        path = api.partition(" ")[2] or api
        if not path.startswith(_FREE):
            self.spent["call", path] += 1

    def message(self, name: str) -> None:
        """Something was pushed to us, or said by a webhook."""
        self.spent["message", name] += 1


@dataclass(slots=True)
class Keeper:
    """Writes the meter's counts down, and tells whether the month's budget is short."""

    executor: Executor
    meter: Meter
    clock: Callable[[], datetime] = office_clock  # the real one: a job as of another day is paid for today

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(_EVERY)
            await self.write()

    async def write(self) -> None:
        """All that was counted until now."""
        counted, self.meter.spent = self.meter.spent, Counter()
        if not counted:
            return
        month = month_of(self._now())
        try:
            await self.executor.run(lambda connection: usage.add(connection, month, counted))
        except sa.exc.SQLAlchemyError as error:
            self.meter.spent.update(counted)
            log.error("usage not written down", action="budget.store", error=type(error).__name__)

    async def short(self) -> bool:
        """Whether what can wait should wait."""
        await self.write()
        now = self._now()
        spent = await self.executor.run(lambda connection: usage.of_month(connection, month_of(now)))
        return is_short(spent, self.executor.world.budget, now)

    def _now(self) -> datetime:
        return self.clock().astimezone(self.executor.world.frame.zone)
