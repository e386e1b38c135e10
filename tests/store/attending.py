"""An office whose calendar is filled by hand, and whose jobs run at a moment that the test names."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import orjson

from domain.attendance.presence import Away, AwayKind, Shift
from domain.attendance.punches import Checkin, Punch, PunchKind
from domain.attendance.rules import AttendanceRules
from domain.groups import Group
from scheduler.jobs import JOBS
from store import kept
from store.codec import to_ms
from store.office import load
from tests.store.talkative import Talkative, talkative
from tests.store.test_executor import rows
from usecases.due import Carry, Due
from usecases.ports import Office

R = TypeVar("R")

ZONE = ZoneInfo("Asia/Shanghai")
GROUPS = (Group(id="cidMarket==", department="市场部"), Group(id="cidManagers==", managers=True))


def at(text: str) -> datetime:
    """11-23 08:30, in the office's zone."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def works(person: str, day: int = 23, on: str = "08:30", off: str = "18:00", until: int = 0) -> Shift:
    """A shift of this day of November."""
    return Shift(
        person=person, day=date(2026, 11, day), on=at(f"11-{day:02} {on}"), off=at(f"11-{until or day:02} {off}")
    )


def away(person: str, start: str, end: str, kind: AwayKind = "leave", **more: Any) -> Away:
    """Approved."""
    many = {"id": f"X-{person}-{start}", "made": at("11-20 10:00"), **more}
    return Away(person=person, kind=kind, start=at(start), end=at(end), **many)


def punched(person: str, kind: PunchKind, when: str, day: int = 23) -> Punch:
    """A punch of the shift of that day."""
    return Punch(person=person, day=date(2026, 11, day), kind=kind, at=at(when))


@dataclass(slots=True)
class Attending:
    """People who type, a calendar, and jobs."""

    people: Talkative
    _told: set[str] = field(default_factory=set)

    async def knows(self, *values: Shift | Away | Punch | Checkin) -> None:
        """This stands in the calendar."""
        by_kind: dict[type, dict[Any, Any]] = {}
        for one in values:
            by_kind.setdefault(type(one), {})[one.id] = one
        await self.people.office.run(lambda connection: kept.write_all(connection, by_kind, to_ms(self.people.now)))

    async def due(self, job: str, moment: str | datetime) -> list[Due]:
        """What the job has at that moment."""
        office, when = self.people.office, at(moment) if isinstance(moment, str) else moment
        return await office.run(lambda c: list(JOBS[job].plan(load(c, office.world, [], when), when)))

    async def asks(self, read: Callable[[Office, datetime], R], moment: str) -> R:
        """What there is to be read at that moment."""
        office, when = self.people.office, at(moment)
        return await office.run(lambda c: read(load(c, office.world, [], when), when))

    async def moments(self, job: str, since: datetime, until: datetime) -> list[datetime]:
        """When the job is due in that time."""
        office = self.people.office
        return await office.run(lambda c: list(JOBS[job].times.between(load(c, office.world, [], since), since, until)))

    async def runs(self, job: str, moment: str) -> None:
        """The job's moment is carried out."""
        self.people.now = at(moment).astimezone(UTC)
        dues = tuple(await self.due(job, moment))
        await self.people.office.submit(Carry(job=job, moment=at(moment), dues=dues))

    def receivers(self) -> list[str]:
        """Who was told anything since the last look, by lane."""
        return sorted({lane for lane, _ in self._new()})

    def heard(self, lane: str) -> str:
        """What somebody was told since the last look: titles and texts."""
        return "\n".join(words for to, words in self._new() if to == lane)

    def _new(self) -> list[tuple[str, str]]:
        found = []
        for track, lane, words in rows(self.people.url, "SELECT track, lane, words FROM outbox WHERE words <> ''"):
            if track not in self._told:
                said = orjson.loads(words)
                found.append((lane, f"{said.get('title')}\n{said.get('markdown') or said.get('text')}"))
        return found

    def seen(self) -> None:
        """What was told so far is no news any more."""
        self._told = {row[0] for row in rows(self.people.url, "SELECT track FROM outbox WHERE words <> ''")}

    def findings(self) -> list[tuple[Any, ...]]:
        """What is missing: id, state and the fine."""
        return [tuple(row) for row in rows(self.people.url, "SELECT id, state, yuan FROM findings ORDER BY id")]


@asynccontextmanager
async def attending(
    url: str, rules: AttendanceRules | None = None, groups: Iterable[Group] = GROUPS
) -> AsyncIterator[Attending]:
    """The sample company with two groups."""
    async with talkative(url) as people:
        world = people.office.world
        people.office.world = replace(world, groups=tuple(groups), attendance_rules=rules or AttendanceRules())
        yield Attending(people=people)
