"""Punches (打卡) as the platform has them, and people's check-ins (签到). Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

PunchKind = Literal["in", "out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Punch:
    """Somebody clocked in or out for the shift of `day`. `result`: normal, late, early, …; `place`: normal, outside;
    `source`: user, machine, case (an approved correction)."""

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
