"""Which shift counts: holidays, make-up days, the company's own days, rotas, nights; and which punches."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.attendance.presence import Shift
from domain.attendance.punches import Punch, PunchKind
from domain.attendance.punches import counted as that_count
from domain.attendance.schedule import Hours, Team, counted
from language.statutory import statutory_workdays

ZONE = ZoneInfo("Asia/Shanghai")
COMPANY = {date(2026, 10, 31): True, date(2026, 12, 24): False}
WORKDAYS = replace(statutory_workdays(), company=COMPANY)
DAY = Hours(on=timedelta(hours=8, minutes=30), off=timedelta(hours=18), shift="101")
NIGHT = Hours(on=timedelta(hours=22), off=timedelta(hours=30), shift="102")
BY_WEEK, ROTA = Team(name="财务部", fixed=True, usual=DAY), Team(name="仓库", usual=DAY)


def said(team: Team, day: date, *, works: bool) -> str:
    """The hours that count where the platform has the group's shift, or a day of rest."""
    midnight = datetime.combine(day, datetime.min.time(), ZONE)
    given = Shift(person="lix", day=day, on_plan="7", off_plan="8")
    if works and team.usual:
        given = replace(given, on=midnight + team.usual.on, off=midnight + team.usual.off, shift="101")
    found = counted(given, team, WORKDAYS, ZONE)
    if found.on is None or found.off is None:
        return "rest"
    return f"{found.on:%d %H:%M}-{found.off:%d %H:%M}"


@pytest.mark.parametrize(
    ("day", "platform_works", "by_week", "by_rota"),
    [
        (date(2026, 11, 24), True, "24 08:30-24 18:00", "24 08:30-24 18:00"),
        (date(2026, 11, 28), False, "rest", "rest"),
        (date(2026, 11, 28), True, "28 08:30-28 18:00", "28 08:30-28 18:00"),  # a week of six days
        (date(2026, 10, 1), True, "rest", "01 08:30-01 18:00"),  # 国庆
        (date(2026, 10, 10), False, "10 08:30-10 18:00", "rest"),  # 调休 on a Saturday
        (date(2026, 10, 31), False, "31 08:30-31 18:00", "rest"),  # the company works
        (date(2026, 12, 24), True, "rest", "24 08:30-24 18:00"),  # the company rests
        (date(2031, 10, 1), True, "01 08:30-01 18:00", "01 08:30-01 18:00"),  # a year that nobody has published
    ],
)
def test_the_week_follows_the_calendar_and_a_rota_does_not(
    day: date, platform_works: bool, by_week: str, by_rota: str
) -> None:
    assert said(BY_WEEK, day, works=platform_works) == by_week
    assert said(ROTA, day, works=platform_works) == by_rota


def test_a_night_shift_of_a_make_up_day_ends_on_the_day_after() -> None:
    assert said(Team(name="夜班", fixed=True, usual=NIGHT), date(2026, 10, 10), works=False) == "10 22:00-11 06:00"


def test_a_holiday_leaves_nothing_to_clock() -> None:
    day = date(2026, 10, 1)
    at = datetime(2026, 10, 1, 9, tzinfo=ZONE)
    given = Shift(person="lix", day=day, on=at, off=at, team="财务部", shift="101", on_plan="7", off_plan="8")
    assert counted(given, BY_WEEK, WORKDAYS, ZONE) == Shift(person="lix", day=day, team="财务部")


def punch(clock: str, kind: PunchKind = "in", source: str = "user") -> Punch:
    at = datetime.fromisoformat(f"2026-11-24 {clock}").replace(tzinfo=ZONE)
    return Punch(person="lix", day=at.date(), kind=kind, at=at, source=source)


@pytest.mark.parametrize(
    ("punches", "first", "last"),
    [
        ([punch("08:40"), punch("08:20"), punch("12:00", "out"), punch("18:10", "out")], "08:20", "18:10"),
        ([punch("09:40"), punch("08:30", source="case")], "08:30", ""),
        ([punch("08:00", source="admin"), punch("07:00")], "08:00", ""),
        ([punch("18:00", "out", "case"), punch("20:00", "out")], "", "18:00"),
    ],
)
def test_first_in_and_last_out_and_what_was_put_right_before_both(punches: list[Punch], first: str, last: str) -> None:
    found = {one.kind: f"{one.at:%H:%M}" for one in that_count(punches)}
    assert (found.get("in", ""), found.get("out", "")) == (first, last)
