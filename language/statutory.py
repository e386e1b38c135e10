"""The statutory calendar of mainland China, from a library that carries the published notices."""

from datetime import date
from functools import lru_cache

from chinese_calendar.constants import holidays, workdays

from domain.calendar import Workdays

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明",
    "Labour Day": "五一",
    "Dragon Boat Festival": "端午",
    "Mid-autumn Festival": "中秋",
    "National Day": "国庆",
}


@lru_cache
def statutory_workdays() -> Workdays:
    """The working days of all years whose notice the library knows."""
    festivals: dict[date, str] = {}
    for day, name in holidays.items():
        known = NAMES.get(str(name))
        if known:
            festivals[day] = known
    return Workdays(
        known=frozenset(day.year for day in holidays),
        rest=frozenset(holidays),
        work=frozenset(workdays),
        festivals=festivals,
    )
