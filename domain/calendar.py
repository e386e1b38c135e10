"""Working days: yes, no, or not known yet. A company's own table wins over the statutory one (R-WORK-1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_FAR = 400  # days that a search for a working day goes at most
_WEEKEND = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Workdays:
    """`known`: the years whose official schedule is published to us. `rest`: weekdays off; `work`: weekends worked.
    `festivals`: name of a statutory holiday -> its days off. `company`: a company's own days, True where one works."""

    known: frozenset[int] = frozenset()
    rest: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    festivals: Mapping[date, str] = field(default_factory=dict)
    company: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool | None:
        """Whether one works on that day; None where the schedule of its year is not published."""
        if day in self.company:
            return self.company[day]
        if day.year not in self.known:
            return None
        return day in self.work or (day.weekday() < _WEEKEND and day not in self.rest)

    def likely(self, day: date) -> bool:
        """The same where there has to be an answer: what nobody knows yet counts as weekdays do."""
        known = self.is_workday(day)
        return day.weekday() < _WEEKEND if known is None else known

    def opens_week(self, day: date) -> bool:
        """Whether it is the first working day of its week, which begins on Monday."""
        before = (day - timedelta(days=n) for n in range(1, day.weekday() + 1))
        return self.likely(day) and not any(map(self.likely, before))

    def count(self, start: date, end: date) -> int | None:
        """Working days from start to end, both included; None when one of them is not known."""
        days = [self.is_workday(start + timedelta(days=n)) for n in range((end - start).days + 1)]
        return None if None in days else sum(1 for one in days if one)

    def advance(self, start: date, days: int) -> date | None:
        """The last of so many working days, counted from `start` (included); None when the way there is not known."""
        left, here = days, start
        for _ in range(_FAR):
            works = self.is_workday(here)
            if works is None:
                return None
            left -= works
            if left <= 0:
                return here
            here += timedelta(days=1)
        return None

    def block(self, name: str, near: date) -> tuple[date, date] | None:
        """The official days off around the festival of this name, first one that ends on or after `near`."""
        days = sorted(day for day, festival in self.festivals.items() if festival == name)
        for run in _runs(days):
            if run[-1] >= near:
                return run[0], run[-1]
        return None


def _runs(days: Iterable[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
