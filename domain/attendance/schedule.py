"""Which shift counts on a day: the platform's, as the state's and the company's days change it (R-WORK-1). Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from domain.attendance.presence import Shift
from domain.calendar import Workdays


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A shift of every day: it begins and ends so long after the midnight of its day (a night shift ends above 24 h).

    `shift` is what the platform calls it."""

    on: timedelta
    off: timedelta
    shift: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """An attendance group. `fixed`: it works by the week, and so rests on holidays; else a rota says who works when.

    `usual` are the hours on a day on which its week knows none; None: it has no hours at all."""

    name: str
    fixed: bool = False
    usual: Hours | None = None


def counted(given: Shift, team: Team, workdays: Workdays, zone: tzinfo) -> Shift:
    """The shift that counts, for the one that the platform has (without hours: a day of rest).

    Who works by the week rests on a statutory holiday and a company's day of rest, and works the usual hours on a
    make-up day and a company's working day. Else, and for rotas, it is as the platform says."""
    works = _decreed(given, workdays) if team.fixed else None
    if works is False and given.on is not None:
        return Shift(person=given.person, day=given.day, team=given.team)
    if works and given.on is None and team.usual is not None:
        midnight = datetime.combine(given.day, time(), zone)
        hours = team.usual
        return replace(given, on=midnight + hours.on, off=midnight + hours.off, shift=hours.shift)
    return given


def _decreed(given: Shift, workdays: Workdays) -> bool | None:
    """Whether somebody has said of this very day that one works or rests; None: it is an ordinary day of its week."""
    if given.day in workdays.company:
        return workdays.company[given.day]
    if given.day in workdays.rest:
        return False
    return True if given.day in workdays.work else None
