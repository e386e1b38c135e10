"""Who has to be told what, and when: plain loops over a made-up company's days, by the words of the requirements.

Nothing of the product is used: what it does is compared with this."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from bench.year_company import DAY, IN, OUT, Absence, Company, Report, Worker, at

BEFORE: Final = timedelta(minutes=15)  # R-ATT-2
USEFUL: Final = {IN: timedelta(minutes=10), OUT: timedelta(hours=2)}  # after that a reminder that waited helps nobody
LOGS: Final = {"day": (18, "今天的日志还没写"), "week": (17, "本周的周报还没写"), "month": (16.5, "本月的月报还没写")}
MISSED: Final = 9.5  # when the punches that are missing are looked for
GRACE: Final = timedelta(hours=1)  # so long after the shift somebody may still clock out


class Told(NamedTuple):
    """What somebody is told at a moment; `words` are some that the message has."""

    moment: datetime
    person: str
    words: str


def expected(company: Company) -> Iterator[Told]:
    """Everything that is due on the company's days, from the second on: the first one is when it is switched on."""
    facts = _Facts(company)
    for day in company.days():
        for worker in company.workers:
            yield from facts.punches(worker, day)
            yield from facts.missing(worker, day)
            yield from facts.logs(worker, day)


class _Facts:
    """The company's raw data, by whom and when."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.away: dict[str, list[Absence]] = defaultdict(list)
        self.clocked: dict[tuple[str, date, str], datetime] = {}
        self.written: dict[tuple[str, str, date], datetime] = {}
        for one in company.absences:
            self.away[one.person].append(one)
        for clock in company.clocks:
            self.clocked[clock.person, clock.day, clock.kind] = clock.at
        for report in company.reports:
            key = (report.person, report.kind, first_day(report))
            self.written[key] = min(report.at, self.written.get(key, report.at))
        self.begin, self.end = at(company.first, 0), at(company.last + DAY, 0)

    def punches(self, worker: Worker, day: date) -> Iterator[Told]:
        """R-ATT-2: 15 minutes before the shift, and at its end."""
        for kind, edge, inside in self.edges(worker, day):
            moment = edge - BEFORE if kind == IN else edge
            if not self.begin < moment < self.end or not worker.there(moment) or self.has(worker, day, kind, moment):
                continue
            if any(one.covers(day, inside) and one.made <= moment for one in self.away[worker.userid]):
                continue
            word = "上班" if kind == IN else "下班"
            if worker.off == f"{word}提醒":
                continue
            heard = awake(worker, moment)
            if heard == moment or heard < edge + USEFUL[kind]:
                yield Told(heard, worker.userid, f"{edge:%H:%M} {word}")

    def missing(self, worker: Worker, day: date) -> Iterator[Told]:
        """R-ATT-4: the same or the next morning."""
        shift = self.company.shift(worker, day)
        if shift is None:
            return
        moment = at(shift[1].date(), MISSED)
        moment += DAY if shift[1] > moment - GRACE else timedelta()
        lacking = [
            f"{'上' if kind == IN else '下'}班卡（{edge:%H:%M} {'前' if kind == IN else '后'}）"
            for kind, edge, inside in self.edges(worker, day)
            if not self.has(worker, day, kind, moment)
            and not any(one.covers(day, inside) and one.made <= moment for one in self.away[worker.userid])
        ]
        if lacking and self.begin < moment < self.end and worker.there(moment):
            weekday = "一二三四五六日"[day.weekday()]
            yield Told(moment, worker.userid, f"{day.month}月{day.day}日（周{weekday}）缺{'、'.join(lacking)}。")

    def logs(self, worker: Worker, day: date) -> Iterator[Told]:
        """R-LOG-3: who has not written, on a working day for them, not on leave; those above whom nobody stands write
        for nobody."""
        if not self.company.works(worker, day) or worker.department == 1 or worker.off == "日志提醒":
            return
        last = {"day": True, "week": self.last_open(day, 7 - day.weekday()), "month": self.last_open(day, 31)}
        first = {"day": day, "week": day - day.weekday() * DAY, "month": day.replace(day=1)}
        for kind, (hours, words) in LOGS.items():
            moment = at(day, hours)
            written = self.written.get((worker.userid, kind, first[kind]))
            on_leave = any(
                one.start <= moment < one.end and one.made <= moment and one.kind in ("leave", "rest")
                for one in self.away[worker.userid]
            )
            at_night = kind == "day" and worker.team == "night"  # their day is not over yet, nor has it begun
            due = last[kind] and not on_leave and not at_night and (written is None or written > moment)
            if due and self.begin < moment < self.end and worker.there(moment):
                yield Told(moment, worker.userid, words)

    def edges(self, worker: Worker, day: date) -> Iterator[tuple[str, datetime, datetime]]:
        """The punches of the shift, and a moment of the shift beside each."""
        shift = self.company.shift(worker, day)
        if shift is not None:
            yield IN, shift[0], shift[0]
            yield OUT, shift[1], shift[1] - timedelta(seconds=1)

    def has(self, worker: Worker, day: date, kind: str, moment: datetime) -> bool:
        """Whether they had clocked by then."""
        clocked = self.clocked.get((worker.userid, day, kind))
        return clocked is not None and clocked <= moment

    def last_open(self, day: date, days: int) -> bool:
        """Whether it is the last working day of its week (so many days are left of it) or month."""
        rest = [day + n * DAY for n in range(1, days)]
        rest = rest if days < 31 else [one for one in rest if one.month == day.month]
        return self.company.open(day) and not any(map(self.company.open, rest))


def first_day(report: Report) -> date:
    """Of the day, week or month that the log tells of; what is written after midnight is of the day before."""
    day = (report.at - timedelta(hours=5)).date()
    return {"day": day, "week": day - day.weekday() * DAY, "month": day.replace(day=1)}[report.kind]


def awake(worker: Worker, moment: datetime) -> datetime:
    """That moment, or when their quiet hours are over."""
    if worker.quiet is None:
        return moment
    begin, end = worker.quiet
    quiet = begin <= moment.hour < end if begin < end else not end <= moment.hour < begin
    if not quiet:
        return moment
    return at(moment.date() + (DAY if moment.hour >= end else timedelta()), end)
