"""Weeks, months and years that a word names: 下周, 这个月, 明年."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from language.lexer import Token
from language.numerals import whole

_WEEKS: Final = {"上上": -2, "上": -1, "last": -1, "这": 0, "本": 0, "this": 0, "下": 1, "next": 1, "下下": 2}
_MONTHS: Final = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "次": 1, "下": 1, "下下": 2}
YEARS: Final = {"去年": -1, "今年": 0, "明年": 1, "来年": 1, "年": 0}


def month_of(word: str, today: date) -> tuple[int, int]:
    """这个月, 下个月, 12月 as year and month; a month that is past is next year's."""
    if word and word[0] in "0123456789一二三四五六七八九十":
        month = whole(word.removesuffix("份").removesuffix("月"))
        return today.year + (month < today.month), month
    step = _MONTHS.get(word.removesuffix("份").removesuffix("月").removesuffix("个"), 0)
    return today.year + (today.month - 1 + step) // 12, (today.month - 1 + step) % 12 + 1


def week_of(token: Token, today: date) -> date:
    """The Monday of the week that a word names (下周, next week); of this one when it names none."""
    said = token.get("week", "eweek").rstrip("周星期礼拜个")
    english = 1 if token.kind == "week" and not said else 0
    return today + timedelta(days=-today.weekday(), weeks=_WEEKS.get(said, english))


def stretch_of(token: Token, today: date) -> tuple[date, date]:
    """The first and the last day of the week, month or year that it names; of this month when it names none."""
    if token.get("week"):
        monday = week_of(token, today)
        return monday, monday + timedelta(days=6)
    if year := token.get("year"):
        return date(today.year + YEARS[year], 1, 1), date(today.year + YEARS[year], 12, 31)
    year_, month = month_of(token.get("month"), today)
    return date(year_, month, 1), date(year_, month, monthrange(year_, month)[1])
