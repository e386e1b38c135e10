"""The runner's ports over the store and the platform: looking beside the writer, reading, drawing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from bot.attendance import AttendanceReader
from bot.budget import Keeper
from bot.config import Config, ConfigError
from bot.wire.api import DingTalk
from bot.wire.attendance import Attendance
from scheduler.jobs import JOBS, Job, Read
from scheduler.runner import Runner, State
from scheduler.times import Daily
from store import runs
from store.codec import to_ms
from store.executor import Executor
from store.office import load
from store.runs import Run
from usecases.due import Due
from usecases.ports import Command, Office

R = TypeVar("R")
ReadFrom = Callable[[datetime, datetime], Awaitable[None]]  # the moment that a job is for, and now

_LEASE_MS: Final = 120_000  # how long a run is somebody's before another may take it over


@dataclass(slots=True)
class StoreRows:
    """The runner's `Rows`. Plans are made beside the writing thread: `reader` is an engine of its own."""

    executor: Executor
    reader: sa.Engine

    async def look(self, read: Callable[[Office], R]) -> R:
        """Read the office as it stands."""

        def looked() -> R:
            with self.reader.begin() as connection:
                return read(load(connection, self.executor.world, [], self.executor.clock()))

        return await asyncio.to_thread(looked)

    async def known(self, job: str, since: datetime) -> Sequence[Run]:
        """The moments of the job that have rows."""
        return await self.executor.run(lambda connection: runs.known(connection, job, since))

    async def begin(self, job: str, moment: datetime) -> bool:
        """Whether the moment is ours."""
        now = to_ms(self.executor.clock())
        return await self.executor.run(lambda c: runs.begin(c, job, moment, now_ms=now, lease_ms=_LEASE_MS))

    async def note(
        self, job: str, moments: Iterable[datetime], state: State, *, receivers: int = 0, words: str = ""
    ) -> None:
        """Write down what became of moments."""
        at = self.executor.clock()
        rows = [Run(job=job, moment=one, state=state, receivers=receivers, words=words, at=at) for one in moments]
        await self.executor.run(lambda connection: runs.note(connection, rows))

    def submit(self, command: Command) -> Awaitable[Any]:
        """Hand in a command."""
        return self.executor.submit(command)


@dataclass(slots=True)
class Outside:
    """The runner's `Outside`: each thing that can be read, and how."""

    readers: Mapping[Read, ReadFrom]
    keeper: Keeper

    async def read(self, what: Sequence[Read], moment: datetime, now: datetime) -> None:
        """Read this from the platform into the store."""
        for one in what:
            await self.readers[one](moment, now)

    async def drawn(self, dues: Sequence[Due]) -> Sequence[Due]:
        """The same with their drawings made into files."""
        return dues

    async def affords(self, job: Job) -> bool:
        """Whether the month's budget allows it."""
        return not await self.keeper.short()


def runner_of(
    config: Config, executor: Executor, reader: sa.Engine, platform: DingTalk, keeper: Keeper
) -> Runner:  # fmt: skip
    """The runner of one process, at the executor's clock. Raises ConfigError."""
    rows = StoreRows(executor=executor, reader=reader)
    attendance = AttendanceReader(executor=executor, platform=Attendance(platform.caller))
    kinds: tuple[Read, ...] = ("shifts", "punches", "checkins")
    readers = {kind: partial(attendance.around, kind) for kind in kinds}
    return Runner(
        rows=rows, outside=Outside(readers=readers, keeper=keeper), jobs=jobs_of(config), clock=executor.clock
    )


def jobs_of(config: Config) -> dict[str, Job]:
    """The jobs that are switched on, at the company's times. Raises ConfigError."""
    jobs, lines = dict(JOBS), []
    for name, at in config.jobs.at.items():
        job = jobs.get(name)
        if job is None or not isinstance(job.times, Daily):
            timed = "、".join(one.name for one in JOBS.values() if isinstance(one.times, Daily))
            lines.append(f"jobs.at.{name}：没有这个可以改时间的任务，可以写：{timed}")
        else:
            jobs[name] = replace(job, times=replace(job.times, at=at))
    wanted = list(JOBS) if config.jobs.on == ["all"] else config.jobs.on
    lines += [f"jobs.on：没有任务 {name}，可以写：{'、'.join(JOBS)}，或只写 all" for name in wanted if name not in JOBS]
    if lines:
        raise ConfigError(lines)
    if any(jobs[name].bound for name in wanted):  # what follows shifts must know them beforehand
        wanted = [*wanted, "shifts"]
    return {name: jobs[name] for name in JOBS if name in wanted}
