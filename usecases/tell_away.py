"""Groups hear who is not there today: who, and until when; nothing of why (R-NOTE-1, R-SUM-3). Pure."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Final

from cards.attendance import away_today
from domain.attendance.presence import Away
from domain.groups import groups_of
from usecases.due import Due, due_message
from usecases.ports import Office

Plan = Callable[[Office, datetime], Iterable[Due]]
MORNING: Final = time(8, 30)  # unless the company says otherwise
FIRST: Final = time(9)
EVERY: Final = timedelta(minutes=30)  # so often it is told in the day who was approved since the morning
_TOLD: Final = ("leave", "trip", "outing")
_DAY: Final = timedelta(days=1)


def tell_away(office: Office, moment: datetime) -> Iterator[Due]:
    """In the morning: all who are away today, also those who will be later, as far as it was approved by then: of the
    others the day tells."""
    return _told("notices", office, moment, lambda away: away.made <= moment and away.end > moment)


def tell_later(at: time) -> Plan:
    """The plan for the day: whose absence was approved since the morning's message (`at` that time) and has begun
    since the time before."""

    def plan(office: Office, moment: datetime) -> Iterable[Due]:
        zone = office.world.frame.zone
        morning = datetime.combine(moment.astimezone(zone).date(), at, zone)
        since = morning if moment.astimezone(zone).time() <= FIRST else moment - EVERY
        return _told(
            "notices_later", office, moment,
            lambda away: away.made > morning and since < max(away.start, away.made) <= moment < away.end,
        )  # fmt: skip

    return plan


def _told(job: str, office: Office, moment: datetime, now: Callable[[Away], bool]) -> Iterator[Due]:
    """One message a group, with those whom it is told `now`; nothing where there is nobody, or has a day of rest."""
    zone = office.world.frame.zone
    day = moment.astimezone(zone).date()
    begin, end = (datetime.combine(one, time(), zone) for one in (day, day + _DAY))
    told: dict[str, list[Away]] = {}
    absences = [one for one in office.calendar.away(begin, end) if one.kind in _TOLD and now(one)]
    presence = office.calendar.presence(day, day, {one.person for one in absences}) if absences else None
    for away in absences:
        rests = presence is not None and presence.works(away.person, day) is False
        if not rests or begin <= away.start < away.end <= end:  # who goes out on a day of rest is out
            for lane in _groups(away.person, office):
                told.setdefault(lane, []).append(away)
    for lane, absences in told.items():
        yield due_message(job, moment, lane, *away_today(_in_order(absences), day, office.world.frame), until=end)


def _groups(person: str, office: Office) -> Iterator[str]:
    known = office.world.organization.find(person)
    if known is not None:
        yield from (one.lane for one in groups_of(known, office.world.groups, office.world.organization))


def _in_order(absences: Iterable[Away]) -> list[Away]:
    """In the order in which they begin."""
    return sorted(absences, key=lambda one: (one.start, one.person))
