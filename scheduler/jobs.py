"""The jobs: what is done at which times for whom. One row a job; what it does is a use case."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from scheduler.times import AroundShifts, Daily, Times
from usecases.accrue_leave import accrue_leave
from usecases.due import Due, nobody
from usecases.ports import Office
from usecases.remind_waiting import remind_waiting
from usecases.warn_budget import warn_budget

Read = Literal["shifts", "punches", "checkins", "logs"]
Receivers = Literal["people", "cards", "groups", "few"]  # the same words to many, a card each, groups, a handful


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`times` says when it is due, `plan` what each receiver gets at such a moment.

    `reads` is read from the platform before. `to` is who gets it, for `./nod job cost`. `late`: so long after its
    moment it still helps; what was missed longer is dropped and reported, and of several missed moments only the newest
    is made up for where `merge` is set. `nice`: it can wait when the platform's budget is short."""

    name: str
    title: str
    times: Times
    plan: Callable[[Office, datetime], Iterable[Due]]
    reads: tuple[Read, ...] = ()
    to: Receivers = "people"
    late: timedelta = timedelta(hours=1)
    merge: bool = False
    nice: bool = False

    @property
    def bound(self) -> bool:
        """Whether its moments follow from people's shifts: it cannot be had at any other time."""
        return isinstance(self.times, AroundShifts)


_JOBS: tuple[Job, ...] = (
    Job(
        name="shifts",
        title="读取班次",
        times=Daily(at=time(0, 20), every_day=True),
        plan=nobody,
        reads=("shifts",),
        merge=True,
        late=timedelta(hours=23),
    ),
    Job(
        name="budget",
        title="额度预警",
        times=Daily(at=time(9, 10), every_day=True),
        plan=warn_budget,
        merge=True,
        late=timedelta(hours=12),
    ),
    Job(name="waiting", title="待审批提醒", times=Daily(at=time(9, 30)), plan=remind_waiting, late=timedelta(hours=4)),
    Job(
        name="accrue_leave",
        title="假期入账",
        times=Daily(at=time(2), first=True),
        plan=accrue_leave,
        late=timedelta(days=25),
        merge=True,
    ),
)
JOBS: Mapping[str, Job] = {job.name: job for job in _JOBS}
