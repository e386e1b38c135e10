"""The morning: who is away today and until when. Why somebody is on leave nobody reads here (R-SUM-3). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from domain.attendance.presence import OFF_DUTY, Away
from domain.summaries.day import ALL_DAY, Seen

Where = Literal["off", "trip", "outing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """`person` is off duty, on a trip or out until before `end`; `start` is later on the day, or None: all the time."""

    person: str
    where: Where
    end: datetime
    start: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """`people` belong to it; `working` have a working day, `expected` of them are not off duty all day."""

    day: date
    people: int
    working: int
    expected: int
    gone: tuple[Gone, ...] = ()

    def at(self, where: Where) -> tuple[Gone, ...]:
        """Those who are there."""
        return tuple(one for one in self.gone if one.where == where)


def morning(people: Iterable[str], day: date, seen: Seen) -> Morning:
    """Of these people, who has a working day, and who is away on it: the longest absences last."""
    everybody = tuple(people)
    working = [person for person in everybody if seen.works(person, day)]
    gone = [one for person in working for one in _gone(person, day, seen)]
    return Morning(
        day=day,
        people=len(everybody),
        working=len(working),
        expected=sum(seen.halves_off(person, day) < ALL_DAY for person in working),
        gone=tuple(sorted(gone, key=lambda one: (one.where, one.start or one.end, one.end, one.person))),
    )


def _gone(person: str, day: date, seen: Seen) -> Iterable[Gone]:
    """Once for being off duty, once for a trip, once for an outing; what follows without a gap is one absence."""
    on, off = seen.hours(person, day)
    told: set[Where] = set()
    for one in seen.presence.away(person, on, off):
        where = where_of(one)
        if where not in told:
            told.add(where)
            yield Gone(person=person, where=where, end=_end(one, seen), start=one.start if one.start > on else None)


def where_of(one: Away) -> Where:
    """Leave and rest are one and the same to a group."""
    if one.kind in OFF_DUTY:
        return "off"
    return "trip" if one.kind == "trip" else "outing"


def _end(first: Away, seen: Seen) -> datetime:
    """Until when, with what follows without a gap."""
    end = first.end
    while following := next((one for one in _touching(first, end, seen) if one.end > end), None):
        end = following.end
    return end


def _touching(first: Away, end: datetime, seen: Seen) -> list[Away]:
    found = seen.presence.away(first.person, end - _INSTANT, end + _INSTANT)
    return [one for one in found if where_of(one) == where_of(first)]


_INSTANT = timedelta(milliseconds=1)
