"""A month's budget: what it comes to, and when what can wait should wait."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from domain.budget import Budget, forecast, is_short, reached

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_a_month_goes_on_as_it_began() -> None:
    assert forecast(1000, at("2026-09-11 00:00")) == 3000
    assert forecast(50, at("2026-09-01 06:00")) == 1500  # a morning is not taken for more than a day


@pytest.mark.parametrize(
    ("spent", "now", "short"),
    [
        ({"call": 100}, "2026-09-02 00:00", False),
        ({"call": 2400}, "2026-09-02 00:00", False),  # a bad day at the beginning: less than half is used
        ({"call": 2600}, "2026-09-10 00:00", True),
        ({"call": 2600}, "2026-09-20 00:00", False),
        ({"call": 4800}, "2026-09-30 22:00", True),
        ({"message": 2900}, "2026-09-30 22:00", True),
        ({"call": 10, "message": 1600}, "2026-09-05 00:00", True),
        ({}, "2026-09-05 00:00", False),
    ],
)
def test_when_it_is_short(spent: dict[str, int], now: str, short: bool) -> None:
    assert is_short(spent, Budget(), at(now)) is short


def test_who_may_call_as_often_as_they_like_is_never_short() -> None:
    assert not is_short({"call": 10**9}, Budget(calls=0, messages=0), at("2026-09-05 00:00"))


def test_the_marks_at_which_administrators_hear_of_it() -> None:
    assert [reached(used, 5000) for used in (0, 3999, 4000, 4750, 4999, 5000, 9000)] == [0, 0, 80, 95, 95, 100, 100]
    assert reached(5000, 0) == 0
