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
_INSTANT: Final = timedelta(milliseconds=1)
_BETWEEN: Final = r"[、,，;；/\n]+|\s+|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff]{2})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """On this day `person` checks in: at `place`, or of a visit plan at each of the `customers`. `since`: when the
    time away begins."""

    person: str
    day: date
    case: str
    since: datetime
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
            yield Duty(person=away.person, day=day, case=away.id, since=away.start, place=away.place)


def unmet(
    duty: Duty, checkins: Iterable[Checkin], rules: AttendanceRules, zone: ZoneInfo
) -> Mapping[str, tuple[int, int]]:
    """Where nobody checked in, or with too few photos: how many came, and how many are asked for. A duty without
    customers is met by any check-in of the day."""
    own = [one for one in checkins if one.person == duty.person and one.at.astimezone(zone).date() == duty.day]
    if not duty.customers:
        return {} if own else {duty.place: (0, 0)}
    found = {}
    for customer in duty.customers:
        there = [one for one in own if _bare(customer) in _bare(f"{one.place} {one.remark}")]
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
        yield Duty(person=case.applicant, day=day, case=case.number, since=since, customers=customers)


def _bare(text: str) -> str:
    return re.sub(r"[\s（）()·-]", "", text).lower()
