"""What the platform allows a company in a month, what was used, and what that comes to (contract 5.4). Pure."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

WARN_AT: Final = (80, 95, 100)  # percent of what is allowed at which the administrators hear of it
_HALF: Final = 0.5
_NEARLY: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Calls of the API, and messages (said by webhook, pushed to us), in a month; 0: as many as one likes."""

    calls: int = 5_000
    messages: int = 3_000

    def of(self, what: str) -> int:
        """What is allowed of calls or messages."""
        return self.calls if what == "call" else self.messages


def month_of(moment: datetime) -> str:
    """2026-09, of a moment in the office's zone."""
    return f"{moment:%Y-%m}"


def forecast(used: int, now: datetime) -> int:
    """What a month comes to that goes on as it began; `now` is in the office's zone."""
    days = monthrange(now.year, now.month)[1]
    passed = now.day - 1 + (now.hour * 60 + now.minute) / 1440
    return round(used * days / max(1.0, passed))


def is_short(spent: Mapping[str, int], budget: Budget, now: datetime) -> bool:
    """Whether what can wait should wait: half is used and it will not last, or nearly all is used."""
    return any(
        allowed and (used >= allowed * _NEARLY or (used >= allowed * _HALF and forecast(used, now) > allowed))
        for what, used in spent.items()
        for allowed in (budget.of(what),)
    )


def reached(used: int, allowed: int) -> int:
    """The highest mark of WARN_AT that is reached, or 0."""
    return max((mark for mark in WARN_AT if allowed and used * 100 >= allowed * mark), default=0)
