"""What an ambiguous time can mean: two or three readings for buttons, each with words that say only that."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from language.choice import Choice
from language.days import AMBIGUOUS, Context, month_and_day, resolve
from language.festivals import NAMES, festival
from language.lexer import Token
from language.numerals import whole
from language.spans import Span
from language.understanding import Duration, Reading, Understanding
from language.weeks import month_of, week_of

MOST: Final = 3
_WEEKDAYS: Final = "一二三四五六日"
_PUNCHES: Final = {"in": "上班", "out": "下班", "both": "全天"}
_UNITS: Final = {"day": "天", "week": "周", "hour": "小时", "minute": "分钟"}
_LAST_DAYS: Final = {"初": 5, "中": 17, "底": 31, "末": 31}  # of a month: later, the next month's is meant
_WORKED: Final = 5  # working days of a week

Pair = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """A message whose time has several readings. `read` understands it with other words in that place."""

    text: str
    kind: str
    tokens: list[Token]
    choice: Choice
    context: Context
    length: Duration | None
    read: Callable[[str], tuple[Understanding, "Ambiguous"]]


def readings(asked: Ambiguous) -> tuple[Reading, ...]:
    """The readings in the order of likelihood, `MOST` at most; none where it could be any day (过几天)."""
    found: dict[str, Understanding] = {}
    for understood in _understood(asked, deep=1):
        found.setdefault(_words(understood, asked), understood)
    years = {date.fromisoformat(one.start[:10]).year for one in found.values() if one.start}
    dated = years != {asked.context.today.year}
    return tuple(Reading(label=_label(one, dated, asked), words=words) for words, one in [*found.items()][:MOST])


def _understood(asked: Ambiguous, deep: int) -> Iterator[Understanding]:
    for text in _texts(asked):
        found, again = asked.read(text)
        if AMBIGUOUS in found.ask_why and deep:
            yield from _understood(again, deep - 1)
        elif found.start and not {AMBIGUOUS, "conflict"} & set(found.ask_why):
            yield found


def _texts(asked: Ambiguous) -> Iterator[str]:
    """The message, said again for each reading."""
    for span in (asked.choice.span, asked.choice.clock):
        if span is not None and span.joint == "or":
            yield from (_with(asked.text, span.start, span.end, words) for words in _either(span, asked.text))
            return
    for token in _ambiguous(asked):
        for first, last in _meant(token, asked):
            words = _day(first) if first == last else f"{_day(first)}到{_day(last)}"
            yield _with(asked.text, token.start, token.end, words)
        return


def _with(text: str, start: int, end: int, words: str) -> str:
    return text[:start] + words + text[end:]


def _either(span: Span, text: str) -> Iterator[str]:
    """周三或者周四下午: the points one by one, the day and the part of the day said once for both."""
    day, last = span.points[0].day, span.points[-1]
    rest = text[last.day.end : last.end] if last.day is not None else ""
    for point in span.points:
        words = text[point.start : point.end]
        if point.day is None and day is not None:
            words = text[day.start : day.end] + words
        elif point.day is not None and not text[point.day.end : point.end]:
            words += rest
        yield words


def _ambiguous(asked: Ambiguous) -> Iterator[Token]:
    span = asked.choice.span
    if span is not None:
        days = (point.day for point in span.points if point.day is not None)
        yield from (day for day in days if resolve(day, asked.context).why == AMBIGUOUS)


def _meant(token: Token, asked: Ambiguous) -> Iterable[Pair]:
    """The days, or spans of days, that the word can mean."""
    today = asked.context.today
    if token.kind == "weekday" and resolve(token, asked.context).form:  # today's own
        later = timedelta(weeks=-1 if asked.context.back else 1)
        return [(today, today), (today + later, today + later)]
    if token.kind == "weekday":
        saturday = week_of(token, today) + timedelta(days=5)
        sunday = saturday + timedelta(days=1)
        return [(saturday, saturday), (sunday, sunday), (saturday, sunday)]
    if token.kind in ("monthday", "numeric"):
        return _years(token, today)
    if token.kind == "week":
        return _of_week(week_of(token, today), asked)
    if token.kind == "edge":
        return _at_edge(token, asked)
    if token.kind == "festival":
        return _around(token, asked.context)
    return []


def _years(token: Token, today: date) -> Iterable[Pair]:
    """3月5日 in November: past and made up later, or next year's."""
    month, day = month_and_day(token)
    for year in (today.year, today.year + 1):
        if 1 <= day <= monthrange(year, month)[1]:
            yield date(year, month, day), date(year, month, day)


def _of_week(monday: date, asked: Ambiguous) -> Iterable[Pair]:
    """The whole week where no length is said; else the first, a middle and the last day that it can start on."""
    days = [monday + timedelta(days=n) for n in range(_WORKED)]
    work = [day for day in days if asked.context.workdays.likely(day) and day >= asked.context.today]
    length = asked.length
    if not work:
        return []
    if length is None and asked.kind in ("leave", "trip"):
        return [(work[0], work[-1]), (work[0], work[0]), (work[-1], work[-1])]
    needed = round(length.value + 0.4) if length is not None and length.unit == "day" else 1
    needed = _WORKED if length is not None and length.unit == "week" else needed
    starts = work[: max(1, len(work) - needed + 1)]
    return [(day, day) for day in dict.fromkeys((starts[0], starts[len(starts) // 2], starts[-1]))]


def _at_edge(token: Token, asked: Ambiguous) -> Iterable[Pair]:
    """月底: the last working day, the last day; 月初: the first ones; 月中: those nearest to the 15th."""
    today, calendar, edge = asked.context.today, asked.context.workdays, token.get("edge")[:1]
    year, month = month_of(token.get("month"), today)
    if token.get("yearend") in ("年底", "年末"):
        year, month, edge = today.year, 12, "底"
    if edge not in _LAST_DAYS:
        return []
    if not token.get("month") and today.day > _LAST_DAYS[edge]:
        year, month = month_of("下月", today)
    days = [date(year, month, n + 1) for n in range(monthrange(year, month)[1])]
    days = [day for day in days if day >= today]
    work = [day for day in days if calendar.likely(day)]
    if edge == "中":
        return [(day, day) for day in work if day.day >= 15][:2] + [(day, day) for day in work if day.day < 15][-1:]
    if edge == "初":
        return [(day, day) for day in work[:2]]
    back = max(0, round(asked.length.value + 0.4) - 1) if asked.length and asked.length.unit == "day" else 0
    last = [*work[-1 - back : len(work) - back], *days[-1:], *work[-2 - back : len(work) - back - 1]]
    return [(day, day) for day in dict.fromkeys(last)]


def _around(token: Token, context: Context) -> Iterable[Pair]:
    """国庆前两天: the second day before it, or both days; 国庆前后: the day before, or the first one after."""
    name, relation, today = NAMES[token.said["name"]], token.get("relation"), context.today
    day, block = festival(name, today), context.workdays.block(name, today)
    after = context.workdays.advance(block[1] + timedelta(days=1), 1) if block else None
    if day is None or (relation[0] == "后" and after is None):
        return []
    eve = day - timedelta(days=1)
    if relation == "前后":
        return [(one, one) for one in (eve, after) if one is not None]
    rest = timedelta(days=whole(relation[1].replace("两", "二")) - 1)
    if relation[0] == "前":
        return [(eve - rest, eve), (eve - rest, eve - rest)]
    assert after is not None
    return [(after, after + rest), (after + rest, after + rest)]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _words(found: Understanding, asked: Ambiguous) -> str:
    """What says this reading and nothing else, as an answer."""
    assert found.start is not None
    first, last = found.start, found.end
    start, length = date.fromisoformat(first[:10]), found.duration
    words = _day(start)
    if found.punch or found.kind == "punch":
        return words + (first[11:] if found.punch != "both" else "") + _PUNCHES.get(found.punch or "", "")
    if found.half:
        return words + ("上午" if found.half == "am" else "下午")
    said = f"{length.value:g}{_UNITS[length.unit]}".replace("0.5天", "半天") if length else ""
    if _roughly(asked):
        return f"从{words}开始"
    if last is None:
        return f"从{words}{first[11:]}开始{said}"
    if "half" in found.missing or ("time" in found.missing and first == last):
        return words + said
    if "T" in first:
        return f"{words}{first[11:]}到{_day(date.fromisoformat(last[:10]))}{last[11:]}"
    return words if first == last else f"{words}到{_day(date.fromisoformat(last))}"


def _label(found: Understanding, dated: bool, asked: Ambiguous) -> str:
    """A few words for a button; `dated`: with the year."""
    assert found.start is not None
    start, end = found.start, found.end or found.start
    first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    words = _named(first, dated) + (f" {start[11:]}" if "T" in start and not found.half else "")
    if found.half:
        return words + ("上午" if found.half == "am" else "下午")
    if start != end:
        time = f" {end[11:]}" if "T" in end else ""
        words += f"–{end[11:]}" if first == last else f"到{_named(last, dated)}{time}"
    return words + ("起" if found.end is None or _roughly(asked) else "")


def _roughly(asked: Ambiguous) -> bool:
    """请几天: the end is still to be asked for."""
    return any(token.kind == "approx" for token in asked.tokens)


def _named(day: date, dated: bool) -> str:
    year = f"{day.year}年" if dated else ""
    return f"{year}{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"
