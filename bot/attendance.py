"""The platform's attendance in rows: shifts, punches and check-ins are read by as few calls as its limits allow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa
import structlog

from bot.wire.attendance import BEIJING, PEOPLE, VISITORS, Attendance, Planned, midnight
from bot.wire.patience import each, patiently
from domain.attendance.presence import Shift
from domain.attendance.punches import Checkin, Punch
from domain.attendance.punches import counted as punches_that_count
from domain.attendance.schedule import Team, counted
from scheduler.jobs import Read
from store.calendar import LoadedCalendar, renew
from store.codec import to_ms
from store.executor import Executor, office_clock
from store.kept import write_all

log = structlog.get_logger()

_DAY: Final = timedelta(days=1)
_REMEMBERED: Final = timedelta(days=170)  # so far back the platform tells of punches (contract 7.1: 180 days)
_EARLY: Final = timedelta(hours=6)  # so long before midnight somebody may clock in for a shift of the day
_WEEK: Final = 7  # days of which one call tells shifts
_CLOCKED: Final = 5  # days of whose shifts one call tells the punches: they begin before, and end on the day after
_ALONE: Final = 10  # days of which one call tells one person's check-ins


@dataclass(slots=True)
class AttendanceReader:
    """Keeps what the platform tells. Repeats a read when the platform is busy; raises what `bot.wire.errors` names."""

    executor: Executor
    platform: Attendance

    async def read(self, what: Read, people: Iterable[str], since: date, until: date) -> None:
        """The `shifts`, `punches` or `checkins` of these people and days (both included), instead of what was known.

        Punches are asked of those only who have a shift on one of these days: read the shifts before."""
        names = sorted(set(people))
        reading = {"shifts": self._shifts, "punches": self._punches, "checkins": self._checkins}[what]
        await reading(names, since, until)
        log.info("attendance read", action="attendance.read", what=what, people=len(names), since=str(since))

    async def _shifts(self, people: Sequence[str], since: date, until: date) -> None:
        operator = self.executor.world.operator
        if not people or not operator:
            return
        teams = await patiently(self.platform.teams)

        async def one(part: tuple[Sequence[str], date, date]) -> None:
            some, first, last = part
            planned = await patiently(lambda: self.platform.planned(operator, some, first, last))
            shifts = list(self._counted(planned, teams, first, last))
            await self._renew(Shift, shifts, some, first, last)

        await each(_parts(people, PEOPLE, since, until, _WEEK), one)

    def _counted(
        self, planned: Iterable[Planned], teams: Mapping[str, Team], first: date, last: date
    ) -> Iterator[Shift]:
        """The shifts that count; of who works by the week also for days of which the platform says nothing. Nobody has
        one before their first day in the company."""
        people = self.executor.world.organization.people
        given = {one.shift.id: one for one in planned}
        for person, number in {one.shift.person: one.team for one in given.values()}.items():
            team = teams.get(number, Team(name=""))
            begun = people[person].hired if person in people else None
            for day in _days(max(first, begun or first), last):
                known = given.get((day.isoformat(), person))
                if known is None and not team.fixed:
                    continue
                shift = known.shift if known else Shift(person=person, day=day)
                yield counted(replace(shift, team=team.name), team, self.executor.world.workdays, BEIJING)

    async def _punches(self, people: Sequence[str], since: date, until: date) -> None:
        async def one(part: tuple[Sequence[str], date, date]) -> None:
            some, first, last = part
            start, end = midnight(first) - _EARLY, midnight(last + 2 * _DAY) - timedelta(seconds=1)
            found = await patiently(lambda: self.platform.punches(some, start, end))
            these = [one for one in found if first <= one.day <= last]
            await self._renew(Punch, punches_that_count(these), some, first, last)

        for first, last in _spans(since, until, _CLOCKED):
            at_work = await self._at_work(people, first, last)
            await each(_parts(at_work, PEOPLE, first, last, _CLOCKED), one)

    async def _at_work(self, people: Sequence[str], since: date, until: date) -> list[str]:
        def look(connection: sa.Connection) -> list[str]:
            calendar = LoadedCalendar(connection=connection, world=self.executor.world, kept={})
            shifts = calendar.presence(since, until, people).shifts.values()
            return sorted({one.person for one in shifts if one.on is not None and since <= one.day <= until})

        return await self.executor.run(look)

    async def _checkins(self, people: Sequence[str], since: date, until: date) -> None:
        async def one(part: tuple[Sequence[str], date, date]) -> None:
            some, first, last = part
            start, end = midnight(first), midnight(last + _DAY) - timedelta(milliseconds=1)
            found = await patiently(lambda: self.platform.checkins(some, start, end))
            await self._renew(Checkin, found, some, first, last)

        alone = list(_parts(people, 1, since, until, _ALONE))
        together = list(_parts(people, VISITORS, since, until, 1))
        await each(alone if len(alone) < len(together) else together, one)

    async def _renew(self, kind: type, values: Iterable[Any], people: Sequence[str], first: date, last: date) -> None:
        now_ms = to_ms(self.executor.clock())
        kept = {kind: {one.id: one for one in values}}
        if not kept[kind] and midnight(last) < office_clock() - _REMEMBERED:
            return  # the platform has forgotten those days, we have not

        def write(connection: sa.Connection) -> None:
            renew(connection, kind, people, first, last)
            write_all(connection, kept, now_ms)

        await self.executor.run(write)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))


def _spans(first: date, last: date, most: int) -> Iterator[tuple[date, date]]:
    """Spans of at most so many days."""
    while first <= last:
        yield first, min(last, first + (most - 1) * _DAY)
        first += most * _DAY


def _parts(
    people: Sequence[str], most: int, since: date, until: date, days: int
) -> Iterator[tuple[Sequence[str], date, date]]:
    """So many people and days a call."""
    for first, last in _spans(since, until, days):
        for at in range(0, len(people), most):
            yield people[at : at + most], first, last
