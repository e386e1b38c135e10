"""Another time than now: for a command, or for a whole bot that is tried on another day."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from store.executor import office_clock


def moment(text: str, zone: ZoneInfo) -> datetime:
    """A time of the office's zone, as `--as-of` says it. Raises ValueError."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"--as-of {text}：看不懂这个时间，请写成 2026-09-14 08:20") from None
    return said if said.tzinfo else said.replace(tzinfo=zone)


def moved(to: datetime) -> Callable[[], datetime]:
    """A clock that shows that time now and goes on from there."""
    ahead = to - office_clock()
    return lambda: office_clock() + ahead
