"""The jobs: what is done at which times for whom. One row a job; what it does is a use case."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from scheduler.times import AroundShifts, Daily, Through, Times
from usecases.accrue_leave import accrue_leave
from usecases.due import Due
from usecases.missed_punches import missed_punches
from usecases.note_absences import absences, to_read
from usecases.ports import Office
from usecases.remind_checkin import remind_checkin
from usecases.remind_log import remind_log
from usecases.remind_punch import HELPS, before_shift, remind_in, remind_out
from usecases.remind_waiting import remind_waiting
from usecases.summarise import summarise, summarise_evening, summarise_morning
from usecases.tell_away import EVERY, FIRST, MORNING, tell_away, tell_later
from usecases.warn_budget import warn_budget

Read = Literal["shifts", "punches", "checkins", "logs"]
Receivers = Literal["people", "cards", "groups", "few"]  # the same words to many, a card each, groups, a handful


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`times` says when it is due, `plan` what each receiver gets at such a moment.

    `reads` is read from the platform before, where `whom` is given of those and from that day on. `to` is who gets it,
    for `./nod job cost`. `late`: so long after its moment it still helps; what was missed longer is dropped and
    reported, and of several missed moments only the newest is made up for where `merge` is set. `nice`: it can wait
    when the platform's budget is short."""

    name: str
    title: str
    times: Times
    plan: Callable[[Office, datetime], Iterable[Due]]
    reads: tuple[Read, ...] = ()
    whom: Callable[[Office, datetime], tuple[list[str], date]] | None = None
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
        name="budget", title="额度预警", to="few", times=Daily(at=time(9, 10), every_day=True), plan=warn_budget,
        merge=True, late=timedelta(hours=12),
    ),
    Job(name="waiting", title="待审批提醒", times=Daily(at=time(9, 30)), plan=remind_waiting, late=timedelta(hours=4)),
    Job(
        name="summary_morning", title="早报", times=Daily(at=time(8, 50)), plan=summarise_morning, reads=("shifts",),
        to="groups", late=timedelta(hours=3), nice=True,
    ),
    Job(
        name="summary_evening", title="晚报", times=Daily(at=time(19)), plan=summarise_evening,
        reads=("shifts", "punches", "logs"), to="groups", late=timedelta(hours=4), nice=True,
    ),
    Job(
        name="summary_week", title="一周小结", times=Daily(at=time(9), weekday=0), plan=summarise("week"),
        reads=("punches", "logs"), to="groups", late=timedelta(days=1), nice=True,
    ),
    Job(
        name="summary_month", title="月度小结", times=Daily(at=time(9, 30), first=True), plan=summarise("month"),
        reads=("punches", "logs"), to="groups", late=timedelta(days=2), nice=True,
    ),
    Job(
        name="punch_in", title="上班打卡提醒", times=AroundShifts(edge="on", before=before_shift), plan=remind_in,
        reads=("shifts", "punches"), late=timedelta(minutes=20),
    ),
    Job(
        name="punch_out", title="下班打卡提醒", times=AroundShifts(edge="off"), plan=remind_out,
        reads=("shifts", "punches"), late=HELPS["out"],
    ),
    Job(
        name="missed_punches", title="缺卡提醒", times=Daily(at=time(9, 30), every_day=True), plan=missed_punches,
        reads=("shifts", "punches"), to="cards", late=timedelta(days=3),
    ),
    Job(
        name="absences", whom=to_read, title="考勤异常", times=Daily(at=time(10), every_day=True), plan=absences,
        reads=("shifts", "punches", "checkins"), to="few", late=timedelta(days=3),
    ),
    Job(
        name="checkin", title="签到提醒", times=Daily(at=time(16), every_day=True), plan=remind_checkin,
        reads=("checkins",), to="few", late=timedelta(hours=2),
    ),
    Job(
        name="notices", title="今天不在的同事", times=Daily(at=MORNING, every_day=True), plan=tell_away, to="groups",
        late=timedelta(hours=2),
    ),
    Job(
        name="notices_later", title="临时不在的同事", times=Through(first=FIRST, last=time(18), every=EVERY),
        plan=tell_later(MORNING), to="few", late=timedelta(hours=2),
    ),
    Job(
        name="accrue_leave", title="假期入账", times=Daily(at=time(2), first=True), plan=accrue_leave, to="few",
        merge=True, late=timedelta(days=25),
    ),
    Job(
        name="log_morning", title="每日6+事提醒", times=Daily(at=time(9, 15), every_day=True),
        plan=remind_log("log_morning", "things"), reads=("shifts",), late=timedelta(hours=2), merge=True,
    ),
    Job(
        name="log_evening", title="日报提醒", times=Daily(at=time(18), every_day=True),
        plan=remind_log("log_evening", "day"), reads=("shifts", "logs"), late=timedelta(hours=3), merge=True,
    ),
    Job(
        name="log_week", title="周报提醒", times=Daily(at=time(17), last="week"),
        plan=remind_log("log_week", "week"), reads=("shifts", "logs"), late=timedelta(hours=5), merge=True,
    ),
    Job(
        name="log_month", title="月报提醒", times=Daily(at=time(16, 30), last="month"),
        plan=remind_log("log_month", "month"), reads=("shifts", "logs"), late=timedelta(hours=5), merge=True,
    ),
)  # fmt: skip
JOBS: Mapping[str, Job] = {job.name: job for job in _JOBS}


def at_times(at: Mapping[str, time]) -> dict[str, Job]:
    """All jobs, those that are named at another time of the day. Raises KeyError for one that has none."""
    jobs = dict(JOBS)
    for name, moment in at.items():
        times = jobs[name].times
        if not isinstance(times, Daily):
            raise KeyError(name)
        jobs[name] = replace(jobs[name], times=replace(times, at=moment))
    if "notices" in at:
        jobs["notices_later"] = replace(jobs["notices_later"], plan=tell_later(at["notices"]))
    return jobs
