"""A database of before the calendar and the ledger: at its first start both learn of what stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from alembic import command

from domain.approvals.case import Case, Status
from domain.attendance.presence import Shift
from domain.leave.rules import STATUTORY, LeaveRule
from store.calendar import LoadedCalendar
from store.catchup import catch_up
from store.codec import case_text, to_ms
from store.engine import make_engine
from store.migrate import configuration, upgrade
from tests.store.office import SAID_AT, world
from tests.store.talkative import EMPLOYEE, SUPERVISOR, talkative
from tests.store.test_executor import rows
from tests.store.test_leave_ledger import stands

ZONE = ZoneInfo("Asia/Shanghai")
APPROVED = Status.APPROVED


def at(text: str) -> datetime:
    """A moment of 2026 in the office."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def old(number: str, flow: str, start: str, end: str, status: Status = APPROVED, **values: Any) -> Case:
    """A case as it was decided before."""
    values |= {"start": start, "end": end}
    made = datetime.fromisoformat(f"{start[:10]}T09:00:00+08:00") - timedelta(days=2)
    return Case(
        number=number, flow=flow, flow_version="", title="单子", applicant=values.pop("who", EMPLOYEE), status=status,
        version=4, created_at=made, submitted_at=made, closed_at=made + timedelta(hours=1), values=values,
    )  # fmt: skip


def annual(number: str, first: str, last: str, days: float, status: Status = APPROVED, **more: Any) -> Case:
    """Annual leave."""
    return old(number, "leave", first, last, status, leave_type="annual", days=days, **more)


TRIP = old("CC-1", "business_trip", "2026-11-23", "2026-11-25", place="上海", days=3)
OUT = old("WC-1", "outing", "2026-11-26 14:00", "2026-11-26 16:00", place="税务局")
MORNING = old("QJ-5", "leave", "2026-11-27 上午", "2026-11-27 上午", leave_type="sick", days=0.5, deputy="liuy")
AGAIN = old("QJ-6", "leave", "2026-11-23", "2026-11-27", leave_type="personal", days=5, who=SUPERVISOR)
RUNNING = annual("QJ-20261129-001", "2026-12-01", "2026-12-01", 1, Status.RUNNING)
LEAVES = (
    annual("QJ-1", "2026-06-01", "2026-06-03", 3),
    RUNNING,
    annual("QJ-3", "2026-12-02", "2026-12-02", 1, Status.RETURNED),
    annual("QJ-4", "2025-12-30", "2025-12-31", 2),
    old("JB-1", "overtime", "2026-10-12 18:00", "2026-10-12 22:00", days=0.5),
    old("JB-2", "overtime", "2026-10-13 18:00", "2026-10-13 22:00", Status.RUNNING, days=0.5),
)


def insert(connection: sa.Connection, case: Case) -> None:
    """Its row."""
    connection.execute(
        sa.text(
            "INSERT INTO cases (number, flow, applicant, status, version, created_ms, updated_ms, head, state)"
            " VALUES (:number, :flow, :who, :status, 4, :made, :made, '', :state)"
        ),
        {"number": case.number, "flow": case.flow, "who": case.applicant, "status": case.status.value,
         "made": to_ms(case.created_at), "state": case_text(case)},
    )  # fmt: skip


@pytest.fixture
def before(database_url: str) -> Iterator[str]:
    """A database of revision 0006 with these cases, and the deputies' rows that it kept of leave; upgraded."""
    engine = make_engine(database_url)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), "0006")
        for case in (TRIP, OUT, MORNING, AGAIN, *LEAVES, replace(TRIP, number="CC-0", values={"start": "2026-05-04"})):
            insert(connection, case)
        for case, start, end in (
            (MORNING, at("11-27 09:00"), at("11-27 12:00")),
            (AGAIN, at("11-23 00:00"), at("11-23 09:30")),  # who said 取消委托 while on leave
        ):
            connection.execute(
                sa.text(
                    "INSERT INTO standins (id, person, deputy, start_ms, end_ms, made_ms, flows, most, case_number)"
                    " VALUES (:number, :who, :deputy, :start, :end, 1, '[]', '', :number)"
                ),
                {"number": case.number, "who": case.applicant, "deputy": str(case.values.get("deputy", "")),
                 "start": to_ms(start), "end": to_ms(end)},
            )  # fmt: skip
    upgrade(database_url)
    yield database_url
    engine.dispose()


def caught_up(url: str, *more: LeaveRule) -> None:
    """As at a start on Monday morning."""
    office, engine = world(), make_engine(url)
    rules = {one.type: one for one in (*STATUTORY, *more)}
    with engine.begin() as connection:
        catch_up(connection, replace(office, leave=rules), SAID_AT)
    engine.dispose()


def everything(url: str) -> list[Any]:
    """All rows of both."""
    return [*rows(url, "SELECT * FROM away ORDER BY id"), *rows(url, "SELECT * FROM entries ORDER BY id")]


def test_trips_outings_and_halves_of_before_are_in_the_calendar(before: str) -> None:
    caught_up(before)
    found = rows(before, "SELECT id, kind, start_ms, end_ms, deputy, place, reachable FROM away ORDER BY id")
    assert found == [
        ("CC-1", "trip", to_ms(at("11-23 00:00")), to_ms(at("11-26 00:00")), "", "上海", 0),
        ("QJ-5", "leave", to_ms(at("11-27 00:00")), to_ms(at("11-27 12:00")), "liuy", "", 0),
        ("QJ-6", "leave", to_ms(at("11-23 00:00")), to_ms(at("11-28 00:00")), "", "", 1),
        ("WC-1", "outing", to_ms(at("11-26 14:00")), to_ms(at("11-26 16:00")), "", "税务局", 0),
    ]


def test_whoever_went_on_a_trip_before_is_not_asked_to_clock_in(before: str) -> None:
    caught_up(before)
    engine = make_engine(before, writer=False)
    with engine.begin() as connection:
        days = [date(2026, 11, 24), date(2026, 11, 27)]
        presence = LoadedCalendar(connection=connection, world=world(), kept={}).presence(days[0], days[1], [EMPLOYEE])
    engine.dispose()
    shifts = [
        Shift(person=EMPLOYEE, day=day, on=at(f"{day:%m-%d} 08:30"), off=at(f"{day:%m-%d} 18:00")) for day in days
    ]
    assert not any(presence.must_clock_in(one) for one in shifts), "the morning off begins at midnight"


async def test_leave_of_this_year_counts_and_that_of_last_year_does_not(before: str) -> None:
    caught_up(before)
    booked = rows(before, "SELECT case_number, target, sum(amount) FROM entries GROUP BY 1, 2 ORDER BY 1")
    assert [(row[0], row[1], int(row[2])) for row in booked] == [
        ("JB-1", "available", 500), ("QJ-1", "taken", 3000), (RUNNING.number, "reserved", 1000),
    ]  # fmt: skip
    async with talkative(before) as office:
        assert "还剩 1 天" in await office.says(EMPLOYEE, "我的余额")
        await office.says(EMPLOYEE, f"撤销 {RUNNING.number}")
    assert stands(before)[1:] == (0, 3000), "what was reserved is given back as ever"


def test_a_second_start_changes_nothing(before: str) -> None:
    caught_up(before)
    once = everything(before)
    caught_up(before)
    assert everything(before) == once
    engine = make_engine(before)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM snapshots"))
        connection.execute(sa.text("UPDATE away SET reachable = 1, deputy = '' WHERE id = 'QJ-5'"))
    engine.dispose()
    expected = rows(before, "SELECT * FROM away ORDER BY id")
    caught_up(before)
    assert rows(before, "SELECT * FROM away ORDER BY id") == expected, "what was said meanwhile stays"
    assert len(everything(before)) == len(once)


def test_a_database_that_was_taken_back_is_caught_up_on_again(before: str) -> None:
    caught_up(before)
    once = rows(before, "SELECT id, amount FROM entries ORDER BY id")
    engine = make_engine(before)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), "0006")
    engine.dispose()
    upgrade(before)
    caught_up(before)
    assert rows(before, "SELECT id, amount FROM entries ORDER BY id") == once
    assert rows(before, "SELECT id FROM away ORDER BY id") == [("CC-1",), ("QJ-5",), ("QJ-6",), ("WC-1",)]


def test_a_type_that_gets_a_rule_later_is_caught_up_on_then(before: str) -> None:
    caught_up(before)
    assert rows(before, "SELECT count(*) FROM entries WHERE leave_type = 'sick'") == [(0,)]
    caught_up(before, LeaveRule(type="sick"))
    assert rows(before, "SELECT case_number, amount FROM entries WHERE leave_type = 'sick'") == [("QJ-5", 500)]
