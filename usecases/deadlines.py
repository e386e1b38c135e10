"""By when a step should be decided: timers in working time. Pure."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from domain.approvals.case import Case
from domain.approvals.events import Event, StepOpened
from domain.calendar import Workdays
from usecases.ports import Office, Timer

_WORK: Final = ((time(9), time(12)), (time(13), time(18)))  # the hours of a working day
_FAR: Final = timedelta(days=60)


def deadlines(case: Case, events: tuple[Event, ...], office: Office) -> tuple[Timer, ...]:
    """A timer for each step that was opened with a limit and waits still."""
    opened = [one for one in events if isinstance(one, StepOpened) and case.step and one.step == case.step.id]
    return tuple(deadline(case, one.at, 1, office) for one in opened if case.step and case.step.hours)


def deadline(case: Case, since: datetime, times: int, office: Office) -> Timer:
    """When the step that waits now is overdue, for the first or a later time: by the working days of who is waited for,
    where it is one person."""
    step = case.step
    assert step is not None, "only a step that waits can be overdue"
    waiting, zone = case.waiting_for(), office.world.frame.zone
    own = office.calendar.workdays_of(waiting[0]) if len(waiting) == 1 else office.world.workdays
    due = after_hours(since, step.hours, own, zone)
    return Timer(
        id=f"overdue:{case.number}:{step.id}:{times}", due=due, kind="overdue_step",
        subject=f"{case.number} {step.id} {times}",
    )  # fmt: skip


def after_hours(start: datetime, hours: float, workdays: Workdays, zone: tzinfo) -> datetime:
    """The moment at which so many working hours have passed; days of which nothing is known count as weekdays do."""
    here, left = start.astimezone(zone), timedelta(hours=hours)
    end = here + _FAR
    day = here.date()
    while day < end.date():
        if workdays.likely(day):
            for opens, closes in _WORK:
                begin = max(here, datetime.combine(day, opens, zone))
                stop = datetime.combine(day, closes, zone)
                if begin < stop and stop - begin >= left:
                    return begin + left
                left -= max(timedelta(), stop - begin)
        day += timedelta(days=1)
    return end
