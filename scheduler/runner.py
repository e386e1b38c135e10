"""Carries jobs out: which moments are due, whose they are, what each receiver gets. The rows decide."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Protocol, TypeVar

import structlog

from scheduler.jobs import Job
from usecases.due import Carry, Due
from usecases.ports import Command, Office

log = structlog.get_logger()
R = TypeVar("R")

CHUNK: Final = 500  # receivers whose rows share a transaction: bounds how long a tap waits behind them
_BACK: Final = timedelta(days=3)  # so far back missed moments are looked for
MISSED: Final = "错过了：停机太久"
MERGED: Final = "并入了后来的一次"
SHORT: Final = "本月额度紧张，先保证审批"

State = Literal["since", "done", "dropped"]


class Seen(Protocol):
    """A moment of a job that has a row."""

    @property
    def moment(self) -> datetime:
        """When it was due."""

    @property
    def state(self) -> str:
        """since, running, done, dropped."""


class Rows(Protocol):
    """What the runner asks of the store."""

    async def look(self, read: Callable[[Office], R]) -> R:
        """Read the office as it stands, changing nothing."""

    async def known(self, job: str, since: datetime) -> Sequence[Seen]:
        """The moments of the job from then on that have rows; without any the last one before."""

    async def begin(self, job: str, moment: datetime) -> bool:
        """Whether the moment is ours: nobody has carried it out, and nobody is at it."""

    async def note(
        self, job: str, moments: Iterable[datetime], state: State, *, receivers: int = 0, words: str = ""
    ) -> None:
        """Write down what became of moments."""

    def submit(self, command: Command) -> Awaitable[Any]:
        """Hand in a command."""


class Outside(Protocol):
    """What lies outside: the platform, and the drawing of pictures."""

    async def read(self, job: Job, moment: datetime, *, fresh: bool) -> None:
        """Read what the job needs at that moment from the platform into the store; `fresh`: whatever is known."""

    async def drawn(self, dues: Sequence[Due]) -> Sequence[Due]:
        """The same with their drawings made into files."""

    async def affords(self, job: Job) -> bool:
        """Whether the platform's budget of the month allows a job that can wait."""


@dataclass(slots=True)
class Runner:
    """Runs the jobs that are `on`. Any number of them may beat at once, and be killed at any time."""

    rows: Rows
    outside: Outside
    jobs: Mapping[str, Job]
    clock: Callable[[], datetime]

    async def strike(self) -> None:
        """One beat: every job at every moment that is due by now. One that breaks holds up no other."""
        now = self.clock()
        for job in self.jobs.values():
            try:
                for moment in await self.due(job, now):
                    await self.run(job, moment)
            except Exception as error:
                log.error("job.broken", action="later", job=job.name, exc_info=error)

    async def due(self, job: Job, now: datetime) -> list[datetime]:
        """The moments of a job that are to be carried out now; those that are too old, or merged, are written off."""
        if job.bound:  # its moments are those of the shifts: they must be known first
            await self.outside.read(replace(job, reads=("shifts",)), now, fresh=False)
        known = await self.rows.known(job.name, now - _BACK)
        if not known:  # switched on just now: what was before is nobody's loss
            await self.rows.note(job.name, [now], "since")
            return []
        since = max(now - _BACK, min(one.moment for one in known))
        over = {one.moment for one in known if one.state != "running"}
        moments = await self.rows.look(lambda office: sorted(job.times.between(office, since, now)))
        open_ones = [moment for moment in moments if moment not in over]
        late = [moment for moment in open_ones if now - moment > job.late]
        useful = [moment for moment in open_ones if now - moment <= job.late]
        merged = useful[:-1] if job.merge else []
        for moments_, words in ((late, MISSED), (merged, MERGED)):
            if moments_:
                log.warning("job.dropped", action="report", job=job.name, moments=len(moments_), why=words)
                await self.rows.note(job.name, moments_, "dropped", words=words)
        return useful[-1:] if job.merge else useful

    async def run(self, job: Job, moment: datetime) -> int:
        """Carry one moment out, if it is ours; answers for how many it was due."""
        if not await self.rows.begin(job.name, moment):
            return 0
        if job.nice and not await self.outside.affords(job):
            await self.rows.note(job.name, [moment], "dropped", words=SHORT)
            return 0
        dues = await self.plan(job, moment)
        await self.carry(job, moment, dues)
        return len(dues)

    async def carry(self, job: Job, moment: datetime, dues: Sequence[Due]) -> None:
        """Give what is due to whoever has not got it, and write down that it is done."""
        for start in range(0, len(dues), CHUNK):
            chunk = await self.outside.drawn(dues[start : start + CHUNK])
            await self.rows.submit(Carry(job=job.name, moment=moment, dues=tuple(chunk)))
        await self.rows.note(job.name, [moment], "done", receivers=len(dues))
        log.info("job.done", action="done", job=job.name, moment=moment.isoformat(), receivers=len(dues))

    async def plan(self, job: Job, moment: datetime) -> list[Due]:
        """What everybody would get at that moment."""
        await self.outside.read(job, moment, fresh=False)
        return await self.rows.look(lambda office: list(job.plan(office, moment)))


async def beat(runner: Runner, seconds: float) -> None:
    """Beat until cancelled."""
    while True:
        await runner.strike()
        await asyncio.sleep(seconds)
