"""Brings the logs of the platform's own form into the store: the `logs` that a job reads before it plans."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot.wire.api import DingTalk
from bot.wire.reports import read_logs
from domain.logs import period_of
from store.executor import Executor
from usecases.keep_logs import KeepLogs

_AGAIN: Final = timedelta(minutes=10)  # what the platform shows late is read once more
_CHUNK: Final = 500  # logs of one command


@dataclass(slots=True)
class LogsReader:
    """Reads what was filed since it read last; at first the month of the moment, its week, and the one before."""

    executor: Executor
    platform: DingTalk
    _read: datetime | None = None

    async def __call__(self, moment: datetime, now: datetime) -> None:
        """Read up to now. Raises what `bot.wire.errors` names."""
        world = self.executor.world
        zone = world.frame.zone
        day = moment.astimezone(zone).date()
        first = min(period_of("week", day, 1), period_of("month", day))
        begin = datetime.combine(first, time(), zone)
        since = max(begin, self._read - _AGAIN) if self._read else begin
        logs = await read_logs(self.platform, since.astimezone(zone), now, world.logs)
        for start in range(0, len(logs), _CHUNK):
            await self.executor.submit(KeepLogs(logs=tuple(logs[start : start + _CHUNK])))
        self._read = now
