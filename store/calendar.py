"""Rows of the calendar: who works when, who is away, who clocked in and checked in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import sqlalchemy as sa

from domain.attendance.presence import Away, Presence, Shift
from domain.attendance.punches import Checkin, Hours, Punch
from domain.calendar import Workdays
from store import time_tables as t
from store.codec import from_ms, to_ms
from store.rows import Row, parts
from usecases.books import Edge
from usecases.ports import World

_NEWEST: Final = 60  # days of a person's own shifts that are looked at when days are counted
_FEW: Final = 500  # people who are named to the database; of more all are read


@dataclass(slots=True)
class LoadedCalendar:
    """The `Calendar` of usecases.books: rows, and over them what this batch keeps."""

    connection: sa.Connection
    world: World
    kept: dict[type, dict[Any, Any]]

    def presence(self, since: date, until: date, people: Iterable[str] | None = None) -> Presence:
        """The presence calendar of these days; what lies a day around is known too, for shifts over midnight."""
        names = None if people is None else set(people)
        beside = timedelta(days=1)
        first, last = since - beside, until + beside
        shifts = {one.id: one for one in self._rows(t.shifts, names, first, last, shift_from)}
        shifts |= {key: one for key, one in self._noted(Shift, names).items() if first <= one.day <= last}
        away = self.away(self._midnight(first), self._midnight(last + beside), names)
        return Presence(workdays=self.world.workdays, shifts=shifts.values(), away=away, zone=self.world.frame.zone)

    def away(self, since: datetime, until: datetime, people: Iterable[str] | None = None) -> tuple[Away, ...]:
        """Who is away at some moment of that time."""
        names = None if people is None else set(people)
        query = sa.select(t.away).where(t.away.c.end_ms > to_ms(since), t.away.c.start_ms < to_ms(until))
        found = {one.id: one for row in self._selected(query, t.away, names) for one in (away_from(row),)}
        found |= self._noted(Away, names)
        return tuple(one for one in found.values() if max(one.start, since) < min(one.end, until))

    def workdays_of(self, person: str) -> Workdays:
        """The working days as they are for this person."""
        newest = sa.select(t.shifts.c.day, t.shifts.c.on_ms).order_by(t.shifts.c.day.desc()).limit(_NEWEST)
        own = self.connection.execute(newest.where(t.shifts.c.person == person))
        days = {date.fromisoformat(row.day): row.on_ms > 0 for row in own}
        company = self.world.workdays.company
        return replace(self.world.workdays, company={**company, **days}) if days else self.world.workdays

    def edges(self, edge: Edge, since: datetime, until: datetime) -> tuple[datetime, ...]:
        """The moments at which somebody's shift begins or ends."""
        column = t.shifts.c.on_ms if edge == "on" else t.shifts.c.off_ms
        first, last = (one.astimezone(self.world.frame.zone).date() for one in (since, until))
        days = _within(t.shifts, first - timedelta(days=1), last)
        query = sa.select(column).distinct().where(*days, column > to_ms(since), column <= to_ms(until))
        noted = (one.on if edge == "on" else one.off for one in self.kept.get(Shift, {}).values())
        found = {from_ms(ms) for ms in self.connection.scalars(query)}
        return tuple(sorted(found | {one for one in noted if one and since < one <= until}))

    def shifts_at(self, edge: Edge, moment: datetime) -> tuple[Shift, ...]:
        """The shifts that begin or end at that very moment."""
        column = t.shifts.c.on_ms if edge == "on" else t.shifts.c.off_ms
        rows = self.connection.execute(sa.select(t.shifts).where(column == to_ms(moment))).mappings()
        noted = self.kept.get(Shift)
        if not noted:
            return tuple(map(shift_from, rows))
        found = {one.id: one for one in map(shift_from, rows)} | noted
        return tuple(one for one in found.values() if (one.on if edge == "on" else one.off) == moment)

    def punches(self, since: date, until: date, people: Iterable[str] | None = None) -> tuple[Punch, ...]:
        """The punches of the shifts of these days."""
        names = None if people is None else set(people)
        found = {one.id: one for one in self._rows(t.punches, names, since, until, punch_from)}
        noted = self._noted(Punch, names)
        found |= {key: one for key, one in noted.items() if since <= one.day <= until}
        return tuple(found.values())

    def clocked(self, day: date) -> Mapping[Hours, datetime]:
        """When the punches of that day were read last, by the hours of the shifts."""
        hours = t.shifts.c.on_ms, t.shifts.c.off_ms
        same = sa.and_(t.shifts.c.day == t.punches.c.day, t.shifts.c.person == t.punches.c.person)
        query = sa.select(*hours, sa.func.max(t.punches.c.read_ms)).join_from(t.punches, t.shifts, same)
        rows = self.connection.execute(query.where(t.punches.c.day == day.isoformat()).group_by(*hours))
        return {(from_ms(on), from_ms(off)): from_ms(read) for on, off, read in rows}

    def checkins(self, since: date, until: date, people: Iterable[str] | None = None) -> tuple[Checkin, ...]:
        """The check-ins of these days."""
        names = None if people is None else set(people)
        start, end = self._midnight(since), self._midnight(until + timedelta(days=1))
        query = sa.select(t.checkins).where(t.checkins.c.at_ms >= to_ms(start), t.checkins.c.at_ms < to_ms(end))
        found = {one.id: one for row in self._selected(query, t.checkins, names) for one in (checkin_from(row),)}
        noted = self._noted(Checkin, names)
        found |= {key: one for key, one in noted.items() if start <= one.at < end}
        return tuple(sorted(found.values(), key=lambda one: (one.at, one.person)))

    def _rows(self, table: sa.Table, names: set[str] | None, first: date, last: date, read: Any) -> list[Any]:
        query = sa.select(table).where(*_within(table, first, last))
        return [read(row) for row in self._selected(query, table, names)]

    def _selected(self, query: "sa.Select[Any]", table: sa.Table, names: set[str] | None) -> Iterable[Any]:
        if names is not None and len(names) <= _FEW:
            query = query.where(table.c.person.in_(sorted(names)))
        rows = self.connection.execute(query).mappings()
        return rows if names is None else (row for row in rows if row["person"] in names)

    def _noted(self, kind: type, names: set[str] | None) -> dict[Any, Any]:
        noted = self.kept.get(kind, {})
        return {key: one for key, one in noted.items() if names is None or one.person in names}

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.world.frame.zone)


def renew(connection: sa.Connection, kind: type, people: Iterable[str], first: date, last: date) -> None:
    """Forget the shifts or punches of these people and days: they were read anew. Check-ins are never taken back."""
    table = {Shift: t.shifts, Punch: t.punches}.get(kind)
    if table is not None:
        for some in parts(people):
            connection.execute(sa.delete(table).where(table.c.person.in_(some), *_within(table, first, last)))


def _within(table: sa.Table, first: date, last: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Of these days. No BETWEEN: PostgreSQL cannot read one with a collation."""
    return table.c.day >= first.isoformat(), table.c.day <= last.isoformat()


def shift_row(one: Shift, now_ms: int) -> Row:
    """The row of a shift."""
    return {
        "day": one.day.isoformat(), "person": one.person, "on_ms": to_ms(one.on), "off_ms": to_ms(one.off),
        "team": one.team, "shift": one.shift, "on_plan": one.on_plan, "off_plan": one.off_plan, "read_ms": now_ms,
    }  # fmt: skip


def shift_from(row: Any) -> Shift:
    """A shift from its row."""
    return Shift(
        person=row["person"], day=date.fromisoformat(row["day"]), on=from_ms(row["on_ms"]) if row["on_ms"] else None,
        off=from_ms(row["off_ms"]) if row["off_ms"] else None, team=row["team"], shift=row["shift"],
        on_plan=row["on_plan"], off_plan=row["off_plan"],
    )  # fmt: skip


def away_row(one: Away, now_ms: int) -> Row:
    """The row of an absence."""
    return {
        "id": one.id, "person": one.person, "kind": one.kind, "start_ms": to_ms(one.start), "end_ms": to_ms(one.end),
        "made_ms": to_ms(one.made), "deputy": one.deputy, "place": one.place, "reachable": int(one.reachable),
    }  # fmt: skip


def away_from(row: Any) -> Away:
    """An absence from its row."""
    return Away(
        id=row["id"], person=row["person"], kind=row["kind"], start=from_ms(row["start_ms"]),
        end=from_ms(row["end_ms"]), made=from_ms(row["made_ms"]), deputy=row["deputy"], place=row["place"],
        reachable=bool(row["reachable"]),
    )  # fmt: skip


def punch_row(one: Punch, now_ms: int) -> Row:
    """The row of a punch."""
    return {
        "day": one.day.isoformat(), "person": one.person, "kind": one.kind, "at_ms": to_ms(one.at),
        "result": one.result, "place": one.place, "source": one.source, "read_ms": now_ms,
    }  # fmt: skip


def punch_from(row: Any) -> Punch:
    """A punch from its row."""
    return Punch(
        person=row["person"], day=date.fromisoformat(row["day"]), kind=row["kind"], at=from_ms(row["at_ms"]),
        result=row["result"], place=row["place"], source=row["source"],
    )  # fmt: skip


def checkin_row(one: Checkin, now_ms: int) -> Row:
    """The row of a check-in."""
    return {
        "id": one.id, "person": one.person, "at_ms": to_ms(one.at), "place": one.place, "remark": one.remark,
        "photos": one.photos,
    }  # fmt: skip


def checkin_from(row: Any) -> Checkin:
    """A check-in from its row."""
    return Checkin(
        person=row["person"], at=from_ms(row["at_ms"]), place=row["place"], remark=row["remark"], photos=row["photos"]
    )
