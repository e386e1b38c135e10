"""Days that the Gregorian calendar does not number: lunar dates, festivals, the winter solstice (2024-2030)."""

from datetime import date, timedelta
from typing import Final

# Lunar year: its first day, its months in order (L: 30 days, S: 29; small letters: a leap month).
_LUNAR: Final = {
    2023: (date(2023, 1, 22), "SLsSLLSLLSLSL"),
    2024: (date(2024, 2, 10), "SLSSLSLLSLLS"),
    2025: (date(2025, 1, 29), "LSLSSLsLSLLLS"),
    2026: (date(2026, 2, 17), "LSLSSLSSLLLS"),
    2027: (date(2027, 2, 6), "LLSLSSLSSLLS"),
    2028: (date(2028, 1, 26), "LLLSLsSLSSLLS"),
    2029: (date(2029, 2, 13), "LLSLSLSLSSLL"),
    2030: (date(2030, 2, 3), "SLSLLSLSLSLS"),
}
_TERMS: Final = {  # day of April, day of December
    2024: (4, 21), 2025: (4, 21), 2026: (5, 22), 2027: (5, 22), 2028: (4, 21), 2029: (4, 21), 2030: (5, 22),
}  # fmt: skip
_BY_LUNAR: Final = {
    "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8), "小年": (12, 23),
}  # fmt: skip
_BY_DATE: Final = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "五一": (5, 1), "儿童节": (6, 1), "国庆": (10, 1),
    "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
NAMES: Final = {  # what people say: the name of the festival
    "元旦": "元旦", "春节": "春节", "过年": "春节", "新年": "元旦", "大年初一": "春节", "元宵": "元宵", "清明": "清明", "五一": "五一", "劳动节": "五一",
    "端午": "端午", "七夕": "七夕", "中秋": "中秋", "国庆": "国庆", "十一": "国庆", "重阳": "重阳", "冬至": "冬至", "腊八": "腊八", "小年": "小年",
    "除夕": "除夕", "大年三十": "除夕", "年三十": "除夕", "圣诞": "圣诞", "平安夜": "平安夜", "情人节": "情人节", "妇女节": "妇女节", "三八": "妇女节",
    "儿童节": "儿童节", "六一": "儿童节",
}  # fmt: skip


def lunar(year: int, month: int, day: int) -> date | None:
    """The day of a lunar date (no leap months); None outside of the table, or when that month is too short."""
    if year not in _LUNAR:
        return None
    here, months = _LUNAR[year]
    place = [at for at, length in enumerate(months) if length.isupper()][month - 1]
    here += timedelta(days=sum(30 if length in "Ll" else 29 for length in months[:place]))
    return here + timedelta(days=day - 1) if day <= (30 if months[place] == "L" else 29) else None


def next_lunar(month: int, day: int, today: date) -> date | None:
    """The next such lunar day that is not past; in a short month the 30th is its last day."""
    found = (lunar(year, month, day) or lunar(year, month, day - 1) for year in range(today.year - 1, today.year + 2))
    return next((here for here in found if here is not None and here >= today), None)


def festival(name: str, today: date) -> date | None:
    """The next festival of this name that is not past; None outside of the table."""
    return next(
        (day for year in (today.year - 1, today.year, today.year + 1) if (day := _in(name, year)) and day >= today),
        None,
    )


def _in(name: str, year: int) -> date | None:
    """The festival of that year; 腊八 of a lunar year lies in the Gregorian year after it."""
    if name == "除夕":
        spring = lunar(year + 1, 1, 1)
        return spring - timedelta(days=1) if spring else None
    if name in _BY_LUNAR:
        return lunar(year, *_BY_LUNAR[name])
    if name in ("清明", "冬至"):
        april, december = _TERMS.get(year, (0, 0))
        return None if not april else date(year, 4, april) if name == "清明" else date(year, 12, december)
    return date(year, *_BY_DATE[name])
