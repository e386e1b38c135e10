"""A job on the last working day: of a week, of a month, around days off."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from scheduler.times import Daily, Span
from tests.store.office import world
from usecases.ports import Office, World

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(kw_only=True)
class Desk:
    """An office with nothing but its calendar."""

    world: World


def moments(last: Span, since: str, until: str) -> list[str]:
    begin, end = (datetime.fromisoformat(one).replace(tzinfo=ZONE) for one in (since, until))
    found = Daily(at=time(17), last=last).between(cast(Office, cast(Any, Desk(world=world()))), begin, end)
    return [f"{one:%m-%d}" for one in found]


@pytest.mark.parametrize(
    ("last", "since", "until", "days"),
    [
        ("week", "2026-11-22", "2026-12-07", ["11-27", "12-04"]),
        ("week", "2026-04-27", "2026-05-04", ["04-30"]),  # Friday is the first of May
        ("week", "2026-09-28", "2026-10-05", ["09-30"]),
        ("month", "2026-10-20", "2026-12-02", ["10-30", "11-30"]),
        ("month", "2026-04-01", "2026-05-01", ["04-30"]),
        ("week", "2099-11-01", "2099-11-10", ["11-06"]),  # a Friday of a year of which no notice is known
        ("month", "2099-10-28", "2099-11-04", ["10-30"]),
    ],
)
def test_the_last_working_day(last: Span, since: str, until: str, days: list[str]) -> None:
    assert moments(last, since, until) == days
