"""What was read into the words, as sentences that a person can check at a glance."""

from datetime import date
from typing import Final

from language.fill import Times
from language.lexer import Token
from language.period import Period

_WEEKDAYS: Final = "一二三四五六日"
_DAYS: Final = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_RELATIVE: Final = frozenset(
    "weekday relative pair offset festival block nth lunar daynum inmonth edge numeric".split()
)
_PLAIN: Final = ("date", "monthday")
_HALVES: Final = {"am": "09:00-12:00", "pm": "13:00-18:00"}


def assumptions(text: str, tokens: list[Token], period: Period, times: Times, days: float | None) -> tuple[str, ...]:
    """下周一 = 11月30日（周一）; 3 个工作日，不含周末和节假日."""
    said: list[str] = []
    if times.start is not None and period.first is not None:
        said += _named(text, tokens, period, times.start)
    if times.half is not None:
        said.append(f"{'上午' if times.half == 'am' else '下午'} = {_HALVES[times.half]}")
    if times.start and times.end:
        first, last = date.fromisoformat(times.start[:10]), date.fromisoformat(times.end[:10])
        if days is not None and days > 1:
            skipped = (last - first).days + 1 > days + 0.5
            said.append(f"{days:g} 个工作日" + ("，不含周末和节假日" if skipped else ""))
        elif days == 0:
            said.append("这段时间不用上班")
        if last > first and not period.ranged:
            said.append(f"到 {_day(last, first)} 结束")
    return tuple(said)


def in_english(named: str, period: Period, times: Times, days: float | None) -> tuple[str, ...]:
    """The same for English words; `named`: how the day was called. next Monday = Mon 30 Nov."""
    said: list[str] = []
    first = date.fromisoformat(times.start[:10]) if times.start is not None and period.first is not None else None
    if first is not None and period.assumed_today:
        said.append(f"no day was named: today, {_english(first, first)}")
    elif first is not None and named:
        said.append(f"{named} = {_english(first, first)}")
    if times.half is not None:
        said.append(f"{'morning' if times.half == 'am' else 'afternoon'} = {_HALVES[times.half]}")
    if times.start and times.end:
        start, last = date.fromisoformat(times.start[:10]), date.fromisoformat(times.end[:10])
        if days is not None and days > 1:
            skipped = (last - start).days + 1 > days + 0.5
            said.append(f"{days:g} working days" + (", weekends and holidays not counted" if skipped else ""))
        elif days == 0:
            said.append("nobody works in that time")
        if last > start and not period.ranged:
            said.append(f"until {_english(last, start)}")
    return tuple(said)


def _english(day: date, near: date) -> str:
    year = f" {day.year}" if day.year != near.year else ""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{year}"


def _named(text: str, tokens: list[Token], period: Period, start: str) -> list[str]:
    first = date.fromisoformat(start[:10])
    if period.assumed_today:
        return [f"没有说哪天，按今天 {_day(first, first)}"]
    words = [token for token in tokens if token.kind in _RELATIVE or token.kind in _PLAIN]
    chosen = next((token for token in words if period.place[0] <= token.start < period.place[1]), None)
    if chosen is None or chosen.kind in _PLAIN:  # 12月7号到11号: what begins needs no explaining
        return []
    return [f"{text[chosen.start : chosen.end].strip()} = {_day(first, first)}"]


def _day(day: date, near: date) -> str:
    year = f"{day.year}年" if day.year != near.year else ""
    return f"{year}{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"
