"""What a company says of one type of leave: what is granted, what carried over, what overtime gives. Pure."""

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

THOUSANDTHS: Final = 1000  # of a day or of an hour: how amounts are counted
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """So much a year (thousandths) from so many full `years` of service on."""

    years: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRule:
    """One type of leave. Amounts are thousandths of its `unit`.

    `grant`: how much a year by full years since the person was hired; on 1 January, or `monthly` a twelfth on each
    first. Who reaches a step within a year gets, `pro_rata`, the part that is left of it, whole units only.
    `carry_over`: how much of a year's rest can still be taken until `carry_until` (month and day) of the next; None is
    all of it. `comp_ratio`: how much approved overtime gives; it expires after `comp_days` (0: never). `short`: whoever
    asks for more than there is, is warned or refused."""

    type: str
    unit: Literal["day", "hour"] = "day"
    grant: tuple[Grant, ...] = ()
    monthly: bool = False
    pro_rata: bool = True
    carry_over: int | None = 0
    carry_until: tuple[int, int] = (12, 31)
    hours_a_day: float = 8.0
    comp_ratio: float = 0.0
    comp_days: int = 0
    short: Literal["warn", "refuse"] = "warn"

    def amount(self, *, days: float = 0.0, hours: float | None = None) -> int:
        """So many days, or hours where they are known, in thousandths of the unit."""
        if self.unit == "hour":
            return round((days * self.hours_a_day if hours is None else hours) * THOUSANDTHS)
        return round((days if hours is None else hours / self.hours_a_day) * THOUSANDTHS)

    def carried_until(self, year: int) -> date:
        """The last day on which what was carried into that year can be taken."""
        return on(year, *self.carry_until)

    def granted(self, hired: date, year: int) -> Iterator[tuple[str, date, int]]:
        """What the year brings to somebody who was hired on that day: a name within the year, from when, how much."""
        steps = sorted(self.grant, key=lambda step: step.years)
        reached = [(on(hired.year + step.years, hired.month, hired.day), step) for step in steps]
        if self.monthly:
            for month in range(1, _MONTHS + 1):
                first = date(year, month, 1)
                whole = max((step.amount for day, step in reached if day <= first), default=0)
                if part := whole * month // _MONTHS - whole * (month - 1) // _MONTHS:
                    yield f"{month:02}", first, part
            return
        new_year, had = date(year, 1, 1), 0
        for day, step in reached:
            if day.year > year:
                break
            more, had = step.amount - had, step.amount
            if day > new_year and more > 0:
                yield f"y{step.years}", day, self._rest(more, day)
        at_once = max((step.amount for day, step in reached if day <= new_year), default=0)
        if at_once:
            yield "", new_year, at_once

    def _rest(self, amount: int, day: date) -> int:
        """The part of a year's amount that is left from that day on, whole units only."""
        if not self.pro_rata:
            return amount
        length = 366 if isleap(day.year) else 365
        left = length - day.timetuple().tm_yday + 1
        return amount * left // length // THOUSANDTHS * THOUSANDTHS


def on(year: int, month: int, day: int) -> date:
    """That day of the year; of a year without it (29 February) the last of February."""
    return date(year, 2, 29 if isleap(year) else 28) if (month, day) == (2, 29) else date(year, month, day)


_STATUTE: Final = tuple(Grant(years=years, amount=days * THOUSANDTHS) for years, days in ((1, 5), (10, 10), (20, 15)))
STATUTORY: Final = (  # 职工带薪年休假条例 for service in this company; comp time for overtime, one for one
    LeaveRule(type="annual", grant=_STATUTE),
    LeaveRule(type="comp", comp_ratio=1.0),
)
