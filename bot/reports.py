"""Brings the logs of the platform's own form into the store: the `logs` that a job reads before it plans."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

import msgspec

from bot.wire.api import DingTalk
from bot.wire.reports import read_logs
from domain.logs import Kind, period_of
from store import snapshots
from store.codec import to_ms
from store.executor import Executor, office_clock
from usecases.keep_logs import KeepLogs

SNAPSHOT: Final = "logs_read"
_AGAIN: Final = timedelta(minutes=10)  # what the platform shows late is read once more
_CHUNK: Final = 500  # logs of one command
_TELLS: Final[Mapping[str, tuple[Kind, int]]] = {  # of which period a job tells: this one, or so many before
    "summary_week": ("week", 1), "summary_month": ("month", 1), "log_week": ("week", 0), "log_month": ("month", 0),
    "summary_evening": ("day", 0), "log_evening": ("day", 0),
}  # fmt: skip
_ANY: Final[tuple[Kind, int]] = ("month", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """All that was filed or changed from `since` to `until` is in the store."""

    since: datetime
    until: datetime

    def missing(self, begin: datetime) -> datetime:
        """From when on there is something to read, for who needs all since `begin`."""
        return max(begin, self.until - _AGAIN) if self.since <= begin else begin

    def with_read(self, since: datetime, until: datetime) -> "Stretch":
        """The two as one where they meet, else the later."""
        if since > self.until or self.since > until:
            return max(self, Stretch(since=since, until=until), key=lambda one: one.until)
        return Stretch(since=min(self.since, since), until=max(self.until, until))


@dataclass(slots=True)
class LogsReader:
    """Reads what a job needs and nobody has read: the store knows how far. `clock` is the real one: what a job reads
    as of a moment to come is not read yet."""

    executor: Executor
    platform: DingTalk
    clock: Callable[[], datetime] = office_clock

    async def __call__(self, moment: datetime, now: datetime, job: str = "") -> None:
        """Read up to now all that this job tells of at that moment; without a job, what any may tell of. Raises what
        `bot.wire.errors` names."""
        world = self.executor.world
        zone = world.frame.zone
        begin = begin_of(job, moment, zone)
        text = await self.executor.run(lambda connection: snapshots.find(connection, SNAPSHOT))
        known = msgspec.json.decode(text, type=Stretch) if text else None
        since = known.missing(begin) if known else begin
        if since >= now:
            return
        logs = await read_logs(self.platform, since.astimezone(zone), now, world.logs)
        for start in range(0, len(logs), _CHUNK):
            await self.executor.submit(KeepLogs(logs=tuple(logs[start : start + _CHUNK])))
        until = min(now, self.clock())
        if since < until:
            read = known.with_read(since, until) if known else Stretch(since=since, until=until)
            kept = msgspec.json.encode(read).decode()
            await self.executor.run(lambda connection: snapshots.save(connection, SNAPSHOT, kept, to_ms(until)))


def begin_of(job: str, moment: datetime, zone: tzinfo) -> datetime:
    """From when on logs are filed of which the job tells at that moment."""
    kind, back = _TELLS.get(job, _ANY)
    return datetime.combine(period_of(kind, moment.astimezone(zone).date(), back), time(), zone)
