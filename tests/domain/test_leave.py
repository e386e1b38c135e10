"""Leave rules and the ledger: what is granted when, and that nothing is ever taken twice or lost."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.leave.accrual import closings, comp, grants, opening
from domain.leave.ledger import Entry, Held, Parts, moved, sums
from domain.leave.lots import Books
from domain.leave.rules import STATUTORY, Grant, LeaveRule

ANNUAL, COMP = STATUTORY
CARRYING = LeaveRule(type="annual", grant=ANNUAL.grant, carry_over=2000, carry_until=(3, 31))
HIRED = date(2021, 1, 1)
TODAY = date(2026, 11, 24)


def books(rule: LeaveRule = ANNUAL, *entries: Entry, until: date = date(2028, 12, 31)) -> Books:
    """Those of somebody who was hired in 2021, up to that day."""
    return Books(rule=rule, entries=(*entries, *grants(rule, "lix", HIRED, entries, TODAY, until)))


def takes(
    case: str, days: dict[date, int], state: Held = "reserved", entries: Iterable[Entry] = ()
) -> tuple[Entry, ...]:
    """The entries of a case that takes this."""
    parts, version = Parts(type="annual", days=days), len(tuple(entries))
    return moved(entries, person="lix", case=case, version=version, parts=parts, state=state)


@pytest.mark.parametrize(
    ("hired", "year", "amounts"),
    [
        (date(2021, 1, 1), 2026, [5000]),
        (date(2026, 3, 1), 2026, []),
        (date(2025, 7, 1), 2026, [2000]),  # half a year from its first of July: 2.5, whole days only
        (date(2016, 7, 1), 2026, [2000, 5000]),  # ten years within the year: the part of the five more
        (date(2006, 1, 1), 2026, [15000]),
        (date(2004, 2, 29), 2024, [4000, 10000]),
    ],
)
def test_the_statute_grants_by_years_of_service(hired: date, year: int, amounts: list[int]) -> None:
    assert sorted(amount for _, _, amount in ANNUAL.granted(hired, year)) == sorted(amounts)


@settings(deadline=None)  # the machine may be busy
@given(hired=st.dates(date(1990, 1, 1), date(2025, 12, 31)), year=st.integers(2024, 2030))
def test_by_the_month_a_whole_year_comes_to_the_whole_amount(hired: date, year: int) -> None:
    rule = LeaveRule(type="annual", grant=(Grant(years=0, amount=7000),), monthly=True)
    parts = [amount for _, _, amount in rule.granted(hired, year)]
    assert sum(parts) <= 7000
    if hired.year < year:
        assert sum(parts) == 7000
        assert max(parts) - min(parts) <= 1


def test_the_balance_is_that_of_the_day_of_the_leave() -> None:
    found = books(ANNUAL, *takes("Q1", {date(2026, 12, 31): 1000, date(2027, 1, 4): 1000}))
    assert found.left(date(2026, 12, 1)) == 4000
    assert found.left(date(2027, 1, 2)) == 4000, "the new year's five, without what is reserved of them"
    assert found.left(date(2020, 1, 1)) == 0


def test_what_is_carried_over_is_used_first_and_expires() -> None:
    found = books(CARRYING, *takes("Q1", {date(2027, 2, 1): 1500}))
    assert found.left(date(2026, 12, 31)) == 5000, "what is taken in February can come from the new year"
    assert found.left(date(2027, 1, 10)) == 5500
    assert found.left(date(2027, 4, 1)) == 5000
    assert found.expiring(date(2027, 1, 1), date(2027, 6, 1)) == {date(2027, 3, 31): 500}
    assert books(ANNUAL).left(date(2027, 1, 10)) == 5000, "nothing is carried over where no rule says so"


def test_leave_that_was_approved_later_reaches_what_had_expired() -> None:
    """The difference is entered, and entered once."""
    before = books(CARRYING)
    booked = before.entries + closings(before, "lix", date(2027, 1, 5))
    assert sums(booked)["expired"] == 3000
    late = Books(rule=CARRYING, entries=booked + takes("Q9", {date(2026, 12, 30): 4000}, "taken"))
    again = Books(rule=CARRYING, entries=late.entries + closings(late, "lix", date(2027, 1, 5)))
    assert sums(again.entries)["expired"] == 0
    assert again.left(date(2027, 1, 5)) == 6000
    assert closings(again, "lix", date(2027, 1, 5)) == ()


def test_a_year_with_a_step_in_it_is_closed_once() -> None:
    """The grant of 1 January and that of the tenth year have names of which one begins like the other."""
    due = grants(ANNUAL, "li", date(2016, 3, 1), (), TODAY, date(2027, 1, 5))
    assert sorted(one.amount for one in due if one.day.year == 2026) == [4000, 5000]
    first = Books(rule=ANNUAL, entries=due)
    second = Books(rule=ANNUAL, entries=due + closings(first, "li", date(2027, 1, 5)))
    assert closings(second, "li", date(2027, 1, 5)) == ()
    assert sums(second.entries)["available"] == second.left(date(2027, 1, 5)) == 10000
    wrong = Entry(
        id="expire:grant:li:annual:2026:3", person="li", type="annual", day=date(2027, 1, 1), source="expired",
        target="available", amount=4000,
    )  # fmt: skip
    third = Books(rule=ANNUAL, entries=(*second.entries, wrong))
    healed = third.entries + closings(third, "li", date(2027, 1, 5))
    assert sums(healed)["available"] == 10000, "what went wrong before is put right"
    assert len({one.id for one in healed}) == len(healed)


def test_an_opening_balance_ends_what_stood_before() -> None:
    began = opening(ANNUAL, "lix", date(2026, 11, 1), 1500, None, "maj", "a.csv:2")
    early = takes("Q1", {date(2026, 10, 8): 1000}, "taken")
    found = books(ANNUAL, began, *early)
    assert found.left(date(2026, 11, 24)) == 1500
    assert found.left(date(2027, 1, 2)) == 5000, "the next year is granted as ever"
    assert grants(ANNUAL, "lix", HIRED, (began,), TODAY, TODAY) == ()


def test_an_opening_balance_of_the_new_year_is_all_that_there_is_then() -> None:
    """It holds what was carried over; until its day the old year goes on."""
    began = opening(CARRYING, "lix", date(2027, 1, 1), 6000, None, "maj", "a.csv:2")
    found = books(CARRYING, began)
    assert found.left(date(2026, 12, 1)) == 5000
    assert found.left(date(2027, 1, 4)) == 6000
    later = books(CARRYING, opening(CARRYING, "lix", date(2027, 2, 1), 6000, None, "maj", "a.csv:2"))
    assert (later.left(date(2027, 1, 31)), later.left(date(2027, 2, 1))) == (7000, 6000)


def test_what_was_granted_since_an_opening_balance_is_not_forgotten() -> None:
    monthly = LeaveRule(type="annual", grant=(Grant(years=0, amount=12000),), monthly=True)
    began = opening(monthly, "lix", date(2026, 10, 15), 2000, date(2027, 6, 30), "maj", "a.csv:2")
    later = grants(monthly, "lix", HIRED, (began,), date(2027, 1, 20), date(2027, 1, 20))
    assert [one.day for one in later] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_comp_time_follows_the_ratio_and_expires() -> None:
    rule = LeaveRule(type="comp", comp_ratio=1.5, comp_days=30)
    (earned,) = comp(rule, "lix", "JB-1", date(2026, 11, 20), 375)
    found = Books(rule=rule, entries=(earned,))
    assert earned.amount == 562
    assert [found.left(date(2026, 11, 19)), found.left(date(2026, 12, 20)), found.left(date(2026, 12, 21))] == [
        0,
        562,
        0,
    ]
    assert comp(ANNUAL, "lix", "JB-1", date(2026, 11, 20), 375) == ()


DAYS = st.dates(date(2026, 11, 24), date(2028, 6, 30))
CASES = st.lists(st.dictionaries(DAYS, st.integers(1, 8).map(lambda n: n * 500), min_size=1, max_size=4), max_size=6)
RULES = st.sampled_from((ANNUAL, CARRYING, LeaveRule(type="annual", grant=ANNUAL.grant, carry_over=None, monthly=True)))


@settings(deadline=None)  # the machine may be busy
@given(cases=CASES, rule=RULES, states=st.lists(st.sampled_from(("reserved", "taken", "")), min_size=6, max_size=6))
def test_all_accounts_together_are_nothing_and_a_case_holds_what_it_asks_for(
    cases: list[dict[date, int]], rule: LeaveRule, states: list[Held]
) -> None:
    entries: tuple[Entry, ...] = books(rule).entries
    for place, (days, state) in enumerate(zip(cases, states, strict=False)):
        entries += takes(f"Q{place}", days, "reserved", entries)
        entries += takes(f"Q{place}", days, state, entries)
    stand = sums(entries)
    assert sum(stand.values()) == 0
    for account in ("reserved", "taken"):
        wanted = sum(sum(days.values()) for days, state in zip(cases, states, strict=False) if state == account)
        assert stand.get(account, 0) == wanted
    assert len({one.id for one in entries}) == len(entries)
    assert all(one.amount > 0 for one in entries)


@settings(deadline=None)  # the machine may be busy
@given(days=CASES, rule=RULES, day=DAYS)
def test_what_was_given_back_is_as_if_it_had_never_been_reserved(
    days: list[dict[date, int]], rule: LeaveRule, day: date
) -> None:
    entries = before = books(rule).entries
    for place, taken in enumerate(days):
        entries += takes(f"Q{place}", taken, "reserved", entries)
    for place, taken in enumerate(days):
        entries += takes(f"Q{place}", taken, "", entries)
    assert Books(rule=rule, entries=entries).left(day) == Books(rule=rule, entries=before).left(day)
    assert sums(entries)["available"] == sums(before)["available"]


@settings(deadline=None)  # the machine may be busy
@given(cases=CASES, rule=RULES)
def test_whoever_is_refused_what_is_lacking_never_owes(cases: list[dict[date, int]], rule: LeaveRule) -> None:
    now = books(rule)
    for place, days in enumerate(cases):
        if not now.short(days, but=""):
            now = Books(rule=rule, entries=now.entries + takes(f"Q{place}", days, "reserved", now.entries))
    assert not now.course(None, {}).short
    assert min(now.left(date(2026, 11, 24) + timedelta(days=n)) for n in range(0, 700, 13)) >= 0


@settings(deadline=None)  # the machine may be busy
@given(cases=CASES, rule=RULES, day=DAYS)
def test_what_is_left_can_be_taken_and_not_a_bit_more(cases: list[dict[date, int]], rule: LeaveRule, day: date) -> None:
    now = books(rule)
    for place, days in enumerate(cases):
        if not now.short(days, but=""):
            now = Books(rule=rule, entries=now.entries + takes(f"Q{place}", days, "reserved", now.entries))
    left = now.left(day)
    assert left == 0 or not now.short({day: left}, but="")
    assert now.short({day: left + 1}, but="") == 1


@settings(deadline=None)  # the machine may be busy
@given(cases=CASES, rule=RULES, day=DAYS, began=DAYS, amount=st.integers(0, 12).map(lambda n: n * 500))
def test_an_opening_balance_is_in_the_account_too(
    cases: list[dict[date, int]], rule: LeaveRule, day: date, began: date, amount: int
) -> None:
    now = books(rule, opening(rule, "lix", began, amount, None, "maj", "a.csv:2"), until=day)
    for place, days in enumerate(cases):
        until = {one: part for one, part in days.items() if one <= day}
        if not now.short(until, but=""):
            now = Books(rule=rule, entries=now.entries + takes(f"Q{place}", until, "taken", now.entries))
    entries = tuple(one for one in now.entries if one.day <= day)
    whole = entries + closings(now, "lix", day)
    assert sums(whole)["available"] == now.left(day)


@given(cases=CASES, rule=RULES, day=DAYS)
def test_once_all_that_is_due_is_entered_the_account_is_the_balance(
    cases: list[dict[date, int]], rule: LeaveRule, day: date
) -> None:
    entries = books(rule, until=day).entries
    for place, days in enumerate(cases):
        entries += takes(f"Q{place}", {one: amount for one, amount in days.items() if one <= day}, "taken", entries)
    now = Books(rule=rule, entries=entries)
    whole = Books(rule=rule, entries=entries + closings(now, "lix", day))
    assert sums(whole.entries)["available"] == now.left(day)
    assert closings(whole, "lix", day) == ()
    assert whole.left(day) == now.left(day)
