"""The runner's ports over the store and the platform: looking beside the writer, reading, drawing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

import sqlalchemy as sa
import structlog

from bot.attendance import AttendanceReader
from bot.budget import Keeper
from bot.config import Config, ConfigError
from bot.drawings import drawn
from bot.mistakes import near
from bot.reports import LogsReader
from bot.wire.api import DingTalk
from bot.wire.attendance import Attendance
from domain.attendance.duties import duties
from scheduler.jobs import JOBS, Job, Read, at_times
from scheduler.runner import Runner, State
from scheduler.times import AroundShifts, Daily
from store import runs
from store.codec import to_ms
from store.executor import Executor
from store.office import load
from store.runs import Known, Run
from store.tidy import tidy
from usecases.due import Due
from usecases.missed_punches import AROUND
from usecases.ports import Command, Office

log = structlog.get_logger()
R = TypeVar("R")

_DAY: Final = timedelta(days=1)
_AHEAD: Final = timedelta(days=5)  # one call tells of seven days: leave is counted by what is known of the next ones
_SHIFTS_STAND: Final = timedelta(hours=8)  # so long shifts that were read are taken for true
_TIDY: Final = 6 * 3600.0  # seconds between deletions of what is old
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

    async def known(self, job: str, back: datetime, now: datetime) -> Known:
        """What the rows of the job say."""
        return await self.executor.run(lambda connection: runs.known(connection, job, back, now))

    async def switch_off(self, jobs: Sequence[str]) -> None:
        """These jobs do not run now."""
        now = self.executor.clock()
        await self.executor.run(lambda connection: runs.switch_off(connection, jobs, now))

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

    rows: StoreRows
    attendance: AttendanceReader
    logs: LogsReader
    keeper: Keeper
    _known: dict[date, datetime] = field(default_factory=dict)  # when the shifts around a day were read

    async def read(self, job: Job, moment: datetime, *, fresh: bool) -> None:
        """Read what the job needs: shifts of everybody, not again within some hours; the rest of those concerned."""
        day = moment.astimezone(self.rows.executor.world.frame.zone).date()
        for what in job.reads:
            match what:
                case "shifts":
                    await self._shifts(day, fresh=fresh)
                case "logs":
                    await self.logs(moment, self.rows.executor.clock(), job.name)
                case _:
                    people, since, until = await self.rows.look(partial(concerned, job, what, moment))
                    await self.attendance.read(what, people, since, until)

    async def _shifts(self, day: date, *, fresh: bool) -> None:
        now = self.rows.executor.clock()
        known = self._known.get(day)
        if fresh or known is None or now - known > _SHIFTS_STAND:
            await self.attendance.read("shifts", self.rows.executor.world.organization.people, day - _DAY, day + _AHEAD)
            self._known = {day: now}

    async def drawn(self, dues: Sequence[Due]) -> Sequence[Due]:
        """The same with their drawings made into files."""
        return await drawn(dues)

    async def affords(self, job: Job) -> bool:
        """Whether the month's budget allows it."""
        return not await self.keeper.short()


async def keep_tidy(executor: Executor) -> None:
    """Delete what is kept for a while only, now and then, until cancelled."""
    while True:
        try:
            await executor.run(lambda connection: tidy(connection, to_ms(executor.clock())))
        except sa.exc.SQLAlchemyError as error:
            log.error("not tidied", action="tidy.store", error=type(error).__name__)
        await asyncio.sleep(_TIDY)


def runner_of(
    config: Config, executor: Executor, reader: sa.Engine, platform: DingTalk, keeper: Keeper
) -> Runner:  # fmt: skip
    """The runner of one process, at the executor's clock. Raises ConfigError."""
    rows = StoreRows(executor=executor, reader=reader)
    attendance = AttendanceReader(executor=executor, platform=Attendance(platform.caller))
    logs = LogsReader(executor=executor, platform=platform)
    outside = Outside(rows=rows, attendance=attendance, logs=logs, keeper=keeper)
    return Runner(rows=rows, outside=outside, jobs=jobs_of(config), clock=executor.clock)


def concerned(job: Job, what: Read, moment: datetime, office: Office) -> tuple[list[str], date, date]:
    """Of whom, from which day on and until which, something must be read for a job at that moment."""
    day = moment.astimezone(office.world.frame.zone).date()
    people = list(office.world.organization.people)
    if job.whom is not None:
        people, since = job.whom(office, moment)
        return people, since, day
    if what == "checkins":
        presence, plans = office.calendar.presence(day - _DAY, day), office.findings.visits(moment - AROUND)
        out = (duties(presence, plans, one, office.world.frame.zone) for one in (day - _DAY, day))
        return sorted({duty.person for several in out for duty in several}), day - _DAY, day
    if isinstance(job.times, AroundShifts):
        shifts = job.times.shifts(office, moment)
        days = [one.day for one in shifts] or [day]  # a shift that begins at midnight is tomorrow's
        return [one.person for one in shifts], min(days), max(days)
    return people, day - _DAY, day


def jobs_of(config: Config) -> dict[str, Job]:
    """The jobs that are switched on, at the company's times. Raises ConfigError."""
    timed, lines = [name for name, job in JOBS.items() if isinstance(job.times, Daily)], []
    for name in config.jobs.at:
        if name not in timed:
            place, known = config.place("jobs", "at", name), f"，可以写：{'、'.join(timed)}"
            lines.append(f"{place}：没有这个可以改时间的任务{near(name, timed) or known}")
    jobs = at_times({name: at for name, at in config.jobs.at.items() if name in timed})
    wanted = list(JOBS) if config.jobs.on == ["all"] else config.jobs.on
    place, known = config.place("jobs", "on"), f"，可以写：{'、'.join(JOBS)}，或只写 all"
    lines += [f"{place}：没有任务 {name}{near(name, JOBS) or known}" for name in wanted if name not in JOBS]
    if lines:
        raise ConfigError(lines)
    return {name: jobs[name] for name in JOBS if name in wanted}
