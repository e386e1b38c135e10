"""Check-in duties: who is out says where they are, at the destination and at each customer (R-CHK-1 to -3). Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.approvals.case import Case
from domain.attendance.presence import Away, Presence
from domain.attendance.punches import Checkin
from domain.attendance.rules import AttendanceRules

VISITS: Final = "visit_plan"
_OUT: Final = ("outing", "trip")
_DAY: Final = timedelta(days=1)
_INSTANT: Final = timedelta(milliseconds=1)
_BETWEEN: Final = (
    r"\s*[、，,;；/\n]+\s*|\s{2,}|(?<![!-~])\s|\s(?![!-~])"  # Blue Bottle and 祥和超市 are one customer each
)
_AROUND: Final = timedelta(hours=1)  # so long before and after an outing a check-in is of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """On this day `person` checks in: at `place`, or of a visit plan at each of the `customers`. `since`, `until`: when the
    time away begins and ends."""

    person: str
    day: date
    case: str
    since: datetime
    until: datetime
    place: str = ""
    customers: tuple[str, ...] = ()


def duties(
    presence: Presence, plans: Iterable[Case], day: date, zone: ZoneInfo
) -> Iterator[Duty]:  # fmt: skip
    """Who has to check in on that day. `plans` are the approved visit plans; who has one needs no other check-in."""
    planned = {one.person: one for case in plans for one in _visits(case, day, zone)}
    yield from planned.values()
    for away in presence.absences:
        if away.kind in _OUT and away.person not in planned and _falls_on(away, day, presence, zone):
            yield Duty(person=away.person, day=day, case=away.id, since=away.start, until=away.end, place=away.place)


def unmet(
    several: Iterable[Duty], checkins: Iterable[Checkin], rules: AttendanceRules, zone: ZoneInfo
) -> Iterator[tuple[Duty, Mapping[str, tuple[int, int]]]]:  # fmt: skip
    """The duties that are not met: where nobody checked in, or with too few photos; how many came, and how many are
    asked for. A duty without customers is met by a check-in of its time, each by one of its own."""
    left = sorted(checkins, key=lambda one: one.at)
    for duty in sorted(several, key=lambda one: (one.until, one.since)):
        own = [one for one in left if one.person == duty.person and one.at.astimezone(zone).date() == duty.day]
        if duty.customers:
            lacking = _not_seen(duty.customers, own, rules)
        else:
            here = (one for one in own if duty.since - _AROUND <= one.at <= duty.until + _AROUND)
            met = next(here, None)
            left = [one for one in left if one is not met]
            lacking = {} if met else {duty.place: (0, 0)}
        if lacking:
            yield duty, lacking


def _not_seen(
    customers: Iterable[str], checkins: Iterable[Checkin], rules: AttendanceRules
) -> dict[str, tuple[int, int]]:  # fmt: skip
    """The customers of whom no check-in tells, or with too few photos."""
    found = {}
    for customer in customers:
        there = [one for one in checkins if _bare(customer) in _bare(f"{one.place} {one.remark}")]
        asked, came = len(rules.photos(customer)), sum(one.photos for one in there)
        if not there or came < asked:
            found[customer] = came, asked
    return found


def _falls_on(away: Away, day: date, presence: Presence, zone: ZoneInfo) -> bool:
    """Of one day: that day. Of several: each day but those of rest."""
    first, last = away.start.astimezone(zone).date(), (away.end - _INSTANT).astimezone(zone).date()
    return first <= day <= last and (first == last or presence.likely(away.person, day))


def _visits(case: Case, day: date, zone: ZoneInfo) -> Iterator[Duty]:
    customers = tuple(filter(None, re.split(_BETWEEN, str(case.values.get("customers") or ""))))
    if str(case.values.get("start", ""))[:10] == day.isoformat() and customers:
        since = datetime(day.year, day.month, day.day, tzinfo=zone)
        yield Duty(
            person=case.applicant, day=day, case=case.number, since=since, until=since + _DAY, customers=customers
        )


def _bare(text: str) -> str:
    return re.sub(r"[\s（）()·-]", "", text).lower()
