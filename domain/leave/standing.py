"""How a balance stands, for those who read it. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request beside the balance of its days, in thousandths of `unit`: `have` before it, `left` after it; `short`:
    what is lacking. `expiring`: what of the rest expires soon, by its last day; all of it as of `today`."""

    type: str
    today: date
    unit: Literal["day", "hour"]
    have: int
    wanted: int
    left: int
    short: int
    expiring: Mapping[date, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One type of leave in a year: what it brought so far, what was taken, what waits for a decision, what is left
    today and when it expires."""

    type: str
    unit: Literal["day", "hour"]
    granted: int
    taken: int
    waiting: int
    left: int
    expiring: Mapping[date, int]
