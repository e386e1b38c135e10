"""Whose shifts are known is counted by them: leave over a rota, and by when a step should be decided."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.attendance.presence import Shift
from store import kept
from store.codec import case_from
from tests.store.talkative import EMPLOYEE, OTHER, talkative
from tests.store.test_executor import rows

ZONE = ZoneInfo("Asia/Shanghai")


def rota(person: str, works: str) -> dict[type, dict[Any, Any]]:
    """From Tuesday, 24 November on: x is a day of work, - one of rest."""
    days = [date(2026, 11, 24 + n) for n in range(len(works))]
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
