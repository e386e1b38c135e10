"""From the chosen span to a period: its days, its clock ends, and what speaks against it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from language.choice import Choice
from language.clock import CLOSES, HALVES, NOON, OPENS, begins, clock_of, ends
from language.days import IMPOSSIBLE, Context, Days, resolve, resolve_end
from language.points import Point
from language.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """`begin`, `stop`: minutes since midnight of the first and the last day; None where no time of the day was said."""

    first: date | None = None
    last: date | None = None
    begin: int | None = None
    stop: int | None = None
    part: str = ""  # of the first point
    ranged: bool = False  # more than one day, or 到: the end was said
    opened: bool = False
    assumed_today: bool = False
    only_stop: bool = False  # 到9点: the start was not said
    why: str = ""
    place: tuple[int, int] = (0, 0)  # where in the text its days are named

    @property
    def half(self) -> str | None:
        """am or pm when this is exactly one half-day session named by word."""
        named = self.part in HALVES and (self.begin, self.stop) == HALVES[self.part] and not self.ranged
        return self.part if named else None


def moment(day: date, minutes: int | None = None) -> str:
    """Local ISO text; minutes past 24:00 are the next day's."""
    if minutes is None:
        return day.isoformat()
    return (datetime.combine(day, time()) + timedelta(minutes=minutes)).isoformat(timespec="minutes")


def period(choice: Choice, context: Context, day: date | None) -> Period:
    """The period of the choice. `day` is meant by a time of the day that stands alone (None: it stays open)."""
    found = _period(choice, context, day)
    return replace(found, place=(choice.span.start, choice.span.end)) if choice.span is not None else found


def _period(choice: Choice, context: Context, day: date | None) -> Period:
    if choice.several:
        return Period(why="multiple")
    span = choice.span
    if span is None:
        if choice.clock is None:
            return Period()
        if day is None:
            return replace(_span(choice.clock, Days(context.today, context.today), context), first=None, last=None)
        return replace(_span(choice.clock, Days(day, day), context), assumed_today=True)
    first = span.points[0]
    started = _days(first, context)
    if span.only_end:
        return Period(why=started.why if started.why != "ambiguous" else "")
    if choice.clock is None or started.why or started.first is None or started.several:
        return _span(span, started, context)
    inner = choice.clock
    merged = replace(inner.points[0], part=inner.points[0].part or first.part)
    clock = replace(inner, points=(merged, *inner.points[1:]))
    return replace(_span(clock, started, context), opened=span.opened or clock.opened)


def impossible(choice: Choice, context: Context, text: str) -> str | None:
    """The words for the day or the time of day that there is not: 2月30日, 25点."""
    for span in (choice.span, choice.clock):
        for point in span.points if span else ():
            if point.day is not None and resolve(point.day, context).why == IMPOSSIBLE:
                return text[point.day.start : point.day.end].strip()
            if point.clock is not None and clock_of(point.clock) is None:
                return text[point.clock.start : point.clock.end].strip()
    return None


def _days(point: Point, context: Context) -> Days:
    """The days of a point; a second word for the same day must agree."""
    if point.day is None:
        return Days(context.today, context.today)
    days = resolve(point.day, context)
    if point.also is None or days.first is None:
        return days
    also = resolve(point.also, context)
    if also.form.startswith("weekday"):
        agrees = days.first.weekday() == int(also.form.removeprefix("weekday"))
    else:
        agrees = also.first == days.first
    return days if agrees else Days(why="conflict")


def _span(span: Span, started: Days, context: Context) -> Period:
    first = span.points[0]
    found = Period(first=started.first, last=started.last, part=first.part, opened=span.opened, ranged=started.several)
    if span.joint == "or":
        return Period(why="ambiguous", part=first.part)
    if span.only_end:
        return _only_stop(found, first)
    if started.why or started.first is None or started.last is None:
        return Period(why=started.why, part=first.part)
    if span.joint == "and":
        return _list(span, found, context)
    if span.joint == "to":
        return _range(found, first, span.points[1], started.first, started, context)
    return _single(found, first)


def _single(found: Period, point: Point) -> Period:
    if point.clock is not None:
        clock = clock_of(point.clock)
        return replace(found, begin=begins(clock, point.part)) if clock else Period(why="impossible_date")
    if point.part in HALVES:
        begin, stop = HALVES[point.part]
        return replace(found, begin=begin, stop=stop)
    return found


def _only_stop(found: Period, point: Point) -> Period:
    """加班到9点: only the end is said."""
    clock = clock_of(point.clock) if point.clock else None
    if clock is None:
        return Period(why="impossible_date" if point.clock else "")
    return replace(
        found, stop=begins(clock, point.part or "eve"), part=found.part or point.part, only_stop=True, ranged=True
    )


def _list(span: Span, found: Period, context: Context) -> Period:
    """周一和周二 are a range, 周二和周四 are two requests."""
    first = span.points[0]
    if all(point.day is None for point in span.points[1:]) and {point.part for point in span.points} == {"am", "pm"}:
        return replace(found, part="all")
    days = [found.first]
    for point in span.points[1:]:
        before = days[-1]
        if (
            point.day is None
            or point.clock is not None
            or point.part
            or first.part
            or first.clock is not None
            or before is None
        ):
            return Period(why="multiple")
        following = resolve_end(point.day, before, Days(before, before), context)
        if following.why:
            return Period(why=following.why)
        if following.first != before + timedelta(days=1):
            return Period(why="multiple")
        days.append(following.last)
    return replace(found, last=days[-1], ranged=True)


def _range(found: Period, first: Point, last: Point, start: date, started: Days, context: Context) -> Period:
    end = resolve_end(last.day, start, started, context) if last.day is not None else Days(started.last, started.last)
    if end.why or end.last is None:
        return Period(why=end.why)
    if end.last < start:
        return Period(why="end_before_start")
    found = replace(found, last=end.last, ranged=True)
    begin_clock, stop_clock = (clock_of(point.clock) if point.clock else None for point in (first, last))
    if (first.clock and begin_clock is None) or (last.clock and stop_clock is None):
        return Period(why="impossible_date")
    if begin_clock is None and stop_clock is None:
        return _sessions(found, first.part, last.part)
    begin = begins(begin_clock, first.part) if begin_clock else _opening(first.part or last.part * (last.part == "eve"))
    found = replace(found, only_stop=begin_clock is None and not (first.part or last.part))
    if stop_clock is None:
        stop = NOON if last.part == "noon" else HALVES.get(last.part, (OPENS, CLOSES))[1]
    elif end.last == start:
        stop = ends(stop_clock, last.part, begin, first.part)
    elif last.day is not None and last.day.kind == "next" and begin >= CLOSES and not last.part:
        stop = stop_clock.minutes  # 晚上8点到次日2点
    else:
        stop = begins(stop_clock, last.part)
    if end.last == start and stop <= begin:
        return Period(why="end_before_start")
    return replace(found, begin=begin, stop=stop)


def _opening(part: str) -> int:
    return CLOSES if part == "eve" else HALVES.get(part, (OPENS, CLOSES))[0]


def _sessions(found: Period, first: str, last: str) -> Period:
    """A span with a half at an end has clock times."""
    parts = HALVES | {"noon": (NOON, NOON)}
    if first not in parts and last not in parts:
        return found
    begin, stop = parts.get(first, (OPENS, CLOSES))[0], parts.get(last, (OPENS, CLOSES))[1]
    if found.first == found.last and stop <= begin:
        return Period(why="end_before_start")
    return replace(found, begin=begin, stop=stop)
