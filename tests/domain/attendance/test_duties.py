"""Who is out checks in: once, each day of a longer trip, at each planned customer (R-CHK-1 to -3)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import pytest

from domain.approvals.case import Status
from domain.attendance.duties import Duty, duties, unmet
from domain.attendance.presence import Away, Shift
from domain.attendance.punches import Checkin
from domain.attendance.rules import AttendanceRules, Visit
from tests.domain.attendance.calendars import ZONE, at, away, case, checked_in, known, rests, works

RULES = AttendanceRules(checkins=True, visits=(Visit(type="超市", photos=("店招", "堆头", "促销员")),))


def due(*values: Shift | Away, day: int = 14) -> list[str]:
    """Who has to check in on that day of September."""
    return [one.person for one in duties(known(*values), (), date(2026, 9, day), ZONE)]


def test_an_outing_and_a_trip_ask_for_it_and_leave_does_not() -> None:
    assert due(away("lix", "09-14 09:00", "09-14 12:00", "outing")) == ["lix"]
    assert due(away("lix", "09-14 00:00", "09-15 00:00", "trip")) == ["lix"]
    assert due(away("lix", "09-14 00:00", "09-15 00:00", "leave")) == []
    assert due(away("lix", "09-15 00:00", "09-16 00:00", "trip")) == []


def test_a_longer_trip_asks_each_day_but_not_on_rest_days() -> None:
    trip = away("lix", "09-17 00:00", "09-22 00:00", "trip")
    assert [day for day in range(16, 24) if due(trip, day=day)] == [17, 18, 20, 21], "the 20th makes up for a holiday"
    assert due(trip, rests("lix", 18), day=18) == []
    assert due(trip, works("lix", 19), day=19) == ["lix"]


def test_a_year_of_which_no_notice_is_known_has_weekends() -> None:
    start, end = (datetime(2031, 9, day, tzinfo=ZONE) for day in (11, 17))  # Thursday to Tuesday
    trip = Away(id="t", person="lix", kind="trip", start=start, end=end, made=start)
    days = [day for day in range(10, 18) if list(duties(known(trip), (), date(2031, 9, day), ZONE))]
    assert days == [11, 12, 15, 16]


def test_the_one_day_of_an_outing_counts_also_on_a_rest_day() -> None:
    assert due(away("lix", "09-19 09:00", "09-19 12:00", "outing"), day=19) == ["lix"]


def counts(duty: Duty, found: Iterable[Checkin]) -> Mapping[str, tuple[int, int]]:
    """Where something is lacking, with photos that came and are asked for."""
    return next((lacking for _, lacking in unmet([duty], found, RULES, ZONE)), {})


def test_any_check_in_of_its_time_will_do() -> None:
    (duty,) = duties(
        known(away("lix", "09-14 09:00", "09-14 12:00", "outing", place="宝安")), (), date(2026, 9, 14), ZONE
    )
    assert counts(duty, []) == {"宝安": (0, 0)}
    assert counts(duty, [checked_in("zhangw", "09-14 10:00", "宝安")]) == {"宝安": (0, 0)}
    assert counts(duty, [checked_in("lix", "09-13 10:00", "宝安")]) == {"宝安": (0, 0)}
    assert counts(duty, [checked_in("lix", "09-14 10:00", "宝安区政府")]) == {}


def plan(customers: str, day: str = "2026-09-14") -> Duty:
    presence = known(away("lix", "09-14 09:00", "09-14 18:00", "outing"))
    (duty,) = duties(
        presence, [case("visit_plan", "lix", Status.APPROVED, start=day, customers=customers)], date(2026, 9, 14), ZONE
    )
    return duty


def lacks(duty: Duty, *found: Checkin) -> list[str]:
    return list(counts(duty, found))


def test_each_planned_customer_needs_a_check_in_that_names_it() -> None:
    duty = plan("永辉超市、宏达贸易公司 老张批发部")
    assert duty.customers == ("永辉超市", "宏达贸易公司", "老张批发部")
    there = checked_in("lix", "09-14 10:00", "深圳市福田区", "拜访 宏达贸易公司")
    assert lacks(duty, there) == ["永辉超市", "老张批发部"]
    assert lacks(duty, there, checked_in("lix", "09-14 15:00", "老张批发部（沙井店）")) == ["永辉超市"]


@pytest.mark.parametrize(
    ("said", "customers"),
    [
        ("祥和超市、和平饭店", ("祥和超市", "和平饭店")), ("Blue Bottle Coffee, Walmart", ("Blue Bottle Coffee", "Walmart")),
        ("永辉超市 Blue Bottle 宏达公司", ("永辉超市", "Blue Bottle", "宏达公司")), ("A-1  B-2\nC", ("A-1", "B-2", "C")),
    ],
)  # fmt: skip
def test_names_stay_whole(said: str, customers: tuple[str, ...]) -> None:
    assert plan(said).customers == customers


def test_each_outing_of_the_day_asks_for_a_check_in_of_its_own_time() -> None:
    early, late = (away("lix", f"09-14 {start}", f"09-14 {end}", "outing", place=place) for start, end, place in (
        ("09:00", "11:00", "宝安"), ("12:30", "16:00", "龙岗")))  # fmt: skip

    def left(*times: str) -> list[str]:
        due = duties(known(late, early), (), date(2026, 9, 14), ZONE)
        found = [checked_in("lix", f"09-14 {one}", "某处") for one in times]
        return [duty.place for duty, _ in unmet(due, found, RULES, ZONE)]

    assert left("10:00") == ["龙岗"]
    assert left("14:00") == ["宝安"]
    assert left("10:00", "17:00") == [], "an hour after it is of it still"
    assert left("07:30", "17:30") == ["宝安", "龙岗"]
    assert left("11:45") == ["龙岗"], "it may be of either, and meets one"
    assert left("11:45", "11:50") == []


def test_a_visit_shows_as_many_photos_as_its_customer_asks_for() -> None:
    duty = plan("永辉超市")
    assert counts(duty, [checked_in("lix", "09-14 10:00", "永辉超市", photos=1)]) == {"永辉超市": (1, 3)}
    assert lacks(duty, *(checked_in("lix", f"09-14 1{n}:00", "永辉超市", photos=n + 1) for n in range(2))) == []


def test_a_plan_of_another_day_leaves_the_outing_as_it_is() -> None:
    assert plan("永辉超市", day="2026-09-15").customers == ()


def test_who_plans_visits_without_an_outing_has_the_duty_all_the_same() -> None:
    plans = [case("visit_plan", "dongq", Status.APPROVED, start="2026-09-14", customers="永辉超市")]
    (duty,) = duties(known(), plans, date(2026, 9, 14), ZONE)
    assert (duty.person, duty.since) == ("dongq", at("09-14 00:00"))
