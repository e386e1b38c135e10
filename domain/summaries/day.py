"""One person on one day: whether they were due, came, were late, were away. All summaries add these up. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Final
from zoneinfo import ZoneInfo

from domain.attendance.presence import OFF_DUTY, Away, Presence
from domain.attendance.punches import Hours, Punch

_WHOLE, _HALF = 0.75, 0.25  # of the working hours: from there on a day off counts as one, or as half a one
_SATURDAY = 5
_DAY = timedelta(days=1)
_OFFICE = time(9), time(18)  # hours of work where no shift is known
ALL_DAY: Final = 2  # halves
ON_TIME: Final = ("normal", "early")  # results of a punch in the morning; whatever else it is, is late


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many people and days (`total` adds them up): `expected` work and are not off duty all day, `due` had to
    clock in until now (as far as it is known), `came` did, `late` of those, `missing` did not. `halves`: half days of leave and rest,
    `elsewhere`: on a trip or out. `owed` logs were expected, `written` were written (of the owed ones)."""

    expected: int = 0
    due: int = 0
    came: int = 0
    late: int = 0
    missing: int = 0
    halves: int = 0
    elsewhere: int = 0
    owed: int = 0
    written: int = 0

    @property
    def rate(self) -> float | None:
        """Of those who were due, the share that came; None where nobody was."""
        return self.came / self.due if self.due else None

    @property
    def log_rate(self) -> float | None:
        """The share of the expected logs that was written; None where none was expected."""
        return self.written / self.owed if self.owed else None

    @property
    def days_off(self) -> float:
        """Days of leave and rest, in halves."""
        return self.halves / 2


_NUMBERS: Final = tuple(one.name for one in fields(Tally))
_numbers: Final = attrgetter(*_NUMBERS)


def total(several: Iterable[Tally]) -> Tally:
    """All of them together."""
    columns = zip(*map(_numbers, several), strict=True)
    return Tally(**dict(zip(_NUMBERS, map(sum, columns), strict=False)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of some people for some days, and until which moment.

    `written`: by day and person the first line of the log; `owed`: of whom a log is expected on which day. `clocked`:
    when punches were read last, by the hours of shifts; None: just now."""

    presence: Presence
    punches: Mapping[tuple[date, str], Punch]
    now: datetime
    zone: ZoneInfo
    owed: frozenset[tuple[date, str]] = frozenset()
    written: Mapping[tuple[date, str], str] | None = None
    clocked: Mapping[Hours, datetime] | None = None

    def known_until(self, person: str, day: date) -> datetime | None:
        """Until when it is known whether they clocked in that day; None where nobody knows anything."""
        return self.now if self.clocked is None else self.clocked.get(self.hours(person, day))

    def hours(self, person: str, day: date) -> tuple[datetime, datetime]:
        """From when to when they work; the whole day where nobody knows."""
        shift = self.presence.shift(person, day)
        if shift is not None and shift.on is not None and shift.off is not None:
            return shift.on, shift.off
        midnight = datetime.combine(day, time(), self.zone)
        return midnight, midnight + _DAY

    def works(self, person: str, day: date) -> bool:
        """Whether it is a working day of theirs; where nobody knows, a weekday is one (R-WORK-1)."""
        return self.presence.likely(person, day)

    def halves_off(self, person: str, day: date) -> int:
        """How many halves of that working day are leave or rest."""
        on, off = self.hours(person, day)
        if off - on == _DAY:  # nobody knows their hours
            on, off = (datetime.combine(day, one, self.zone) for one in _OFFICE)
        share = _length(self.off_duty(person, on, off), on, off) / (off - on)
        return 2 if share >= _WHOLE else 1 if share >= _HALF else 0

    def off_duty(self, person: str, since: datetime, until: datetime) -> list[Away]:
        """Leave and rest in that time, the earliest first."""
        return [one for one in self.presence.away(person, since, until) if one.kind in OFF_DUTY]

    def tally(self, person: str, day: date) -> Tally:
        """That day of that person."""
        key = day, person
        owed = key in self.owed
        logs = {"owed": int(owed), "written": int(owed and key in (self.written or {}))}
        if not self.works(person, day):
            return Tally(**logs)
        on, off = self.hours(person, day)
        halves = self.halves_off(person, day)
        elsewhere = any(one.kind not in OFF_DUTY for one in self.presence.away(person, on, off))
        shift, punch = self.presence.shift(person, day), self.punches.get(key)
        known = self.known_until(person, day)
        begun = on <= self.now and (punch is not None or (known is not None and on <= known))
        due = shift is not None and self.presence.must_clock_in(shift) and begun
        late = punch is not None and punch.result not in ON_TIME
        return Tally(
            expected=int(halves < ALL_DAY), due=int(due), came=int(due and punch is not None), late=int(due and late),
            missing=int(due and punch is None), halves=halves, elsewhere=int(elsewhere and halves < ALL_DAY), **logs,
        )  # fmt: skip


def clocked_in(punches: Iterable[Punch]) -> Mapping[tuple[date, str], Punch]:
    """The punches at the beginning of shifts, by day and person."""
    return {(one.day, one.person): one for one in punches if one.kind == "in"}


def _length(several: Iterable[Away], since: datetime, until: datetime) -> timedelta:
    """How much of that time they cover together."""
    total, here = timedelta(), since
    for one in several:
        start, end = max(one.start, here), min(one.end, until)
        total += max(end - start, timedelta())
        here = max(here, end)
    return total
