"""Reminders to clock in and out, for those who have to and have not (R-ATT-2). Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from cards.attendance import punch_due
from cards.words import Words
from domain.attendance.presence import Presence
from domain.attendance.punches import PunchKind
from usecases.due import Due, due_message
from usecases.ports import Office

HELPS: Final = {"in": timedelta(minutes=10), "out": timedelta(hours=2)}  # so long after the punch was due
_DAY: Final = timedelta(days=1)
_AROUND: Final = timedelta(minutes=1)


def before_shift(office: Office) -> timedelta:
    """How long before the shift people are reminded."""
    return office.world.attendance_rules.before


def remind_in(office: Office, moment: datetime) -> Iterator[Due]:
    """Those whose shift begins soon."""
    return _remind(office, moment, "in", moment + before_shift(office))


def remind_out(office: Office, moment: datetime) -> Iterator[Due]:
    """Those whose shift ends now."""
    return _remind(office, moment, "out", moment)


def _remind(office: Office, moment: datetime, kind: PunchKind, at: datetime) -> Iterator[Due]:
    """Who works then, is not away, and has not punched. All who read the same language have the same message."""
    shifts = office.calendar.shifts_at("on" if kind == "in" else "off", at)
    zone, begun = office.world.frame.zone, min((one.on for one in shifts if one.on), default=at)
    away = office.calendar.away(min(begun, at) - _AROUND, at + _AROUND)
    presence = Presence(workdays=office.world.workdays, away=away, zone=zone)
    day = at.astimezone(zone).date()
    punches = office.calendar.punches(day - _DAY, day)  # a night shift began yesterday
    there = {one.id for one in punches if one.kind == kind}
    people, said = office.world.organization.people, dict[str, Words]()
    for shift in shifts:
        person, due = shift.person, presence.must_clock_in if kind == "in" else presence.must_clock_out
        if person in people and (*shift.id, kind) not in there and due(shift):
            frame = office.world.frame_for(person)
            text = said.get(frame.language) or said.setdefault(frame.language, punch_due(kind, at, frame))
            yield due_message(f"punch_{kind}", moment, person, *text, until=at + HELPS[kind])
