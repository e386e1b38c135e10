"""Carries jobs out: which moments are due, whose they are, what each receiver gets. The rows decide."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Protocol, TypeVar

import structlog

from scheduler.jobs import Job
from scheduler.times import Daily
from usecases.due import Carry, Due
from usecases.ports import Command, Office

log = structlog.get_logger()
R = TypeVar("R")

CHUNK: Final = 500  # receivers whose rows share a transaction: bounds how long a tap waits behind them
_BACK: Final = timedelta(days=3)  # so far back missed moments are looked for, or as long as they still help
_PAUSES: Final = tuple(timedelta(minutes=n) for n in (1, 5, 15, 30))
MISSED: Final = "错过了：停机太久"
MERGED: Final = "并入了后来的一次"
SHORT: Final = "本月额度紧张，先保证审批"

State = Literal["since", "done", "dropped"]


class Known(Protocol):
    """What the rows of a job say."""

    @property
    def since(self) -> datetime | None:
        """Since when it has been on; None: it was not."""

    @property
    def over(self) -> Collection[datetime]:
        """The moments that are done or dropped."""


class Rows(Protocol):
    """What the runner asks of the store."""

    async def look(self, read: Callable[[Office], R]) -> R:
        """Read the office as it stands, changing nothing."""

    async def known(self, job: str, back: datetime, now: datetime) -> Known:
        """What the rows of the job say, of its moments from `back` until `now`."""

    async def switch_off(self, jobs: Sequence[str]) -> None:
        """These jobs do not run now."""

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
    _broken: dict[str, tuple[int, datetime]] = field(default_factory=dict)  # how often, and when it is tried again

    async def strike(self) -> None:
        """One beat: every job at every moment that is due by now. One that breaks holds up no other, and is tried again
        after a growing pause: what it reads from the platform costs each time."""
        now = self.clock()
        for job in self.jobs.values():
            tries, again = self._broken.get(job.name, (0, now))
            if now < again:
                continue
            try:
                for moment in await self.due(job, now):
                    if await self.run(job, moment):
                        self._broken.pop(job.name, None)
            except Exception as error:
                pause = _PAUSES[min(tries, len(_PAUSES) - 1)]
                self._broken[job.name] = (tries + 1, now + pause)
                log.error("job.broken", action="later", job=job.name, seconds=pause.seconds, exc_info=error)

    async def due(self, job: Job, now: datetime) -> list[datetime]:
        """The moments of a job that are to be carried out now; those that are too old, or merged, are written off."""
        if job.bound:  # its moments are those of the shifts: they must be known first
            await self.outside.read(replace(job, reads=("shifts",)), now, fresh=False)
        back = now - max(job.late, _BACK)
        known = await self.rows.known(job.name, back, now)
        if known.since is None:  # switched on just now: what was before is nobody's loss
            await self.rows.note(job.name, [now], "since")
            return []
        since = max(back, known.since)
        moments = await self.rows.look(lambda office: _open(job, office, since, now, known.over))
        late = [moment for moment in moments if now - moment > job.late]
        useful = [moment for moment in moments if now - moment <= job.late]
        merged = useful[:-1] if job.merge else []
        for gone, words in ((late, MISSED), (merged, MERGED)):
            if gone:
                log.warning("job.dropped", action="report", job=job.name, moments=len(gone), why=words)
                await self.rows.note(job.name, gone, "dropped", words=words)
        return useful[-1:] if job.merge else useful

    async def run(self, job: Job, moment: datetime) -> bool:
        """Carry one moment out, if it is ours; answers whether it was."""
        if not await self.rows.begin(job.name, moment):
            return False
        if job.nice and not await self.outside.affords(job):
            await self.rows.note(job.name, [moment], "dropped", words=SHORT)
            return True
        await self.carry(job, moment, await self.plan(job, moment))
        return True

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


def _open(job: Job, office: Office, since: datetime, now: datetime, over: Collection[datetime]) -> list[datetime]:
    """The job's moments that are not over. What comes once a day is over for that day, at whatever time it came: the
    company may have changed the time."""
    moments = sorted(job.times.between(office, since, now))
    if not isinstance(job.times, Daily):
        return [moment for moment in moments if moment not in over]
    zone = office.world.frame.zone
    days = {moment.astimezone(zone).date() for moment in over}
    return [moment for moment in moments if moment.astimezone(zone).date() not in days]


async def beat(runner: Runner, seconds: float, off: Sequence[str] = ()) -> None:
    """Beat until cancelled; the jobs that are `off` are so from now on."""
    try:
        await runner.rows.switch_off(off)
    except Exception as error:
        log.error("job.broken", action="switch_off", exc_info=error)
    while True:
        await runner.strike()
        await asyncio.sleep(seconds)
