"""The evening: who came, who is missing, who wrote a log and what of (R-LOG-5). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.summaries.day import Seen, Tally, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The first line of somebody's log."""

    person: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """`late`, `missing` and `unwritten` are userids. A group sees the first two as counts (R-SUM-3)."""

    day: date
    total: Tally
    late: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    written: tuple[Written, ...] = ()
    unwritten: tuple[str, ...] = ()


def evening(people: Iterable[str], day: date, seen: Seen) -> Evening:
    """What the day was for these people, so far; who wrote without having to is told with the others."""
    everybody = tuple(people)
    lines = seen.written or {}
    tallies = {person: seen.tally(person, day) for person in everybody}
    return Evening(
        day=day,
        total=total(tallies.values()),
        late=tuple(person for person, one in tallies.items() if one.late),
        missing=tuple(person for person, one in tallies.items() if one.missing),
        written=tuple(Written(person=who, line=lines[day, who]) for who in everybody if (day, who) in lines),
        unwritten=tuple(who for who in everybody if (day, who) in seen.owed and (day, who) not in lines),
    )
