"""Moments as the attendance calls write them: milliseconds, or `yyyy-MM-dd HH:mm:ss` in Beijing (contract 0.3)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

DAY_MS = 86_400_000
LAST = 253_402_214_400_000  # the year 9999 has ended nearly everywhere
_BEIJING = timezone(timedelta(hours=8))
_FORMAT = "%Y-%m-%d %H:%M:%S"


def read(text: str) -> int:
    """Milliseconds of a written moment; the time of day may be missing. Raises ValueError."""
    return (
        int(datetime.strptime(text, _FORMAT if " " in text else "%Y-%m-%d").replace(tzinfo=_BEIJING).timestamp()) * 1000
    )


def written(moment: int) -> str:
    """The moment as text."""
    return datetime.fromtimestamp(moment / 1000, _BEIJING).strftime(_FORMAT)


def day(moment: int) -> date:
    """The day in Beijing. Raises ValueError, OverflowError or OSError for what no calendar has."""
    return datetime.fromtimestamp(moment / 1000, _BEIJING).date()


def at(when: date, minutes: int = 0) -> int:
    """So many minutes after the midnight with which the day begins."""
    return int(datetime(when.year, when.month, when.day, tzinfo=_BEIJING).timestamp()) * 1000 + minutes * 60_000


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
