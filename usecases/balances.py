"""The balance of people's leave: the ledger, with what is due to it though no job has entered it. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from domain.approvals.case import Case
from domain.calendar import Workdays
from domain.leave.accrual import grants
from domain.leave.ledger import SOURCES, Entry, Parts, moved, sums
from domain.leave.lots import Books
from domain.leave.rules import LeaveRule
from domain.leave.standing import Asked, Balance
from usecases.leave_days import parts_of, rule_for
from usecases.ports import World

_SOON: Final = timedelta(days=92)  # what expires within that time is told


def books_of(
    rule: LeaveRule, person: str, entries: Iterable[Entry], world: World, today: date, until: date
) -> Books | None:  # fmt: skip
    """The books of one type, up to that day; None where nobody can know what the person has: the grant follows from the
    first day in the company, which the address book does not tell, and nothing was brought in."""
    own = tuple(one for one in entries if one.type == rule.type)
    who = world.organization.find(person)
    hired = who.hired if who else None
    if rule.grant and hired is None and not any(one.source in SOURCES for one in own):
        return None
    return Books(rule=rule, entries=(*own, *grants(rule, person, hired, own, today, max(today, until))))


def asked(case: Case, entries: Iterable[Entry], world: World, today: date, workdays: Workdays) -> Asked | None:
    """The case beside its balance on the days of the leave, by the applicant's own `workdays`; None where its type has
    none, or the form is not filled."""
    rule = rule_for(case, world)
    parts = parts_of(case.values, rule, workdays) if rule else None
    if rule is None or parts is None:
        return None
    last = max(parts.days)
    books = books_of(rule, case.applicant, entries, world, today, last)
    if books is None:
        return None
    after = with_parts(books, case, parts)
    left, lacking = after.left(last), books.short(parts.days, but=case.number)
    return Asked(
        type=rule.type, today=today, unit=rule.unit, have=left + parts.amount, wanted=parts.amount, left=left,
        short=lacking,
        expiring=after.expiring(today, today + _SOON) if left > 0 else {},
    )  # fmt: skip


def with_parts(books: Books, case: Case, parts: Parts) -> Books:
    """As if the case were filed as it stands."""
    more = moved(
        books.entries, person=case.applicant, case=case.number, version=0, parts=parts, state="reserved"
    )  # fmt: skip
    return Books(rule=books.rule, entries=(*books.entries, *more))


def balances(person: str, entries: Iterable[Entry], world: World, today: date) -> Iterator[Balance]:
    """Each type that has a balance, as it stands today; what was taken counts in the year of its days."""
    own = tuple(entries)
    for rule in world.leave.values():
        books = books_of(rule, person, own, world, today, today)
        if books is None:
            continue
        year = [one for one in books.entries if one.day.year == today.year]
        stand = sums(one for one in year if one.source not in SOURCES)
        lots = [lot for lot in books.lots if lot.day <= today <= lot.expires]
        balance = Balance(
            type=rule.type, unit=rule.unit, granted=sum(lot.amount for lot in lots) + _carried(books, today),
            taken=stand.get("taken", 0), waiting=stand.get("reserved", 0), left=_left(books, today),
            expiring=books.expiring(today, today + _SOON),
        )  # fmt: skip
        if rule.grant or lots or balance.taken or balance.waiting:
            yield balance


def _left(books: Books, today: date) -> int:
    """What is left today; below zero, what the leave of this year that is still to come lacks."""
    left = books.left(today)
    lacking = sum(
        short for (day, _), short in books.course(None).short.items() if today < day and day.year == today.year
    )
    return left - lacking if left <= 0 else left


def _carried(books: Books, today: date) -> int:
    lots = books.course(today).carried.values()
    return sum(lot.amount for lot in lots if lot.day <= today <= lot.expires)


def stand(
    cases: Iterable[Case], people: Mapping[str, tuple[Entry, ...]], world: World, now: datetime,
    workdays_of: Callable[[str], Workdays],
) -> dict[str, Asked]:  # fmt: skip
    """By number: each of these cases beside its balance, out of the entries and the working days of its applicant."""
    today = now.astimezone(world.frame.zone).date()
    found = (
        (case.number, asked(case, people.get(case.applicant, ()), world, today, workdays_of(case.applicant)))
        for case in cases
    )
    return {number: one for number, one in found if one is not None}
