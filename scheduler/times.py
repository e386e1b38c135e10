"""When a job is due: by the clock of the office, or around people's shifts. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Literal, Protocol

from domain.attendance.presence import Shift
from usecases.books import Edge
from usecases.ports import Office

Span = Literal["week", "month"]


class Times(Protocol):
    """The moments of a job."""

    def between(self, office: Office, since: datetime, until: datetime) -> Iterable[datetime]:
        """Those after `since` and up to `until`, the earliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """At a time of the day: on working days of the company, or on all; `weekday` (0 is Monday), the `first` working
    day of the month, or the `last` one of the week or month narrow it. A week whose weekday is off has its moment on
    the next working day."""

    at: time
    every_day: bool = False
    weekday: int | None = None
    first: bool = False
    last: Span | None = None

    def between(self, office: Office, since: datetime, until: datetime) -> Iterable[datetime]:
        """See Times."""
        zone, workdays = office.world.frame.zone, office.world.workdays
        day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
        while day <= last:
            moment = datetime.combine(day, self.at, zone)
            if since < moment <= until and self._on(day, workdays.likely):
                yield moment
            day += timedelta(days=1)

    def _on(self, day: date, works: "Works") -> bool:
        if self.weekday is not None:
            week = day - timedelta(days=day.weekday())
            return day == _first(week + timedelta(days=self.weekday), works)
        if self.first:
            return day == _first(day.replace(day=1), works)
        if self.last:
            return works(day) and not any(map(works, _rest_of(self.last, day)))
        return self.every_day or works(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Through:
    """From `first` to `last`, at intervals of `every`: on working days of the company."""

    first: time
    last: time
    every: timedelta

    def between(self, office: Office, since: datetime, until: datetime) -> Iterable[datetime]:
        """See Times."""
        zone, workdays = office.world.frame.zone, office.world.workdays
        day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
        while day <= last:
            moment, end = (datetime.combine(day, at, zone) for at in (self.first, self.last))
            while moment <= end and workdays.likely(day):
                if since < moment <= until:
                    yield moment
                moment += self.every
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AroundShifts:
    """So long `before` the beginning or the end of somebody's shift (negative: after it), as the company wishes."""

    edge: Edge
    before: timedelta | Callable[[Office], timedelta] = timedelta()

    def between(self, office: Office, since: datetime, until: datetime) -> Iterable[datetime]:
        """See Times."""
        before = self._before(office)
        return [edge - before for edge in office.calendar.edges(self.edge, since + before, until + before)]

    def shifts(self, office: Office, moment: datetime) -> list[Shift]:
        """Those that begin or end then: whom the job is about."""
        return list(office.calendar.shifts_at(self.edge, moment + self._before(office)))

    def _before(self, office: Office) -> timedelta:
        return self.before if isinstance(self.before, timedelta) else self.before(office)


class Works(Protocol):
    """Whether one works on a day."""

    def __call__(self, day: date, /) -> bool: ...


def _rest_of(span: Span, day: date) -> Iterable[date]:
    """The days after that one, to the end of its week or month."""
    following = (day + timedelta(days=n) for n in range(1, 32))
    if span == "week":
        return takewhile(lambda one: one.weekday() > day.weekday(), following)
    return takewhile(lambda one: one.month == day.month, following)


def _first(day: date, works: Works) -> date:
    """The first working day from that day on, within a week or two; else that day."""
    return next((one for n in range(14) if works(one := day + timedelta(days=n))), day)
