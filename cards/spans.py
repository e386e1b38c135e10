"""How long and until when, in words: of absences, of waiting, of a week or a month."""

from datetime import date, datetime, time, timedelta
from typing import Final

from cards.card import Frame
from cards.phrases import WEEKDAYS, calendar_day
from domain.summaries.morning import Gone

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_INSTANT: Final = timedelta(milliseconds=1)
_HOURS_SAID: Final = 48  # longer is said in days
_MONTHS: Final = ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月")


def day_of(day: date, frame: Frame) -> str:
    """11月24日（周二）."""
    return calendar_day(day.month, day.day, WEEKDAYS[day.weekday()], frame)


def until(gone: Gone, day: date, frame: Frame) -> str:
    """Of somebody who is away on that day: 今天, 到 12:00, 13:30 起, 10:00–12:00, 到 11月27日（周五）."""
    end = gone.end.astimezone(frame.zone)
    last = (end - _INSTANT).date()
    whole = end.time() == time()
    if last > day:
        said = day_of(last, frame)
        return frame.say("到 {day}", day=said if whole else frame.say("{day}{half}", day=said, half=_clock(end)))
    if gone.start is not None:
        start = _clock(gone.start.astimezone(frame.zone))
        return frame.say("{time} 起", time=start) if whole else f"{start}–{_clock(end)}"
    return frame.say("今天") if whole else frame.say("到 {day}", day=_clock(end))


def lasted(long: timedelta, frame: Frame) -> str:
    """40 分钟, 5 小时, 3 天: about, in one unit."""
    if long < _HOUR:
        return frame.count("{n} 分钟", max(1, round(long.total_seconds() / 60)))
    hours = round(long / _HOUR)
    return frame.count("{n} 小时", hours) if hours < _HOURS_SAID else frame.count("{n} 天", round(long / _DAY))


def stretch(kind: str, since: date, last: date, frame: Frame) -> str:
    """11月16日–11月22日 of a week, 2026年11月 of a month."""
    if kind == "month":
        return frame.say("{year}年{month}", year=since.year, month=frame.say(_MONTHS[since.month - 1]))
    return f"{_short(since, frame)}–{_short(last, frame)}"


def percent(share: float | None) -> str:
    """96%, 97.5%: one place where it says something; – of nothing."""
    if share is None:
        return "–"
    said = f"{share * 100:.1f}".removesuffix(".0")
    return f"{said}%"


def halves(count: int) -> str:
    """So many half days in days: 6.5."""
    return f"{count / 2:g}"


def _short(day: date, frame: Frame) -> str:
    return frame.say("{month}{day}日", month=frame.say(_MONTHS[day.month - 1]), day=day.day)


def _clock(moment: datetime) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"
