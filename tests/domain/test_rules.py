"""Lead times, limits and places: what a flow's rules say of a form (R-LEAVE-1, -2, -5, R-CORR-1, R-TRIP-1)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import flowfiles
from domain.approvals.flow import Lead, Limit
from domain.approvals.rules import excused, inside, last_day, late, period, placed, sentences
from language.statutory import statutory_workdays

WORKDAYS = statutory_workdays()
ROBOTICS, COMMON, CLASSIC = (flowfiles.load(pack) for pack in ("robotics", "common", "classic"))
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("start", "working", "days", "latest"),
    [
        (date(2026, 11, 24), True, 1, date(2026, 11, 23)),  # Tuesday: Monday
        (date(2026, 11, 23), True, 1, date(2026, 11, 20)),  # Monday: Friday
        (date(2026, 11, 23), True, 2, date(2026, 11, 19)),
        (date(2026, 10, 8), True, 1, date(2026, 9, 30)),  # behind the national holiday
        (date(2026, 10, 12), True, 1, date(2026, 10, 10)),  # a Saturday that is worked
        (date(2026, 10, 8), False, 1, date(2026, 10, 7)),  # calendar days
        (date(2027, 1, 4), True, 2, date(2026, 12, 31)),  # 2027 is not published: weekdays count
    ],
)
def test_the_last_day_in_time(start: date, working: bool, days: int, latest: date) -> None:
    assert last_day(Lead(days=days, working=working), start, WORKDAYS) == latest


@given(st.dates(date(2026, 1, 10), date(2026, 12, 20)), st.integers(1, 5))
def test_so_many_working_days_lie_between_filing_and_start(start: date, days: int) -> None:
    latest = last_day(Lead(days=days, working=True), start, WORKDAYS)
    between = [latest + timedelta(days=n) for n in range((start - latest).days)]
    assert sum(bool(WORKDAYS.is_workday(day)) for day in between) == days
    assert WORKDAYS.is_workday(latest), "nobody files on a day off to be in time"


def test_the_first_lead_that_fits_counts() -> None:
    flow = ROBOTICS["leave"]
    short, long = {"days": 3, "start": "2026-11-25"}, {"days": 5, "start": "2026-11-25"}
    on_tuesday = date(2026, 11, 24)
    assert late(flow, short, on_tuesday, WORKDAYS) is None
    missed = late(flow, long, on_tuesday, WORKDAYS)
    assert missed is not None
    assert (missed.lead.days, missed.latest) == (2, MONDAY)
    assert not excused(flow, long, on_tuesday, WORKDAYS)
    assert excused(flow, {**long, "emergency": "家人住院"}, on_tuesday, WORKDAYS)
    assert not excused(flow, {**long, "emergency": "  "}, on_tuesday, WORKDAYS)


def test_leave_one_day_ahead_counts_days_of_the_calendar() -> None:
    flow = COMMON["leave"]
    assert late(flow, {"start": "2026-11-23 下午"}, MONDAY, WORKDAYS) is not None
    assert late(flow, {"start": "2026-11-23"}, date(2026, 11, 22), WORKDAYS) is None
    assert late(flow, {}, MONDAY, WORKDAYS) is None, "nothing is late while its day is not known"


def test_the_rules_are_said_in_words() -> None:
    assert sentences(ROBOTICS["leave"], {"days": 6}, {}) == ("要提前 2 个工作日申请",)
    both = sentences(ROBOTICS["leave"], {}, {"days": "天数"})
    assert both == ("天数少于 5 时要提前 1 个工作日申请", "其他情况要提前 2 个工作日申请")
    assert sentences(CLASSIC["clock_correction"], {}, {}) == ("每人每月最多 2 次",)
    assert sentences(COMMON["leave"], {}, {}) == ("要提前 1 天申请",)


@pytest.mark.parametrize(
    ("per", "span"),
    [
        ("week", (date(2026, 11, 23), date(2026, 11, 29))),
        ("month", (date(2026, 11, 1), date(2026, 11, 30))),
        ("year", (date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_a_period_has_its_first_and_last_day(per: str, span: tuple[date, date]) -> None:
    limit = Limit(count=2, per=per)  # type: ignore[arg-type]
    assert period(limit, {"start": "2026-11-25 09:00"}) == span
    assert period(limit, {}) is None
    forms = [{"start": f"{day} 09:00"} for day in (span[0], span[1], span[0] - timedelta(days=1))] + [{"start": ""}]
    assert inside(limit, span, forms) == 2


def test_the_destination_decides_between_outing_and_trip() -> None:
    outing = ROBOTICS["outing"]
    assert [placed(outing, at_home=home) for home in (True, False, None)] == ["outing", "business_trip", "outing"]
    assert placed(CLASSIC["outing"], at_home=False) == "outing", "the flow has no such rule"
