"""Clock records, kept by person and day: a year of them for hundreds of people is looked at as fast as a day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from emulator import moments
from emulator.fields import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock record. `source`: who made it (USER, ATM, APPROVE)."""

    number: int
    userid: str
    check: str
    moment: int
    result: str
    place: Body
    wifi: str
    source: str
    approve: str = ""

    @property
    def location(self) -> str:
        """The platform's word for where it was made."""
        return "Outside" if self.place.get("outside") else "Normal"

    @property
    def method(self) -> str:
        """The platform's word for how that is known."""
        return "WIFI" if self.wifi else "MAP"


class Clocks:
    """All that were made."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[date, list[Clock]]] = {}

    def add(self, clock: Clock) -> None:
        """Keep one."""
        self._kept.setdefault(clock.userid, {}).setdefault(moments.day(clock.moment), []).append(clock)

    def around(self, userid: str, moment: int) -> Iterator[Clock]:
        """The person's, of that day and those beside it."""
        day, beside = moments.day(moment), timedelta(days=1)
        return self._of(userid, day - beside, day + beside)

    def between(self, people: Collection[str], start: int, end: int) -> list[Clock]:
        """Those of some people between two moments, in the order in which they were made."""
        first, last = moments.day(start), moments.day(end)
        found = [one for userid in set(people) for one in self._of(userid, first, last) if start <= one.moment <= end]
        return sorted(found, key=lambda one: one.number)

    def forget(self, userid: str, approve: str) -> bool:
        """Take back those that this approval made; whether there were any."""
        found = False
        for day, clocks in self._kept.get(userid, {}).items():
            left = [one for one in clocks if one.approve != approve]
            found = found or len(left) < len(clocks)
            self._kept[userid][day] = left
        return found

    def _of(self, userid: str, first: date, last: date) -> Iterator[Clock]:
        mine = self._kept.get(userid, {})
        for day in moments.days(first, last):
            yield from mine.get(day, ())
