"""Punches (打卡) as the platform has them, and people's check-ins (签到). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

PunchKind = Literal["in", "out"]
Hours = tuple[datetime, datetime]  # from when to when a shift is


@dataclass(frozen=True, slots=True, kw_only=True)
class Punch:
    """Somebody clocked in or out for the shift of `day`. `result`: normal, late, early, …; `place`: normal, outside;
    `source`: user, machine, case (an approved correction), admin."""

    person: str
    day: date
    kind: PunchKind
    at: datetime
    result: str = "normal"
    place: str = "normal"
    source: str = "user"

    @property
    def id(self) -> tuple[str, str, str]:
        """Its natural key."""
        return self.day.isoformat(), self.person, self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkin:
    """Somebody said where they were (R-CHK-1); `photos` is how many came along."""

    person: str
    at: datetime
    place: str
    remark: str = ""
    photos: int = 0

    @property
    def id(self) -> str:
        """Its natural key."""
        return f"{self.person}:{round(self.at.timestamp() * 1000)}"


_MENDED: Final = ("case", "admin")  # what was put right counts before what was clocked


def counted(punches: Iterable[Punch]) -> tuple[Punch, ...]:
    """Of all punches of each shift the one in and the one out that count: what was put right, else the first in and
    the last out."""
    found: dict[tuple[str, str, str], Punch] = {}
    for one in sorted(punches, key=lambda one: one.at):
        known = found.get(one.id)
        if known is None or _rank(one) > _rank(known) or (one.kind == "out" and _rank(one) == _rank(known)):
            found[one.id] = one
    return tuple(found.values())


def _rank(one: Punch) -> bool:
    return one.source in _MENDED
