"""From a period and a length to start and end, by the rules of each kind of request (data conventions: Time rules)."""

import math
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from language.clock import BREAK, CLOSES, DAY, HALVES, NOON, OPENS, RESUMES
from language.days import UNKNOWN, Context
from language.durations import minutes
from language.patterns import any_of, late
from language.period import Period, moment
from language.understanding import Duration

CALENDAR_DAYS: Final = ("marriage", "maternity", "paternity")
_LATE: Final = late(r"(?<![今明昨后当每])晚[到来]|迟到|晚点[到来]|推迟到岗")
_EARLY: Final = late(r"早走|早退|提[前早][^,。]{0,6}?(?:走|下班|离开)|早点走")
_ALL_DAY: Final = late(r"全天|整天")
_DAY_TRIP: Final = any_of(
    r"(?:当天|当日|当晚|一天|一日|同日|同一天)就?(?:往返|来回|回|去(?:当天|当日)回)|早[去出]晚[回归]|朝发夕[至归]|day trip",
    r"(?:下午|傍晚|晚上|晚)(?:就|再)?(?:赶|返|飞)?回",
)


@dataclass(slots=True, kw_only=True)
class Times:
    """Start and end as they are printed; `missing` and `why` as they come up."""

    start: str | None = None
    end: str | None = None
    half: str | None = None
    missing: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    def conflict(self) -> None:
        """What was said of the end does not fit together: the start is kept, the end is asked for."""
        self.end, self.half = None, None
        self.missing.append("end")
        self.why.append("conflict")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the rules of a kind look at."""

    text: str
    period: Period
    length: Duration | None
    context: Context
    leave_type: str | None = None


def fill(kind: str, said: Said) -> Times:
    """Start and end of a request of this kind. What is missing is named as far as the times go."""
    times = Times(why=[said.period.why] if said.period.why else [])
    first = said.period.first
    if first is None or said.period.why:
        half_open = said.length is not None and said.length.value == 0.5 and said.length.unit == "day"
        if half_open and said.period.part not in HALVES and kind in ("leave", "outing"):
            times.missing.append("half")
        if first is None and not said.period.why and said.period.half:
            times.half = said.period.half
        return times
    {"leave": _leave, "trip": _trip, "outing": _outing, "overtime": _overtime, "unknown": _leave}[kind](
        times, said, first
    )
    return times


def _leave(times: Times, said: Said, first: date) -> None:
    period, length = said.period, said.length
    if _shift(times, said, first):
        return
    if length is None:
        _plain(times, period, first)
    elif length.unit in ("hour", "minute"):
        _hours(times, period, length, first)
    elif length.unit == "day" and length.value == 0.5:
        _half_day(times, period, first)
    elif period.ranged:
        _plain(times, period, first)
        if not _agrees(said, first):
            times.conflict()
    else:
        _lasting(times, said, first, length)


def _shift(times: Times, said: Said, first: date) -> bool:
    """晚到N小时 is from 09:00, 早走N小时 up to 18:00; so are 晚到 and 早走 with the clock time of coming and going."""
    late, early = _LATE.search(said.text), _EARLY.search(said.text)
    if not (late or early) or said.period.ranged:
        return False
    length, clock = said.length, said.period.begin if said.period.half is None else None
    if length is not None and length.unit in ("hour", "minute"):
        span = (OPENS, OPENS + minutes(length)) if late else (CLOSES - minutes(length), CLOSES)
    elif length is None and clock is not None:
        span = (OPENS, clock) if late else (clock, CLOSES)
    else:
        return False
    if not OPENS <= span[0] < span[1] <= CLOSES:
        return False
    times.start, times.end = moment(first, span[0]), moment(first, span[1])
    return True


def _plain(times: Times, period: Period, first: date) -> None:
    """No length: the period as it was said."""
    last = period.last or first
    if period.part in ("eve", "noon", "dawn") and period.begin is None and not period.ranged:
        times.start = times.end = moment(first)  # 今天中午, 今晚: not the whole day
        times.missing.append("time")
        return
    since = period.opened and not period.ranged and (period.begin is None or period.half is not None)
    if since or (period.begin is not None and period.stop is None):
        times.start = moment(first, period.begin)
        times.missing.append("end")
    else:
        times.start, times.end = moment(first, period.begin), moment(last, period.stop)
        times.half = period.half


def _hours(times: Times, period: Period, length: Duration, first: date) -> None:
    if period.begin is None or period.half is not None:
        times.start, times.end = moment(first), moment(period.last or first)
        times.missing.append("time")
        return
    times.start = moment(first, period.begin)
    stop = period.stop if period.stop is not None else period.begin + minutes(length)
    times.end = moment(period.last or first, stop)
    over_noon = period.begin <= BREAK and stop >= RESUMES
    if stop - period.begin not in (minutes(length), minutes(length) + (60 if over_noon else 0)):
        times.conflict()


def _half_day(times: Times, period: Period, first: date) -> None:
    if period.half is not None or (period.begin is not None and period.stop is not None):
        _plain(times, replace(period, opened=False), first)
        if times.half is None and period.first != period.last:
            times.conflict()
    elif period.begin is not None:
        times.start, times.end = moment(first, period.begin), moment(first, BREAK if period.begin < NOON else CLOSES)
    elif period.ranged:
        times.start = moment(first)
        times.conflict()
    else:
        times.start = times.end = moment(first)
        times.missing.append("half")


def _agrees(said: Said, first: date) -> bool:
    """A range and a length must agree in working or in calendar days (N周: 5N working, 7N calendar days)."""
    assert said.length is not None
    last = said.period.last or first
    calendar: float = (last - first).days + 1
    working: float | None = said.context.workdays.count(first, last)
    cut = 0.5 * ((said.period.begin or 0) >= NOON) + 0.5 * (
        said.period.stop is not None and said.period.stop <= RESUMES
    )
    weeks = said.length.unit == "week"
    if working is None:
        return said.length.value * (7 if weeks else 1) <= calendar - cut
    return (
        said.length.value * (7 if weeks else 1) == calendar - cut
        or said.length.value * (5 if weeks else 1) == working - cut
    )


def _lasting(times: Times, said: Said, first: date, length: Duration) -> None:
    """A start and a length give the end: N天 are working days, for some types calendar days; halves go by sessions."""
    by_calendar = said.leave_type in CALENDAR_DAYS
    days = length.value * ((7 if by_calendar else 5) if length.unit == "week" else 1)
    from_noon = said.period.begin is not None and said.period.begin >= NOON
    sessions = round(days * 2) + from_noon
    whole = math.ceil(sessions / 2)
    if by_calendar or whole == 1:
        last: date | None = first + timedelta(days=whole - 1)
    else:
        last = said.context.workdays.advance(first, whole)
    ends_at_noon = sessions % 2 == 1
    precise = from_noon or ends_at_noon
    times.start = moment(first, (RESUMES if from_noon else OPENS) if precise else None)
    if last is None:
        times.start = moment(first, RESUMES if from_noon else None)
        times.missing.append("end")
        times.why.append(UNKNOWN)
    else:
        times.end = moment(last, (BREAK if ends_at_noon else CLOSES) if precise else None)


def _trip(times: Times, said: Said, first: date) -> None:
    """Always whole days; one date and no length: the end is missing, unless one comes back on the same day."""
    period, length = said.period, said.length
    times.start = moment(first)
    if period.ranged:
        times.end = moment(period.last or first)
        if length is not None and length.unit in ("day", "week") and not _agrees(said, first):
            rounded = replace(said, length=Duration(value=math.ceil(length.value), unit=length.unit))
            if not _agrees(rounded, first):
                times.conflict()
    elif length is not None and length.unit in ("day", "week"):
        days = math.ceil(length.value * (7 if length.unit == "week" else 1))
        times.end = moment(first + timedelta(days=days - 1))
    elif _DAY_TRIP.search(said.text):
        times.end = times.start
    else:
        times.missing.append("end")


def _outing(times: Times, said: Said, first: date) -> None:
    """A half day, a clock range or 全天; a date alone does not say until when."""
    period, length = said.period, said.length
    if length is not None and length.unit in ("hour", "minute"):
        _hours(times, period, length, first)
    elif length is not None and length.unit == "day" and length.value == 0.5:
        _half_day(times, period, first)
    elif length is not None and not period.ranged and period.begin is None:
        days = math.ceil(length.value * (5 if length.unit == "week" else 1))
        times.start, times.end = moment(first), moment(first + timedelta(days=days - 1))
    elif period.begin is None and not period.ranged and period.part != "all":
        times.start = moment(first)
        times.missing.append("end")
    else:
        _plain(times, period, first)


def _overtime(times: Times, said: Said, first: date) -> None:
    """今晚 without a start begins at 18:00; a length without evening or clock does not say when."""
    period, length = said.period, said.length
    begin, stop = period.begin, period.stop
    if period.only_stop and stop is not None:  # on a working day it begins when work ends
        evening = period.part == "eve" or said.context.workdays.is_workday(first)
        begin = CLOSES if evening else None
        stop += NOON if stop <= NOON else 0
    if begin is None and period.part == "eve":
        begin = CLOSES
    if begin is None and (period.part == "all" or _ALL_DAY.search(said.text)):
        length = None
        begin, stop = OPENS, CLOSES
    if begin is not None and length is not None and length.unit in ("hour", "minute") and (stop is None or period.half):
        stop = begin + minutes(length) if period.half is None else None
        begin = begin if period.half is None else None
    if begin is None:
        times.start, times.end = moment(first), moment(period.last or first)
        times.missing.append("time")
        return
    times.start = moment(first, begin)
    if stop is None:
        times.missing.append("end")
        return
    last = period.last or first
    times.end = moment(last, stop + (DAY if last == first and stop <= begin else 0))
    times.half = period.half
