"""People are left alone when they wish it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from domain.reminders import Settings

ZONE = ZoneInfo("Asia/Shanghai")


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


def test_some_are_wanted_on_mondays_only_and_some_never() -> None:
    wish = Settings(person="ann", off=("punch_in",), weekly=("waiting",))
    monday, tuesday = (datetime(2026, 11, day, 9, tzinfo=ZONE) for day in (23, 24))
    assert wish.wants("waiting", monday)
    assert not wish.wants("waiting", tuesday)
    assert not wish.wants("punch_in", monday)
    assert wish.wants("punch_out", tuesday)
