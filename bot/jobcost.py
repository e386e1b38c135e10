"""`./nod job cost`: what the jobs would take of the platform's monthly budget, before they are switched on."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import ceil
from typing import Any, Final

import orjson

from domain.budget import forecast, month_of
from scheduler.jobs import Job, Read
from scheduler.runner import Runner
from usecases.ports import Office

_A_CALL: Final[Mapping[Read, int]] = {"shifts": 50, "punches": 50, "checkins": 10, "logs": 20}  # people (contract 7, 8)
_TOGETHER: Final = 20  # people who hear the same in one call (contract 3.2)
_OUT: Final = 0.1  # of the people are on a trip or out on a day, at most, or have missed a punch
_USUAL: Final = 4  # distinct times at which shifts begin or end, where none are known yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A job's moments in a month, and the calls at each of them at most: to read, and to send."""

    job: Job
    moments: int
    reading: int
    sending: int

    @property
    def calls(self) -> int:
        """A month's."""
        return self.moments * (self.reading + self.sending)


def costs(office: Office, jobs: Mapping[str, Job], as_of: datetime) -> list[Cost]:
    """Of the month of that moment, for the company as it is now."""
    people = len(office.world.organization.people)
    return [
        Cost(
            job=job, moments=_moments(office, job, as_of), sending=_sending(office, job, people),
            reading=sum(ceil(people * (_OUT if one == "checkins" else 1) / _A_CALL[one]) for one in job.reads),
        )
        for job in jobs.values()
    ]  # fmt: skip


def _sending(office: Office, job: Job, people: int) -> int:
    match job.to:
        case "people":
            return ceil(people / _TOGETHER)
        case "cards":
            return ceil(people * _OUT)
        case "groups":
            return 3 * len(office.world.groups)  # words, a picture, and its upload
    return 1


def _moments(office: Office, job: Job, as_of: datetime) -> int:
    """By the clock as the calendar has it; around shifts as they were in the last week, or as is usual."""
    zone = office.world.frame.zone
    first = as_of.astimezone(zone).date().replace(day=1)
    days = monthrange(first.year, first.month)[1]
    start = datetime.combine(first, time(), zone)
    if not job.bound:
        return len(list(job.times.between(office, start - timedelta(seconds=1), start + timedelta(days=days))))
    week = len(list(job.times.between(office, as_of - timedelta(days=7), as_of)))
    working = sum(office.world.workdays.likely(first + timedelta(days=n)) for n in range(days))
    return round(week * days / 7) if week else working * _USUAL


async def tell_costs(runner: Runner, on: set[str], as_of: datetime, *, json: bool) -> int:
    """Print them, the sum of those that are on, and what was used this month. 0, or 1 when they are too much."""

    def looked(office: Office) -> tuple[list[Cost], dict[str, int], int, int]:
        now = as_of.astimezone(office.world.frame.zone)
        spent = dict(office.spent(month_of(now)))
        used = spent.get("call", 0)
        return costs(office, runner.jobs, as_of), spent, office.world.budget.calls, forecast(used, now)

    found, spent, allowed, expected = await runner.rows.look(looked)
    switched_on = sum(one.calls for one in found if one.job.name in on)
    everything = sum(one.calls for one in found)
    if json:
        rows = [_row(one, on) for one in found]
        told = {"jobs": rows, "on": switched_on, "all": everything, "allowed": allowed, "spent": spent}
        print(orjson.dumps({**told, "expected": expected}).decode())
    else:
        for one in sorted(found, key=lambda one: -one.calls):
            print(
                f"{'开' if one.job.name in on else '关'}  {one.job.name}  {one.job.title}  每月最多 {one.calls} 次调用"
                f"（{one.moments} 个时刻 × 读 {one.reading} + 发 {one.sending}）"
            )
        print(f"已打开的合计每月最多 {switched_on} 次，全部打开 {everything} 次。")
        print(
            f"本月已用 {spent.get('call', 0)} 次调用、{spent.get('message', 0)} 次消息，照这样到月底约 {expected} 次调用。"
        )
        print(f"每月允许 {allowed} 次调用。" if allowed else "调用次数没有设上限。")
    return 1 if allowed and switched_on > allowed else 0


def _row(one: Cost, on: set[str]) -> dict[str, Any]:
    return {
        "name": one.job.name, "on": one.job.name in on, "calls": one.calls, "moments": one.moments,
        "reading": one.reading, "sending": one.sending,
    }  # fmt: skip
