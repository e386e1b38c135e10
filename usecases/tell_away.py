"""Groups hear who is not there today: who, and until when; nothing of why (R-NOTE-1, R-SUM-3). Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Final

from cards.attendance import away_today
from domain.attendance.presence import Away
from domain.groups import groups_of
from usecases.due import Due, due_message
from usecases.ports import Office

MORNING: Final = time(8, 30)
EVERY: Final = timedelta(minutes=30)  # so often after the morning those are told who were approved since
_TOLD: Final = ("leave", "trip", "outing")
_DAY: Final = timedelta(days=1)


def tell_away(office: Office, moment: datetime) -> Iterator[Due]:
    """In the morning all who are away today. Later only whose absence was approved since and has begun."""
    zone = office.world.frame.zone
    day = moment.astimezone(zone).date()
    morning = datetime.combine(day, MORNING, zone)
    begin, end = datetime.combine(day, time(), zone), datetime.combine(day + _DAY, time(), zone)
    told: dict[str, list[Away]] = {}
    for away in office.calendar.presence(day, day).absences:
        if away.kind not in _TOLD or away.start >= end or away.end <= max(begin, moment - EVERY):
            continue
        known = away.made <= morning
        if not known and not moment - EVERY < max(away.start, away.made) <= moment:
            continue
        if known and moment > morning:
            continue
        for lane in _groups(away.person, office):
            told.setdefault(lane, []).append(away)
    for lane, absences in told.items():
        yield due_message("notices", moment, lane, *away_today(_once(absences), day, office.world.frame), until=end)


def _groups(person: str, office: Office) -> Iterator[str]:
    known = office.world.organization.find(person)
    if known is not None:
        yield from (one.lane for one in groups_of(known, office.world.groups, office.world.organization))


def _once(absences: Iterable[Away]) -> list[Away]:
    """In the order in which they begin."""
    return sorted(absences, key=lambda one: (one.start, one.person))
