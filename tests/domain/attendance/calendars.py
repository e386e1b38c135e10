"""Calendars in a line: shifts, absences and punches of a week in September 2026, and cases about it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.approvals.case import Case, Status
from domain.attendance.presence import Away, AwayKind, Presence, Shift
from domain.attendance.punches import Checkin, Punch, PunchKind
from language.statutory import statutory_workdays

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 9, 14)


def at(text: str) -> datetime:
    """09-14 08:30, in the office's zone."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def works(person: str, day: int = 14, on: str = "08:30", off: str = "18:00", *, until: int = 0) -> Shift:
    """A shift of this day of September; `until`: it ends on that day."""
    return Shift(
        person=person, day=date(2026, 9, day), on=at(f"09-{day:02} {on}"), off=at(f"09-{until or day:02} {off}")
    )


def rests(person: str, day: int) -> Shift:
    """A day of rest."""
    return Shift(person=person, day=date(2026, 9, day))


def away(person: str, start: str, end: str, kind: AwayKind = "leave", **more: Any) -> Away:
    """Approved: away in that time."""
    many = {"id": f"{kind}-{person}-{start}", "made": at("09-10 10:00"), **more}
    return Away(person=person, kind=kind, start=at(start), end=at(end), **many)


def punched(person: str, kind: PunchKind, when: str, day: int = 14) -> Punch:
    """A punch of the shift of that day."""
    return Punch(person=person, day=date(2026, 9, day), kind=kind, at=at(when))


def checked_in(person: str, when: str, place: str, remark: str = "", photos: int = 1) -> Checkin:
    """Somebody was there."""
    return Checkin(person=person, at=at(when), place=place, remark=remark, photos=photos)


def known(*values: Shift | Away) -> Presence:
    """The presence calendar of these."""
    shifts = [one for one in values if isinstance(one, Shift)]
    absences = [one for one in values if isinstance(one, Away)]
    return Presence(workdays=statutory_workdays(), shifts=shifts, away=absences)


def case(flow: str, applicant: str, status: Status = Status.RUNNING, filed: str = "09-15 10:00", **values: Any) -> Case:
    """A filed case."""
    return Case(
        number=f"{flow[:2].upper()}-20260915-001", flow=flow, flow_version="1", title=flow, applicant=applicant,
        status=status, version=2, created_at=at(filed), submitted_at=at(filed), values=values,
    )  # fmt: skip
