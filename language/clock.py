"""Clock times and parts of the day: minutes since midnight; what lies after midnight counts on past 24:00."""

from dataclasses import dataclass
from typing import Final

from language.lexer import Token
from language.numerals import whole

HOUR: Final = 60
NOON: Final = 12 * HOUR
DAY: Final = 24 * HOUR
EVENING: Final = 19 * HOUR
OPENS, BREAK, RESUMES, CLOSES = 9 * HOUR, 12 * HOUR, 13 * HOUR, 18 * HOUR
HALVES: Final = {"am": (OPENS, BREAK), "pm": (RESUMES, CLOSES)}
_QUARTERS: Final = {"半": 30, "一刻": 15, "三刻": 45}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as it was said: `exact` when written so that it cannot mean the afternoon (05:30, 14点)."""

    minutes: int
    exact: bool = False


def clock_of(token: Token) -> Clock | None:
    """The time of a clock token; None when there is no such time (25点)."""
    hour = whole(token.get("hour", "hour2", "hour3"))
    said = token.get("minute", "minute2")
    minute = _QUARTERS.get(said) if said in _QUARTERS else whole(said.removesuffix("分")) if said else 0
    if minute is None or not (0 <= hour <= 24 and 0 <= minute < HOUR):
        return None
    meridiem = token.get("meridiem", "meridiem3")
    if meridiem:
        hour = hour % 12 + (12 if meridiem == "pm" else 0)
    exact = bool(meridiem) or hour > 12 or token.get("hour").startswith("0") or hour == 0
    return Clock(hour * HOUR + minute, exact)


def begins(clock: Clock, part: str) -> int:
    """A clock time with the part of the day it was said with; bare 1-6 is the afternoon."""
    minutes = clock.minutes
    if clock.exact:
        return minutes
    if part == "pm":
        return minutes + (NOON if minutes < NOON else 0)
    if part == "eve":
        return minutes + (NOON if 5 * HOUR <= minutes <= NOON else DAY if minutes < 5 * HOUR else 0)
    if part == "noon":
        return minutes + (NOON if minutes < 4 * HOUR else 0)
    if part == "dawn":
        return minutes % NOON
    if part == "am":
        return minutes
    return minutes + (NOON if HOUR <= minutes < 7 * HOUR else 0)


def ends(clock: Clock, part: str, begin: int, begin_part: str) -> int:
    """The end of a clock range on one day: the start's part of the day covers it, else +12 h if that makes it later."""
    if part == "dawn":
        return clock.minutes % NOON + (DAY if begin >= NOON else 0)
    if part:
        return begins(clock, part)
    if clock.exact:
        return clock.minutes + (DAY if begin_part == "eve" and clock.minutes < 6 * HOUR else 0)
    if begin_part == "pm":
        return begins(clock, "pm")
    if begin_part == "eve":
        stop = begins(clock, "eve")
        return stop if stop > begin else clock.minutes + DAY
    stop = clock.minutes if begin_part else begins(clock, "")
    latest = EVENING if begin_part == "am" else DAY  # 上午11点到9点 is no span
    return stop + NOON if stop <= begin < stop + NOON <= latest else stop
