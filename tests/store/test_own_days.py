"""Whose shifts are known is counted by them: leave over a rota, and by when a step should be decided."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from domain.attendance.presence import Shift
from store import kept
from store.codec import case_from
from store.time_tables import shifts
from tests.store.talkative import EMPLOYEE, OTHER, talkative
from tests.store.test_executor import rows
from tests.store.test_leave_ledger import shown
from usecases.show import APPLICANT

ZONE = ZoneInfo("Asia/Shanghai")


def rota(person: str, works: str) -> dict[type, dict[Any, Any]]:
    """From Tuesday, 24 November on: x is a day of work, - one of rest."""
    days = [date(2026, 11, 24) + timedelta(days=n) for n in range(len(works))]
    shifts = [
        Shift(
            person=person, day=day, team="轮班",
            on=datetime(day.year, day.month, day.day, 9, tzinfo=ZONE) if one == "x" else None,
            off=datetime(day.year, day.month, day.day, 18, tzinfo=ZONE) if one == "x" else None,
        )
        for day, one in zip(days, works, strict=True)
    ]  # fmt: skip
    return {Shift: {one.id: one for one in shifts}}


async def days_of_leave(url: str, person: str, text: str, own: dict[type, dict[Any, Any]]) -> Any:
    """What the draft says when the person asks for this, and these shifts are known of the employee."""
    async with talkative(url) as it:
        await it.office.run(lambda connection: kept.write_all(connection, own, 0))
        await it.says(person, text)
        (row,) = rows(url, "SELECT state FROM cases")
        return case_from(row.state).values["days"]


@pytest.mark.parametrize(("person", "days"), [(EMPLOYEE, 3), (OTHER, 4)])
async def test_leave_over_a_rota_counts_the_days_that_the_person_works(
    database_url: str, person: str, days: int
) -> None:
    own = rota(EMPLOYEE, "x-xx-x")
    assert await days_of_leave(database_url, person, "11月24日到11月27日请事假，搬家", own) == days


@pytest.mark.parametrize(("person", "days"), [(EMPLOYEE, 2), (OTHER, 1)])
async def test_a_saturday_that_is_worked_counts(database_url: str, person: str, days: int) -> None:
    own = rota(EMPLOYEE, "xxxxx-")
    assert await days_of_leave(database_url, person, "11月27日到11月28日请事假，搬家", own) == days


async def test_annual_leave_over_a_rota_is_booked_on_the_days_that_the_person_works(database_url: str) -> None:
    """Friday of rest, Saturday of work: the ledger and the card count them as the form does."""
    async with talkative(database_url) as it:
        own = rota(EMPLOYEE, "xxx-x-")
        await it.office.run(lambda connection: kept.write_all(connection, own, 0))
        number = await it.filed(EMPLOYEE, "11月26日到11月28日请年假")
        assert it.case(number).values["days"] == 2
        booked = rows(database_url, "SELECT day, amount FROM entries WHERE target = 'reserved' ORDER BY day")
        assert booked == [("2026-11-26", 1000), ("2026-11-28", 1000)]


async def test_a_card_that_is_sent_counts_by_the_shifts_of_its_applicant(database_url: str) -> None:
    """One day over New Year: by the company it is the last of the old year, by the rota the first of the new one."""
    async with talkative(database_url) as it:
        await it.filed(EMPLOYEE, "12月1日到12月2日请年假")
        own = rota(EMPLOYEE, "x" * 37 + "-x")
        await it.office.run(lambda connection: kept.write_all(connection, own, 0))
        await it.says(EMPLOYEE, "12月31日到1月1日请年假")
        number = str(rows(database_url, "SELECT number FROM cases WHERE status = 'draft'")[0][0])
        assert it.case(number).values["days"] == 1
        assert "之后 4 天" in shown(it, number, APPLICANT, EMPLOYEE)
        await it.office.run(lambda connection: connection.execute(sa.delete(shifts)))
        assert "之后 2 天" in shown(it, number, APPLICANT, EMPLOYEE)
