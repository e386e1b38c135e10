"""What people wish of reminders: which ones, how often, and when they want to be left alone. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from domain.calendar import Workdays

REMINDERS: Final[Mapping[str, tuple[str, ...]]] = {  # what people call them, and the jobs behind
    "上班提醒": ("punch_in",),
    "下班提醒": ("punch_out",),
    "打卡提醒": ("punch_in", "punch_out"),
    "日志提醒": ("log_morning", "log_evening", "log_week", "log_month"),
    "签到提醒": ("checkin",),
    "待办提醒": ("waiting",),
}
Quiet = tuple[int, int]  # minutes after midnight, from and until
AT_WORK: Final = ("punch_in", "punch_out")  # whoever gets them is at work: the company's quiet hours are not meant
WEEKLY: Final = ("waiting",)  # can be had once a week instead of every day


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One person's wishes. `quiet`: minutes after midnight, office time, from and until (over midnight too); `off`:
    jobs of which they want nothing; `weekly`: jobs that they want once a week, on its first working day."""

    person: str
    quiet: Quiet | None = None
    off: tuple[str, ...] = ()
    weekly: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its natural key."""
        return self.person

    def wants(self, job: str, day: date, workdays: Workdays) -> bool:
        """Whether they want what this job has for them on that day."""
        return job not in self.off and (job not in self.weekly or workdays.opens_week(day))

    def waits_until(self, now: datetime, usual: Quiet | None = None) -> datetime | None:
        """When they may be disturbed again; None: now, which is in the office's zone. `usual` holds for who has said
        nothing of it."""
        quiet = self.quiet or usual
        if quiet is None:
            return None
        start, end = quiet
        minute = now.hour * 60 + now.minute
        inside = start <= minute < end if start < end else minute >= start or minute < end
        if not inside:
            return None
        day = now.date() + timedelta(days=1 if start >= end and minute >= start else 0)
        return datetime.combine(day, time(end // 60 % 24, end % 60), now.tzinfo)
