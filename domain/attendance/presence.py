"""The presence calendar: who works when, and who is away. Whoever needs to know asks it and nothing else. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from typing import Final, Literal

from domain.calendar import Workdays

AwayKind = Literal["leave", "rest", "trip", "outing"]
OFF_DUTY: Final[tuple[AwayKind, ...]] = ("leave", "rest")  # who is on a trip or out works, elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One person's work of one day, from `on` until `off` (the next day for a night shift); both None: a day of rest.

    `day` is the one on which it begins. `team` is the attendance group's name; `shift`, `on_plan` and `off_plan` are
    what the platform calls the shift and the punches that are due ("" where it knows none)."""

    person: str
    day: date
    on: datetime | None = None
    off: datetime | None = None
    team: str = ""
    shift: str = ""
    on_plan: str = ""
    off_plan: str = ""

    @property
    def id(self) -> tuple[str, str]:
        """Its natural key."""
        return self.day.isoformat(), self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Approved: `person` is on leave, at rest, on a trip or out from `start` until before `end`; `id` is the case.

    Halves of a day reach to midnight on their outer side, so that they cover the shift whenever it begins. `deputy` is
    whom they named to decide meanwhile; `reachable`: they said that they decide all the same."""

    id: str
    person: str
    kind: AwayKind
    start: datetime
    end: datetime
    made: datetime
    deputy: str = ""
    place: str = ""
    reachable: bool = False

    def covers(self, moment: datetime) -> bool:
        """Whether they are away at that moment."""
        return self.start <= moment < self.end


class Presence:
    """What is known of some people for some days. A person and day without a shift's row follows the calendar. `zone`
    is the office's; None: that in which its moments are given."""

    def __init__(
        self, *, workdays: Workdays, shifts: Iterable[Shift] = (), away: Iterable[Away] = (), zone: tzinfo | None = None
    ) -> None:  # fmt: skip
        self.workdays = workdays
        self._zone = zone
        self._shifts = {one.id: one for one in shifts}
        self._away = tuple(one for one in away if one.start < one.end)  # what was undone is empty

    @property
    def shifts(self) -> Mapping[tuple[str, str], Shift]:
        """All that are known, by day (YYYY-MM-DD) and person."""
        return self._shifts

    @property
    def absences(self) -> tuple[Away, ...]:
        """All that is known of who is away."""
        return self._away

    def shift(self, person: str, day: date) -> Shift | None:
        """The shift of the day; None where none is known. A day of rest is a shift without hours."""
        return self._shifts.get((day.isoformat(), person))

    def works(self, person: str, day: date) -> bool | None:
        """Whether it is a working day of this person, away or not; None where nobody knows yet (R-WORK-1)."""
        known = self.shift(person, day)
        return self.workdays.is_workday(day) if known is None else known.on is not None

    def likely(self, person: str, day: date) -> bool:
        """The same where there has to be an answer: what nobody knows yet counts as weekdays do."""
        known = self.works(person, day)
        return self.workdays.likely(day) if known is None else known

    def away(self, person: str, since: datetime, until: datetime) -> tuple[Away, ...]:
        """What keeps the person away at some moment from `since` until before `until`, the earliest first."""
        return tuple(one for one in self._by_person.get(person, ()) if one.start < until and one.end > since)

    def away_at(self, person: str, moment: datetime) -> Away | None:
        """Why the person is not here at that moment; None: they are expected."""
        return next((one for one in self._by_person.get(person, ()) if one.covers(moment)), None)

    def away_in(self, person: str, day: date, moment: datetime) -> Away | None:
        """The same at a moment of the shift that begins on that day. After midnight it is still that day's: who is off
        until midnight is off until the shift ends, who is off from midnight on works it to its end."""
        midnight = datetime.combine(day + _DAY, time(), self._zone or moment.tzinfo)
        if moment <= midnight:
            return self.away_at(person, moment)
        own = (one for one in self._by_person.get(person, ()) if one.start != midnight)
        return next((one for one in own if one.covers(moment) or one.end == midnight), None)

    def away_all(self, person: str, start: datetime, end: datetime) -> bool:
        """Whether the person is away from `start` to `end`, without a gap, be it for several reasons."""
        here = start
        for one in self.away(person, start, end):
            if one.start > here:
                return False
            here = max(here, one.end)
        return here >= end

    def must_clock_in(self, shift: Shift) -> bool:
        """Whether a punch is due at the shift's beginning: not on a day of rest, nor for who is away then (R-ATT-2)."""
        return shift.on is not None and self.away_in(shift.person, shift.day, shift.on) is None

    def must_clock_out(self, shift: Shift) -> bool:
        """The same at its end: who was away right before does not clock out."""
        return shift.off is not None and self.away_in(shift.person, shift.day, shift.off - _INSTANT) is None

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[Away, ...]]:
        found: dict[str, list[Away]] = {}
        for one in sorted(self._away, key=lambda one: (one.start, one.id)):
            found.setdefault(one.person, []).append(one)
        return {person: tuple(several) for person, several in found.items()}


_INSTANT: Final = timedelta(milliseconds=1)
_DAY: Final = timedelta(days=1)
