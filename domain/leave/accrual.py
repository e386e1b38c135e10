"""What is due to the books of a person: grants, what expired, what was carried over, comp time for overtime. Pure.

Every entry has a natural id: made twice it is the same. The balance never waits for them (`domain.leave.lots`)."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain.leave.ledger import SOURCES, Account, Entry
from domain.leave.lots import Books, Lot
from domain.leave.rules import LeaveRule


def grants(
    rule: LeaveRule, person: str, hired: date | None, entries: Iterable[Entry], today: date, until: date
) -> tuple[Entry, ...]:  # fmt: skip
    """The grants up to `until` that the entries of this person and type lack. Books begin in the year of the first
    grant, or this year; an opening balance holds all that was granted until its day. Without `hired` there are none."""
    if hired is None:
        return ()
    given = [one for one in entries if one.source in SOURCES]
    known = {one.id for one in given}
    opened = max((one.day for one in given if one.source == "opening" and one.day <= today), default=None)
    first = min([one.day.year for one in given if one.source == "granted"] + [(opened or today).year])
    return tuple(
        Entry(
            id=name, person=person, type=rule.type, day=day, source="granted", target="available", amount=amount,
            expires=date(year, 12, 31),
        )
        for year in range(first, until.year + 1) for part, day, amount in rule.granted(hired, year)
        if amount and (opened is None or opened < day) and day <= until
        and (name := _name("grant", person, rule.type, str(year), part)) not in known
    )  # fmt: skip


def closings(books: Books, person: str, today: date) -> tuple[Entry, ...]:
    """What expired and what was carried over until today, as far as it is not entered yet; where leave of a time that
    is over was decided later, the difference."""
    kind, course, found = books.rule.type, books.course(None), []
    for lot, left in course.lapsed.values():
        name = lot.id if lot.id not in _ids(course.carried.values()) else _carry(person, kind, lot.day.year)
        day = max(lot.day, lot.expires + timedelta(days=1))
        if day <= today:
            found += _difference(books, person, f"expire:{name}", day, left, ("available", "expired"))
    for year, lot in course.carried.items():
        if lot.day <= today:
            name = _carry(person, kind, year)
            found += _difference(books, person, name, lot.day, lot.amount, ("expired", "available"))
    return tuple(found)


def comp(rule: LeaveRule, person: str, case: str, day: date, amount: int) -> tuple[Entry, ...]:
    """What approved overtime of that day gives: `amount` thousandths, times the ratio."""
    earned = round(amount * rule.comp_ratio)
    if earned <= 0:
        return ()
    return (
        Entry(
            id=_name("comp", case, rule.type), person=person, type=rule.type, day=day, source="comp",
            target="available", amount=earned, case=case,
            expires=day + timedelta(days=rule.comp_days) if rule.comp_days else None,
        ),
    )  # fmt: skip


def opening(
    rule: LeaveRule, person: str, day: date, amount: int, expires: date | None, by: str, words: str
) -> Entry:  # fmt: skip
    """The balance that is brought in: so much is left on that day, whatever was granted or taken before."""
    last = expires or (date(day.year, 12, 31) if rule.grant else None)
    return Entry(
        id=_name("opening", person, rule.type, day.isoformat(), last.isoformat() if last else ""), person=person,
        type=rule.type, day=day, source="opening", target="available", amount=amount, expires=last, by=by, words=words,
    )  # fmt: skip


def _difference(
    books: Books, person: str, name: str, day: date, amount: int, way: tuple[Account, Account]
) -> list[Entry]:  # fmt: skip
    source, target = way
    entered = [one for one in books.entries if one.id.rpartition(":")[0] == name]
    more = amount - sum(one.amount if one.source == source else -one.amount for one in entered)
    if not more:
        return []
    if more < 0:
        source, target = target, source
    number = max((int(one.id.rpartition(":")[2]) for one in entered), default=0) + 1
    return [
        Entry(
            id=f"{name}:{number}", person=person, type=books.rule.type, day=day, source=source, target=target,
            amount=abs(more),
        )
    ]  # fmt: skip


def _ids(lots: Iterable[Lot]) -> set[str]:
    return {lot.id for lot in lots}


def _carry(person: str, kind: str, year: int) -> str:
    return _name("carry", person, kind, str(year))


def _name(*parts: str) -> str:
    return ":".join(filter(None, parts))
