"""From what was understood to the values of a form. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from domain.approvals.flow import Flow
from domain.approvals.form import ENDS, STARTS, moment
from domain.approvals.values import Value
from domain.calendar import Workdays
from language.fill import CALENDAR_DAYS
from language.understanding import Understanding

HOURS_A_DAY = 8.0  # data/README.md: 09:00-18:00 with a break 12:00-13:00
_SATURDAY = 5
_NOON, _AFTER = time(12), time(13)
_HALF_STARTS = {"09:00": "上午", "13:00": "下午"}
_HALF_ENDS = {"12:00": "上午", "18:00": "下午"}
KINDS = {  # the kinds of language.understand and the flows that they start
    "leave": "leave",
    "trip": "business_trip",
    "outing": "outing",
    "overtime": "overtime",
    "punch": "clock_correction",
    "expense": "expense",
}


def values_of(reading: Understanding, flow: Flow) -> dict[str, Value]:
    """The form values that the words gave; only fields that the flow has. `days` are counted where that is certain."""
    found: dict[str, Value | None] = {
        "leave_type": reading.leave_type,
        "reason": reading.reason,
        "place": reading.place,
        "amount": reading.amount,
        "punch": reading.punch,
    }
    if reading.start and not {"half", "time"} & set(reading.missing):
        found["start"] = _edge(reading, reading.start, _HALF_STARTS)
        found["end"] = _edge(reading, reading.end, _HALF_ENDS) if reading.end else None
        if reading.end:
            found["days"] = _days(reading, flow.id)
    fields = {field.id for field in flow.fields}
    return {key: value for key, value in found.items() if key in fields and value not in (None, "")}


def _edge(reading: Understanding, moment: str, halves: dict[str, str]) -> str:
    """`YYYY-MM-DD`, with 上午/下午 where the span is made of halves, else with the clock time."""
    day, _, clock = moment.partition("T")
    if not clock:
        return day
    spans_days = bool(reading.end) and reading.start is not None and reading.start[:10] != (reading.end or "")[:10]
    if (reading.half or spans_days) and clock[:5] in halves:
        return f"{day} {halves[clock[:5]]}"
    return f"{day} {clock[:5]}"


def _days(reading: Understanding, flow_id: str) -> float | None:
    """How many days the span covers: working days of leave, calendar days else; hours as eighths of a day."""
    assert reading.start and reading.end
    if reading.workdays is not None:
        return _plain(reading.workdays) or None  # nothing but days off: the person is asked
    if reading.half:
        return 0.5
    start, end = datetime.fromisoformat(reading.start), datetime.fromisoformat(reading.end)
    if "T" in reading.start and start.date() == end.date():
        return _plain(round(worked_hours(start, end) / HOURS_A_DAY, 2))
    if flow_id == "leave":
        return None  # the calendar of that time is not known: the person is asked
    return _plain(float((end.date() - start.date()).days + 1))


def days_between(values: Mapping[str, Value], flow: Flow, workdays: Workdays) -> float | None:
    """How many days a form's `start` and `end` cover; None where they cannot be read or the calendar is not known."""
    try:
        first, begin = moment(str(values.get("start", "")), STARTS)
        last, stop = moment(str(values.get("end", "")), ENDS)
    except ValueError:
        return None
    if (last, stop or 24) <= (first, begin or 0):
        return None
    if first == last and (hours := hours_between(values)) is not None:
        return _plain(round(hours / HOURS_A_DAY, 2))
    by_calendar = flow.id != "leave" or values.get("leave_type") in CALENDAR_DAYS
    days = (last - first).days + 1 if by_calendar else workdays.count(first, last)
    if days is None:
        return None
    halves = (0.5 if begin == STARTS["下午"] else 0) + (0.5 if stop == ENDS["上午"] else 0)
    return _plain(days - halves) if days > halves else None  # nothing but days off: the person is asked


def hours_between(values: Mapping[str, Value]) -> float | None:
    """The hours of a form's span by the clock, the break at noon left out; None where it is made of days and halves.
    Raises ValueError."""
    first, begin = moment(str(values.get("start", "")), STARTS)
    last, stop = moment(str(values.get("end", "")), ENDS)
    if begin is None or stop is None or (begin in STARTS.values() and stop in ENDS.values()):
        return None
    return worked_hours(_at(first, begin), _at(last, stop))


def counted(values: Mapping[str, Value], flow: Flow, workdays: Workdays) -> dict[str, Value]:
    """The days that a form's start and end cover, where it asks for them and they can be counted: nobody types others,
    for they choose the route."""
    moments = {field.id for field in flow.fields if field.type == "moment"}
    if not {"start", "end"} <= moments or "days" not in {field.id for field in flow.fields}:
        return {}
    days = days_between(values, flow, workdays)
    return {} if days is None else {"days": days}


def weekdays_between(values: Mapping[str, Value]) -> tuple[float, float]:
    """The days and those from Monday to Friday that a form's dates cover, whatever the calendar says. Raises
    ValueError."""
    first, begin = moment(str(values.get("start", "")), STARTS)
    last, stop = moment(str(values.get("end", "")), ENDS)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    halves = (0.5 if begin == STARTS["下午"] else 0) + (0.5 if stop == ENDS["上午"] else 0)
    return _plain(len(days) - halves), _plain(max(0, sum(day.weekday() < _SATURDAY for day in days) - halves))


def _at(day: date, hour: float) -> datetime:
    return datetime.combine(day, time()) + timedelta(hours=hour)


def worked_hours(start: datetime, end: datetime) -> float:
    """Hours of work, without the break at noon of the first day."""
    day: date = start.date()
    noon, after = datetime.combine(day, _NOON), datetime.combine(day, _AFTER)
    rest = max(timedelta(), min(end, after) - max(start, noon))
    return ((end - start) - rest).total_seconds() / 3600


def office_hours(begin: float, stop: float) -> float:
    """Hours of work in a day between these hours of the clock: 9 to 12 and 13 to 18 are worked."""
    halves = zip(STARTS.values(), ENDS.values(), strict=True)
    return sum(max(0.0, min(stop, last) - max(begin, first)) for first, last in halves)


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number
