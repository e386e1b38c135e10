"""Who has not written their log yet is reminded: whoever works that day and is there (R-LOG-3). Pure."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from cards import logs as cards
from domain.attendance.presence import OFF_DUTY, Presence, Shift
from domain.logs import Kind, Log, day_of, expected, period_of
from usecases.due import Due, due_message
from usecases.ports import Office

_DAY: Final = (time(9), time(18))  # of whom no shift is known
_NIGHT: Final = time(5)
_NEARLY: Final = timedelta(hours=1)  # whoever works until 18:30 is reminded at 18:00
_MORNING: Final = timedelta(hours=4)  # so long a list of the day still begins it


def remind_log(job: str, kind: Kind) -> Callable[[Office, datetime], Iterable[Due]]:
    """The plan of the job that reminds of logs of this kind: each person once a moment. Who listed their things in the
    morning is asked in the evening how they went."""

    def plan(office: Office, moment: datetime) -> Iterable[Due]:
        zone = office.world.frame.zone
        today = day_of(moment, zone)
        written = _written(office, kind, today)
        end = datetime.combine(today + timedelta(days=1), _NIGHT, zone)
        end = moment + _MORNING if kind == "things" else end
        for person, reviews in _lacking(office, kind, moment, today, written):
            frame = office.world.frame_for(person)
            title, text = cards.reminder("review" if reviews else kind, frame)
            yield due_message(job, moment, person, title, text, until=end)

    return plan


def off_duty(presence: Presence, person: str, day: date, zone: tzinfo, moment: datetime | None = None) -> bool:
    """Whether the person is on leave or at rest all of that day, or at that moment. Who is on a trip or out works."""
    shift = presence.shift(person, day)
    begin, end = (datetime.combine(day, edge, zone) for edge in _DAY)
    if shift is not None and shift.on and shift.off:
        begin, end = shift.on, shift.off
    since, until = min(begin, moment or begin), max(end, moment or end)
    away = [one for one in presence.away(person, since, until + timedelta(minutes=1)) if one.kind in OFF_DUTY]
    leave = Presence(workdays=presence.workdays, away=away)
    return leave.away_all(person, begin, end) or (moment is not None and leave.away_at(person, moment) is not None)


def _written(office: Office, kind: Kind, today: date) -> dict[str, list[Log]]:
    """What was written of the period, by person; for a day also the list of its morning."""
    first = period_of(kind, today)
    found: dict[str, list[Log]] = {}
    for one in office.logbook.logs(first, first):
        if one.kind == kind or (kind == "day" and one.kind == "things"):
            found.setdefault(one.person, []).append(one)
    return found


def _lacking(
    office: Office, kind: Kind, moment: datetime, today: date, written: dict[str, list[Log]]
) -> Iterable[tuple[str, bool]]:  # fmt: skip
    """Who has not written, and whether they have things to review."""
    world = office.world
    presence = office.calendar.presence(today, today)
    for userid, person in sorted(world.organization.people.items()):
        kinds = {one.kind for one in written.get(userid, ())}
        if kind in kinds or expected(kind, person, world.logs, world.organization) is None:
            continue
        if not presence.likely(userid, today) or off_duty(presence, userid, today, world.frame.zone, moment):
            continue
        if not _is_time(kind, presence.shift(userid, today), moment):
            continue
        yield userid, "things" in kinds


def _is_time(kind: Kind, shift: Shift | None, moment: datetime) -> bool:
    """Whether one can write it by then: the day's things once the shift has begun and before it is over, its log when
    it is over or nearly. Who works at night is not asked in the evening before."""
    if shift is None or shift.on is None or shift.off is None:
        return True
    if kind == "things":
        return shift.on <= moment < shift.off
    return kind != "day" or shift.off <= moment + _NEARLY
