"""People are left alone when they wish it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.reminders import Settings
from language.statutory import statutory_workdays

ZONE = ZoneInfo("Asia/Shanghai")
WORKDAYS = statutory_workdays()


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        ((22 * 60, 7 * 60), "2026-11-23 21:59", None),
        ((22 * 60, 7 * 60), "2026-11-23 22:00", "2026-11-24 07:00"),
        ((22 * 60, 7 * 60), "2026-11-24 06:59", "2026-11-24 07:00"),
        ((22 * 60, 7 * 60), "2026-11-24 07:00", None),
        ((12 * 60, 13 * 60 + 30), "2026-11-23 12:10", "2026-11-23 13:30"),
        ((12 * 60, 13 * 60 + 30), "2026-11-23 13:30", None),
        ((22 * 60, 0), "2026-12-31 23:00", "2027-01-01 00:00"),
        (None, "2026-11-23 03:00", None),
    ],
)
def test_until_when_somebody_wants_to_be_left_alone(quiet: tuple[int, int] | None, now: str, until: str | None) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    expected = datetime.fromisoformat(until).replace(tzinfo=ZONE) if until else None
    assert Settings(person="ann", quiet=quiet).waits_until(moment) == expected


def test_some_are_wanted_once_a_week_only_and_some_never() -> None:
    wish = Settings(person="ann", off=("punch_in",), weekly=("waiting",))
    days = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]
    assert [day.day for day in days if wish.wants("waiting", day, WORKDAYS)] == [23]
    assert not any(wish.wants("punch_in", day, WORKDAYS) for day in days)
    assert all(wish.wants("punch_out", day, WORKDAYS) for day in days)


@pytest.mark.parametrize(
    ("monday", "wanted"),
    [
        (date(2026, 4, 6), [7]),  # the Monday of Qingming
        (date(2026, 10, 5), [8]),
        (date(2026, 2, 16), []),  # the week of the spring festival
        (date(2031, 9, 1), [1]),
    ],
)
def test_once_a_week_is_its_first_working_day(monday: date, wanted: list[int]) -> None:
    wish = Settings(person="ann", weekly=("waiting",))
    days = [monday + timedelta(days=n) for n in range(5)]
    assert [day.day for day in days if wish.wants("waiting", day, WORKDAYS)] == wanted
