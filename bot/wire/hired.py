"""The platform's `hired_date`: milliseconds, at some hour of somebody's first day in China (contract 6)."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

_CHINA: Final = timedelta(hours=8)


def hired_on(said: object) -> date | None:
    """The day; None where the platform does not say, or nothing that can be one."""
    try:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(str(said))) + _CHINA
    except (ValueError, OverflowError):
        return None
    return moment.date() if str(said) not in ("0", "") else None
