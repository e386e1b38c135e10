"""Once, at the start: what cases that are older than the calendar and the ledger say to them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import orjson
import sqlalchemy as sa
import structlog

from domain.approvals.case import Case, Status
from domain.attendance.presence import Away
from domain.leave.ledger import Entry
from store import kept, snapshots
from store import tables as t
from store.calendar import LoadedCalendar, away_from
from store.codec import case_from, to_ms
from store.ledger import LoadedLedger
from store.rows import locked
from store.time_tables import away
from usecases.absences import KINDS as AWAY
from usecases.catch_up import away_again, entries_of
from usecases.ports import World
from usecases.values import KINDS

log = structlog.get_logger()

_NAME: Final = "caught_up"  # the snapshot that says what was done
_FLOWS: Final = (*AWAY, KINDS["overtime"])
_STATES: Final = (Status.RUNNING.value, Status.APPROVED.value)
_OVER: Final = timedelta(days=60)  # nobody asks any more where somebody was
_AHEAD: Final = timedelta(days=366)  # so long before its days something is asked for at most


def catch_up(connection: sa.Connection, world: World, now: datetime) -> None:
    """The calendar of the last 60 days and to come, and the ledger of this year and later. A type of leave that got its
    rule only now is caught up on then; else nothing is done again."""
    done = orjson.loads(snapshots.find(connection, _NAME) or "[]")
    wanted = ["away", *sorted(f"leave:{one}" for one in world.leave)]
    if done == wanted:
        return
    over = now - _OVER
    here = now.astimezone(world.frame.zone)
    year = here.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    cases = _standing(connection, min(over, year) - _AHEAD)
    absences, booked = _away(connection, cases, over, world), _entries(connection, cases, year, world)
    kept.write_all(connection, {Away: absences, Entry: booked}, to_ms(now))
    snapshots.save(connection, _NAME, orjson.dumps(wanted).decode(), to_ms(now))
    log.info("older cases were caught up on", action="store.catch_up", away=len(absences), entries=len(booked))


def _standing(connection: sa.Connection, since: datetime) -> list[Case]:
    """The cases that run or were approved, made since then; locked, so that nobody books them meanwhile."""
    query = sa.select(t.cases.c.number).where(
        t.cases.c.flow.in_(_FLOWS), t.cases.c.status.in_(_STATES), t.cases.c.created_ms >= to_ms(since)
    )
    rows = locked(connection, t.cases, connection.scalars(query).all(), "number", "status", "state")
    return [case_from(state) for _, status, state in rows if status in _STATES]


def _away(connection: sa.Connection, cases: Iterable[Case], since: datetime, world: World) -> dict[str, Away]:
    rows = connection.execute(sa.select(away).where(away.c.end_ms > to_ms(since - timedelta(days=1)))).mappings()
    known = {row["id"]: away_from(row) for row in rows}
    found = (
        away_again(case, known.get(case.number), since, world.frame.zone)
        for case in cases if case.status is Status.APPROVED
    )  # fmt: skip
    return {one.id: one for one in found if one is not None}


def _entries(connection: sa.Connection, cases: Iterable[Case], since: datetime, world: World) -> dict[str, Entry]:
    people = {case.applicant for case in cases}
    entries = LoadedLedger(connection=connection).entries(people)
    calendar = LoadedCalendar(connection=connection, world=world, kept={})
    workdays = {person: calendar.workdays_of(person) for person in people}
    return {
        one.id: one for case in cases
        for one in entries_of(case, entries[case.applicant], since, world, workdays[case.applicant])
    }  # fmt: skip
