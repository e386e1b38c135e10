"""A company made up from a seed, and what its people do: shifts, absences, punches, logs. No word of the product."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import chinese_calendar
from chinese_calendar.constants import holidays, workdays

ZONE: Final = ZoneInfo("Asia/Shanghai")
DAY: Final = timedelta(days=1)
HOURS: Final = {"office": (8.5, 18.0), "shop": (9.0, 18.0), "night": (22.0, 30.0)}  # after midnight
WEEKS: Final = {"office": (1, 2, 3, 4, 5), "shop": (1, 2, 3, 4, 5, 6)}  # Monday is 1; all else is by rota
DEPARTMENTS: Final = 20
ROTA: Final = 6  # four days on, two off
IN, OUT = "OnDuty", "OffDuty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """`team` "": in no attendance group. `quiet`: hours from and until; `off`: which reminders they do not want."""

    userid: str
    department: int
    team: str
    phase: int
    leads: bool = False
    joins: date = date.min
    leaves: date = date.max
    quiet: tuple[int, int] | None = None
    off: str = ""

    def there(self, moment: datetime) -> bool:
        """Whether they belong to the company then."""
        return self.joins <= moment.date() < self.leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """As an approved case gives it; `made` is when it was approved."""

    person: str
    kind: str
    start: datetime
    end: datetime
    made: datetime

    def covers(self, day: date, moment: datetime) -> bool:
        """Whether it reaches to this moment of the shift of `day`: whole days are those of the shifts that begin then,
        also where one ends on the next morning."""
        if self.start.time() == self.end.time() == time():
            return self.start.date() <= day < self.end.date()
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Somebody clocks for the shift of `day`."""

    person: str
    kind: str
    day: date
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A log that tells of the day, week or month that begins on `first`; on the platform's `form`, or by chatting."""

    person: str
    kind: str
    first: date
    at: datetime
    form: bool


@dataclass(slots=True, kw_only=True)
class Company:
    """`own`: the company's own days, True where one works. What people do is known from two days before `first` on."""

    first: date
    last: date
    own: dict[date, bool] = field(default_factory=dict)
    workers: list[Worker] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

    def open(self, day: date) -> bool:
        """Whether it is a working day of the company; where no notice is published the weekdays are."""
        if day in self.own:
            return self.own[day]
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:  # how the library says that it knows no notice of that year
            return day.isoweekday() < 6

    def shift(self, worker: Worker, day: date) -> tuple[datetime, datetime] | None:
        """From when until when the worker works for that day; None: rests, or is in no attendance group."""
        if not worker.team or not worker.joins <= day < worker.leaves:
            return None
        if worker.team == "night":
            works = (day.toordinal() + worker.phase) % ROTA < 4
        elif day in self.own or day in holidays or day in workdays:
            works = self.open(day)
        else:
            works = day.isoweekday() in WEEKS[worker.team]
        on, off = HOURS[worker.team]
        return (at(day, on), at(day, off)) if works else None

    def works(self, worker: Worker, day: date) -> bool:
        """Whether it is a working day of theirs."""
        return self.shift(worker, day) is not None if worker.team else self.open(day)

    def days(self) -> Iterator[date]:
        """All of which something is known."""
        return (self.first + n * DAY for n in range(-2, (self.last - self.first).days + 1))


def at(day: date, hours: float) -> datetime:
    """So many hours after midnight."""
    return datetime.combine(day, time(), ZONE) + timedelta(hours=hours)


def a_company(people: int, first: date, last: date, own: dict[date, bool], seed: int = 5) -> Company:
    """Its people, and all that they will do from two days before the first day to the last."""
    chance = random.Random(seed)
    company = Company(first=first, last=last, own=own)
    company.workers = list(_workers(people, first, last, chance))
    away = {worker.userid: list(_absences(worker, company, chance)) for worker in company.workers}
    company.absences = [one for several in away.values() for one in several]
    for day in company.days():
        for worker in company.workers:
            if worker.joins <= day < worker.leaves:
                clocks = _clocks(worker, day, company, away[worker.userid], chance)
                company.clocks += [one for one in clocks if worker.there(one.at)]
                company.reports += [one for one in _reports(worker, day, company, chance) if worker.there(one.at)]
    return company


def _workers(people: int, first: date, last: date, chance: random.Random) -> Iterator[Worker]:
    middle = first + (last - first) / 2
    coming = {people - 1, people - 2}  # one of the office, one of the night
    going = {people - 3, people - 4}
    for n in range(people):
        share = chance.random()
        team = "office" if n == 0 or share < 0.6 else "shop" if share < 0.75 else "night" if share < 0.9 else ""
        if n in coming | going:
            team = "office" if n % 2 else "night"
        quiet = (21, 8) if chance.random() < 0.08 else None
        yield Worker(
            userid=f"u{n:04}", department=1 if n == 0 else 10 + n % DEPARTMENTS, team=team, phase=n % ROTA,
            leads=n <= DEPARTMENTS, joins=middle if n in coming else date.min,
            leaves=middle if n in going else date.max,
            quiet=quiet, off=chance.choice(("日志提醒", "上班提醒")) if chance.random() < 0.06 else "",
        )  # fmt: skip


def _absences(worker: Worker, company: Company, chance: random.Random) -> Iterator[Absence]:
    day = company.first - 2 * DAY
    while (day := day + chance.randint(2, 32) * DAY) <= company.last:
        midnight, noon, days = at(day, 0), at(day, 12), chance.randint(1, 3)
        begins = HOURS[worker.team][chance.randint(0, 1)] if worker.team else 14
        out = at(day, begins - 1)
        kind, start, end = chance.choice(
            (
                ("leave", midnight, midnight + days * DAY), ("trip", midnight, midnight + days * DAY),
                ("rest", midnight, midnight + DAY), ("outing", out, out + timedelta(hours=2)),
                *(() if worker.team == "night" else (("leave", midnight, noon), ("leave", noon, midnight + DAY))),
            )
        )  # fmt: skip
        made = start - timedelta(minutes=40) if kind == "outing" else at(day - DAY, 10)
        yield Absence(person=worker.userid, kind=kind, start=start, end=end, made=made)
        day += days * DAY


def _clocks(
    worker: Worker, day: date, company: Company, away: list[Absence], chance: random.Random
) -> Iterator[Clock]:  # fmt: skip
    shift = company.shift(worker, day)
    if shift is None:
        if chance.random() < 0.01:  # overtime, which is nobody's reminder
            yield Clock(person=worker.userid, kind=IN, day=day, at=at(day, 10))
        return
    on, off = shift
    lot, minutes = chance.random(), chance.randint(1, 14)
    early = {0: on - timedelta(minutes=15 + 2 * minutes), 1: on - timedelta(minutes=minutes)}
    came = early[lot > 0.72] if lot < 0.92 else on + timedelta(minutes=3 * minutes) if lot < 0.96 else None
    lot = chance.random()
    went = off + timedelta(minutes=3 * minutes) if lot < 0.88 else off - timedelta(minutes=2 * minutes)
    for kind, moment, edge in ((IN, came, on), (OUT, went if lot < 0.96 else None, off - timedelta(seconds=1))):
        if moment and not any(one.covers(day, edge) for one in away):
            yield Clock(person=worker.userid, kind=kind, day=day, at=moment)


def _reports(worker: Worker, day: date, company: Company, chance: random.Random) -> Iterator[Report]:
    week, month = day - day.weekday() * DAY, day.replace(day=1)
    for kind, first, share, hour in (("day", day, 0.85, 15.5), ("week", week, 0.2, 14.5), ("month", month, 0.05, 14)):
        if (company.works(worker, day) or chance.random() < 0.03) and chance.random() < share:
            late = chance.random()  # most in time, some in the evening, a few after midnight
            hours = hour + 2.4 * chance.random() if late < 0.85 else hour + 4 if late < 0.95 else 24.5
            moment = at(day, round(hours * 60) / 60)
            yield Report(person=worker.userid, kind=kind, first=first, at=moment, form=chance.random() < 0.7)


def organization(company: Company, day: date) -> dict[str, Any]:
    """The organisation as the platform has it on that day."""
    there = [one for one in company.workers if one.there(at(day, 0))]
    numbers = range(10, 10 + DEPARTMENTS)
    led: dict[int, list[str]] = {one.department: [one.userid] for one in there if one.leads}
    rows = [{"dept_id": 1, "parent_id": None, "name": "公司", "dept_manager_userid_list": led[1]}]
    rows += [
        {"dept_id": n, "parent_id": 1, "name": f"{n} 部", "dept_manager_userid_list": led.get(n, [])} for n in numbers
    ]
    app = {"clientId": "year", "clientSecret": "year", "robotCode": "year"}
    return {"corpId": "year", "departments": rows, "users": [person(one) for one in there], "apps": [app]}


def person(worker: Worker) -> dict[str, Any]:
    """A person as the platform has them."""
    hired = {} if worker.joins == date.min else {"hired_date": round(at(worker.joins, 0).timestamp() * 1000)}
    name = f"员工{worker.userid[1:]}"
    return {
        "userid": worker.userid, "name": name, "dept_id_list": [worker.department], "admin": worker.department == 1,
    } | hired  # fmt: skip


def schedule(company: Company, day: date) -> dict[str, Any]:
    """The attendance groups of that day as the platform has them. It knows the holidays of the state, and nothing of
    the company's own days."""
    there = [one for one in company.workers if one.there(at(day, 0))]
    groups: list[dict[str, Any]] = []
    for team, (on, off) in HOURS.items():
        hours = {"on": _clock(on), "off": _clock(off)}
        members = [one.userid for one in there if one.team == team]
        shifts: list[dict[str, Any]] = [{**hours, "days": list(WEEKS.get(team, ()))}]
        if team == "night":
            shifts = [
                {**hours, "members": mine, "dates": _dates(company, phase)}
                for phase in range(ROTA)
                if (mine := [one.userid for one in there if one.team == team and one.phase == phase])
            ]
        kind = "TURN" if team == "night" else "FIXED"
        groups.append({"name": team, "type": kind, "members": members, "shifts": shifts})
    days = {"rest": sorted(map(str, holidays)), "work": sorted(map(str, workdays))}
    return {"groups": [one for one in groups if one["members"]], "holidays": [{"name": "节假日", **days}]}


def _dates(company: Company, phase: int) -> list[str]:
    days = [*company.days(), company.last + DAY, company.last + 2 * DAY]
    return [str(day) for day in days if (day.toordinal() + phase) % ROTA < 4]


def _clock(hours: float) -> str:
    return f"{int(hours) % 24:02}:{round(hours % 1 * 60):02}"
