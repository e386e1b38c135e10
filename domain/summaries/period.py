"""A week or a month: how attendance went day by day, logs, approvals and how long they wait, beside the time before
(R-SUM-1, R-SUM-2). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Literal

from domain.summaries.day import Seen, Tally, total

Kind = Literal["week", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A case as numbers need it: `filed`, `decided` (approved or rejected), or waiting `since` for `waits_for`."""

    case: str
    flow: str
    applicant: str
    filed: datetime | None = None
    decided: datetime | None = None
    since: datetime | None = None
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Cases of a time: how many were `filed`, `decided` (in the median after `took`), how many wait now: in the
    median for `waited`, at most for `longest`."""

    filed: int = 0
    decided: int = 0
    took: timedelta | None = None
    waiting: int = 0
    waited: timedelta | None = None
    longest: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of the company in that time; `people` belong to it."""

    name: str
    people: int
    total: Tally
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `since` to `until` (both included), for `people`: the working days with what they were, the whole, the
    whole of the time before, and the parts (none where there is only one)."""

    kind: Kind
    since: date
    until: date
    people: int
    days: tuple[tuple[date, Tally], ...]
    total: Tally
    load: Load
    before: Tally
    load_before: Load
    parts: tuple[Share, ...] = ()


def days_of(since: date, until: date) -> tuple[date, ...]:
    """Every day of a time, both ends included."""
    return tuple(since + timedelta(days=n) for n in range((until - since).days + 1))


def before(kind: Kind, since: date) -> tuple[date, date]:
    """The week or the month before the one that begins on that day."""
    last = since - timedelta(days=1)
    return (since - timedelta(days=7) if kind == "week" else last.replace(day=1)), last


def load(matters: Iterable[Matter], since: datetime, until: datetime, now: datetime) -> Load:
    """What of these cases falls into that time; and what waits now."""
    known = tuple(matters)
    filed = [one for one in known if one.filed is not None and since <= one.filed < until]
    decided = [one for one in known if one.decided is not None and since <= one.decided < until]
    took = [one.decided - one.filed for one in decided if one.decided and one.filed]
    waits = [now - one.since for one in known if one.since is not None]
    return Load(
        filed=len(filed), decided=len(decided), took=_middle(took), waiting=len(waits),
        waited=_middle(waits), longest=max(waits, default=None),
    )  # fmt: skip


def _middle(several: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(one.total_seconds() for one in several)) if several else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time with all that is known of it: days from `since` to `until` (both included), moments from `start` until
    before `end`. What waits, waits until `seen.now`."""

    since: date
    until: date
    start: datetime
    end: datetime
    seen: Seen
    matters: Sequence[Matter]

    def by_day(self, people: Iterable[str]) -> Mapping[date, Tally]:
        """The people together, day by day."""
        everybody = tuple(people)
        return {
            day: total(self.seen.tally(person, day) for person in everybody) for day in days_of(self.since, self.until)
        }

    def of(self, person: str) -> Tally:
        """All days of one person."""
        return total(self.seen.tally(person, day) for day in days_of(self.since, self.until))

    def load(self, people: Iterable[str]) -> Load:
        """The cases that these people filed."""
        everybody = frozenset(people)
        return load((one for one in self.matters if one.applicant in everybody), self.start, self.end, self.seen.now)


def period(
    kind: Kind, people: Iterable[str], now: Stretch, earlier: Stretch, parts: Mapping[str, Sequence[str]]
) -> Period:
    """The week or month of these people; `parts` are departments and who belongs to each, the largest first."""
    everybody = tuple(people)
    days = now.by_day(everybody)
    shares = tuple(
        Share(name=name, people=len(some), total=total(now.by_day(some).values()), load=now.load(some))
        for name, some in parts.items()
    )
    return Period(
        kind=kind, since=now.since, until=now.until, people=len(everybody),
        days=tuple((day, one) for day, one in days.items() if one.expected or one.halves),
        total=total(days.values()), load=now.load(everybody),
        before=total(earlier.by_day(everybody).values()), load_before=earlier.load(everybody),
        parts=shares if len(shares) > 1 else (),
    )  # fmt: skip
