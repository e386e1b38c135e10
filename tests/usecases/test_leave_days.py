"""What a form of leave comes to on each of its days."""

from datetime import date

import pytest

from domain.approvals.values import Value
from domain.leave.rules import LeaveRule
from language.statutory import statutory_workdays
from usecases.leave_days import parts_of

HOURLY = LeaveRule(type="comp", unit="hour")
SHORT = LeaveRule(type="comp", unit="hour", hours_a_day=7.0)
DAILY = LeaveRule(type="comp")
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("rule", "start", "end", "days", "taken"),
    [
        (HOURLY, "2026-11-23 14:00", "2026-11-24 10:00", 2, [4, 1]),
        (HOURLY, "2026-11-23 14:00", "2026-11-25", 3, [4, 8, 8]),
        (HOURLY, "2026-11-23", "2026-11-24 10:00", 2, [8, 1]),
        (HOURLY, "2026-11-23 11:00", "2026-11-24 15:30", 2, [6, 5.5]),
        (SHORT, "2026-11-23 09:30", "2026-11-24 10:00", 2, [7, 1]),
        (HOURLY, "2026-11-23 18:30", "2026-11-24 10:00", 2, [0, 1]),
        (HOURLY, "2026-11-23 19:00", "2026-11-24 08:00", 2, [8, 8]),  # a night: the hours of the office say nothing
        (HOURLY, "2026-11-23 下午", "2026-11-24 上午", 1, [4, 4]),
        (HOURLY, "2026-11-23", "2026-11-24", 2, [8, 8]),
        (DAILY, "2026-11-23 14:00", "2026-11-24 10:00", 2, [1, 1]),
    ],
)
def test_a_ledger_in_hours_takes_the_hours_of_each_day(
    rule: LeaveRule, start: str, end: str, days: float, taken: list[float]
) -> None:
    parts = parts_of({"leave_type": "comp", "start": start, "end": end, "days": days}, rule, statutory_workdays())
    assert parts is not None
    wanted = {MONDAY.replace(day=23 + n): round(amount * 1000) for n, amount in enumerate(taken) if amount}
    assert parts.days == wanted


def test_a_weekend_between_takes_no_hours() -> None:
    values: dict[str, Value] = {"leave_type": "comp", "start": "2026-11-27 14:00", "end": "2026-11-30 10:00", "days": 2}
    parts = parts_of(values, HOURLY, statutory_workdays())
    assert parts is not None
    assert parts.days == {date(2026, 11, 27): 4000, date(2026, 11, 30): 1000}
