"""What was read into the words, as sentences that a person can check at a glance."""

from datetime import date
from typing import Final

from language.fill import Times
from language.lexer import Token
from language.period import Period

_WEEKDAYS: Final = "一二三四五六日"
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
