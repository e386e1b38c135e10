"""Logs: of which days they are, on which template, who reads them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.logs import (
    Kind,
    Log,
    Reading,
    Template,
    day_of,
    expected,
    last_day,
    may_read,
    merged,
    people_of,
    period_of,
    template_for,
    unread,
)
from tests.domain.company import COMPANY

ZONE = ZoneInfo("Asia/Shanghai")
WROTE = datetime(2026, 11, 23, 10, tzinfo=UTC)
LOG = Log(
    id="1", person="ann", kind="day", day=date(2026, 11, 23), template="日报", contents=(("今日完成", "a"),),
    source="chat", at=WROTE, changed=WROTE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "day"), [("2026-11-24T04:59", 23), ("2026-11-24T05:00", 24), ("2026-11-23T23:59", 23)]
)
def test_what_is_written_at_night_is_of_the_day_before(moment: str, day: int) -> None:
    assert day_of(datetime.fromisoformat(moment).replace(tzinfo=ZONE), ZONE) == date(2026, 11, day)


@pytest.mark.parametrize(
    ("kind", "day", "back", "first", "last"),
    [
        ("day", "2026-11-23", 0, "2026-11-23", "2026-11-23"),
        ("day", "2026-11-23", 1, "2026-11-22", "2026-11-22"),
        ("visit", "2026-11-23", 0, "2026-11-23", "2026-11-23"),
        ("week", "2026-11-29", 0, "2026-11-23", "2026-11-29"),
        ("week", "2026-11-23", 1, "2026-11-16", "2026-11-22"),
        ("month", "2026-01-15", 1, "2025-12-01", "2025-12-31"),
        ("month", "2028-02-29", 0, "2028-02-01", "2028-02-29"),
        ("month", "2026-12-31", 0, "2026-12-01", "2026-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(kind: Kind, day: str, back: int, first: str, last: str) -> None:
    begun = period_of(kind, date.fromisoformat(day), back)
    assert (begun.isoformat(), last_day(kind, begun).isoformat()) == (first, last)


def test_the_nearest_department_s_template_is_a_person_s() -> None:
    usual = Template(name="日报", kind="day")
    market = Template(name="市场日报", kind="day", departments=("市场部",))
    brand = Template(name="品牌日报", kind="day", departments=("品牌组",))
    week = Template(name="周报", kind="week")

    def name(person: str, *templates: Template, kind: Kind = "day") -> str:
        found = template_for(kind, COMPANY.person(person), templates, COMPANY)
        return found.name if found else ""

    assert name("ann", usual, market, brand, week) == "品牌日报"
    assert name("cheng", usual, market, brand, week) == "市场日报"
    assert name("hr", usual, market, brand, week) == "日报"
    assert name("hr", market) == ""
    assert name("ann", usual, week, kind="week") == "周报"


def test_nothing_is_expected_of_who_has_nobody_above_nor_where_the_template_says_so() -> None:
    usual, quiet = Template(name="日报", kind="day"), Template(name="日报", kind="day", remind=False)
    assert expected("day", COMPANY.person("ann"), (usual,), COMPANY) is usual
    assert expected("day", COMPANY.person("gm"), (usual,), COMPANY) is None
    assert expected("day", COMPANY.person("ann"), (quiet,), COMPANY) is None


@pytest.mark.parametrize(
    ("reader", "author", "may"),
    [
        ("ann", "ann", True),
        ("brand", "ann", True),  # her manager, and the leader of her department
        ("market", "ann", True),  # leads the department above
        ("cashier", "ann", True),  # leads her other department
        ("gm", "ann", True),
        ("admin", "ann", True),
        ("market", "cheng", True),
        ("cheng", "ann", False),
        ("ann", "brand", False),
        ("hr", "ann", False),
        ("brand", "market", False),
    ],
)
def test_who_may_read(reader: str, author: str, may: bool) -> None:
    assert may_read(COMPANY.person(reader), COMPANY.person(author), COMPANY) is may


@pytest.mark.parametrize(
    ("leader", "people"),
    [("market", {"brand", "ann", "cheng"}), ("brand", {"ann"}), ("hr", {"clerk1", "clerk2"}), ("ann", set())],
)
def test_a_manager_s_people(leader: str, people: set[str]) -> None:
    assert {one.userid for one in people_of(COMPANY.person(leader), COMPANY)} == people


def test_a_second_answer_stands_below_the_first() -> None:
    old, new = (("a", "1"), ("b", "2")), (("a", "3"), ("c", "4"))
    assert merged(old, new) == (("a", "1\n3"), ("b", "2"), ("c", "4"))


def test_a_log_that_was_changed_is_unread_again() -> None:
    before, after = (Reading(log="1", person="brand", at=WROTE + timedelta(minutes=n)) for n in (-1, 1))
    assert unread([LOG], []) == {"1"}
    assert unread([LOG], [before]) == {"1"}
    assert unread([LOG], [after]) == set()
