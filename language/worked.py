"""How many working days a leave covers."""

from datetime import date

from domain.calendar import Workdays
from language.fill import CALENDAR_DAYS, Times
from language.understanding import Duration

_STARTS = {"09:00": 0.0, "13:00": 0.5}
_ENDS = {"18:00": 0.0, "12:00": 0.5}


def worked(
    times: Times, leave_type: str | None, length: Duration | None, workdays: Workdays
) -> tuple[float | None, bool]:
    """Working days from start to end, halves 0.5, and whether the leave lies only on days off.

    None for spans in hours, without an end, or where the schedule of a year is not published."""
    if times.start is None or times.end is None:
        return None, False
    first, last = date.fromisoformat(times.start[:10]), date.fromisoformat(times.end[:10])
    count = workdays.count(first, last)
    if count is None:
        return None, False
    rest = count == 0 and leave_type not in CALENDAR_DAYS
    if "half" in times.missing:
        return (0.5 if count else 0.0), rest
    in_hours = "time" in times.missing or (length is not None and length.unit in ("hour", "minute"))
    if "T" not in times.start:
        return (None if in_hours else float(count)), rest
    cut = _cut(times, first, last, workdays)
    return (None if in_hours or cut is None else max(0.0, count - cut)), rest


def _cut(times: Times, first: date, last: date, workdays: Workdays) -> float | None:
    """What the halves at the ends take away; None where the ends are clock times that are no sessions."""
    assert times.start is not None and times.end is not None
    before, after = _STARTS.get(times.start[11:]), _ENDS.get(times.end[11:])
    if before is None or after is None or (first == last and times.half is None and before + after > 0):
        return None
    return before * bool(workdays.is_workday(first)) + after * bool(workdays.is_workday(last))
